"""The other documents of a run besides the one on the screen, and how to go to them."""

from typing import Protocol

from annotations.editing.outcome import Outcome
from tui.workspace.document_at_hand import DocumentAtHand


class OtherDocuments(Protocol):
    """What the reader needs of the other documents. The methods show messages to the person themselves."""

    @property
    def first(self) -> DocumentAtHand:
        """The document to show first."""
        ...

    @property
    def position(self) -> str:
        """The number of the document on the screen and of all, as `3/312`; empty for a single article."""
        ...

    @property
    def name(self) -> str:
        """The name of the document on the screen; in a folder, its path relative to the folder."""
        ...

    def begun(self) -> None:
        """Called when the first document is on the screen."""
        ...

    def next(self) -> None:
        """Go to the next document, whatever its state."""
        ...

    def previous(self) -> None:
        """Go to the previous document, whatever its state."""
        ...

    def show_list(self) -> None:
        """Open the list of all documents."""
        ...

    def after(self, outcome: Outcome) -> None:
        """Called after each action on the document on the screen; after marking it as done, go to the next
        one.
        """
        ...

    def go_back_to_marked(self) -> bool:
        """Go back to the document that was just marked as done, and unmark it.

        Does nothing and returns `False` if that was not the last step of all; then undo is for this document.
        """
        ...

    def closing_message(self, at_hand: DocumentAtHand) -> str:
        """What to print about the documents after the screen is closed, as a sentence without a full stop."""
        ...
