"""What a dialog needs from the object that opens it."""

from collections.abc import Callable
from typing import Protocol

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from tui.screens.window import Window, WindowResult
from tui.widgets.appearance import Appearance


class Host(Protocol):
    """Opens windows over a document and shows the results of the answers."""

    opened: OpenDocument
    """The document that the question is about."""

    @property
    def appearance(self) -> Appearance:
        """The current colours and symbols."""
        ...

    def ask(self, window: Window[WindowResult | None], then: Callable[[WindowResult], None]) -> None:
        """Open a window; `then` gets its answer, and is not called if the window was closed without one."""
        ...

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what was done to the document."""
        ...

    def say(self, message: str) -> None:
        """Show a sentence until the next key."""
        ...
