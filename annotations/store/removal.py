"""Documents that were taken out of a store: found again in its journal, with all annotations of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotations.model.document import Document
from annotations.store.base import DOCUMENTS, DocumentRow, row_key
from annotations.store.commit import Commit
from annotations.store.decoding import RowDecoder
from annotations.store.disk import REAL, Disk
from annotations.store.failure import not_read
from annotations.store.files import StoreFiles
from annotations.store.history import commits
from annotations.store.recovery import rebuilt

_GONE = b"null"
_document = RowDecoder(DocumentRow, "A document in the journal")


@dataclass(frozen=True)
class Removed:
    """A document that was taken out."""

    document: Document
    at: str
    """When, in UTC, ISO 8601."""
    rows: dict[str, dict[int, bytes | None]]
    """Its row and those of its annotations, by table and row id, to be put in again."""


def last_removed(path: Path, wanted: Callable[[Document], bool], disk: Disk = REAL) -> Removed | None:
    """The document that was taken out last, of those wanted, as it was then.

    `None` where there is none, or where the history does not reach back to it. Raises `StoreError`.
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
                    document = _document.decode(data).document if data else None
                    if document is not None and wanted(document):
                        return Removed(
                            document,
                            commit.at,
                            {
                                table: {
                                    int(row): state.row(table, int(row))
                                    for row, raw in rows.items()
                                    if bytes(raw) == _GONE
                                    and _belongs(state.row(table, int(row)), table, document.id)
                                }
                                for table, rows in commit.rows.items()
                            },
                        )
            finally:
                state.close()
    except OSError as error:
        raise not_read(files.journal, error) from None
    return None


def _documents(commit: Commit) -> list[int]:
    """The row ids of the documents that a commit takes out."""
    return [int(row) for row, raw in commit.rows.get(DOCUMENTS, {}).items() if bytes(raw) == _GONE]


def _belongs(data: bytes | None, table: str, document: str) -> bool:
    return data is not None and row_key(table, data).first == document
