"""The first line where several documents are worked through: where one is, which file, how far, saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from annotations.text.display import displayable
from annotations.text.segmentation import next_grapheme
from tui.cells import Row, fit
from tui.widgets.bars import bar
from tui.widgets.lines import RIGHT, Line, Piece

GAP = "  "
LONG_NAME = 24
"""Cells up to which a name stays whole before a note or the date is shown; in wide terminals a third."""


@dataclass(frozen=True)
class HeaderParts:
    """What the line says; the order of the fields is their order in it."""

    position: str
    """Which document of how many: `3/312`."""
    name: str
    date: str
    flagged: bool
    notes: Sequence[str]
    """What else there is to say, the most important first."""
    decided: int
    total: int
    saving: tuple[str, str]
    """Whether all is saved, in words and a style."""


def corpus_header(parts: HeaderParts, width: int) -> Line:
    """The line for a width in cells.

    Where there is no room the notes go first, the last one first, then the date, then the name is cut in
    its middle; only a very long name is cut before. Position, flag, bar and how saving stands stay.
    """
    cells = 30 if width >= 160 else 20 if width >= 100 else 12 if width >= 60 else 6
    saving, saving_style = parts.saving
    right: list[Piece] = [
        *bar(parts.decided, parts.total, cells),
        (f" {parts.decided}/{parts.total}", "bold"),
        (GAP, ""),
        (saving, saving_style),
        (" ", ""),
    ]
    left: list[tuple[str, str]] = [(f" {parts.position}{GAP}", "bold")]
    flag: list[tuple[str, str]] = [(f"{GAP}⚑", "bold")] if parts.flagged else []
    room = width - _cells(left) - _cells(flag) - _cells(right) - len(GAP)
    least = min(Row(displayable(parts.name), 0, len(parts.name)).width, max(LONG_NAME, width // 3))
    date = f"{GAP}{parts.date}" if parts.date else ""
    if cell_len(date) > room - least:
        date = ""
    notes: list[tuple[str, str]] = []
    for note in parts.notes:
        piece = (f"{GAP}{displayable(note)}", "italic")
        if cell_len(date) + _cells([*notes, piece]) > room - least:
            break
        notes.append(piece)
    name = cut_in_middle(parts.name, max(room - cell_len(date) - _cells(notes), 0))
    left += [(name, f"{RIGHT}bold"), (date, f"{RIGHT}dim"), *flag, *notes]
    blank = " " * max(width - _cells(left) - _cells(right), 0)
    return [*left, (blank, RIGHT), (right[0][0], f"{RIGHT}{right[0][1]}"), *right[1:]]


def cut_in_middle(text: str, cells: int) -> str:
    """A text within a number of cells, cut with `…` in its middle, between clusters."""
    shown = displayable(text)
    row = Row(shown, 0, len(shown))
    if row.width <= cells:
        return shown
    if cells <= 0:
        return ""
    behind = (cells - 1) // 2
    tail = row.offset_at(row.width - behind)
    if row.width - row.cell_of(tail) > behind:
        tail = next_grapheme(shown, tail)
    cut = f"{shown[: row.offset_at(cells - 1 - behind)]}…{shown[tail:]}"
    # Rich may count more cells for it than any terminal draws.
    return cut if cell_len(cut) <= cells else fit(shown, cells)


def _cells(line: Line) -> int:
    return sum(cell_len(text) for text, _ in line)
