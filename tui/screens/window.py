"""What all windows over the reader have in common."""

from collections.abc import Iterator
from typing import TypeVar

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.await_complete import AwaitComplete
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType

from tui.terminal_output.placed import PLACED, is_placed

WindowResult = TypeVar("WindowResult")
"""The type of a window's answer."""


class ScreenBehind:
    """The screen behind a window: widgets keep their own columns, which Textual's own version would lose."""

    def __init__(self, screen: Screen[object]) -> None:
        self._screen = screen

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Rows of segments. Each widget of a row begins at its own column, whatever is to its left."""
        for row in self._screen._compositor.render_full_update().strips:
            for strip in row:
                begins = True
                for text, style, control in strip:
                    bare = Style.null() if style is None else style.clear_meta_and_links()
                    yield Segment(text, bare + PLACED if begins or is_placed(style) else bare, control)
                    begins = begins and not text
            yield Segment.line()


class Window(ModalScreen[ScreenResultType]):
    """A window that closes only once: an event during its removal does not close the window below it."""

    def rows_on(self, screen_rows: int) -> int:
        """How many of the last rows of a screen it covers; 0 for a window that fills the screen."""
        return 0

    def render(self) -> RenderableType:
        """Draw what is behind the window, if the window does not fill the screen."""
        drawn = super().render()
        if isinstance(drawn, BackgroundScreen) and drawn.color.a == 0:
            return ScreenBehind(drawn.screen)
        return drawn

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close the window with a result, unless it is closed already."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
