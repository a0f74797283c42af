"""Summaries of documents, as a store gives them, for tests."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import overload

from annotations.corpus.listing import CONDITIONS, DocumentRows, ListedDocument
from annotations.model.document_summary import DocumentSummary, Progress

LATE = "2100-01-01T00:00:00.000Z"
"""A time of the last edit that is later than any change of the file."""
DONE = Progress(done=True, accepted=1, edited=LATE, visited=LATE)
BEGUN = Progress(accepted=1, edited=LATE, visited=LATE)


def text_id(text: str) -> str:
    """The id of the first document with a text."""
    return sha256(text.encode()).hexdigest()


def stored(
    document: str, name: str, path: str = "", progress: Progress | None = None
) -> DocumentSummary:
    """The summary of a document in a store."""
    return DocumentSummary(document, name, path, 0, progress or Progress())


def of_file(path: object, text: str, progress: Progress = DONE, *, more: str = "") -> DocumentSummary:
    """The summary of a document that was read from a file with this text."""
    return stored(text_id(text) + more, str(path).rpartition("/")[2], str(path), progress)


class RowsInMemory(DocumentRows):
    """Rows that a test gives; records which of them were requested."""

    def __init__(self, rows: Iterable[ListedDocument]) -> None:
        self._rows = list(rows)
        self._places = {row.key: place for place, row in enumerate(self._rows)}
        self.asked: list[int] = []

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> ListedDocument: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ListedDocument]: ...
    def __getitem__(self, place: int | slice) -> ListedDocument | Sequence[ListedDocument]:
        if isinstance(place, int):
            self.asked.append(place)
        return self._rows[place]

    @property
    def done(self) -> int:
        return sum(row.state == "done" for row in self._rows)

    @property
    def flagged(self) -> int:
        return sum(row.flagged for row in self._rows)

    def name(self, place: int) -> str:
        return self._rows[place].name

    def at_a_glance(self, condition: str) -> bytes | None:
        if condition not in ("done", "open", "flagged"):
            return None
        return bytes(CONDITIONS[condition](row) for row in self._rows)

    def place_of(self, key: str) -> int:
        return self._places[key]
