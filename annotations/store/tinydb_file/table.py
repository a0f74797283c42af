"""TinyDB tables on a `JournalStorage`: the cost of a change depends only on the changed rows, and keys have indexes.

The standard table copies every row for one change, gives a removed row's id to the next row after a
restart, and answers searches from a cache that does not see other programs' changes.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from tinydb.table import Document, Table

from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document_summary import DocumentSummaries, DocumentSummary
from annotations.store.tinydb_file.decoding import RowDecoder
from annotations.store.tinydb_file.failure import not_read
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, DocumentRow, RowKey
from annotations.store.tinydb_file.rows import StoredTables, TouchedRows
from annotations.store.tinydb_file.state import State
from annotations.store.tinydb_file.summaries import StoredSummaries, summary_of

if TYPE_CHECKING:
    from annotations.store.tinydb_file.storage import JournalStorage

_document = RowDecoder(DocumentRow, "A document in the database")
_annotations = RowDecoder(AnnotationRow, "A row of annotations in the database")


class JournalTable(Table):
    """A table whose changes are each one commit by `external`. All methods are TinyDB's own."""

    def __init__(self, storage: Any, name: str, persist_empty: bool = False, **_: Any) -> None:
        self._given = 0
        # No query cache: it would not see other programs' changes.
        super().__init__(storage, name, 0, persist_empty)

    def __iter__(self) -> Iterator[Document]:
        """All rows; each is read only when the iteration reaches it, so the table may be changed meanwhile."""
        for number in [*self._read_table()]:
            row = self.get(doc_id=int(number))
            if row is not None:
                yield row

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a row, with an id that no other program uses. Raises `StoreError`."""
        with self._journal.writing():
            number: int = super().insert(document)
            return number

    def next_id(self) -> int:
        """The id of the next row. Ids are never used twice."""
        return self._stored().next_id(self.name)

    def _get_next_id(self) -> int:
        self._given = max(self._given + 1, self.next_id())
        return self._given

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._journal.writing():
            rows = TouchedRows(self._stored(), self.name)
            updater(rows)
            self._journal.commit_changes({self.name: rows.changes()})

    @property
    def _journal(self) -> "JournalStorage":
        return cast("JournalStorage", self._storage)

    def _stored(self) -> State:
        tables: StoredTables = self._journal.read()
        return tables.state

    def _row(self, number: int) -> bytes | None:
        return self._stored().row(self.name, number)


class DocumentTable(JournalTable):
    """The documents, found by id, text and path without reading the others."""

    def find(self, document: str) -> int | None:
        """The row id of a document."""
        return self._stored().find(DOCUMENTS, RowKey(document))

    def with_text(self, sha256: str) -> list[int]:
        """The row ids of the documents whose text has a SHA-256, in the order in which they were added."""
        return self._stored().with_text(sha256)

    def at_path(self, path: str) -> list[int]:
        """The row ids of the documents last read from a path, in the order in which they were added."""
        return self._stored().at_path(path)

    def numbers(self) -> list[int]:
        """The row ids of all documents, in the order in which they were added."""
        return self._stored().ids(DOCUMENTS)

    def stored(self, number: int) -> DocumentRow | None:
        """A row, or `None` where there is none. Raises `StoreError` where it cannot be read."""
        data = self._row(number)
        return None if data is None else _document.decode(data)


class AnnotationTable(JournalTable):
    """The annotations, one row for each document and annotator, found by these."""

    def find(self, document: str, annotator: str) -> int | None:
        """The row id of the annotations of a document, by its id, by an annotator."""
        return self._stored().find(ANNOTATIONS, RowKey(document, annotator))

    def of_document(self, document: str) -> list[int]:
        """The row ids of a document's annotations, one for each annotator, in the order in which they were added."""
        return self._stored().of_document(document)

    def stored(self, number: int) -> AnnotationRow | None:
        """A row, or `None` where there is none. Raises `StoreError` where it cannot be read."""
        data = self._row(number)
        return None if data is None else _annotations.decode(data)

    def live(self, document: str, annotator: str) -> AnnotationSet:
        """The annotations to work on; empty if there are none yet.

        Raises `StoreError` if they cannot be read.
        """
        return self._stored().annotation_set(document, annotator)

    def summary(self, document: str, annotator: str) -> DocumentSummary | None:
        """The progress of an annotator in a document, by its id. Raises `StoreError`."""
        return summary_of(self._stored(), document, annotator)

    def summaries(self, annotator: str) -> DocumentSummaries:
        """The progress of an annotator in each document. Raises `StoreError`."""
        try:
            return StoredSummaries(self._stored(), annotator)
        except OSError as error:
            raise not_read(self._journal.files.base, error) from None
