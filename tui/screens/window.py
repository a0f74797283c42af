"""What all windows over the reader have in common."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType

WindowResult = TypeVar("WindowResult")
"""What a window ends with, where it is not left without anything."""


class Window(ModalScreen[ScreenResultType]):
    """A window that closes once: what comes while it is being taken away closes nothing behind it."""

    def rows_on(self, screen_rows: int) -> int:
        """How many of the last rows of a screen it covers; none for a window that has all of it."""
        return 0

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close the window with a result, unless it is closed already."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
