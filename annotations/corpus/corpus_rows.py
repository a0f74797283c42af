"""The rows of a corpus for its list."""

from collections.abc import Sequence
from typing import TypeVar, overload

from annotations.corpus.corpus import Corpus
from annotations.corpus.listing import DocumentRows, ListedDocument

T = TypeVar("T")
_OTHERWISE = bytes([1, *bytes(255)])
"""A table for `bytes.translate`: 0 becomes 1, everything else becomes 0."""


class CorpusRows(DocumentRows):
    """The members of a corpus in their present state, in its order."""

    def __init__(self, corpus: Corpus[T]) -> None:
        self._corpus = corpus
        self._columns = corpus.columns

    def __len__(self) -> int:
        return len(self._corpus)

    @overload
    def __getitem__(self, place: int) -> ListedDocument: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ListedDocument]: ...
    def __getitem__(self, place: int | slice) -> ListedDocument | Sequence[ListedDocument]:
        if isinstance(place, slice):
            return [self._corpus.row(one) for one in range(*place.indices(len(self)))]
        return self._corpus.row(range(len(self))[place])

    @property
    def done(self) -> int:
        """See `DocumentRows`."""
        return self._corpus.done

    @property
    def flagged(self) -> int:
        """See `DocumentRows`."""
        return self._columns.flagged.count(1)

    def name(self, place: int) -> str:
        """See `DocumentRows`."""
        columns = self._columns
        if columns.names is None:
            return self._corpus.member(place).name
        return columns.names[columns.sequence[place]]

    def at_a_glance(self, condition: str) -> bytes | None:
        """See `DocumentRows`."""
        columns = self._columns
        match condition:
            case "done":
                return bytes(map(columns.done.__getitem__, columns.sequence))
            case "open":
                return bytes(map(columns.done.translate(_OTHERWISE).__getitem__, columns.sequence))
            case "flagged":
                return bytes(map(columns.flagged.__getitem__, columns.sequence))
            case _:
                return None

    def place_of(self, key: str) -> int:
        """See `DocumentRows`."""
        return self._corpus.place_of(key)
