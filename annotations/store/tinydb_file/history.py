"""The journal as history: who did what and when, and the state at an earlier time."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from annotations.model.document import Document
from annotations.store.interface import EarlierState, HistoryEntry, StoreError
from annotations.store.moments import place_of
from annotations.store.refusals import no_history_before
from annotations.store.tinydb_file.commit import Commit
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.failure import not_read
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.recovery import rebuilt
from annotations.store.tinydb_file.segment import Segment


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
    """All commits in the journal, oldest first, including those after a gap.

    Raises `DamagedJournal` and `OSError`.
    """
    for segment in _segments(files, disk):
        try:
            for commit, _ in segment.read(segment.begin):
                yield commit
        finally:
            segment.close()


def _segments(files: StoreFiles, disk: Disk) -> Iterator[Segment]:
    """The segments of the journal by the commits that are in them, opened for the caller to close."""
    begins: list[tuple[int, int, Path]] = []
    for path in (*files.older_segments(), files.journal):
        segment = Segment.open(disk, path)
        if segment is not None:
            begins.append((segment.begin.sequence, len(begins), path))
            segment.close()
    for _, _, path in sorted(begins):
        segment = Segment.open(disk, path)
        if segment is not None:
            yield segment


def annotations_at(
    path: Path, document: Document, annotator: str, moment: datetime, disk: Disk = REAL
) -> EarlierState:
    """The annotations at an earlier moment. `moment` has a time zone.

    The order of the journal counts. Where the clocks of the programs that wrote it disagree, the moment
    is the place in the journal that the fewest of its times contradict. Raises `StoreError` if the
    history does not go back that far.
    """
    files = StoreFiles.at(path)
    try:
        times = [(commit.sequence, commit_time(commit)) for commit in commits(files, disk)]
        count, later, earlier = place_of(moment, [time for _, time in times])
        found = rebuilt(disk, files, times[count - 1][0]) if count else None
    except OSError as error:
        raise not_read(files.journal, error) from None
    if found is None and count:
        raise StoreError(
            f"The state of {files.base} at that time cannot be rebuilt: the file that the journal "
            f"continues from there is missing; name a later time."
        )
    if found is None:
        raise no_history_before(str(files.base), times[0][1] if times else None)
    state, place = found
    try:
        annotations = state.annotation_set(document.id, annotator)
        return EarlierState(annotations, place.sequence, later, earlier)
    finally:
        state.close()


def commit_time(commit: Commit) -> datetime:
    """When a commit was made, with a time zone. Raises `StoreError` if it states no time."""
    try:
        return datetime.fromisoformat(commit.at).astimezone(UTC)
    except (ValueError, OverflowError):
        raise StoreError(
            f"Commit {commit.sequence} of the journal has no time; `annotate doctor` shows details."
        ) from None
