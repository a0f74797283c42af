"""What the article view knows of the document it shows and of where a person is in it.

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
        """The span that it is, if it is one."""
        ...

    @property
    def hidden(self) -> bool:
        """Whether there is no cursor to be seen: in a document that is done."""
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
        """Which suggestions there is a reason to look at."""
        ...

    @property
    def places(self) -> FoundPlaces:
        """Where names may be that nobody suggested."""
        ...

    @property
    def scheme(self) -> LabelScheme:
        """The labels of the project, with their keys."""
        ...


class ShownSelection(Protocol):
    """The cursor in a text, and what the keys act on there."""

    @property
    def cursor(self) -> int:
        """Where the unit of the cursor begins."""
        ...

    @property
    def focus(self) -> ShownFocus:
        """What the keys act on; compared by `==` to see whether it is another."""
        ...

    @property
    def unit_here(self) -> tuple[int, int]:
        """The word, or grapheme, under the cursor; empty between words."""
        ...
