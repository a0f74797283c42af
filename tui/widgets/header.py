"""The first line: the article, its date, notes about it, the progress, and whether everything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from annotations.dates.date_sources import date_sources
from annotations.editing.open_document import OpenDocument
from annotations.store.interface import SaveState
from annotations.text.display import displayable
from tui.cells.cut import ELLIPSIS, cut, cut_middle, with_room
from tui.cells.row import Row
from tui.terminal_output.placed import PLACED
from tui.widgets.appearance import Appearance
from tui.widgets.bars import heavy_cells
from tui.widgets.lines import Line, Piece, fitted, width_of_line

GAP = "  "
LONG_NAME = 24
"""Up to this width in cells, a name is shown whole before any note or the date; in wide terminals, up to a
third of the width.
"""
LONG_COMMENT = 24
"""The greatest width of a comment on the article, in cells."""


@dataclass(frozen=True)
class HeaderParts:
    """The contents of the line."""

    position: str
    """The number of the document and of all documents: `3/312`; empty for a single document."""
    name: str
    date: str
    flagged: bool
    notes: Sequence[str]
    """Other remarks, the most important first."""
    decided: int
    total: int
    saving: SaveState | None
    """The state of saving; `None` until the database is open."""
    dates: Sequence[str] = ()
    """How many dates each source made, in several forms, the longest first; shown after the notes."""


def header_parts(
    opened: OpenDocument, state: SaveState | None, progress: str, position: str, name: str
) -> HeaderParts:
    """The contents for a document with this name; `progress` is that of the suggesters, in words."""
    session, filter_words = opened.session, opened.state.filter.words
    facts, created = session.annotations.facts, session.creation_time
    notes = [
        "done" if facts.done else "",
        progress,
        f"only {filter_words}" if filter_words else "",
        f"{len(session.hidden)} not shown" if session.hidden else "",
        opened.state.learned.spot_checks.words,
        f"“{fitted(cut, facts.comment, LONG_COMMENT)}”" if facts.comment else "",
    ]
    return HeaderParts(
        position,
        name,
        created.value if created is not None else "",
        facts.flagged,
        [note for note in notes if note],
        session.decided,
        len(session.annotations.spans),
        state,
        date_sources(session.annotations.spans),
    )


def header_line(parts: HeaderParts, width: int, appearance: Appearance) -> Line:
    """The line for a width in cells.

    If there is not enough room, the sources of the dates are shortened, then left out; then the notes, the
    last one first; then the date. Then the name is cut in the middle; only a very long name is cut before
    that. The position, the flag, the bar and the state of saving are always shown.
    """
    style, signs = appearance.colours.style, appearance.glyphs
    cells = 30 if width >= 160 else 20 if width >= 100 else 12 if width >= 60 else 6
    heavy = heavy_cells(parts.decided, parts.total, cells)
    right: list[Piece] = [
        (signs.settled * heavy, style("text") + PLACED),
        (signs.left * (cells - heavy), style("rule")),
        (f" {parts.decided}/{parts.total}", style("text", bold=True)),
        (GAP, style()),
        *saving_pieces(parts.saving, appearance),
    ]
    left: list[Piece] = [(" ", style())]
    if parts.position:
        left.append((f"{parts.position}{GAP}", style("bright", bold=True)))
    flag = [(f"{GAP}{signs.flag}", style("mark", bold=True))] if parts.flagged else []
    room = width - width_of_line(left) - width_of_line(flag) - width_of_line(right) - len(GAP)
    least = min(Row(displayable(parts.name), 0, len(parts.name)).width, max(LONG_NAME, width // 3))
    date = f"{GAP}{parts.date}" if parts.date else ""
    if cell_len(date) > room - least:
        date = ""
    notes: list[Piece] = []
    for note in parts.notes:
        piece = (with_room(f"{GAP}{displayable(note)}"), style("muted", italic=True))
        if cell_len(date) + width_of_line([*notes, piece]) > room - least:
            break
        notes.append(piece)
    else:
        left_over = room - least - cell_len(date) - width_of_line(notes)
        said = next((form for form in parts.dates if cell_len(GAP + form) <= left_over), "")
        notes += [(f"{GAP}{said}", style("muted", italic=True))] if said else []
    name = fitted(
        cut_middle, parts.name, max(room - cell_len(date) - width_of_line(notes), 0), signs.cut
    )
    left += [
        (with_room(name), style("text", bold=True) + PLACED),
        (date, style("muted") + PLACED),
        *flag,
        *notes,
    ]
    blank = " " * max(width - width_of_line(left) - width_of_line(right), 0)
    return [*left, (blank, style() + PLACED), *right]


def saving_pieces(state: SaveState | None, appearance: Appearance) -> list[Piece]:
    """The state of saving, as pieces of the line."""
    style = appearance.colours.style
    words = saving_words(state)
    if state is not None and state.error:
        return [(f" {words} ", style("bad", bold=True, reverse=True))]
    calm = state is not None and not state.unsaved
    words = words.replace(ELLIPSIS, appearance.glyphs.cut)
    return [(f"{words} ", style("muted") if calm else style("text", italic=True))]


def saving_words(state: SaveState | None) -> str:
    """The state of saving, in words."""
    if state is None:
        return "opening"
    if state.error:
        return f"NOT SAVED {state.unsaved}" if state.unsaved else "CANNOT SAVE"
    return f"saving{ELLIPSIS}" if state.unsaved else "saved"
