"""The rows of the list of documents: which columns there is room for, and what they contain.

The state of a document is shown in two ways, one of them without colour: done is `✓` and muted, begun
`▸` and bold. The current row has `❯` and the lamp on its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from annotations.corpus.listing import ListedDocument
from annotations.corpus.name_filter import matched
from annotations.text import segmentation
from annotations.text.display import displayable
from tui.cells.cut import ELLIPSIS
from tui.cells.row import Row, fit
from tui.colours.palette import ChromeName
from tui.terminal_output.placed import PLACED
from tui.widgets.appearance import Appearance
from tui.widgets.bars import heavy_cells
from tui.widgets.lines import Line, Piece

WIDEST = 140
"""The list has at most this number of cells; in a wider terminal it is in the middle."""
SIGNS = 6
"""Cells before the name: the sign of the row, of the state, of a flag, and blanks."""
GAP = "  "
LEAST_NAME = 14
LEAST_BAR, MOST_BAR = 8, 30
MOST_DRAWN = 1000
"""How many drawn rows to keep."""
LONGEST_NAME = 2000
"""Code points of a name that are used; more never fit into a row."""
ROOM_FOR_WORDS = 100
"""From this number of cells on, the number of words is shown."""
_DATE, _WORDS, _OPEN, _DOUBTFUL, _MINUTES = 10, 7, 6, 8, 5
MANY_DOUBTFUL = 9
"""A larger number of doubtful suggestions is highlighted."""


@dataclass(frozen=True)
class ListColumns:
    """The cells of each column; 0 if there is no room for it."""

    margin: int
    """Cells before the list."""
    width: int
    """Cells of the whole list."""
    name: int
    date: int = 0
    words: int = 0
    bar: int = 0
    open: int = 0
    doubtful: int = 0
    minutes: int = 0


def columns_for(width: int) -> ListColumns:
    """The columns for a screen of a width in cells: the most important ones that leave room for the name."""
    inside = min(width, WIDEST)
    room = inside - SIGNS - 1
    taken = {}
    wanted = [("open", _OPEN), ("bar", LEAST_BAR), ("minutes", _MINUTES), ("date", _DATE)]
    wanted.append(("doubtful", _DOUBTFUL))
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


def head_line(columns: ListColumns, look: Appearance) -> Line:
    """The headings of the columns."""
    text = " " * (columns.margin + SIGNS) + fit("document", columns.name)
    for cells, name, at_right in (
        (columns.date, "date", False),
        (columns.words, "words", True),
        (columns.bar, "decided", False),
        (columns.open, "open", True),
        (columns.doubtful, "doubtful", True),
        (columns.minutes, "min", True),
    ):
        if cells:
            text += GAP + (name.rjust(cells) if at_right else name.ljust(cells))
    return [(text, look.colours.style("muted"))]


def row_line(
    row: ListedDocument,
    columns: ListColumns,
    words: Sequence[str],
    look: Appearance,
    *,
    here: bool,
    lit: bool = True,
) -> Line:
    """One document; `words` are those of the filter, `here` is true for the current document.

    The current document has the lamp, unless the next key acts on a window over the list: then `lit` is
    false.
    """
    style, glyphs = look.colours.style, look.glyphs
    on: ChromeName = "raised" if here else "page"
    done, begun = row.state == "done", row.state == "begun"
    fore: ChromeName = "muted" if done else "text"
    sign = glyphs.done if done else glyphs.begun if begun else " "
    line: list[Piece] = [
        (" " * columns.margin, style()),
        (f"{glyphs.here if here else ' '} ", style("mark", on, bold=True)),
        (f"{sign} ", style("muted", on) if done else style("bright", on, bold=True)),
        (f"{glyphs.flag if row.flagged else ' '} ", style("mark", on, bold=True)),
    ]
    line += _name(row, columns.name, words, look, on, lit=lit)
    # After a name that terminals draw with different widths, the other columns keep their places.
    cells: list[tuple[int, Line]] = [
        (columns.date, [(fit(row.date, columns.date), style("muted", on))]),
        (columns.words, [_number(row.words, columns.words, look, "muted", on)]),
        (columns.bar, _bar(row, columns.bar, look, on)),
        (columns.open, [_number(row.undecided, columns.open, look, fore, on)]),
        (columns.doubtful, [_doubtful(row, columns.doubtful, look, on)]),
        (columns.minutes, [_minutes(row.minutes, columns.minutes, look, on)]),
    ]
    for width, pieces in cells:
        if width:
            line += [(GAP, style(None, on) + PLACED), *pieces]
    return [*line, (" ", style(None, on))]


class DrawnRows:
    """Keeps the lines of rows that were drawn: most keys change only two of them."""

    def __init__(self) -> None:
        self._lines: dict[tuple[ListedDocument, bool], Line] = {}
        self._drawn_for: object = None
        """What the lines depend on: the columns, the words, the look, whether the list has the lamp."""

    def line(
        self,
        row: ListedDocument,
        columns: ListColumns,
        words: Sequence[str],
        look: Appearance,
        *,
        here: bool,
        lit: bool,
    ) -> Line:
        """See `row_line`."""
        drawn_for = (columns, words, look, lit)
        if drawn_for != self._drawn_for or len(self._lines) > MOST_DRAWN:
            self._lines.clear()
            self._drawn_for = drawn_for
        if (line := self._lines.get((row, here))) is None:
            line = self._lines[row, here] = row_line(row, columns, words, look, here=here, lit=lit)
        return line


def tags(row: ListedDocument) -> list[str]:
    """The words after the name: conditions that the list can be filtered by, and another language."""
    found: list[str] = [row.file] if row.file != "there" else []
    found += ["random"] if row.at_random else []
    return [*found, row.language] if row.language else found


def _name(
    row: ListedDocument,
    cells: int,
    words: Sequence[str],
    look: Appearance,
    on: ChromeName,
    *,
    lit: bool,
) -> list[Piece]:
    style = look.colours.style
    tagged = ""
    for tag in tags(row):
        # The first tag may shorten the name; the others may not.
        needed = LEAST_NAME // 2 if not tagged else cell_len(displayable(row.name[:LONGEST_NAME]))
        if needed + len(tagged) + len(tag) + 1 <= cells:
            tagged += f" {tag}"
    room = cells - len(tagged)
    pieces: list[Piece] = []
    for text, found in cut_name(row.name, room, words, look.glyphs.cut):
        if on == "raised" and lit:
            name = style("on_lamp", "lamp", bold=True, underline=found)
        elif on == "raised":
            name = style("mark", on, bold=True, underline=True)
        elif row.state == "begun":
            name = style("bright", on, bold=True, underline=found)
        else:
            name = style("muted" if row.state == "done" else "text", on, underline=found)
        pieces.append((text, name + PLACED))
    taken = sum(cell_len(text) for text, _ in pieces)
    pieces.append((" " * (room - taken), style(None, on)))
    return [*pieces, (tagged, style("muted", on, italic=True) + PLACED)]


def cut_name(
    name: str, cells: int, words: Sequence[str], sign: str = ELLIPSIS
) -> list[tuple[str, bool]]:
    """A name, cut to a number of cells with a sign: its pieces, and whether each matches the filter."""
    shown = displayable(name[:LONGEST_NAME])
    row = Row(shown, 0, len(shown))
    end, more = len(shown), ""
    if row.width > cells or len(name) > LONGEST_NAME:
        end, more = row.offset_at(max(cells - 1, 0)), sign
    pieces: list[tuple[str, bool]] = []
    at = 0
    for first, last in matched(name, words) if words else ():
        # Combining marks are underlined together with their letter.
        first, last = row.snap(first), segmentation.next_grapheme(shown, max(min(last, end) - 1, 0))
        first, last = max(first, at), min(last, end)
        if first < last:
            pieces += [(shown[at:first], False), (shown[first:last], True)]
            at = last
    pieces += [(shown[at:end], False), (more, False)]
    if sum(cell_len(text) for text, _ in pieces) > cells:
        # Rich counts more cells for the name than any terminal draws.
        return [(fit(shown, cells), False)]
    return [piece for piece in pieces if piece[0]]


def _number(number: int | None, cells: int, look: Appearance, fore: ChromeName, on: ChromeName) -> Piece:
    """A number at the right of its column; blank if it is not known yet."""
    if number is None:
        return (" " * cells, look.colours.style(None, on))
    if not number:
        return _zero(cells, look, on)
    text = str(number)
    text = text if len(text) <= cells else f"{number // 1000}k"
    return (text.rjust(cells), look.colours.style(fore, on))


def _zero(cells: int, look: Appearance, on: ChromeName) -> Piece:
    return (look.glyphs.place.rjust(cells), look.colours.style("rule", on))


def _doubtful(row: ListedDocument, cells: int, look: Appearance, on: ChromeName) -> Piece:
    text, shown = _number(row.doubtful, cells, look, "muted" if row.state == "done" else "text", on)
    many = row.state != "done" and (row.doubtful or 0) > MANY_DOUBTFUL
    return (text, look.colours.style("bright", on, bold=True) if many else shown)


def _minutes(minutes: float, cells: int, look: Appearance, on: ChromeName) -> Piece:
    # Less than half a minute still counts as some work.
    return _number(max(round(minutes), 1) if minutes > 0 else 0, cells, look, "muted", on)


def _bar(row: ListedDocument, cells: int, look: Appearance, on: ChromeName) -> Line:
    settled, total = row.decided, row.decided + (row.undecided or 0)
    if row.state == "done" and not total:
        # A document that is done without any span has a full bar too.
        settled = total = 1
    heavy = heavy_cells(settled, total, cells)
    style, glyphs = look.colours.style, look.glyphs
    return [
        (glyphs.settled * heavy, style("muted" if row.state == "done" else "text", on)),
        (glyphs.left * (cells - heavy), style("rule", on)),
    ]
