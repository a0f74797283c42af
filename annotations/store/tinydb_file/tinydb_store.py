"""Documents and annotations in a TinyDB file: the store that everything else uses."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import Document, is_there
from annotations.model.document_summary import DocumentSummaries, DocumentSummary
from annotations.store.encoding import encode
from annotations.store.identity import Identified, identify, unstored_too
from annotations.store.interface import EarlierState, HistoryEntry, OnTop, Pending, Removed
from annotations.store.refusals import half_character, put_back_twice, was_removed
from annotations.store.stamp import now
from annotations.store.tinydb_file.commit import Commit
from annotations.store.tinydb_file.database import AnnotationDatabase
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.open_files import RowChanges
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, DocumentRow, RowKey
from annotations.store.tinydb_file.rows import StoredTables


class TinyStore:
    """The store at a path. Opening writes nothing; the first commit creates the files."""

    def __init__(self, path: Path, disk: Disk = REAL, *, read_only: bool = False) -> None:
        self.database = AnnotationDatabase(path, disk)
        self.name = str(self.database.journal.files.base)
        """The path of the TinyDB file."""
        self.database.journal.on_foreign = self._note_theirs
        self._read_only = read_only
        self._closed = False
        self._seen: dict[str, Document] = {}
        self._there: set[str] = set()
        """The ids of documents that were in the store when they were asked for."""
        self._adopted: dict[RowKey, AnnotationRow] = {}
        self._theirs: list[HistoryEntry] = []

    @property
    def notices(self) -> Sequence[str]:
        """See `Store`."""
        return self.database.journal.notices

    def load(self, document: Document, annotator: str) -> AnnotationSet:
        """The annotations of a document by an annotator; empty if there are none yet.

        A document that is new is stored with the first edit committed for it. Raises `StoreError`.
        """
        self.see(document)
        return self.database.annotations.live(document.id, annotator)

    def identify(self, document: Document) -> Identified:
        """The document of the store for a text that was just read. Raises `StoreError`."""
        known = unstored_too(self.with_text(document.sha256), self._seen.values(), document.sha256)
        return identify(document, known, is_there)

    def see(self, document: Document) -> None:
        """Keep a document in memory, to be stored with the first edit committed for it."""
        self._seen[document.id] = document
        if self.database.documents.find(document.id) is not None:
            self._there.add(document.id)

    def adopt(self, row: AnnotationRow) -> None:
        """Keep annotations from another store, to be stored with the next committed edits.

        Does nothing if there already are annotations of the document by the annotator.
        """
        if self.database.annotations.find(row.document, row.annotator) is None:
            self._adopted[RowKey(row.document, row.annotator)] = row

    def commit(
        self,
        edits: Sequence[Pending],
        documents: Sequence[Document] = (),
        on_top: OnTop | None = None,
    ) -> None:
        """Write edits and documents so that a crash or power cut afterwards loses none of them.

        A document that already exists gets the path, name and source given here; its text stays. All
        or nothing. If it raises `StoreError`, none of them is in the store. `on_top` adjusts the
        edits to those that other programs committed since `follow`. If there is nothing
        to commit, no file is changed.
        """
        if not edits and not documents and not self._adopted:
            return
        with self.database.writing() as theirs:
            # Even after a failed fsync an edit may be in the file.
            edited = {pending.document for pending in edits}
            entries = (entry for commit in theirs for entry in commit.edits)
            known = {entry.decoded().id for entry in entries if entry.document in edited}
            new = [pending for pending in edits if pending.edit.id not in known]
            try:
                rows = self._rows({pending.document for pending in new}, documents)
                if not new and not rows:
                    return
                if on_top is not None:
                    new = on_top(self._theirs, new)
                self.database.commit(((RowKey(p.document, p.annotator), p.edit) for p in new), rows)
            except UnicodeEncodeError as error:
                raise half_character(error) from None
            self._adopted.clear()
        self._there.update(pending.document for pending in edits)
        self._there.update(document.id for document in documents)

    def remove(self, documents: Iterable[str]) -> None:
        """Remove documents, by their ids, with all their annotations. Raises `StoreError`."""
        with self.database.writing():
            rows: dict[str, dict[int, bytes | None]] = {DOCUMENTS: {}, ANNOTATIONS: {}}
            for document in documents:
                number = self.database.documents.find(document)
                if number is not None:
                    rows[DOCUMENTS][number] = None
                    of_it = self.database.annotations.of_document(document)
                    rows[ANNOTATIONS].update(dict.fromkeys(of_it))
                    self._there.discard(document)
            if rows[DOCUMENTS]:
                self.database.commit((), rows)

    def last_removed(self, wanted: Callable[[Document], bool]) -> Removed | None:
        """See `Store`."""
        return self._stored().last_removed(wanted)

    def put_back(self, removed: Removed) -> None:
        """Add a removed document again. Raises `StoreError`."""
        document = removed.document
        with self.database.writing():
            documents, annotations = self.database.documents, self.database.annotations
            if documents.find(document.id) is not None:
                raise put_back_twice(document.name, self.name)
            numbered = enumerate(removed.annotations, annotations.next_id())
            rows: RowChanges = {
                DOCUMENTS: {documents.next_id(): encode(_row_of(document, removed.added))},
                ANNOTATIONS: {number: encode(row) for number, row in numbered},
            }
            self.database.commit((), rows)

    def follow(self) -> list[HistoryEntry]:
        """What other programs committed to documents seen here since the last call, in order.

        Raises `StoreError`.
        """
        if self.database.journal.grown():
            with self.database.writing(wait=0):
                pass
        entries, self._theirs = self._theirs, []
        return entries

    def _note_theirs(self, theirs: list[Commit]) -> None:
        # Another program may import many documents: only those that are used here are decoded.
        self._theirs += [
            HistoryEntry(commit.sequence, entry.document, entry.annotator, entry.decoded())
            for commit in theirs
            for entry in commit.edits
            if entry.document in self._seen
        ]

    def history(self, document: str | None = None) -> Iterator[HistoryEntry]:
        """See `Store`. Raises `StoreError` at a damaged place, after what comes before it."""
        return self._stored().history(document)

    def annotations_at(self, document: Document, annotator: str, moment: datetime) -> EarlierState:
        """See `Store`."""
        return self._stored().annotations_at(document, annotator, moment)

    def at_path(self, path: str) -> list[Document]:
        """See `Store`."""
        return list(self._documents(self.database.documents.at_path(path)))

    def with_text(self, sha256: str) -> list[Document]:
        """The documents whose text has this SHA-256, in the order in which they were added."""
        return list(self._documents(self.database.documents.with_text(sha256)))

    def documents(self) -> Iterator[Document]:
        """All documents, in the order in which they were added."""
        return self._documents(self.database.documents.numbers())

    def annotations(self, document: str) -> Iterator[AnnotationRow]:
        """The annotations of one document, by its id, one row for each annotator."""
        for number in self.database.annotations.of_document(document):
            row = self.database.annotations.stored(number)
            if row is not None:
                yield row

    def summary(self, document: str, annotator: str) -> DocumentSummary | None:
        """See `Store`."""
        return self.database.annotations.summary(document, annotator)

    def summaries(self, annotator: str) -> DocumentSummaries:
        """See `Store`."""
        return self.database.annotations.summaries(annotator)

    def checkpoint_while(self, go_on: Callable[[], bool]) -> None:
        """See `Store`."""
        if not self._read_only:
            self.database.journal.checkpoint_while(go_on)

    def close(self, *, checkpoint: bool = True) -> None:
        """See `Store`. Raises `StoreError`; the edits are safe then."""
        if self._closed:
            return
        self._closed = True
        if checkpoint and not self._read_only:
            self.database.close()
        else:
            self.database.journal.let_go()

    def _stored(self) -> StoredTables:
        tables: StoredTables = self.database.journal.read()
        return tables

    def _documents(self, numbers: Iterable[int]) -> Iterator[Document]:
        for number in numbers:
            row = self.database.documents.stored(number)
            if row is not None:
                yield row.document

    def _rows(self, edited: set[str], documents: Sequence[Document]) -> RowChanges:
        """The rows to write: new and changed documents, and annotations adopted from another store."""
        stored, annotations = self.database.documents, self.database.annotations
        for document in edited & self._there:
            if stored.find(document) is None:
                name = self._seen[document].name if document in self._seen else document[:12]
                raise was_removed(name, self.name)
        wanted = {key.first for key in self._adopted} | edited
        seen = [document for id_, document in self._seen.items() if id_ in wanted]
        # In the given order, whether or not they have edits.
        given = {document.id: document for document in (*documents, *seen, *documents)}
        new = [_row_of(one, now()) for id_, one in given.items() if stored.find(id_) is None]
        adopted = [row for key, row in self._adopted.items() if annotations.find(*key) is None]
        rows: dict[str, dict[int, bytes | None]] = {}
        if new:
            rows[DOCUMENTS] = {number: encode(row) for number, row in enumerate(new, stored.next_id())}
        if adopted:
            numbered = enumerate(adopted, annotations.next_id())
            rows[ANNOTATIONS] = {number: encode(row) for number, row in numbered}
        if changed := self._changed(documents):
            rows.setdefault(DOCUMENTS, {}).update(changed)
        return rows

    def _changed(self, documents: Iterable[Document]) -> dict[int, bytes | None]:
        """The rows of documents whose path, name or source in the store is different."""
        changed: dict[int, bytes | None] = {}
        for document in documents:
            number = self.database.documents.find(document.id)
            before = self.database.documents.stored(number) if number is not None else None
            if number is not None and before is not None:
                after = _row_of(document, before.added)
                if after != before and after.sha256 == before.sha256:
                    changed[number] = encode(after)
        return changed


def _row_of(document: Document, added: str) -> DocumentRow:
    return DocumentRow(
        document.sha256,
        document.path,
        document.text,
        added,
        document.given_id,
        document.given_name,
        document.source,
        document.opened,
    )
