"""What the terminal shows, so that only the cells of a line that changed are written again.

A key changes a sign at the left, a few words and a letter at the right of a line; the unchanged text
between them would take most of the bytes.
"""

import itertools
from collections.abc import Iterable, Iterator

from rich.segment import Segment
from textual.strip import Strip

from tui.terminal_output.placed import ONE_CELL, PlacedStrip

GAP = 10
"""Up to this many unchanged cells are written again: to skip them takes as many bytes."""


class LastWritten:
    """The pieces of lines as they were last written, by line and first column."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[int, Strip]] = {}

    def forget(self) -> None:
        """Forget all pieces: the terminal shows something else, or everything is about to be written."""
        self._lines.clear()

    def changes(self, line: int, column: int, strip: Strip) -> Iterator[tuple[int, Strip]]:
        """What must be written for a piece of a line, with columns; the piece is remembered as written."""
        pieces = self._lines.setdefault(line, {})
        before = pieces.get(column)
        if before is not None and before.cell_length == strip.cell_length:
            pieces[column] = strip
            if before is strip:
                return
            for start, end in _changed(before, strip):
                yield column + start, strip.crop(start, end)
            return
        end = column + strip.cell_length
        for other in [
            at for at, piece in pieces.items() if at < end and column < at + piece.cell_length
        ]:
            del pieces[other]
        pieces[column] = strip
        yield column, strip


def _changed(before: Strip, after: Strip) -> Iterable[tuple[int, int]]:
    """The ranges of cells that differ, end exclusive; the whole strip if its cells cannot be compared."""
    whole = ((0, after.cell_length),)
    if isinstance(before, PlacedStrip) or isinstance(after, PlacedStrip):
        return () if before == after else whole
    old, new = list(before), list(after)
    same = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        same += 1
    else:
        if len(old) == len(new):
            return ()
    begin = sum(segment.cell_length for segment in new[:same])
    old_cells, new_cells = _cells(old[same:]), _cells(new[same:])
    if old_cells is None or new_cells is None or len(old_cells) != len(new_cells):
        return whole
    ranges: list[tuple[int, int]] = []
    for cell, (one_cell, other_cell) in enumerate(zip(old_cells, new_cells, strict=True), begin):
        if one_cell is other_cell or one_cell == other_cell:
            continue
        if ranges and cell - ranges[-1][1] <= GAP:
            ranges[-1] = (ranges[-1][0], cell + 1)
        else:
            ranges.append((cell, cell + 1))
    return ranges


def _cells(segments: Iterable[Segment]) -> list[tuple[str, object]] | None:
    """Each cell with its style; `None` if a cell may hold more or less than one code point."""
    cells: list[tuple[str, object]] = []
    for text, style, _ in segments:
        if not ONE_CELL.fullmatch(text):
            return None
        cells += zip(text, itertools.repeat(style))
    return cells
