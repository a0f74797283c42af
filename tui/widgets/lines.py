"""Widgets that show a few lines of styled text and redraw only when these change.

Textual's own `Static` lays the screen out anew for each change, which costs several milliseconds a key.
"""

from collections.abc import Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.cells import displayable
from tui.theme import muted

Line = Sequence[tuple[str, str]]
"""A line as pieces: a text, and a style as Rich writes it (`bold red on #223344`)."""


def strip_of(line: Line, base: Style) -> Strip:
    """The cells of a line; control characters in it become visible symbols."""
    return Strip([Segment(displayable(text), _style(base, style)) for text, style in line if text])


@lru_cache(maxsize=2048)
def _style(base: Style, words: str) -> Style:
    style = base + Style.parse(words)
    fore, back = style.color, style.bgcolor
    if not style.dim or fore is None or back is None or not (fore.triplet and back.triplet):
        return style
    # How dim a terminal makes text is anybody's guess; this can be read.
    return style + Style(dim=False, color=muted(fore.triplet.hex, back.triplet.hex))


class Lines(Widget, can_focus=False):
    """As many lines as it is high; the last style given to `ground` fills the rest of each."""

    def __init__(self, ground: str, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._ground = Style.parse(ground)
        self._lines: list[Line] = []

    def show(self, lines: list[Line], ground: str | None = None) -> None:
        """Show these lines; nothing is drawn when they are the same as before."""
        style = self._ground if ground is None else Style.parse(ground)
        if lines == self._lines and style == self._ground:
            return
        old, self._lines = self._lines, lines
        if style != self._ground or len(old) != len(lines):
            self._ground = style
            self.refresh()
            return
        for number, (before, after) in enumerate(zip(old, lines, strict=True)):
            if before != after:
                self.refresh(Region(0, number, self.size.width, 1))

    @property
    def plain(self) -> str:
        """What is shown, without styles."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        line = self._lines[y] if y < len(self._lines) else ()
        return strip_of(line, self._ground).crop_extend(0, self.size.width, self._ground)


class LineList(ScrollView, can_focus=False):
    """A list of lines of any length, one of which may be chosen; only those in sight are drawn."""

    DEFAULT_CSS = "LineList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }"

    def __init__(self, ground: str, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._ground = Style.parse(ground)
        self._lines: Sequence[Line] = ()
        self.chosen: int | None = None

    def show(self, lines: Sequence[Line], chosen: int | None = None, ground: str = "") -> None:
        """Show these lines, with one marked and scrolled into sight."""
        self._lines = lines
        self.chosen = chosen
        if ground:
            self._ground = Style.parse(ground)
        self.virtual_size = Size(self.size.width, len(lines))
        if chosen is not None:
            self.choose(chosen)
        self.refresh()

    def choose(self, number: int) -> None:
        """Mark a line and bring it into sight."""
        self.chosen = number
        top, height = self.scroll_offset.y, self.size.height
        if number < top or number >= top + height:
            target = number if number < top else number - height + 1
            self.scroll_to(y=max(target, 0), animate=False, force=True)
        self.refresh()

    @property
    def plain(self) -> str:
        """All lines, without styles."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the widget, `y` lines below its top."""
        number = y + self.scroll_offset.y
        line = self._lines[number] if number < len(self._lines) else ()
        ground = self._ground
        if number == self.chosen:
            ground = ground + Style(reverse=True, bold=True)
        return strip_of(line, ground).crop_extend(0, self.size.width, ground)
