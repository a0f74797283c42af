"""What the article view needs to know about the document it shows and about the selection in it.

Offsets are code points, 0-based, end exclusive.
"""

from typing import Protocol

from annotations.editing.found_places import FoundPlaces
from annotations.learn.doubts import Doubts
from annotations.model.annotation_set import AnnotationSet
from annotations.model.label_scheme import LabelScheme
from annotations.model.span import SpanKey


class ShownFocus(Protocol):
    """A stretch of the text, perhaps a span."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        ...

    @property
    def span(self) -> SpanKey | None:
        """The key of the span, if it is one."""
        ...

    @property
    def hidden(self) -> bool:
        """Whether no cursor is shown, as in a document that is done."""
        ...


class ShownDocument(Protocol):
    """A text with its annotations."""

    @property
    def text(self) -> str:
        """The exact text, which never changes."""
        ...

    @property
    def annotations(self) -> AnnotationSet:
        """The annotations as they are now."""
        ...

    @property
    def doubts(self) -> Doubts:
        """Which suggestions a person should look at."""
        ...

    @property
    def places(self) -> FoundPlaces:
        """The places where a name may be that nobody suggested."""
        ...

    @property
    def scheme(self) -> LabelScheme:
        """The labels of the project, with their keys."""
        ...


class ShownSelection(Protocol):
    """The cursor in a text, and what the keys act on there."""

    @property
    def cursor(self) -> int:
        """The offset where the word or character at the cursor begins."""
        ...

    @property
    def focus(self) -> ShownFocus:
        """What the keys act on; compared with `==` to see whether it has changed."""
        ...

    @property
    def unit_here(self) -> tuple[int, int]:
        """The word, or grapheme, at the cursor; empty between words."""
        ...
