"""What comes for a document from other threads: messages that carry whose it is.

A message that comes late, when another document is on the screen, is not shown there.
"""

from typing import TYPE_CHECKING

from textual.message import Message

from annotations.model.annotation_set import AnnotationSet
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Edit
from annotations.model.errors import AnnotateError
from annotations.store.interface import Earlier

if TYPE_CHECKING:
    from annotations.text.reanchor import Reanchored


class AnnotationsLoaded(Message):
    """The annotations are there, or cannot be had."""

    def __init__(self, key: DocumentKey, result: AnnotationSet | AnnotateError) -> None:
        """`key` names the document as it was asked for; the store may know it by another id."""
        super().__init__()
        self.key = key
        self.result = result


class TextChanged(Message):
    """There are annotations of an earlier text of the file, and what became of them in this one."""

    def __init__(self, key: DocumentKey, earlier: Earlier, found: "Reanchored") -> None:
        super().__init__()
        self.key = key
        self.earlier = earlier
        self.found = found


class EditedElsewhere(Message):
    """Another program edited these annotations."""

    def __init__(self, key: DocumentKey, edits: list[Edit], number: int) -> None:
        super().__init__()
        self.key = key
        self.edits = edits
        self.number = number
        """How many edits had been made here by then."""


class SavingChanged(Message):
    """Saving stands otherwise than before; the writer says how, for all documents together."""
