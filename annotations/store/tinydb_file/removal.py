"""Documents that were removed from a store: found in its journal, with all their annotations."""

from collections.abc import Callable
from pathlib import Path

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.store.interface import Removed
from annotations.store.tinydb_file.commit import Commit
from annotations.store.tinydb_file.decoding import RowDecoder
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.failure import not_read
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.history import commits
from annotations.store.tinydb_file.recovery import rebuilt
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, DocumentRow
from annotations.store.tinydb_file.state import State

_GONE = b"null"
_document = RowDecoder(DocumentRow, "A document in the journal")
_annotations = RowDecoder(AnnotationRow, "A row of annotations in the journal")


def last_removed(path: Path, wanted: Callable[[Document], bool], disk: Disk = REAL) -> Removed | None:
    """The wanted document that was removed last, in its last state.

    `None` if there is none, or if the history does not go back that far. Raises `StoreError`.
    """
    files = StoreFiles.at(path)
    try:
        removals = [commit for commit in commits(files, disk) if _documents(commit)]
        for commit in reversed(removals):
            found = rebuilt(disk, files, commit.sequence - 1)
            if found is None:
                return None
            state, _ = found
            try:
                for number in reversed(_documents(commit)):
                    data = state.row(DOCUMENTS, number)
                    row = _document.decode(data) if data else None
                    if row is not None and wanted(row.document):
                        return Removed(
                            row.document, row.added, commit.at, _with_it(state, commit, row.key)
                        )
            finally:
                state.close()
    except OSError as error:
        raise not_read(files.journal, error) from None
    return None


def _documents(commit: Commit) -> list[int]:
    """The row ids of the documents that a commit removes."""
    return [int(row) for row, raw in commit.rows.get(DOCUMENTS, {}).items() if bytes(raw) == _GONE]


def _with_it(state: State, commit: Commit, document: str) -> tuple[AnnotationRow, ...]:
    """The annotations of a document that a commit removes with it."""
    gone = [int(row) for row, raw in commit.rows.get(ANNOTATIONS, {}).items() if bytes(raw) == _GONE]
    rows = [data for number in sorted(gone) if (data := state.row(ANNOTATIONS, number)) is not None]
    return tuple(row for data in rows if (row := _annotations.decode(data)).document == document)
