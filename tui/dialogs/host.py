"""What a dialog needs of whoever opens it."""

from collections.abc import Callable
from typing import Protocol

from rich.style import Style

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from tui.colours.palette import Colours
from tui.screens.window import Window, WindowResult


class Host(Protocol):
    """Opens windows over a document and shows what came of the answers."""

    opened: OpenDocument
    """The document that is asked about."""

    @property
    def colours(self) -> Colours:
        """What is drawn with."""
        ...

    @property
    def base_style(self) -> Style:
        """The colours of lines outside the article."""
        ...

    def ask(self, window: Window[WindowResult | None], then: Callable[[WindowResult], None]) -> None:
        """Open a window; `then` gets its answer, unless it was left without one."""
        ...

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what was done to the document."""
        ...

    def say(self, message: str) -> None:
        """Show a sentence until the next key."""
        ...
