"""The lines around the rows of the list of documents: header, field, pace, document, keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from annotations.corpus.listing import CONDITIONS, ListedDocument, Listing, SortOrder
from annotations.corpus.pace import Pace, pace_words
from annotations.store.interface import SaveState
from annotations.text.display import displayable
from annotations.text.plural import counted
from tui.cells import fit
from tui.keymap import key_sign
from tui.line_edit import LineEdit
from tui.widgets.bars import bar
from tui.widgets.document_rows import GAP, SIGNS, ListColumns, cut_name
from tui.widgets.header import saving_words
from tui.widgets.hints import hint_line
from tui.widgets.lines import RIGHT, Line, Piece, width_of_line

AIRY = 18
"""Rows of the screen from which on there are blank ones in it."""
FIELD_AT = 3
"""Cells of the list before what is typed."""
KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("enter",), "Open the document"),
    (("up", "down"), "Document before, document behind"),
    (("pageup", "pagedown"), "Page up, page down"),
    (("home", "end"), "First document, last document"),
    (("tab", "shift+tab"), "Next order, order before"),
    (("ctrl+d",), "Mark the document as done, or as not done any more"),
    (("escape",), "Empty what was typed; back to the article where nothing is"),
    (("f1",), "This list of keys"),
)
"""The keys of the list and what they do. Everything that can be read is typed."""
ORDER_WORDS: dict[SortOrder, str] = {
    "given": "in file order",
    "name": "by name",
    "most left": "most left first",
    "lowest score": "lowest score first",
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


def list_header(corpus: str, listing: Listing, state: SaveState | None, width: int) -> Line:
    """Which corpus, how many documents are done, whether all is saved."""
    total = len(listing.rows)
    saving, style = saving_words(state)
    right: list[Piece] = [
        *bar(listing.done, total, 12 if width < 100 else 20 if width < 160 else 30),
        (f" {listing.done}/{total}", "bold"),
        (f"{GAP}{saving} ", style),
    ]
    room = width - width_of_line(right) - len(GAP)
    program = f" annotate{GAP}" if room > 30 else " "
    name = cut_name(corpus, max(room - len(program), 0), ())
    return with_right([(program, "bold"), *((text, "") for text, _ in name)], right, width)


def field_line(listing: Listing, line: LineEdit, order_words: str, columns: ListColumns) -> Line:
    """What is typed, how many documents fit, and their order."""
    cells = field_cells(columns)
    typed = line.shown(cells)
    if not line.text:
        words = "type to filter" if cells > len("type to filter") else "filter"
        typed = [(" ", "reverse"), (fit(words, cells - 1), "italic dim")]
    if listing.words:
        said = f"{len(listing)} of {counted(len(listing.rows), 'document')}"
    else:
        said = f"{len(listing.rows) - listing.done} to do"
        said += f" · {listing.flagged} flagged" if listing.flagged else ""
    order = f"{order_words} ▾  "
    shown: list[tuple[str, str]] = [
        (" " * (columns.margin + FIELD_AT), ""),
        *((text, f"{RIGHT}{style}") for text, style in typed),
        (" " * max(cells - width_of_line(typed), 0) + GAP, RIGHT),
    ]
    room = columns.width - FIELD_AT - cells - 2 * len(GAP) - cell_len(order)
    if cell_len(said) <= room:
        shown.append((said, "dim"))
    return with_right(shown, [(order, "")], columns.margin + columns.width)


def no_documents(listing: Listing, columns: ListColumns) -> Line:
    """What stands there instead of documents."""
    said = "No document fits this." if listing.rows else "There are no documents."
    return [(" " * (columns.margin + SIGNS) + said, "dim")]


def pace_line(pace: Pace | None, more: str, width: int) -> Line:
    """How fast the work goes, as many parts of it as fit; at the right how many documents follow."""
    right: Line = [(f"{GAP}{more} ", "dim")] if more else []
    line: list[tuple[str, str]] = []
    for number, part in enumerate(pace_words(pace) if pace is not None else ()):
        piece = f"{GAP if number else ' '}{part}"
        if width_of_line(line) + cell_len(piece) + width_of_line(right) > width:
            break
        line.append((piece, "" if number else "bold"))
    return with_right(line, right, width)


def document_line(row: ListedDocument | None, width: int) -> Line:
    """The document where the next key acts: its name, what to know about it, what is left."""
    if row is None:
        return []
    parts = [(row.note, "italic")] if row.note else []
    if row.undecided:
        parts.append((f"{row.undecided} to decide", ""))
    parts.append(("done" if row.state == "done" else "not done", ""))
    needed = 3 + cell_len(displayable(parts[0][0])) + len(GAP)
    name = cut_name(row.name, max(width - needed, width // 2), ())
    line = [(" ", ""), *((text, "bold") for text, _ in name)]
    for number, (text, style) in enumerate(parts):
        before = " · " if number else GAP
        room = width - width_of_line(line) - cell_len(before) - 1
        if not number or cell_len(text) <= room:
            pieces = cut_name(text, room, ())
            line += [(before, f"{RIGHT}dim"), *((piece, style) for piece, _ in pieces)]
    return line


def done_question(row: ListedDocument, width: int) -> Line:
    """Asks before a document with undecided suggestions is marked as done."""
    left = row.undecided or 0
    keys = [("Ctrl+D", "done"), ("Esc", "not done")]
    said = f" {left} undecided {'counts' if left == 1 else 'count'} as no entity. "
    if cell_len(said) + width_of_line(hint_line(keys, width)) > width:
        said = f" {left} undecided. "
    return [(said, "bold"), *hint_line(keys, width - cell_len(said))]


def list_hints(row: ListedDocument | None, typed: str, width: int) -> Line:
    """What the keys do now."""
    hints = [
        ("Enter", "open") if row is not None else ("", ""),
        ("Esc", "show all" if typed else "back"),
        ("F1", "keys"),
        ("Tab", "order"),
        ("Ctrl+D", "not done" if row.state == "done" else "done") if row is not None else ("", ""),
        ("↑ ↓", "walk") if row is not None else ("", ""),
    ]
    return [(" LIST ", "bold reverse"), *hint_line(hints, width - len(" LIST "))]


def key_lines(columns: ListColumns, height: int) -> list[Line]:
    """The keys of the list, and what can be typed, in `height` rows; it says where there are too few."""
    margin = " " * (columns.margin + 2)
    signs = [GAP.join(key_sign(key) for key in keys) for keys, _ in KEYS]
    widest = max(map(cell_len, signs)) + len(GAP)
    room = columns.width - 4
    lines: list[Line] = [
        [(margin, ""), (fit(sign, widest), "bold"), *_cut(sentence, room - widest)]
        for sign, (_, sentence) in zip(signs, KEYS, strict=True)
    ]
    conditions = f"Typed words stand in the name, or are one of {', '.join(CONDITIONS)}."
    lines += [[(margin, ""), (text, "dim")] for text in _wrapped(conditions, room)]
    if len(lines) > height:
        more = _cut("… more in a higher window", room)
        lines[height - 1 :] = [[(margin, ""), *((text, "italic") for text, _ in more)]]
    return lines


def _cut(text: str, cells: int) -> Line:
    return [(piece, "") for piece, _ in cut_name(text, cells, ())]


def _wrapped(text: str, cells: int) -> Sequence[str]:
    # It is loaded with the first F1, not with the list.
    from textwrap import wrap

    return wrap(text, cells)


def with_right(line: Line, right: Line, width: int) -> Line:
    """A line with something at its right end."""
    if not right:
        return line
    (text, style), *rest = right
    blank = " " * max(width - width_of_line(line) - width_of_line(right), 0)
    return [*line, (blank, RIGHT), (text, f"{RIGHT}{style}"), *rest]
