"""The lines around the rows of the list of documents: header, field, pace, document, keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style

from annotations.corpus.listing import STATES, ListedDocument, Listing, SortOrder
from annotations.corpus.pace import Pace, pace_words
from annotations.store.interface import SaveState
from annotations.text.display import displayable
from tui.cells.row import fit
from tui.document_list.keys import KEYS
from tui.document_list.rows import GAP, ROOM_FOR_WORDS, SIGNS, ListColumns, cut_name
from tui.keymap import key_sign
from tui.terminal_output.placed import PLACED
from tui.widgets.appearance import Appearance
from tui.widgets.bars import heavy_cells
from tui.widgets.header import saving_pieces
from tui.widgets.hints import Hint, Hints
from tui.widgets.line_edit import LineEdit
from tui.widgets.lines import Line, Piece, width_of_line

AIRY = 18
"""From this number of rows on, the screen has blank rows."""
ROOM_FOR_CHIP = 40
"""From this number of cells on, the last line says that this is the list."""
ROOM_FOR_KEYS = 30
"""Cells for the keys that answer a question."""
FIELD_AT = 3
"""Cells of the list before what is typed."""
ORDER_WORDS: dict[SortOrder, str] = {
    "given": "in file order",
    "name": "by name",
    "most left": "most undecided first",
    "most doubtful": "most doubtful first",
    "minutes": "most minutes first",
    "last changed": "last changed first",
}


@dataclass(frozen=True)
class ListLayout:
    """The rows of the screen between its first line and its last three."""

    field: int
    """The row of the screen with what is typed."""
    before: int
    """Rows of the screen before the first document."""
    documents: int
    """How many documents there is room for."""
    airy: bool
    """Whether there are blank rows, and one that says how many documents follow."""


def layout_for(height: int) -> ListLayout:
    """How the rows of a screen are used."""
    if height >= AIRY:
        return ListLayout(2, 5, height - 9, True)
    return ListLayout(1, 3, max(height - 6, 1), False)


def field_cells(columns: ListColumns) -> int:
    """Cells for what is typed."""
    return 26 if columns.width >= 70 else max(columns.width // 3 - 2, 8)


def corpus_line(
    corpus: str,
    database: str,
    done: int,
    total: int,
    state: SaveState | None,
    width: int,
    look: Appearance,
) -> Line:
    """The corpus, the database if there is room, how many documents are done, the state of saving."""
    style, glyphs = look.colours.style, look.glyphs
    cells = 12 if width < 100 else 20 if width < 160 else 30
    heavy = heavy_cells(done, total, cells)
    right: list[Piece] = [
        (glyphs.settled * heavy, style("text")),
        (glyphs.left * (cells - heavy), style("rule")),
        (f" {done:,}/{total:,}", style("text", bold=True)),
        (GAP, style()),
        *saving_pieces(state, look),
    ]
    room = width - width_of_line(right) - len(GAP)
    program = f" annotate{GAP}" if room > 30 else " "
    room -= len(program)
    name = cut_name(corpus, max(room, 0), (), glyphs.cut)
    left: list[Piece] = [(program, style("bright", bold=True))]
    left += [(text, style("text") + PLACED) for text, _ in name]
    room -= width_of_line(left[1:]) + len(GAP)
    if width >= ROOM_FOR_WORDS and cell_len(displayable(database)) <= room:
        left.append((f"{GAP}{displayable(database)}", style("muted") + PLACED))
    return with_right(left, right, width)


def field_line(
    listing: Listing, line: LineEdit, order_words: str, columns: ListColumns, look: Appearance
) -> Line:
    """What is typed, how many documents fit, and their order."""
    style = look.colours.style
    cells = field_cells(columns)
    ground = style("text", "raised")
    typed: list[Piece]
    if line.text:
        cut = look.glyphs.cut
        typed = [(cut if text == "…" else text, ground + of) for text, of in line.shown(cells)]
    else:
        words = "type to filter" if cells > len("type to filter") else "filter"
        typed = [
            (" ", ground + Style(reverse=True)),
            (fit(words, cells - 1), style("muted", "raised", italic=True)),
        ]
    if listing.words:
        said = f"{len(listing):,} of {_counted(listing.total)}"
    else:
        said = f"{listing.total - listing.done:,} to do"
        said += f" {look.glyphs.place} {listing.flagged:,} flagged" if listing.flagged else ""
    order = f"{order_words} {look.glyphs.choose} "
    shown: list[Piece] = [
        (" " * (columns.margin + FIELD_AT - 1), style()),
        (" ", ground),
        *((text, of + PLACED) for text, of in typed),
        (" " * max(cells - width_of_line(typed), 0), ground + PLACED),
        (GAP, style() + PLACED),
    ]
    room = columns.width - FIELD_AT - cells - 2 * len(GAP) - cell_len(order)
    if cell_len(said) <= room:
        shown.append((said, style("muted")))
    return with_right(shown, [(order, style("text"))], columns.margin + columns.width)


def _counted(documents: int) -> str:
    return f"{documents:,} document" if documents == 1 else f"{documents:,} documents"


def no_documents(listing: Listing, columns: ListColumns, look: Appearance) -> Line:
    """What is shown instead of documents."""
    said = "No document matches." if listing.total else "There are no documents."
    return [(" " * (columns.margin + SIGNS) + said, look.colours.style("muted"))]


def more_line(more: str, columns: ListColumns, look: Appearance) -> Line:
    """At the right, how many documents follow."""
    return with_right([], [(f"{more} ", look.colours.style("muted"))], columns.margin + columns.width)


def pace_line(pace: Pace | None, more: str, width: int, look: Appearance) -> Line:
    """How fast the work goes, in as many parts as fit; at the right, how many documents follow."""
    style = look.colours.style
    right: Line = [(f"{GAP}{more} ", style("muted"))] if more else []
    line: list[Piece] = []
    for number, part in enumerate(pace_words(pace) if pace is not None else ()):
        piece = f"{GAP if number else ' '}{part}"
        if width_of_line(line) + cell_len(piece) + width_of_line(right) > width:
            break
        line.append((piece, style("muted") if number else style("bright", bold=True)))
    return with_right(line, right, width)


def document_line(row: ListedDocument | None, width: int, look: Appearance) -> Line:
    """The current document: its name, a note about it, how much is left to decide, whether it is done."""
    if row is None:
        return []
    style, glyphs = look.colours.style, look.glyphs
    bold, muted = style("bright", bold=True), style("muted")
    parts: list[Piece] = [(row.note, style("text", italic=True))] if row.note else []
    if row.undecided:
        parts.append((f"{row.undecided:,} to decide", bold))
    parts.append(("done" if row.state == "done" else "not done", muted if row.undecided else bold))
    needed = 3 + cell_len(displayable(parts[0][0])) + len(GAP)
    name = cut_name(row.name, max(width - needed, width // 2), (), glyphs.cut)
    line: list[Piece] = [(" ", bold), *((text, bold) for text, _ in name)]
    for number, (text, of) in enumerate(parts):
        before = f" {glyphs.place} " if number else GAP
        room = width - width_of_line(line) - cell_len(before) - 1
        if not number or cell_len(text) <= room:
            pieces = cut_name(text, room, (), glyphs.cut)
            line += [(before, muted + PLACED), *((piece, of) for piece, _ in pieces)]
    return line


def done_question(row: ListedDocument, width: int, look: Appearance) -> Hints:
    """Asks before a document is marked as done although suggestions are undecided or were never made."""
    if row.undecided is None:
        said, short = (
            "Nothing has been suggested in it yet; all its text will count as no entity.",
            "No suggestions yet.",
        )
    else:
        left = row.undecided
        said = f"{left:,} undecided will count as no entity."
        short = f"{left:,} undecided."
    if cell_len(said) > width - ROOM_FOR_KEYS:
        said = short
    asked: Piece = (said, look.colours.style("bright", bold=True))
    hints = (Hint("Ctrl+D", "done"),)
    return Hints(hints, before=(asked,), way_out=Hint("Esc", "not done"))


def list_hints(row: ListedDocument | None, typed: str, width: int) -> Hints:
    """What the keys do now."""
    hints: list[Hint] = []
    if row is not None:
        mark = Hint("Ctrl+D", "not done" if row.state == "done" else "done")
        hints = [Hint("Enter", "open"), Hint("Tab", "order"), mark, Hint("↑ ↓", "walk")]
    return Hints(
        hints,
        mode="QUEUE" if width >= ROOM_FOR_CHIP else "",
        way_out=Hint("Esc", "show all" if typed else "back"),
        help=Hint("F1", "keys" if width >= ROOM_FOR_CHIP else ""),
    )


def key_lines(columns: ListColumns, height: int, look: Appearance) -> list[Line]:
    """The keys of the list, and what can be typed, in `height` rows; the last says if lines are missing."""
    style = look.colours.style
    margin: Piece = (" " * (columns.margin + 2), style())
    signs = [look.glyphs.key(GAP.join(map(key_sign, keys))) for keys, _ in KEYS]
    widest = max(map(cell_len, signs)) + len(GAP)
    room = columns.width - 4
    lines: list[Line] = [
        [
            margin,
            (fit(sign, widest), style("bright", bold=True)),
            *_cut(sentence, room - widest, style("text"), look),
        ]
        for sign, (_, sentence) in zip(signs, KEYS, strict=True)
    ]
    conditions = f"Type part of a name, or one of these words: {', '.join(STATES)}, or a language."
    lines += [[margin, (text, style("muted"))] for text in _wrapped(conditions, room)]
    if len(lines) > height:
        more = f"{look.glyphs.cut} make the window taller to see more"
        lines[height - 1 :] = [[margin, *_cut(more, room, style("muted", italic=True), look)]]
    return lines


def _cut(text: str, cells: int, style: Style, look: Appearance) -> Line:
    return [(piece, style) for piece, _ in cut_name(text, cells, (), look.glyphs.cut)]


def _wrapped(text: str, cells: int) -> Sequence[str]:
    # This is imported with the first F1, not with the list.
    from textwrap import wrap

    return wrap(text, cells)


def with_right(line: Line, right: Line, width: int) -> Line:
    """A line with something at its right end."""
    if not right:
        return line
    blank = " " * max(width - width_of_line(line) - width_of_line(right), 0)
    (text, style), *rest = right
    return [*line, (blank, PLACED), (text, style + PLACED), *rest]
