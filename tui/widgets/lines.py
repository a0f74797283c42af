"""Widgets that show a few lines of styled text and redraw only when these change.

Textual's own `Static` lays out the screen again after each change, which takes several milliseconds.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import MouseDown, MouseScrollDown, MouseScrollUp
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from annotations.text.display import displayable
from tui.cells.cut import ELLIPSIS, cut
from tui.colours.coloured_app import coloured
from tui.colours.glyphs import Glyphs
from tui.terminal_output.placed import PLACED
from tui.widgets.appearance import Appearance
from tui.widgets.line_by_line import LineByLine, filled
from tui.widgets.pressable import key_at, pressed_key
from tui.widgets.thumb import thumb

WHEEL = 3
"""How many lines one step of the mouse wheel scrolls."""
MOST_DRAWN = 512
"""How many drawn lines of a list are kept."""
Piece = tuple[str, Style]
"""A text and its style, made by `tui.colours.palette.Colours`; `PLACED` in the style keeps the text in its
column.
"""
Line = Sequence[Piece]


def width_of_line(line: Line) -> int:
    """How many cells a line takes, as Rich counts them."""
    return sum(cell_len(text) for text, _ in line)


def fitted(cutting: Callable[[str, int, str], str], text: str, cells: int, sign: str = ELLIPSIS) -> str:
    """A text cut to a number of cells, even as Rich counts them, which may be more than any terminal draws.

    `cutting` is one of the functions of `tui.cells.cut`.
    """
    tries = (cutting(text, room, sign) for room in range(cells, 0, -1))
    return next((shown for shown in tries if cell_len(shown) <= cells), "")


def cut_line(line: Line, cells: int, sign: str = ELLIPSIS) -> list[Piece]:
    """A line in at most `cells` cells; if it is cut, it ends with the sign."""
    if width_of_line(line) <= cells:
        return list(line)
    kept: list[Piece] = []
    for text, style in line:
        if cell_len(text) >= cells:
            # The space stands for what follows, so that a text that just fits is cut, too.
            kept.append((fitted(cut, f"{text} ", cells, sign), style))
            break
        kept.append((text, style))
        cells -= cell_len(text)
    return kept


def strip_of(line: Line, base: Style, glyphs: Glyphs) -> Strip:
    """The cells of a line in the symbols of `glyphs`; control characters become visible."""
    return Strip(
        [Segment(glyphs.written(displayable(text)), base + style) for text, style in line if text]
    )


class Lines(LineByLine, can_focus=False):
    """As many lines as the widget is high; the latest `base_style` fills the rest of each line."""

    def __init__(self, base_style: Style, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._base_style = base_style
        self._lines: list[Line] = []

    def show(self, lines: list[Line], base_style: Style | None = None) -> None:
        """Show these lines; nothing is drawn if they are the same as before."""
        style = self._base_style if base_style is None else base_style
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

    def on_mouse_down(self, event: MouseDown) -> None:
        """A click on the name of a key presses this key."""
        line = self._lines[event.y] if event.y < len(self._lines) else ()
        if event.button == 1 and (key := key_at(line, event.x)):
            event.stop()
            self.app.post_message(pressed_key(key))

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        line = self._lines[y] if y < len(self._lines) else ()
        strip = strip_of(line, self._base_style, coloured(self.app).glyphs)
        return filled(strip, self.size.width, self._base_style)


class LineSource(Protocol):
    """Lines that are made when they are needed; one of them may be the current one."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def line(self, number: int, chosen: bool) -> Line:
        """One of the lines, as the current one or not."""
        ...


