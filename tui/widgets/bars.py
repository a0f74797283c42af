"""Bars of one row: a heavy line for what is settled, a thin one for what is left."""

from tui.widgets.lines import Line

HEAVY, THIN = "━", "─"


def heavy_cells(settled: int, total: int, cells: int) -> int:
    """How many cells of a bar are heavy: all only when all is settled, and one once anything is."""
    heavy = cells * settled // total if total else 0
    return max(heavy, min(cells, 1)) if settled else heavy


def bar(settled: int, total: int, cells: int) -> Line:
    """A bar of a width in cells; it is full only when all is settled, and never empty once anything is."""
    heavy = heavy_cells(settled, total, cells)
    return [(HEAVY * heavy, ""), (THIN * (cells - heavy), "dim")]
