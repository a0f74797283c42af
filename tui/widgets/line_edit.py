"""A line of text that is being typed: the position of the cursor, and the effect of each key."""

import regex
from rich.style import Style

from annotations.text import segmentation as words
from annotations.text.display import displayable
from tui.cells.row import cluster_width
from tui.widgets.lines import Line

BOLD = Style(bold=True)
_NOT_TEXT = regex.compile(r"[\p{Cc}\p{Cs}\p{Bidi_Control}]")
"""Characters that are ignored when typed or pasted: they control a terminal, or show a text in a different
order.
"""


def on_one_line(pasted: str) -> str:
    """A pasted text on one line, with single spaces as white space, without control or bidi characters."""
    return _NOT_TEXT.sub("", " ".join(pasted.split()))


class LineEdit:
    """The text and the cursor, which is before a grapheme cluster or at the end."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._at = len(text)

    def replace(self, text: str) -> None:
        """Replace the text, and put the cursor at its end."""
        self.text, self._at = text, len(text)

    def insert(self, text: str) -> None:
        """Insert text at the cursor."""
        self.text = self.text[: self._at] + text + self.text[self._at :]
        self._at += len(text)

    def paste(self, text: str) -> None:
        """Insert text from the clipboard at the cursor."""
        self.insert(on_one_line(text))

    def toggle_start(self, sign: str) -> None:
        """Put a sign at the beginning of the line, or remove it if it is there."""
        with_it = self.text.startswith(sign)
        self.text = self.text.removeprefix(sign) if with_it else sign + self.text
        self._at = max(self._at + (-len(sign) if with_it else len(sign)), 0)

    def press(self, key: str, character: str | None) -> bool:
        """Edit the line with a key; `False` if the key has no effect on it."""
        text, at = self.text, self._at
        match key:
            case "left":
                self._at = words.previous_grapheme(text, at)
            case "right":
                self._at = words.next_grapheme(text, at)
            case "home" | "ctrl+a":
                self._at = 0
            case "end" | "ctrl+e":
                self._at = len(text)
            case "backspace" | "ctrl+h":
                self._at = words.previous_grapheme(text, at) if at else 0
                self.text = text[: self._at] + text[at:]
            case "delete":
                self.text = text[:at] + text[words.next_grapheme(text, at) :]
            case "ctrl+u":
                self.text, self._at = text[at:], 0
            case _:
                if not character or _NOT_TEXT.search(character) or key.startswith("alt+"):
                    return False
                self.insert(" " if character.isspace() else character)
        return True

    def shown(self, width: int, style: Style = BOLD, sign: str = "…") -> Line:
        """The part of the line that fits a width in cells, with the cursor as a reversed cell that does
        not blink.

        `sign` is shown at an end where there is more of the line.
        """
        start, after, end = self._in_sight(width)
        return [
            (sign if start else "", style),
            (displayable(self.text[start : self._at]), style),
            (displayable(self.text[self._at : after] or " "), style + Style(reverse=True)),
            (displayable(self.text[after:end]), style),
            (sign if end < len(self.text) else "", style),
        ]

    def caret(self, width: int) -> int:
        """How many cells are before the cursor in what is shown."""
        start = self._in_sight(width)[0]
        return (1 if start else 0) + _cells(self.text, start, self._at)

    def _in_sight(self, width: int) -> tuple[int, int, int]:
        """The visible part: its start, the end of the cluster at the cursor, and its end, in code points."""
        text, at = self.text, self._at
        after = words.next_grapheme(text, at) if at < len(text) else at
        cursor = _cells(text, at, after) if after > at else 1
        # A quarter is kept for the text after the cursor, so that its position is clear.
        _, following = _forwards(text, after, width // 4)
        start, before = _backwards(text, at, max(width - cursor - following, 0))
        if start:
            start, before = _backwards(text, at, max(width - cursor - following - 1, 0))
            before += 1
        room = max(width - before - cursor, 0)
        end, _ = _forwards(text, after, room)
        if end < len(text):
            end, _ = _forwards(text, after, max(room - 1, 0))
        return start, after, end


def _cells(text: str, start: int, end: int) -> int:
    cells = 0
    while start < end:
        after = words.next_grapheme(text, start)
        cells += cluster_width(text[start:after])
        start = after
    return cells


def _forwards(text: str, start: int, room: int) -> tuple[int, int]:
    """The offset reached from `start` within `room` cells, and the cells used."""
    used = 0
    while start < len(text):
        after = words.next_grapheme(text, start)
        used += cluster_width(text[start:after])
        if used > room:
            return start, used - cluster_width(text[start:after])
        start = after
    return start, used


def _backwards(text: str, start: int, room: int) -> tuple[int, int]:
    """The same towards the beginning."""
    used = 0
    while start > 0:
        before = words.previous_grapheme(text, start)
        used += cluster_width(text[before:start])
        if used > room:
            return start, used - cluster_width(text[before:start])
        start = before
    return start, used