class FixedLines:
    """Lines that are already made, and look the same whether they are current or not."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self._lines = lines

    def __len__(self) -> int:
        """How many there are."""
        return len(self._lines)

    def line(self, number: int, chosen: bool) -> Line:
        """One of the lines."""
        return self._lines[number]


class ListStyle(Struct, frozen=True):
    """The styles of a list: its background, the current row, and the thumb of the scroll bar."""

    base: Style
    chosen: Style
    thumb: Style
    thumb_sign: str


def list_style(appearance: Appearance) -> ListStyle:
    """The styles of lists around the article."""
    style = appearance.colours.style
    return ListStyle(
        style("text", "bar"), style("text", "raised"), style("muted"), appearance.glyphs.thumb
    )


class LineList(LineByLine, ScrollView, can_focus=False):
    """A list of any number of lines, one of which may be current; only the visible ones are drawn.

    The scroll bar is in the last column; only its thumb is drawn.
    """

    DEFAULT_CSS = "LineList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 0; }"

    def __init__(self, style: ListStyle, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._style = style
        self._lines: LineSource = FixedLines()
        self._drawn: dict[int, Line] = {}
        self.chosen: int | None = None

    def show(self, lines: LineSource, chosen: int | None, style: ListStyle) -> None:
        """Show these lines, scroll to the current one, and draw only what changed on the screen."""
        self._lines = lines
        size = Size(self.size.width, len(lines))
        if style != self._style or size != self.virtual_size:
            self._style = style
            # Set without a new layout of the screen, which is not needed: no scroll bar appears or
            # disappears.
            self.set_reactive(Widget.virtual_size, size)
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
            self.refresh()
        else:
            top = self.scroll_offset.y
            for number in range(top, min(top + self.size.height, len(lines))):
                if self._drawn.get(number) != lines.line(number, number == self.chosen):
                    self._redraw(number)
        self.choose(chosen)

    def choose(self, number: int | None) -> None:
        """Make a line the current one and scroll to it; with `None`, no line is current."""
        before, self.chosen = self.chosen, number
        if number is not None:
            self.scroll_into_view(number)
        if before != number:
            for changed in (before, number):
                if changed is not None:
                    self._redraw(changed)

    def scroll_into_view(self, number: int) -> None:
        """Scroll as far as needed to show a line."""
        top, height = self.scroll_offset.y, self.size.height
        if number < top or number >= top + height:
            self._scroll(number if number < top else number - height + 1)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls, and chooses nothing."""
        event.stop()
        self._scroll(self.scroll_offset.y + WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls, and chooses nothing."""
        event.stop()
        self._scroll(self.scroll_offset.y - WHEEL)

    def changed(self, number: int) -> None:
        """Draw a line again."""
        self._redraw(number)

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=max(top, 0), animate=False, force=True)

    def _redraw(self, number: int) -> None:
        self.refresh(Region(0, number - self.scroll_offset.y, self.size.width, 1))

    @property
    def empty(self) -> bool:
        """Whether there are no lines."""
        return not len(self._lines)

    @property
    def plain(self) -> str:
        """All lines, without styles."""
        lines = (self._lines.line(number, False) for number in range(len(self._lines)))
        return "\n".join("".join(text for text, _ in line) for line in lines)

    def render_line(self, y: int) -> Strip:
        """One line of the widget, `y` lines below its top."""
        number, width = y + self.scroll_offset.y, self.size.width
        chosen = number == self.chosen
        line = self._lines.line(number, chosen) if number < len(self._lines) else ()
        if len(self._drawn) > MOST_DRAWN:
            self._drawn.clear()
        self._drawn[number] = line
        base = self._style.chosen if chosen else self._style.base
        strip = filled(strip_of(line, base, coloured(self.app).glyphs), width, base)
        if not self._in_thumb(y):
            return strip
        lit = Segment(self._style.thumb_sign, base + self._style.thumb + PLACED)
        return Strip([*strip.crop(0, width - 1), lit], width)

    def _in_thumb(self, y: int) -> bool:
        """Whether line `y` of the widget has a part of the scroll bar's thumb."""
        height = self.size.height
        return y in thumb(height, self.scroll_offset.y, height, len(self._lines))
