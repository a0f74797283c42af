"""The journal as history: who did what when, and what was at an earlier time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from annotations.annotation_set import AnnotationSet
from annotations.document import Document
from annotations.edits import Edit, make_edit
from annotations.held_suggestions import held_difference
from annotations.store.difference import difference
from annotations.store.disk import REAL, Disk
from annotations.store.failure import not_read
from annotations.store.files import StoreFiles
from annotations.store.journal import Commit, Journal, Position, Segment
from annotations.store.protocol import StoreError
from annotations.store.recovery import rebuilt


@dataclass(frozen=True)
class HistoryEntry:
    """One edit as the journal has it."""

    sequence: int
    """The number of the commit it was in."""
    document: str
    """The id of the document."""
    annotator: str
    edit: Edit


def history(path: Path, document: str | None = None, disk: Disk = REAL) -> Iterator[HistoryEntry]:
    """All edits in the journal of the store at `path`, of one document or of all, oldest first.

    Raises `StoreError` at a damaged place, after what comes before it.
    """
    files = StoreFiles.at(path)
    try:
        for commit in commits(files, disk):
            for entry in commit.edits:
                if document in (None, entry.document):
                    edit = entry.decoded()
                    yield HistoryEntry(commit.sequence, entry.document, entry.annotator, edit)
    except OSError as error:
        raise not_read(files.journal, error) from None


def commits(files: StoreFiles, disk: Disk = REAL) -> Iterator[Commit]:
    """All commits in the journal, oldest first. Raises `DamagedJournal` and `OSError`."""
    start = oldest(files, disk)
    if start is None:
        return
    journal = Journal(disk, files)
    try:
        if journal.seek(start):
            yield from journal.read()
    finally:
        journal.close()


def oldest(files: StoreFiles, disk: Disk = REAL) -> Position | None:
    """Where the journal begins. Raises `DamagedJournal` and `OSError`."""
    begins = []
    for path in (*files.older_segments(), files.journal):
        segment = Segment.open(disk, path)
        if segment is not None:
            begins.append(segment.begin)
            segment.close()
    return min(begins, key=lambda begin: begin.sequence, default=None)


def annotations_at(
    path: Path, document: Document, annotator: str, moment: datetime, disk: Disk = REAL
) -> AnnotationSet:
    """The annotations as they were at a moment. `moment` has a time zone.

    Raises `StoreError` when the history does not reach back so far.
    """
    files = StoreFiles.at(path)
    try:
        first, last = None, None
        for commit in commits(files, disk):
            first = commit if first is None else first
            if datetime.fromisoformat(commit.at) <= moment:
                last = commit
        found = rebuilt(disk, files, last.sequence) if last else None
    except OSError as error:
        raise not_read(files.journal, error) from None
    if found is None:
        since = f"only to {first.at}" if first else "to nothing, as there is no journal"
        raise StoreError(f"The history of {files.base} reaches back {since}; name a later time.")
    state, _ = found
    try:
        return state.annotation_set(document.id, annotator)
    finally:
        state.close()


def restoring(now: AnnotationSet, then: AnnotationSet, annotator: str) -> Edit | None:
    """The edit that brings an earlier state back, or `None` where nothing differs."""
    changes, facts = difference(now.to_row(), then.to_row())
    if not changes and not facts:
        return None
    edit = make_edit("restore", annotator, changes, facts, cursor=now.cursor)
    return replace(edit, held=held_difference(now, then))
