"""The only TinyDB object of a running program: it has TinyDB's own methods, and an edit costs only its own size.

    database = open_store(Path("annotations.json")).database
    database.table("documents").get(doc_id=1)
    database.table("annotations").search(where("annotator") == "ann")

All reading uses `JournalStorage.read`; everything that is written is one line of the
journal.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.table import Table

from annotations.model.edit import Edit
from annotations.store.tinydb_file.commit import Commit
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.lock import WAIT
from annotations.store.tinydb_file.open_files import RowChanges
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, RowKey
from annotations.store.tinydb_file.storage import JournalStorage
from annotations.store.tinydb_file.table import AnnotationTable, DocumentTable, JournalTable


class AnnotationDatabase(TinyDB):
    """A TinyDB on a `JournalStorage`. Raises `StoreError` if it cannot be read or written.

    What TinyDB's own methods write is a commit by `external`: changes of annotations are edits in the
    history, like those of a person. Their cost grows with the changed rows, or with the table if there
    is a condition. If not `opened`, nothing is read before `journal.open`. This is for files that
    perhaps cannot be opened.
    """

    table_class: type[Table] = JournalTable

    def __init__(self, path: Path, disk: Disk = REAL, *, opened: bool = True) -> None:
        super().__init__(path, disk, opened=opened, storage=JournalStorage)
        self.journal = cast(JournalStorage, self.storage)
        """The storage, by its type."""

    @property
    def documents(self) -> DocumentTable:
        """The table `documents`."""
        return cast(DocumentTable, self.table(DOCUMENTS))

    @property
    def annotations(self) -> AnnotationTable:
        """The table `annotations`."""
        return cast(AnnotationTable, self.table(ANNOTATIONS))

    def table(self, name: str, **options: Any) -> JournalTable:
        """A table by its name. It never has a query cache, whatever the caller requests."""
        if name not in self._tables:
            kinds = {DOCUMENTS: DocumentTable, ANNOTATIONS: AnnotationTable}
            self._tables[name] = kinds.get(name, self.table_class)(self.storage, name, **options)
        return cast(JournalTable, self._tables[name])

    @contextmanager
    def writing(self, wait: float = WAIT) -> Iterator[list[Commit]]:
        """Hold the lock after reading what other programs committed since; yields these commits."""
        with self.journal.writing(wait) as theirs:
            yield theirs

    def commit(self, edits: Iterable[tuple[RowKey, Edit]], rows: RowChanges | None = None) -> None:
        """Make edits, and whole rows of any tables, durable as one line of the journal: all or nothing.

        A key is the document's id and the annotator. The rows come before the edits; `None` means
        a removed row.
        """
        self.journal.commit(rows or {}, edits)
