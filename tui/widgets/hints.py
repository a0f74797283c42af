"""The last line: what the keys do now, in the place with the lamp; or what a key did, or a question."""

from collections.abc import Sequence

from msgspec import Struct

from annotations.text.display import displayable
from tui.cells.cut import with_room
from tui.colours.glyphs import Glyphs
from tui.keymap import Keymap, key_sign
from tui.terminal_output.placed import PLACED
from tui.widgets.appearance import Appearance
from tui.widgets.lines import Line, Piece, cut_line, width_of_line
from tui.widgets.pressable import key_of_sign, presses

GAP = "  "


class Hint(Struct, frozen=True):
    """A key, and what it does in one or two words."""

    sign: str
    """The key in the form for people; empty if the action has no key, and then nothing is shown."""
    words: str
    action: str = ""
    """The name of the action of the key, or the name that a mode gives it."""


class Hints(Struct, frozen=True):
    """The contents of the line."""

    hints: Sequence[Hint] = ()
    """The most important one first."""
    mode: str = ""
    """The name of the mode that has the lamp, shown as a chip; empty while reading."""
    alarm: bool = False
    """Whether the chip reports that something is wrong."""
    before: Line = ()
    """What is being typed or asked; shown before the keys."""
    notice: str = ""
    """What a key did; shown in place of the keys."""
    way_out: Hint | None = None
    """The key that ends the mode; it is always shown."""
    help: Hint | None = None
    """The key that shows all keys, at the right; it is always shown."""


def hints_row(said: Hints, width: int, appearance: Appearance) -> Line:
    """The line for a width in cells, with as many keys as fit."""
    style, sign = appearance.colours.style, appearance.glyphs.cut
    line: list[Piece] = []
    if said.mode:
        chip = style("bad", bold=True, reverse=True) if said.alarm else appearance.colours.lamp
        line.append((f" {said.mode} ", chip))
    line.append((" ", style()))
    if said.notice:
        line.append((displayable(appearance.glyphs.key(said.notice)), style("text", bold=True)))
        return cut_line(line, width - 1, sign)
    right = _pieces(said.help, appearance)
    out = _pieces(said.way_out, appearance)
    room = width - 1 - (width_of_line(right) + len(GAP) if right else 0)
    if said.before:
        kept = room - width_of_line(line) - width_of_line(out[:-1]) - len(GAP)
        # Each piece gets as much space as any terminal may need for it.
        roomy = [(with_room(text), of + PLACED) for text, of in said.before if text]
        line += [*cut_line(roomy, kept, sign), (GAP, style() + PLACED)]
    left = room - width_of_line(line)
    out = _shorter(out, left)
    for hint in said.hints:
        pieces = _pieces(hint, appearance)
        cells = width_of_line(pieces) + len(GAP)
        if pieces and cells + width_of_line(out) <= left:
            line += [*pieces, (GAP, style())]
            left -= cells
    line += out
    if right:
        line += [(" " * (width - 1 - width_of_line(line) - width_of_line(right)), style()), *right]
    return line


def _pieces(hint: Hint | None, appearance: Appearance) -> list[Piece]:
    if hint is None or not hint.sign:
        return []
    style, glyphs = appearance.colours.style, appearance.glyphs
    signs = hint.sign.split(" ")
    keys = [key_of_sign(sign, glyphs) for sign in signs]
    pieces: list[Piece] = []
    for number, (sign, key) in enumerate(zip(signs, keys, strict=True)):
        gap = " " if number else ""
        pieces.append((f"{gap}{glyphs.key(sign)}", style("bright", bold=True) + presses(key)))
    words = f" {hint.words}" if hint.words else ""
    return [*pieces, (words, style("muted") + presses(keys[0]))]


def _shorter(pieces: list[Piece], cells: int) -> list[Piece]:
    """The pieces of a key, without its words if there is no room for them."""
    return pieces if width_of_line(pieces) <= cells else pieces[:-1]


def short_sign(key: str, glyphs: Glyphs) -> str:
    """A key in the shortest form that people understand: `⌫`, `⇧→`, `Ctrl+P`."""
    if key == "backspace":
        return glyphs.backspace
    modifier, _, last = key.partition("+")
    if modifier == "shift" and last:
        return f"{glyphs.shift}{key_sign(last)}"
    return key_sign(key)


def sign_of(name: str, keymap: Keymap, glyphs: Glyphs) -> str:
    """The first key of an action; empty if it has none."""
    keys = keymap.named(name).keys
    return short_sign(keys[0], glyphs) if keys else ""
