"""The status line: what the keys act on. Reasons for doubt come before everything else that is known."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotations.text.display import displayable
from tui.cells.cut import cut, cut_middle, with_room
from tui.colours.palette import ChromeName
from tui.terminal_output.placed import PLACED
from tui.widgets.appearance import Appearance
from tui.widgets.lines import Line, Piece, cut_line, fitted, width_of_line

LONGEST_QUOTE = 48
"""The greatest width of quoted words of the article, in cells with the quotation marks."""
SHORT_QUOTE = 24
"""They are shortened to this width before anything bold is left out."""

StatusNoteKind = Literal["value", "reason", "note"]


_NOTES: Mapping[StatusNoteKind, tuple[ChromeName, bool]] = {
    "value": ("text", True),
    "reason": ("bright", True),
    "note": ("muted", False),
}


class StatusNote(Struct, frozen=True):
    """Something that is known: bold if it is a value or a reason for doubt, otherwise muted."""

    text: str
    kind: StatusNoteKind = "note"
    short: str = ""
    """A shorter text, used before a reason is cut; if empty, there is none."""


class StatusParts(Struct, frozen=True):
    """The contents of the line, the most important first; notes that do not fit are left out, the last one
    first.
    """

    label: str = ""
    """A label, as a chip."""
    state: str = ""
    """One or two words, bold."""
    quoted: str = ""
    """Words of the article, unchanged."""
    said: str = ""
    """Other words, instead of the words of the article or before them."""
    notes: Sequence[StatusNote] = ()


def status_line(status: StatusParts, width: int, appearance: Appearance) -> Line:
    """The line for a width in cells.

    If there is not enough room, muted notes are left out first. Then the words of the article are cut in
    the middle, values are shortened, and bold notes are left out, the first reason last; it is cut at its
    end.
    """
    notes = sorted(status.notes, key=lambda note: note.kind == "note")
    bold = [note for note in notes if note.kind != "note"]
    reason = next((number for number, note in enumerate(bold) if note.kind == "reason"), None)
    first = [] if reason is None else [bold[reason]]
    brief = [replace(note, text=note.short or note.text) for note in bold]
    whole = quoted(status.quoted, LONGEST_QUOTE, appearance)
    short = quoted(status.quoted, SHORT_QUOTE, appearance)
    ways = [(whole, notes[:number]) for number in range(len(notes), len(bold) - 1, -1)]
    ways.append((short, bold))
    least = 0 if reason is None else reason + 1
    ways += [(short, brief[:number]) for number in range(len(bold), least - 1, -1)]
    for quote, some in ways:
        line = _line(status, status.label, quote, some, appearance)
        if width_of_line(line) < width:
            return line
    label = fitted(cut, status.label, max(width // 2 - 2, 1), appearance.glyphs.cut)
    return cut_line(
        _line(status, label, short, first, appearance), max(width - 1, 0), appearance.glyphs.cut
    )


def quoted(words: str, cells: int, appearance: Appearance) -> str:
    """Words of the article on one line in quotation marks, cut in the middle to a number of cells."""
    if not words:
        return ""
    glyphs = appearance.glyphs
    if len(words) > 8 * cells:
        words = f"{words[: 2 * cells]}{glyphs.cut}{words[-2 * cells :]}"
    on_one_line = words.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    shown = fitted(cut_middle, on_one_line, max(cells - 2, 1), glyphs.cut)
    return f"{glyphs.open_quote}{shown}{glyphs.close_quote}"


def _line(
    status: StatusParts, label: str, quote: str, notes: Sequence[StatusNote], appearance: Appearance
) -> list[Piece]:
    style = appearance.colours.style
    line: list[Piece] = [(" ", style())]
    blank = (" ", style() + PLACED)
    if label:
        chip = with_room(f" {displayable(label)} ")
        line += [(chip, appearance.colours.chip(status.label)), blank]
    said = (
        (status.state, style("bright", bold=True)),
        (displayable(status.said), style("text")),
        (quote, style("text")),
    )
    for text, looks in said:
        line += [(with_room(text), looks), blank] if text else []
    before = ""
    for note in notes:
        if note.kind == "note" and len(line) > 1:
            line.append((f"{appearance.glyphs.place} ", style("muted")))
        if note.kind == before == "reason":
            line.insert(-1, (",", style("bright", bold=True)))
        before = note.kind
        fore, is_bold = _NOTES[note.kind]
        line += [(with_room(displayable(note.text)), style(fore, bold=is_bold)), blank]
    return line[:-1] if len(line) > 1 else line
