"""What the workspace needs of the screen."""

from collections.abc import Callable
from typing import Protocol

from annotations.editing.outcome import Outcome
from tui.workspace.document_at_hand import DocumentAtHand, TextChanged


class WorkspaceView(Protocol):
    """The screen that shows one of the open documents."""

    def show_document(self, at_hand: DocumentAtHand) -> None:
        """Show this document; called when it is opened, and again when its annotations are loaded."""
        ...

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what was done to the document on the screen."""
        ...

    def arrive(self, bring: Callable[[], Outcome]) -> None:
        """Call this when keys leave time for it, and show what it did to the document on the screen."""
        ...

    @property
    def keys_stopped(self) -> bool:
        """Whether nobody has pressed a key for a while."""
        ...

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Call this after this number of seconds."""
        ...

    def say(self, message: str) -> None:
        """Show a sentence until the next key."""
        ...

    def show_later(self) -> None:
        """Update everything around the article in the next frame."""
        ...

    def first_visible_offset(self) -> int:
        """The offset of the first code point on the screen."""
        ...

    def ask_about_earlier_text(self, changed: TextChanged, answer: Callable[[bool], None]) -> None:
        """Ask whether to carry over the decisions about an earlier text; `answer` gets the reply."""
        ...
