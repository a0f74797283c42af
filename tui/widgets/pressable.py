"""Names of keys on the screen can be clicked with the mouse: a click presses the key.

The key is stored in the style of the piece, under its name in `tui.keys.terminal_keys`.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.style import Style
from textual import events

from tui.colours.glyphs import UNICODE, Glyphs
from tui.keys.terminal_keys import written_key

PRESS, TAB = "press", "tab"


@lru_cache(maxsize=512)
def presses(key: str) -> Style:
    """The style to add to a piece so that a click on it presses a key; no effect if `key` is empty."""
    return Style.from_meta({PRESS: key}) if key else Style.null()


@lru_cache(maxsize=512)
def key_of_sign(sign: str, glyphs: Glyphs = UNICODE) -> str:
    """The key that a sign of the hints stands for: `⇧→`, `Ctrl+P`, `*`; empty if it is not one key, as
    `a-z`.
    """
    for drawn, word in ((glyphs.backspace, "Backspace"), (glyphs.shift, "Shift+")):
        if sign.startswith(drawn):
            sign = word + sign.removeprefix(drawn)
    try:
        return written_key(sign)
    except ValueError:
        return ""


@lru_cache(maxsize=16)
def shows_tab(number: int) -> Style:
    """The style to add to a piece so that a click on it shows a tab of the side panel."""
    return Style.from_meta({TAB: number})


def key_at(line: Sequence[tuple[str, Style]], column: int) -> str:
    """The key that a click at a column of a line presses; empty if there is none."""
    return str(_meta_at(line, column).get(PRESS, ""))


def tab_at(line: Sequence[tuple[str, Style]], column: int) -> int | None:
    """The tab that a click at a column of a line shows, if there is one."""
    number = _meta_at(line, column).get(TAB)
    return number if isinstance(number, int) else None


def _meta_at(line: Sequence[tuple[str, Style]], column: int) -> Mapping[str, object]:
    for text, style in line:
        column -= cell_len(text)
        if column < 0:
            return style.meta
    return {}


def pressed_key(key: str) -> events.Key:
    """The event of pressing this key."""
    return events.Key(key, " " if key == "space" else key if len(key) == 1 else None)
