"""Writes a frame in as few bytes as possible.

Textual writes the whole style before each piece of text, and the sequence that ends all styles after
it. So a line of many short pieces is ten times as long as its text, and over a slow connection a key is
answered late. Here only the difference from the piece before is written; for blanks, only their
background.
"""

import re
from functools import lru_cache

from msgspec import Struct
from rich.console import Console
from textual._compositor import CompositorUpdate

_SEQUENCE = re.compile(r"\x1b\[([0-9;]*)m")
_BOLD_OR_DIM, _OFF = 22, {1: 22, 2: 22, 3: 23, 4: 24, 7: 27, 9: 29}
"""The number that ends each attribute."""
_SEEN_ON_BLANKS = frozenset((4, 7, 9))
"""The attributes that can be seen on blanks too: underlined, reversed, struck."""


class _Graphics(Struct, frozen=True):
    """How text is drawn: the sequences for its colours, and its attributes."""

    fore: str = ""
    back: str = ""
    attributes: frozenset[int] = frozenset()


_PLAIN = _Graphics()


class LeanUpdate(CompositorUpdate):
    """An update of the screen that is written in this way."""

    def __init__(self, update: CompositorUpdate) -> None:
        self._update = update

    def render_segments(self, console: Console) -> str:
        """The update as it is written to the terminal."""
        return lean(self._update.render_segments(console))


def lean(written: str) -> str:
    """The same output in fewer bytes. It begins and ends without a style."""
    text, *rest = _SEQUENCE.split(written)
    out = [text]
    shown = wanted = _PLAIN
    for place in range(0, len(rest), 2):
        wanted, text = _graphics(rest[place], wanted), rest[place + 1]
        if not text:
            continue
        if text.isspace() and not wanted.attributes & _SEEN_ON_BLANKS:
            wanted_here = _on_blanks(shown, wanted)
        else:
            wanted_here = wanted
        if wanted_here != shown:
            out.append(_change(shown, wanted_here))
            shown = wanted_here
        out.append(text)
    if shown != _PLAIN:
        out.append("\x1b[0m")
    return "".join(out)


@lru_cache(maxsize=4096)
def _graphics(numbers: str, before: _Graphics) -> _Graphics:
    """How text is drawn after a sequence."""
    fore, back, attributes = before.fore, before.back, set(before.attributes)
    parts = iter(numbers.split(";"))
    for part in parts:
        number = int(part or 0)
        if number == 0:
            fore, back, attributes = "", "", set()
        elif number in (38, 48):
            kind = next(parts)
            colour = ";".join([part, kind, *(next(parts) for _ in range(1 if kind == "5" else 3))])
            fore, back = (colour, back) if number == 38 else (fore, colour)
        elif 30 <= number <= 39 or 90 <= number <= 97:
            fore = part
        elif 40 <= number <= 49 or 100 <= number <= 107:
            back = part
        else:
            attributes.add(number)
    return _Graphics(fore, back, frozenset(attributes))


@lru_cache(maxsize=4096)
def _on_blanks(shown: _Graphics, wanted: _Graphics) -> _Graphics:
    """How to draw blanks so that they look as wanted: their background, no attribute visible on blanks.

    If `wanted` itself takes a shorter sequence, such as one that ends everything, it is returned.
    """
    least = _Graphics(shown.fore, wanted.back, shown.attributes - _SEEN_ON_BLANKS)
    if least != shown and len(_change(shown, wanted)) < len(_change(shown, least)):
        return wanted
    return least


@lru_cache(maxsize=4096)
def _change(shown: _Graphics, wanted: _Graphics) -> str:
    """The sequence that changes one way to draw into another."""
    gone = shown.attributes - wanted.attributes
    new = wanted.attributes - shown.attributes
    anew = [*map(str, sorted(wanted.attributes)), wanted.fore, wanted.back]
    whole = ";".join(["0", *filter(None, anew)])
    if (shown.fore and not wanted.fore) or (shown.back and not wanted.back) or not gone <= _OFF.keys():
        return f"\x1b[{whole}m"
    off = {_OFF[number] for number in gone}
    if _BOLD_OR_DIM in off:
        # This number ends both bold and dim.
        new = new | wanted.attributes & {1, 2}
    parts = [*map(str, sorted(off)), *map(str, sorted(new))]
    parts += [wanted.fore] if wanted.fore != shown.fore else []
    parts += [wanted.back] if wanted.back != shown.back else []
    return f"\x1b[{min(whole, ';'.join(parts), key=len)}m"
