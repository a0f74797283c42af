"""Removing history permanently: only when a person asks for it."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from annotations.store.interface import StoreError
from annotations.store.stamp import now
from annotations.store.tinydb_file.checkpointing import keep_beginning, remove_unfinished, write_whole
from annotations.store.tinydb_file.commit import Checkpoint, Position, pruned_line
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.failure import not_read
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.history import commit_time
from annotations.store.tinydb_file.recovery import rebuilt
from annotations.store.tinydb_file.row_types import SCHEMA, Meta
from annotations.store.tinydb_file.segment import Segment
from annotations.store.tinydb_file.snapshot import scan_snapshot, write_snapshot
from annotations.store.tinydb_file.storage import JournalStorage


@dataclass(frozen=True)
class PruningPlan:
    """What removing everything before a moment would delete, counted without changing anything."""

    commits: int
    edits: int
    """How many edits are in them."""
    first: datetime | None
    last: datetime | None
    """The times of the first and the last of them."""
    kept: int
    """How many commits stay."""
    earlier_kept: int
    """How many of those have an earlier time than the moment, but come after a commit with a later time."""
    backups: tuple[Path, ...]
    """The backups with a state from before."""
    set_aside: tuple[Path, ...]
    """Files that were set aside. They may contain old history, too, and are never removed here."""


@dataclass(frozen=True)
class Pruned:
    """What was removed."""

    commits: int
    backups: int


def planned(path: Path, before: datetime, disk: Disk = REAL) -> PruningPlan:
    """What `prune` would remove. `before` has a time zone. Raises `StoreError`."""
    files = StoreFiles.at(path)
    try:
        cut = _cut(disk, (*files.older_segments(), files.journal), before)
        backups = _backups_before(disk, files, cut.place.sequence) if cut.place else ()
        return PruningPlan(
            cut.commits,
            cut.edits,
            cut.first,
            cut.last,
            cut.kept,
            cut.earlier_kept,
            backups,
            tuple(files.set_aside()),
        )
    except OSError as error:
        raise not_read(files.journal, error) from None


def prune(
    storage: JournalStorage, before: datetime, *, backups: bool = False, disk: Disk = REAL
) -> Pruned:
    """Remove all commits before a moment, and with `backups` also the backups with a state from before.

    The order of the journal counts: the first commit that is not before the moment stays, and all
    commits after it. They can be restored: the state before them is kept as a file. The annotations stay
    as they are, and so do the steps of undo, which are part of them. `before` has a time zone. A
    crash leaves a journal in which everything that should stay can be read. The storage is closed. Raises
    `StoreError`.
    """
    files = storage.files
    try:
        with storage.writing():
            storage.begin_segment()
            segments = tuple(files.older_segments())
            cut = _cut(disk, segments, before)
            if cut.place is None:
                return Pruned(0, 0)
            if cut.segment is None:
                keep_beginning(disk, files, cut.place.sequence)
            else:
                _shorten(disk, files, cut.segment, cut.place)
            for segment in segments:
                if segment == cut.segment:
                    break
                disk.remove(segment)
            for old in files.beginnings():
                if files.begins_at(old) < cut.place.sequence:
                    disk.remove(old)
            gone = _backups_before(disk, files, cut.place.sequence) if backups else ()
            for backup in gone:
                disk.remove(backup)
            disk.sync_folder(files.folder)
            return Pruned(cut.commits, len(gone))
    finally:
        storage.let_go()


@dataclass
class _Cut:
    """Where the journal must begin: in a segment, or after all of them if that is `None`."""

    place: Position | None = None
    segment: Path | None = None
    commits: int = 0
    edits: int = 0
    first: datetime | None = None
    last: datetime | None = None
    kept: int = 0
    earlier_kept: int = 0


def _cut(disk: Disk, paths: tuple[Path, ...], before: datetime) -> _Cut:
    """Count what is before the first commit that is not before the moment, in the order of the journal."""
    cut = _Cut()
    for path in paths:
        segment = Segment.open(disk, path)
        if segment is None:
            continue
        place = segment.begin
        try:
            for commit, behind in segment.read(segment.begin):
                time = commit_time(commit)
                if cut.kept or time >= before:
                    if not cut.kept and cut.commits:
                        cut.place, cut.segment = place, path
                    cut.kept += 1
                    cut.earlier_kept += time < before
                    continue
                cut.commits += 1
                cut.edits += len(commit.edits)
                cut.first, cut.last = cut.first or time, time
                place = behind
        finally:
            segment.close()
        if not cut.kept and cut.commits:
            cut.place = place
    return cut


def _shorten(disk: Disk, files: StoreFiles, path: Path, begin: Position) -> None:
    """Make a segment begin after a place in it, with a file that contains the state at that place."""
    found = rebuilt(disk, files, begin.sequence)
    if found is None:
        raise StoreError(
            f"The earlier states of {files.base} cannot be rebuilt, so the history that is kept "
            f"could not be restored; nothing was deleted; `annotate doctor` shows details."
        )
    state, _ = found
    new = files.unfinished()
    try:
        meta = Meta(SCHEMA, begin.sequence, begin.sum, next=state.next_ids())
        mode = os.lstat(files.base).st_mode & 0o777
        written = write_snapshot(disk, new, mode, {t: state.contents(t) for t in state.tables()}, meta)
        disk.rename(new, files.beginning(begin.sequence))
    finally:
        state.close()
        remove_unfinished(disk, new)
    segment = Segment.open(disk, path)
    assert segment is not None
    try:
        size = os.fstat(segment.file).st_size
        rest = disk.read(segment.file, size - begin.offset, begin.offset)
    finally:
        segment.close()
    first = pruned_line(begin, now(), Checkpoint(written.size, written.sha256))
    write_whole(disk, files, path, first + rest, mode)
    disk.sync_folder(files.folder)


def _backups_before(disk: Disk, files: StoreFiles, sequence: int) -> tuple[Path, ...]:
    """The backups with a state from before a commit, or with a state whose place is unknown."""
    found = []
    for path in files.backups:
        if not os.path.lexists(path):
            continue
        scanned = scan_snapshot(disk, path)
        if scanned is not None:
            scanned[0].close()
        if scanned is None or scanned[0].meta.sequence < sequence:
            found.append(path)
    return (*found, *files.before_migrations())
