"""Forgetting history for good: only when a person asks for it."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from annotations.store.base import scan_base
from annotations.store.database import Database, now
from annotations.store.disk import REAL, Disk
from annotations.store.files import StoreFiles
from annotations.store.journal import Position, Segment, pruned_line


@dataclass(frozen=True)
class Pruned:
    """What was forgotten."""

    commits: int
    backups: int


def prune(path: Path, before: datetime, disk: Disk = REAL) -> Pruned:
    """Forget all commits before a moment, and the backups from before it.

    The annotations stay as they are, and so does what undo steps over, which is part of them. `before`
    has a time zone. Each step leaves a journal that goes on without a gap. Raises `StoreError`.
    """
    database = Database(path, disk)
    try:
        with database.writing():
            database.begin_segment()
            return _forget(disk, database.files, before)
    finally:
        database.close()


def _forget(disk: Disk, files: StoreFiles, before: datetime) -> Pruned:
    commits = 0
    last = 0
    for path in list(files.older_segments()):
        segment = Segment.open(disk, path)
        if segment is None:
            continue
        kept: Position | None = None
        end = segment.begin
        for commit, position in segment.read(segment.begin):
            if datetime.fromisoformat(commit.at) >= before:
                kept = end
                break
            commits += 1
            end = position
        if kept is None:
            disk.remove(path)
        elif kept != segment.begin:
            _shorten(disk, files, segment, kept)
        segment.close()
        last = end.sequence
        if kept is not None:
            break
    disk.sync_folder(files.folder)
    return Pruned(commits, _forget_backups(disk, files, last) if commits else 0)


def _shorten(disk: Disk, files: StoreFiles, segment: Segment, begin: Position) -> None:
    """Let a segment begin behind a place in it."""
    status = os.fstat(segment.file)
    rest = disk.read(segment.file, status.st_size - begin.offset, begin.offset)
    new = disk.open(files.unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, status.st_mode & 0o777)
    try:
        disk.write(new, pruned_line(begin, now()) + rest, 0)
        disk.sync(new)
    finally:
        disk.close(new)
    disk.rename(files.unfinished, segment.path)


def _forget_backups(disk: Disk, files: StoreFiles, last: int) -> int:
    gone = 0
    for path in files.backups:
        if not path.exists():
            continue
        scanned = scan_base(disk, path)
        if scanned is not None:
            scanned[0].close()
        if scanned is None or scanned[0].meta.sequence <= last:
            disk.remove(path)
            gone += 1
    old = files.before_migration(1)
    if old.exists():
        disk.remove(old)
        gone += 1
    disk.sync_folder(files.folder)
    return gone
