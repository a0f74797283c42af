"""What a dialog needs of whoever opens it."""

from collections.abc import Callable
from typing import Protocol

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from tui.screens.window import Window, WindowResult
from tui.theme import LabelColours


class Host(Protocol):
    """Opens windows over a document and shows what came of the answers."""

    opened: OpenDocument
    """The document that is asked about."""

    @property
    def label_colours(self) -> dict[str, LabelColours]:
        """The colours of each label."""
        ...

    @property
    def base_style(self) -> str:
        """The colours of lines outside the article, as Rich writes them."""
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
