"""Which documents there are beside the one on the screen, and going to them."""

from typing import Protocol

from annotations.editing.outcome import Outcome
from tui.workspace.document_at_hand import DocumentAtHand


class OtherDocuments(Protocol):
    """What the reader asks about the other documents. Each method says itself what a person should know."""

    @property
    def first(self) -> DocumentAtHand:
        """The document to begin with."""
        ...

    @property
    def position(self) -> str:
        """Which of how many documents is on the screen, as `3/312`; empty where there is one."""
        ...

    @property
    def name(self) -> str:
        """What the document on the screen is called among them: in a folder its path below that."""
        ...

    def begun(self) -> None:
        """The first document is on the screen."""
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
        """Something was done to the document on the screen: once it is done, the next one comes."""
        ...

    def go_back_to_marked(self) -> bool:
        """Go back to the document that was marked as done to come here, and take that back.

        `False`, and nothing happens, where something was done here since: then undo is about that.
        """
        ...

    def parting(self, at_hand: DocumentAtHand) -> str:
        """What to say about the documents when the screen is gone, as a sentence without its end."""
        ...
