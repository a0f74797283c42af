"""One file of the journal: its lines, read in order and checked."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotations.store.interface import StoreError
from annotations.store.tinydb_file.commit import (
    BODY,
    HEAD,
    INNER_HEAD,
    Checkpoint,
    Commit,
    Position,
    commit_of,
    first_commit_of,
    stated_sum,
)
from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.files import StoreFiles

_CHUNK = 1 << 20
TAIL = 4096
"""How many bytes of the last known line are compared before another line is written after it."""
_UNWRITTEN = re.compile(rb"\A\0|\0{8}")
"""Zeros that a power cut leaves if a part of a line did not reach the disk."""
_SEQUENCE = re.compile(rb'"sequence":([0-9]{1,18}),')


class DamagedJournal(StoreError):
    """A damaged segment; the text names the place."""

    def __init__(self, path: Path, offset: int, what: str) -> None:
        self.path = path
        self.offset = offset
        self.what = what
        super().__init__(
            f"{path} is damaged at byte {offset} ({what}); nothing was changed; "
            "`annotate doctor` shows what is undamaged and `annotate doctor --repair` saves it."
        )


@dataclass
class Segment:
    """One file of the journal, opened."""

    disk: Disk
    path: Path
    file: int
    begin: Position
    """The position after its first line."""
    previous: str
    """The sum of the last line of the segment before it."""
    first: bytes
    """Its first line."""
    base: Checkpoint | None = None
    """For a pruned segment: the TinyDB file that contains the earlier content."""

    @classmethod
    def open(cls, disk: Disk, path: Path, flags: int = os.O_RDONLY) -> "Segment | None":
        """The segment at `path`, or `None` if there is none or its first line is incomplete.

        Raises `DamagedJournal` and `OSError`.
        """
        try:
            file = disk.open(path, flags)
        except FileNotFoundError:
            return None
        try:
            lines = _Lines(disk, file, 0)
            line = lines.next()
            commit = first_commit_of(line)
            if commit is None and (not line or lines.unfinished(line)):
                disk.close(file)
                return None
            if commit is None:
                raise DamagedJournal(path, 0, "it does not begin as a journal does")
        except BaseException:
            disk.close(file)
            raise
        total = commit.previous if commit.pruned else stated_sum(line)
        begin = Position(commit.sequence, total, commit.sequence, len(line))
        return cls(disk, path, file, begin, commit.previous, line, commit.base)

    def close(self) -> None:
        """Close the file."""
        self.disk.close(self.file)

    def read(self, position: Position) -> Iterator[tuple[Commit, Position]]:
        """The commits after a position in this segment, each with the position after it.

        Ends before an unfinished last line. Raises `DamagedJournal` for any other invalid line.
        """
        lines = _Lines(self.disk, self.file, position.offset)
        while line := lines.next():
            commit = commit_of(line, position.sum)
            if commit is None or commit.sequence != position.sequence + 1:
                if commit is None and lines.unfinished(line) and not _ended_wrongly(line, position.sum):
                    return
                known = line.startswith(HEAD)
                what = (
                    "this line does not follow from the one before it"
                    if known
                    else "this is not a line of a journal"
                )
                raise DamagedJournal(self.path, position.offset, what)
            total = stated_sum(line)
            position = Position(commit.sequence, total, position.segment, position.offset + len(line))
            yield commit, position

    def has_line_end(self, offset: int) -> bool:
        """Whether a line ends at an offset. The next line shows whether it is the right place."""
        return offset >= self.begin.offset and self.disk.read(self.file, 1, offset - 1) == b"\n"

    def sequence_at(self, position: Position) -> int | None:
        """The number of the commit that ends at a position, if it has the sum that the position names."""
        if position.sum in (self.previous, self.begin.sum) and position.offset in (0, self.begin.offset):
            return self.begin.sequence
        size = TAIL
        while position.offset > self.begin.offset:
            start = max(self.begin.offset, position.offset - size)
            data = self.disk.read(self.file, position.offset - start, start)
            if len(data) < position.offset - start or not data.endswith(b"\n"):
                return None
            end_before = data.rfind(b"\n", 0, -1)
            if end_before >= 0 or start == self.begin.offset:
                line = data[end_before + 1 :]
                found = _SEQUENCE.match(line, BODY)
                return int(found[1]) if found and stated_sum(line) == position.sum else None
            size *= 16
        return None

    def find(self, sequence: int, total: str) -> Position | None:
        """The place after the commit with this number and sum, searched from the beginning.

        Raises `DamagedJournal`.
        """
        for _, position in self.read(self.begin):
            if position.sequence == sequence:
                return position if position.sum == total else None
        return None


class _Lines:
    """The lines of a file, read in pieces."""

    def __init__(self, disk: Disk, file: int, offset: int) -> None:
        self._disk = disk
        self._file = file
        self._data = b""
        self._begin = 0
        self._offset = offset

    def next(self) -> bytes:
        """The next line with its line end, an unfinished last line without one, or nothing."""
        end = self._data.find(b"\n", self._begin)
        while end < 0:
            more = self._disk.read(self._file, max(_CHUNK, len(self._data)), self._offset)
            self._offset += len(more)
            searched = len(self._data) - self._begin
            self._data = self._data[self._begin :] + more
            self._begin = 0
            end = self._data.find(b"\n", searched)
            if not more:
                end = len(self._data) - 1 if end < 0 else end
                break
        line = self._data[self._begin : end + 1]
        self._begin = end + 1
        return line

    def unfinished(self, line: bytes) -> bool:
        """Whether an invalid line can be one that was being written during a power cut.

        Such a line is cut short or has pages of zeros in it, and only zeros follow. JSON has no
        zeros, so a complete line that has a wrong byte is not such a line.
        """
        if (line.endswith(b"\n") and not _UNWRITTEN.search(line)) or INNER_HEAD.search(line, 1):
            return False
        data = self._data[self._begin :]
        while not data.strip(b"\0"):
            data = self._disk.read(self._file, _CHUNK, self._offset)
            self._offset += len(data)
            if not data:
                return True
        return False


def _ended_wrongly(line: bytes, previous: str) -> bool:
    """Whether only the last byte of a line is wrong, although it was written."""
    return line[-1:] != b"\0" and commit_of(line[:-1] + b"\n", previous) is not None


def extent_of(disk: Disk, path: Path) -> tuple[int, int] | None:
    """The first and last commit of a segment, without trusting it; `None` if it is not a segment.

    Raises `OSError`.
    """
    try:
        segment = Segment.open(disk, path)
        if segment is None:
            return None
        try:
            last = segment.begin.sequence
            for commit, _ in segment.read(segment.begin):
                last = commit.sequence
            return segment.begin.sequence, last
        finally:
            segment.close()
    except DamagedJournal:
        return None


def is_same_file(file: int, path: Path) -> bool:
    """Whether an opened file is the file with a name. Raises `OSError`."""
    return os.path.samestat(os.fstat(file), os.lstat(path))


def state_of_file(status: os.stat_result) -> tuple[int, ...]:
    """Values that change when a file is written to."""
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def keep_unfinished(disk: Disk, files: StoreFiles, file: int, offset: int, at: str, mode: int) -> None:
    """Move the unfinished line after `offset` in a segment to a separate file and cut it off.

    Raises `OSError`.
    """
    left = disk.read(file, os.fstat(file).st_size - offset, offset)
    if left.strip(b"\0"):
        path = files.aside("torn", at)
        copy = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            disk.write(copy, left, 0)
        finally:
            disk.close(copy)
    disk.truncate(file, offset)
