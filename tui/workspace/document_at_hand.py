"""A document that is open, and the messages about it that come later."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from annotations.editing.dating import FindCreationTime, nothing_found
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Edit
from annotations.model.errors import AnnotateError
from annotations.store.interface import Earlier

if TYPE_CHECKING:
    from annotations.text.reanchor import Reanchored


class DocumentAtHand:
    """A document that is open, and what is under way about it."""

    def __init__(
        self,
        document: Document,
        opened: OpenDocument,
        find_creation_time: FindCreationTime = nothing_found,
    ) -> None:
        self.document = document
        """As it was read; the store may know it by another id."""
        self.opened = opened
        self.find_creation_time = find_creation_time
        self.ready = False
        """Whether the annotations are there; until then keys that edit wait their turn."""
        self.progress = ""
        """How far its suggestions are, in a few words."""
        self.unstored: list[Edit] | None = None
        """Edits that are stored with the first decision; `None` where edits are stored as they come."""
        self._when_ready: list[Callable[[], None]] = []
        self.earlier: TextChanged | None = None
        """What there is of an earlier text of its file, until the person has been asked about it."""

    def when_ready(self, call: Callable[[], None]) -> None:
        """Call this once the annotations are there: now, if they are."""
        if self.ready:
            call()
        else:
            self._when_ready.append(call)

    def is_ready(self, opened: OpenDocument) -> None:
        """The annotations are there."""
        self.opened, self.ready = opened, True
        waiting, self._when_ready = self._when_ready, []
        for call in waiting:
            call()

    @property
    def key(self) -> DocumentKey:
        """Whose annotations of which document these are, by the id that the store has for it."""
        return self.opened.session.annotations.key


class Saved(Message):
    """Saving stands otherwise than before."""


class AnnotationsLoaded(Message):
    """The annotations of a document are there, or cannot be had."""

    def __init__(self, at_hand: DocumentAtHand, result: AnnotationSet | AnnotateError) -> None:
        super().__init__()
        self.at_hand = at_hand
        self.result = result


class TextChanged(Message):
    """There may be annotations of an earlier text of the file, and what became of them in this one."""

    def __init__(
        self, at_hand: DocumentAtHand, earlier: Earlier | None, found: "Reanchored | None" = None
    ) -> None:
        super().__init__()
        self.at_hand = at_hand
        self.earlier = earlier
        """`None` where there are none."""
        self.found = found

    @classmethod
    def since(cls, at_hand: DocumentAtHand, earlier: Earlier | None) -> "TextChanged":
        """Find the spans of an earlier text in this one; on the writer's thread, as it may take long."""
        if earlier is None or not (earlier.row.spans or earlier.row.facts):
            return cls(at_hand, None)
        from annotations.text.reanchor import reanchor

        return cls(
            at_hand, earlier, reanchor(earlier.row.spans, earlier.document.text, at_hand.document.text)
        )


class Foreign(Message):
    """Another program edited these annotations."""

    def __init__(self, key: DocumentKey, edits: list[Edit], number: int) -> None:
        super().__init__()
        self.key = key
        self.edits = edits
        self.number = number
        """How many edits of this document had been made here by then."""
