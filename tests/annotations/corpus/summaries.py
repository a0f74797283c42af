"""What a store would say of documents, for tests of what is made of it."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import overload

from annotations.corpus.listing import CONDITIONS, DocumentRows, ListedDocument
from annotations.model.document_summary import DocumentSummary, Progress

LATE = "2100-01-01T00:00:00.000Z"
"""When a document was edited last, if its file was not changed since."""
DONE = Progress(done=True, accepted=1, edited=LATE, visited=LATE)
BEGUN = Progress(accepted=1, edited=LATE, visited=LATE)


def text_id(text: str) -> str:
    """The id of the first document with a text."""
    return sha256(text.encode()).hexdigest()


def stored(
    document: str, name: str, path: str = "", progress: Progress | None = None
) -> DocumentSummary:
    """A document that a store has."""
    return DocumentSummary(document, name, path, 0, progress or Progress())


def of_file(path: object, text: str, progress: Progress = DONE, *, more: str = "") -> DocumentSummary:
    """A document that was read from a file when that held this text."""
    return stored(text_id(text) + more, str(path).rpartition("/")[2], str(path), progress)


class RowsAtHand(DocumentRows):
    """Rows that a test gives, and which of them were asked for."""

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
