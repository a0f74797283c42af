"""Progress bars of one row: a heavy line for what is done, a thin one for what is left."""


def heavy_cells(settled: int, total: int, cells: int) -> int:
    """How many cells of a bar are heavy: all only if everything is done, and at least one if anything is."""
    heavy = cells * settled // total if total else 0
    return max(heavy, min(cells, 1)) if settled else heavy
