"""Widgets that show a few lines of styled text and redraw only when these change.

Textual's own `Static` lays the screen out anew for each change, which costs several milliseconds a key.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from annotations.text.display import displayable
from tui.colours.arithmetic import muted
from tui.cut import ELLIPSIS, cut
from tui.placed import PLACED
from tui.widgets.line_by_line import LineByLine

MOST_DRAWN = 512
"""How many lines of a list to remember as they were drawn."""
Piece = tuple[str, str | Style]
"""A text and its style, made by `tui.colours.palette.Colours` or as Rich writes attributes (`bold`)."""
Line = Sequence[Piece]
RIGHT = "right "
"""Begins the style of a piece that has its own column, whatever is before it; `PLACED` in a `Style`."""


def style_of(words: str | Style) -> Style:
    """A style, whether it is one or written as Rich does."""
    return words if isinstance(words, Style) else Style.parse(words)


def width_of_line(line: Line) -> int:
    """How many cells a line takes, as Rich counts them."""
    return sum(cell_len(text) for text, _ in line)


def fitted(cutting: Callable[[str, int, str], str], text: str, cells: int, sign: str = ELLIPSIS) -> str:
    """A text cut to a number of cells, also as Rich counts them, which may be more than any terminal draws.

    `cutting` is one of the functions of `tui.cut`.
    """
    tries = (cutting(text, room, sign) for room in range(cells, 0, -1))
    return next((shown for shown in tries if cell_len(shown) <= cells), "")


def cut_line(line: Line, cells: int, sign: str = ELLIPSIS) -> list[Piece]:
    """A line within a number of cells: cut at its end with the sign."""
    if width_of_line(line) <= cells:
        return list(line)
    kept: list[Piece] = []
    for text, style in line:
        if cell_len(text) >= cells:
            # A blank stands for what follows: where the text just fits, it is cut as well.
            kept.append((fitted(cut, f"{text} ", cells, sign), style))
            break
        kept.append((text, style))
        cells -= cell_len(text)
    return kept


def strip_of(line: Line, base: Style) -> Strip:
    """The cells of a line; control characters in it become visible symbols."""
    return Strip([Segment(displayable(text), _style(base, style)) for text, style in line if text])


@lru_cache(maxsize=2048)
def _style(base: Style, words: str | Style) -> Style:
    if isinstance(words, Style):
        return base + words
    if words.startswith(RIGHT):
        return _style(base, words.removeprefix(RIGHT)) + PLACED
    style = base + Style.parse(words)
    fore, back = style.color, style.bgcolor
    if not style.dim or fore is None or back is None or not (fore.triplet and back.triplet):
        return style
    # How dim a terminal makes text is anybody's guess; this can be read.
    return style + Style(dim=False, color=muted(fore.triplet.hex, back.triplet.hex))


class Lines(LineByLine, can_focus=False):
    """As many lines as it is high; the last style given to `base_style` fills the rest of each."""

    def __init__(self, base_style: str | Style, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._base_style = style_of(base_style)
        self._lines: list[Line] = []

    def show(self, lines: list[Line], base_style: str | Style | None = None) -> None:
        """Show these lines; nothing is drawn when they are the same as before."""
        style = self._base_style if base_style is None else style_of(base_style)
        if lines == self._lines and style == self._base_style:
            return
        old, self._lines = self._lines, lines
        if style != self._base_style or len(old) != len(lines):
            self._base_style = style
            self.refresh()
            return
        for number, (before, after) in enumerate(zip(old, lines, strict=True)):
            if before != after:
                self.refresh(Region(0, number, self.size.width, 1))

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._lines

    @property
    def plain(self) -> str:
        """What is shown, without styles."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        line = self._lines[y] if y < len(self._lines) else ()
        return strip_of(line, self._base_style).crop_extend(0, self.size.width, self._base_style)


class LineList(LineByLine, ScrollView, can_focus=False):
    """A list of lines of any length, one of which may be chosen; only those in sight are drawn."""

    DEFAULT_CSS = "LineList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }"

    def __init__(self, base_style: str | Style, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._base_style = style_of(base_style)
        self._lines: Sequence[Line] = ()
        self._drawn: dict[int, Line] = {}
        self.chosen: int | None = None

    def show(
        self, lines: Sequence[Line], chosen: int | None = None, base_style: str | Style = ""
    ) -> None:
        """Show these lines, with one marked and scrolled into sight; draws only what is new in sight."""
        self._lines = lines
        style = style_of(base_style) if base_style else self._base_style
        size = Size(self.size.width, len(lines))
        if style != self._base_style or size != self.virtual_size:
            self._base_style = style
            self._set_size(size)
            self.refresh()
        else:
            top = self.scroll_offset.y
            for number in range(top, min(top + self.size.height, len(lines))):
                if self._drawn.get(number) != lines[number]:
                    self._redraw(number)
        self.choose(chosen)

    def _set_size(self, size: Size) -> None:
        """Have another number of lines. The screen is laid out anew only for a scrollbar to come or go."""
        if (size.height > self.size.height) != self.show_vertical_scrollbar:
            self.virtual_size = size
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def choose(self, number: int | None) -> None:
        """Mark a line and bring it into sight; `None` marks none."""
        before, self.chosen = self.chosen, number
        if number is not None:
            top, height = self.scroll_offset.y, self.size.height
            if number < top or number >= top + height:
                target = number if number < top else number - height + 1
                self.scroll_to(y=max(target, 0), animate=False, force=True)
        if before != number:
            for changed in (before, number):
                if changed is not None:
                    self._redraw(changed)

    def changed(self, number: int) -> None:
        """Draw a line anew."""
        self._redraw(number)

    def _redraw(self, number: int) -> None:
        width = self.scrollable_content_region.width
        self.refresh(Region(0, number - self.scroll_offset.y, width, 1))

    @property
    def empty(self) -> bool:
        """Whether there is no line at all."""
        return not self._lines

    @property
    def plain(self) -> str:
        """All lines, without styles."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the widget, `y` lines below its top."""
        number = y + self.scroll_offset.y
        line = self._lines[number] if number < len(self._lines) else ()
        if len(self._drawn) > MOST_DRAWN:
            self._drawn.clear()
        self._drawn[number] = line
        base_style = self._base_style
        if number == self.chosen:
            base_style = base_style + Style(reverse=True, bold=True)
        return strip_of(line, base_style).crop_extend(0, self.size.width, base_style)
