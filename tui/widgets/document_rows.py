"""The rows of the list of documents: which columns there is room for, and what stands in them.

The state of a document has two signs, one of which is no colour: done is `✓` and muted, begun `▸` and
bold. The row where the next key acts has `❯` and its name reversed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from annotations.corpus.listing import ListedDocument, matched
from annotations.text import segmentation
from annotations.text.display import displayable
from tui.cells import Row, fit
from tui.widgets.bars import bar
from tui.widgets.lines import RIGHT, Line, Piece

WIDEST = 140
"""Cells that the list takes at most; in a wider terminal it stands in the middle."""
SIGNS = 6
"""Cells before the name: the sign of the row, of the state, of a flag, and blanks."""
GAP = "  "
LEAST_NAME = 14
LEAST_BAR, MOST_BAR = 8, 30
LONGEST_NAME = 2000
"""Code points of a name that are looked at; more never fit a row."""
ROOM_FOR_WORDS = 100
"""Cells from which on the number of words is shown."""
_DATE, _WORDS, _LEFT, _LOWEST, _MINUTES = 10, 7, 6, 6, 5
ZERO = "·"


@dataclass(frozen=True)
class ListColumns:
    """The cells of each column; 0 where there is no room for it."""

    margin: int
    """Cells before the list."""
    width: int
    """Cells of the list in all."""
    name: int
    date: int = 0
    words: int = 0
    bar: int = 0
    left: int = 0
    lowest: int = 0
    minutes: int = 0


def columns_for(width: int) -> ListColumns:
    """The columns for a screen of a width in cells: the most important ones as long as the name has room."""
    inside = min(width, WIDEST)
    room = inside - SIGNS - 1
    taken = {}
    wanted = [("left", _LEFT), ("bar", LEAST_BAR), ("minutes", _MINUTES), ("date", _DATE)]
    wanted.append(("lowest", _LOWEST))
    if inside >= ROOM_FOR_WORDS:
        wanted.append(("words", _WORDS))
    for column, cells in wanted:
        if room - cells - len(GAP) < LEAST_NAME:
            break
        taken[column] = cells
        room -= cells + len(GAP)
    if "bar" in taken:
        more = min((room - LEAST_NAME) // 3, MOST_BAR - LEAST_BAR)
        taken["bar"] += more
        room -= more
    return ListColumns((width - inside) // 2, inside, max(room, 1), **taken)


def head_line(columns: ListColumns) -> Line:
    """What the columns are."""
    line = [(" " * (columns.margin + SIGNS) + fit("document", columns.name), "dim")]
    for cells, name, at_right in (
        (columns.date, "date", False),
        (columns.words, "words", True),
        (columns.bar, "decided", False),
        (columns.left, "left", True),
        (columns.lowest, "lowest", True),
        (columns.minutes, "min", True),
    ):
        if cells:
            line.append((GAP + (name.rjust(cells) if at_right else name.ljust(cells)), "dim"))
    return line


def row_line(row: ListedDocument, columns: ListColumns, words: Sequence[str], *, here: bool) -> Line:
    """One document; `words` are those that it was filtered by, `here` is where the next key acts."""
    done = row.state == "done"
    base = "dim" if done else ""
    sign = "✓" if done else "▸" if row.state == "begun" else " "
    line: list[Piece] = [
        (" " * columns.margin, ""),
        ("❯ " if here else "  ", "bold"),
        (f"{sign} ", base or "bold"),
        ("⚑ " if row.flagged else "  ", "bold"),
    ]
    line += _name(row, columns.name, words, here=here)
    # Behind a name whose width terminals differ about, what follows keeps its column.
    cells: list[tuple[int, Line]] = [
        (columns.date, [(fit(row.date, columns.date), "dim")]),
        (columns.words, [_number(row.words, columns.words, "dim")]),
        (columns.bar, _bar(row, columns.bar)),
        (columns.left, [_number(row.undecided, columns.left, base)]),
        (columns.lowest, [_score(row, columns.lowest)]),
        (columns.minutes, [_minutes(row.minutes, columns.minutes)]),
    ]
    for width, pieces in cells:
        if width:
            line += [(GAP, RIGHT), *pieces]
    return line


def tags(row: ListedDocument) -> list[str]:
    """What stands behind the name: words that the list can be filtered by as well."""
    found: list[str] = [row.file] if row.file != "there" else []
    return [*found, "random"] if row.at_random else found


def _name(row: ListedDocument, cells: int, words: Sequence[str], *, here: bool) -> list[tuple[str, str]]:
    style = "bold" if row.state == "begun" else "dim" if row.state == "done" else ""
    tagged = ""
    for tag in tags(row):
        # The first one may cost some of the name, the others none of it.
        needed = LEAST_NAME // 2 if not tagged else cell_len(displayable(row.name[:LONGEST_NAME]))
        if needed + len(tagged) + len(tag) + 1 <= cells:
            tagged += f" {tag}"
    room = cells - len(tagged)
    name = "bold reverse" if here else style
    pieces = [
        (text, f"{RIGHT}{name} underline" if found else f"{RIGHT}{name}")
        for text, found in cut_name(row.name, room, words)
    ]
    taken = sum(cell_len(text) for text, _ in pieces)
    return [*pieces, (" " * (room - taken), ""), (tagged, f"{RIGHT}italic dim")]


def cut_name(name: str, cells: int, words: Sequence[str]) -> list[tuple[str, bool]]:
    """A name within a number of cells, cut with `…` between clusters: its pieces, and whether each matched."""
    shown = displayable(name[:LONGEST_NAME])
    row = Row(shown, 0, len(shown))
    end, more = len(shown), ""
    if row.width > cells or len(name) > LONGEST_NAME:
        end, more = row.offset_at(max(cells - 1, 0)), "…"
    pieces: list[tuple[str, bool]] = []
    at = 0
    for first, last in matched(name, words) if words else ():
        # Marks are underlined with their letter.
        first, last = row.snap(first), segmentation.next_grapheme(shown, max(min(last, end) - 1, 0))
        first, last = max(first, at), min(last, end)
        if first < last:
            pieces += [(shown[at:first], False), (shown[first:last], True)]
            at = last
    pieces += [(shown[at:end], False), (more, False)]
    if sum(cell_len(text) for text, _ in pieces) > cells:
        # Rich counts more cells for it than any terminal draws.
        return [(fit(shown, cells), False)]
    return [piece for piece in pieces if piece[0]]


def _number(number: int | None, cells: int, style: str) -> tuple[str, str]:
    """A number at the right of its column; what is not known yet is blank."""
    if number is None:
        return (" " * cells, "")
    if not number:
        return (ZERO.rjust(cells), "dim")
    text = str(number)
    return ((text if len(text) <= cells else f"{number // 1000}k").rjust(cells), style)


def _score(row: ListedDocument, cells: int) -> tuple[str, str]:
    if row.undecided is None:
        return (" " * cells, "")
    if row.lowest_score is None or not row.undecided:
        return (ZERO.rjust(cells), "dim")
    return (f"{row.lowest_score:.2f}"[:cells].rjust(cells), "dim" if row.state == "done" else "")


def _minutes(minutes: float, cells: int) -> tuple[str, str]:
    # Less than half a minute is some work all the same.
    return _number(max(round(minutes), 1) if minutes > 0 else 0, cells, "dim")


def _bar(row: ListedDocument, cells: int) -> Line:
    settled, total = row.decided, row.decided + (row.undecided or 0)
    if row.state != "done":
        return bar(settled, total, cells)
    # What is done without any span is settled as well.
    return [(text, "dim") for text, _ in bar(settled or not total, total or 1, cells)]
