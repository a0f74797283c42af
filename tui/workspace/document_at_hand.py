"""An open document, and the messages about it that arrive later."""

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
    """An open document, and what is not finished for it: loading, suggestions, a question to the person."""

    def __init__(
        self,
        document: Document,
        opened: OpenDocument,
        find_creation_time: FindCreationTime = nothing_found,
    ) -> None:
        self.document = document
        """The document as it was read; the store may have it under another id."""
        self.opened = opened
        self.find_creation_time = find_creation_time
        self.ready = False
        """Whether the annotations are loaded; until then, keys that edit have to wait."""
        self.progress = ""
        """The progress of its suggestions, in a few words; empty when no more will come."""
        self.unstored: list[Edit] | None = None
        """Edits to store together with the first decision; `None` if each edit is stored at once."""
        self._when_ready: list[Callable[[], None]] = []
        self.earlier: TextChanged | None = None
        """The annotations of an earlier text of its file, until the person has been asked about them."""

    def when_ready(self, call: Callable[[], None]) -> None:
        """Call this when the annotations are loaded; at once, if they already are."""
        if self.ready:
            call()
        else:
            self._when_ready.append(call)

    def is_ready(self, opened: OpenDocument) -> None:
        """Note that the annotations are loaded, and make the calls that waited for them."""
        self.opened, self.ready = opened, True
        waiting, self._when_ready = self._when_ready, []
        for call in waiting:
            call()

    @property
    def key(self) -> DocumentKey:
        """The document, by its id in the store, and the annotator."""
        return self.opened.session.annotations.key


class Saved(Message):
    """The state of saving has changed."""


class AnnotationsLoaded(Message):
    """The annotations of a document are loaded, or could not be loaded."""

    def __init__(self, at_hand: DocumentAtHand, result: AnnotationSet | AnnotateError) -> None:
        super().__init__()
        self.at_hand = at_hand
        self.result = result


class TextChanged(Message):
    """The annotations of an earlier text of the file, if there are any, with where they are in this text."""

    def __init__(
        self, at_hand: DocumentAtHand, earlier: Earlier | None, found: "Reanchored | None" = None
    ) -> None:
        super().__init__()
        self.at_hand = at_hand
        self.earlier = earlier
        """`None` if there are none."""
        self.found = found

    @classmethod
    def since(cls, at_hand: DocumentAtHand, earlier: Earlier | None) -> "TextChanged":
        """Find the spans of an earlier text in this one; on the writer's thread, because it may take long."""
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
        """How many edits of this document had been made here when the writer reported these."""
