"""Documents and annotations in a TinyDB file: the store everything else uses."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from annotations.annotation_set import AnnotationRow, AnnotationSet
from annotations.document import Document
from annotations.store.base import ANNOTATIONS, DOCUMENTS, DocumentRow, Key
from annotations.store.database import Database, Rows, now
from annotations.store.disk import REAL, Disk
from annotations.store.journal import Commit, Entry
from annotations.store.protocol import Earlier, Pending, StoreError

OnTop = Callable[[Sequence[Entry], list[Pending]], list[Pending]]
_encoder = msgspec.json.Encoder()
_document = msgspec.json.Decoder(DocumentRow)
_annotations = msgspec.json.Decoder(AnnotationRow)


def open_store(path: Path, read_only: bool = False) -> "TinyStore":
    """The store at a path, which need not exist yet. Raises `StoreError`."""
    return TinyStore(path, read_only=read_only)


class TinyStore:
    """The store at a path. Opening writes nothing; the files come with the first commit."""

    def __init__(self, path: Path, disk: Disk = REAL, *, read_only: bool = False) -> None:
        self.database = Database(path, disk)
        self._read_only = read_only
        self._seen: dict[str, Document] = {}
        self._adopted: dict[Key, AnnotationRow] = {}
        self._theirs: list[Entry] = []

    def load(self, document: Document, annotator: str) -> AnnotationSet:
        """The annotations of a document by an annotator, empty ones where there are none yet.

        A document seen for the first time is kept with the first edit committed for it.
        Raises `StoreError`.
        """
        self.see(document)
        return self.database.state.annotation_set(document.sha256, annotator)

    def see(self, document: Document) -> None:
        """Keep a document at hand, to be stored with the first edit committed for it."""
        self._seen[document.sha256] = document

    def adopt(self, row: AnnotationRow) -> None:
        """Keep annotations from another store, to be stored with the next edits committed.

        Does nothing where there are annotations of the document by the annotator already.
        """
        if self.database.state.find(ANNOTATIONS, Key(row.document, row.annotator)) is None:
            self._adopted[Key(row.document, row.annotator)] = row

    def commit(self, edits: Sequence[Pending], on_top: OnTop | None = None) -> None:
        """Write edits so that a crash or power cut after the return loses none of them.

        All or nothing. Raises `StoreError`, and then none of the edits is in the store. `on_top` makes
        of the edits what they are on top of those that other programs committed since `follow`.
        """
        with self.database.writing() as theirs:
            self._note_theirs(theirs)
            known = {entry.decoded().id for commit in theirs for entry in commit.edits}
            # After an fsync that failed an edit may have got there all the same.
            new = [pending for pending in edits if pending.edit.id not in known]
            if not new:
                return
            if on_top is not None:
                new = on_top(self._theirs, new)
            try:
                rows = self._new_rows({pending.document for pending in new})
                self.database.commit(rows, ((Key(p.document, p.annotator), p.edit) for p in new))
            except UnicodeEncodeError as error:
                raise StoreError(
                    f"Half a character (U+{ord(error.object[error.start]):04X}) cannot be saved; read "
                    "the article with another --encoding."
                ) from None
            self._adopted.clear()

    def follow(self) -> list[Entry]:
        """What other programs committed since this was asked last, in order. Raises `StoreError`."""
        if self.database.grown():
            with self.database.writing(wait=0) as theirs:
                self._note_theirs(theirs)
        entries, self._theirs = self._theirs, []
        return entries

    def _note_theirs(self, theirs: list[Commit]) -> None:
        self._theirs += [entry for commit in theirs for entry in commit.edits]

    def earlier_documents(self, path: str) -> list[Document]:
        """The documents read from a path before, the newest last: what the article there said."""
        state = self.database.state
        rows = [state.row(DOCUMENTS, number) for number in state.at_path(path)]
        found = [_document.decode(data) for data in rows if data is not None]
        return [Document(row.text, row.path) for row in found]

    def earlier(self, document: Document, annotator: str) -> Earlier | None:
        """The latest annotations of the same file with another text, if there are any.

        Raises `StoreError`.
        """
        for old in reversed(self.earlier_documents(document.path)):
            if old.sha256 != document.sha256:
                for row in self.annotations(old.sha256):
                    if row.annotator == annotator:
                        return Earlier(old, row)
        return None

    def documents(self) -> Iterator[Document]:
        """All documents, in the order they came in."""
        for number in self.database.state.ids(DOCUMENTS):
            data = self.database.state.row(DOCUMENTS, number)
            if data is not None:
                row = _document.decode(data)
                yield Document(row.text, row.path)

    def annotations(self, document: str) -> Iterable[AnnotationRow]:
        """The annotations of one document, by its SHA-256, one row an annotator."""
        for number in self.database.state.of_document(document):
            if data := self.database.state.row(ANNOTATIONS, number):
                yield _annotations.decode(data)

    def close(self) -> None:
        """Fold the journal in and let go of the files. Raises `StoreError`; the edits are safe then."""
        try:
            if not self._read_only:
                self.database.compact()
        finally:
            self.database.close()

    def _new_rows(self, wanted: set[str]) -> Rows:
        state = self.database.state
        moment = now()
        new = [
            DocumentRow(sha256, document.path, document.text, moment)
            for sha256, document in self._seen.items()
            if sha256 in wanted | {key.first for key in self._adopted}
            and state.find(DOCUMENTS, Key(sha256)) is None
        ]
        adopted = [row for key, row in self._adopted.items() if state.find(ANNOTATIONS, key) is None]
        rows: dict[str, dict[int, bytes | None]] = {}
        for table, values in ((DOCUMENTS, new), (ANNOTATIONS, adopted)):
            if values:
                first = state.next_id(table)
                rows[table] = {first + n: _encoder.encode(row) for n, row in enumerate(values)}
        return rows
