"""The journal: every commit ever made, one JSON line each; write-ahead log and history in one.

A line is `{"sum":"<16 hexadecimal digits>",` and then the rest of a JSON object. The sum is the
BLAKE2b hash, 8 bytes long, of the sum of the line before followed by that rest: a line that was cut,
changed, moved or left out is found. A segment begins with a line that says which commit came before
it, so that segments chain on to each other too.

Only one commit is ever on its way to the disk. What stands at the end of the journal and is no valid
line is therefore a commit that nobody was told had been saved; anything invalid with more behind it is
damage.
"""

import errno
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Raw, Struct

from annotations.edits import Edit
from annotations.store.disk import Disk
from annotations.store.files import StoreFiles
from annotations.store.protocol import StoreError

FIRST_SUM = "0" * 16
_HEAD = b'{"sum":"'
_SUM_END = len(_HEAD) + 16
_BODY = _SUM_END + 2
_CHUNK = 1 << 20
_INNER_HEAD = re.compile(rb'\{"sum":"[0-9a-f]{16}","sequence":')


class Entry(Struct, frozen=True):
    """An edit of the annotations of one document by one annotator, as the journal holds it."""

    document: str
    annotator: str
    edit: Raw

    def decoded(self) -> Edit:
        """The edit."""
        return decode_edit(self.edit)


class Checkpoint(Struct, frozen=True):
    """A TinyDB file that was written, complete up to the line before this one."""

    size: int
    """In bytes."""
    sha256: str


class Commit(Struct, frozen=True, omit_defaults=True):
    """One line of the journal."""

    sequence: int
    """Its number; the first commit is 1. The line a segment begins with repeats the one before it."""
    at: str
    """When, in UTC, ISO 8601 with milliseconds."""
    by: str = ""
    """Who was logged in, or the program that made it."""
    rows: Mapping[str, Mapping[str, Raw]] = {}
    """Whole rows, by table and row id; `null` for one that is gone. They come before the edits."""
    edits: tuple[Entry, ...] = ()
    base: Checkpoint | None = None
    previous: str = ""
    """In the line a segment begins with: the sum of the last line before it."""
    pruned: bool = False
    """In the line a segment begins with: whether the next line is the one that once followed the line
    with the sum `previous`, what stood before having been forgotten."""


class Position(Struct, frozen=True):
    """A place in the journal, behind a line."""

    sequence: int = 0
    """The number of the commit before it."""
    sum: str = FIRST_SUM
    segment: int = 0
    """Which segment it is in: the number of the last commit before the segment."""
    offset: int = 0
    """Where in the segment, in bytes."""


START = Position()
"""Before the first commit of all."""
IMPORTED = Position(1, segment=1)
"""Where the journal of a file begins that was there before it: the file stands for its first commit."""


class DamagedJournal(StoreError):
    """A segment that is not what was written; the text names the place."""

    def __init__(self, path: Path, offset: int, what: str) -> None:
        self.path = path
        self.offset = offset
        self.what = what
        super().__init__(
            f"{path} is damaged at byte {offset} ({what}); nothing was changed; "
            "`annotate doctor` says what is whole and `annotate doctor --repair` saves it."
        )


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Commit)
_edit_decoder = msgspec.json.Decoder(Edit)


def decode_edit(raw: Raw | bytes) -> Edit:
    """An edit from its JSON. Raises `msgspec.DecodeError` or `msgspec.ValidationError`."""
    return _edit_decoder.decode(raw)


def encode_line(commit: Commit, previous: str) -> tuple[bytes, str]:
    """The line for a commit behind the line with the sum `previous`, and its sum."""
    rest = _encoder.encode(commit)[1:]
    total = _sum(previous, rest)
    return b"".join((_HEAD, total.encode(), b'",', rest, b"\n")), total


def first_line(position: Position, at: str) -> tuple[bytes, Position]:
    """The line that begins a segment behind `position`, and the position behind that line."""
    line, total = encode_line(Commit(position.sequence, at, previous=position.sum), position.sum)
    return line, Position(position.sequence, total, position.sequence, len(line))


def pruned_line(begin: Position, at: str) -> bytes:
    """The line that begins a segment whose lines up to `begin` were forgotten."""
    commit = Commit(begin.sequence, at, previous=begin.sum, pruned=True)
    return encode_line(commit, begin.sum)[0]


@dataclass
class Segment:
    """One file of the journal, opened."""

    disk: Disk
    path: Path
    file: int
    begin: Position
    """The position behind the line it begins with."""
    previous: str
    """The sum of the last line of the segment before it."""

    @classmethod
    def open(cls, disk: Disk, path: Path, flags: int = os.O_RDONLY) -> "Segment | None":
        """The segment at `path`, or `None` where there is none or not even its first line is whole.

        Raises `DamagedJournal` and `OSError`.
        """
        try:
            file = disk.open(path, flags)
        except FileNotFoundError:
            return None
        try:
            lines = _Lines(disk, file, 0)
            line = lines.next()
            commit = _first(line)
            if commit is None and (not line or lines.unfinished(line)):
                disk.close(file)
                return None
            if commit is None:
                raise DamagedJournal(path, 0, "it does not begin as a journal does")
        except BaseException:
            disk.close(file)
            raise
        total = line[len(_HEAD) : _SUM_END].decode()
        if commit.pruned:
            total = commit.previous
        begin = Position(commit.sequence, total, commit.sequence, len(line))
        return cls(disk, path, file, begin, commit.previous)

    def close(self) -> None:
        """Let go of the file."""
        self.disk.close(self.file)

    def read(self, position: Position) -> Iterator[tuple[Commit, Position]]:
        """The commits behind a position in this segment, each with the position behind it.

        Ends before an unfinished last line. Raises `DamagedJournal` where an invalid line is not that.
        """
        lines = _Lines(self.disk, self.file, position.offset)
        while line := lines.next():
            commit = _commit(line, position.sum)
            if commit is None or commit.sequence != position.sequence + 1:
                if commit is None and lines.unfinished(line):
                    return
                known = line.startswith(_HEAD)
                what = (
                    "this line does not follow from the one before it" if known else "not a line of it"
                )
                raise DamagedJournal(self.path, position.offset, what)
            total = line[len(_HEAD) : _SUM_END].decode()
            position = Position(commit.sequence, total, position.segment, position.offset + len(line))
            yield commit, position


class Journal:
    """The segments of a store's journal as one: read on from a position, append at the end."""

    def __init__(self, disk: Disk, files: StoreFiles) -> None:
        self._disk = disk
        self._files = files
        self._segment: Segment | None = None
        self._writable = False
        self._doubtful: tuple[int, bytes] | None = None
        self.position = START

    def exists(self) -> bool:
        """Whether there is any segment. Raises `DamagedJournal` and `OSError`."""
        for path in (self._files.journal, *self._files.older_segments()):
            segment = Segment.open(self._disk, path)
            if segment is not None:
                segment.close()
                return True
        return False

    def seek(self, position: Position) -> bool:
        """Go to a position, to read on from there; whether the journal has that place.

        Raises `DamagedJournal` and `OSError`.
        """
        self.close()
        self.position = position
        for path in (self._files.journal, *self._files.older_segments()):
            segment = Segment.open(self._disk, path)
            if segment is None:
                continue
            begin = segment.begin
            if (begin.sequence, segment.previous) == (position.sequence, position.sum):
                self._segment, self.position = segment, begin
                return True
            inside = begin.segment == position.segment and position.offset > 0
            if inside and os.fstat(segment.file).st_size >= position.offset:
                self._segment = segment
                return True
            segment.close()
        return False

    def read(self) -> Iterator[Commit]:
        """The commits behind `position`, which moves on with each. Raises `DamagedJournal`."""
        while True:
            if self._segment is None:
                segment = self._following()
                if segment is None:
                    return
                self._segment, self._writable = segment, False
                self.position = segment.begin
            for commit, position in self._segment.read(self.position):
                self.position = position
                yield commit
            following = self._following()
            if following is None:
                return
            self._segment.close()
            self._segment, self._writable = following, False
            self.position = following.begin

    def grown(self) -> bool:
        """Whether there may be something behind `position`."""
        try:
            status = os.stat(self._files.journal)
        except FileNotFoundError:
            return False
        if self._segment is None:
            return True
        here = os.fstat(self._segment.file)
        return here.st_ino != status.st_ino or status.st_size != self.position.offset

    def replaced(self) -> bool:
        """Whether another file has the journal's name by now that does not go on from this one."""
        try:
            return self._segment is not None and not _same_file(self._segment.file, self._files.journal)
        except FileNotFoundError:
            return False

    def lost(self) -> bool:
        """Whether the last segment was removed while it was open here."""
        return (
            self._segment is not None
            and os.fstat(self._segment.file).st_nlink == 0
            and not self._files.journal.exists()
        )

    def bring_back(self, mode: int) -> None:
        """Write a removed segment again. The lock must be held. Raises `OSError`."""
        assert self._segment is not None
        data = self._disk.read(self._segment.file, self.position.offset, 0)
        file = self._disk.open(self._files.journal, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        try:
            self._disk.write(file, data, 0)
            self._disk.sync(file)
            self._disk.sync_folder(self._files.folder)
        except BaseException:
            self._disk.close(file)
            self._disk.remove(self._files.journal)
            raise
        self._segment.close()
        self._segment = Segment(
            self._disk, self._files.journal, file, self._segment.begin, self._segment.previous
        )
        self._writable = True

    def append(self, commit: Commit, mode: int) -> None:
        """Write a commit behind `position` and make it durable; `position` is then behind it.

        The lock must be held and everything read. Raises `OSError`, and then the journal is as it was.
        """
        if self._segment is None or self._segment.path != self._files.journal:
            self.close()
            self._begin(commit, mode)
            return
        if not self._writable:
            writable = Segment.open(self._disk, self._segment.path, os.O_RDWR)
            if writable is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            self._segment.close()
            self._segment, self._writable = writable, True
        file, before = self._segment.file, self.position
        if os.fstat(file).st_size > before.offset:
            self._set_aside(file, before.offset, commit.at, mode)
        line, total = encode_line(commit, before.sum)
        try:
            self._disk.write(file, line, before.offset)
            self._disk.sync(file)
        except BaseException:
            self._take_back(file, before.offset, line)
            raise
        self.position = Position(commit.sequence, total, before.segment, before.offset + len(line))

    def settle(self) -> None:
        """Bring a line that could neither be made durable nor taken back to one of the two.

        The lock must be held. Raises `OSError`.
        """
        if self._doubtful is None:
            return
        offset, line = self._doubtful
        file = self._disk.open(self._files.journal, os.O_RDWR)
        try:
            if os.fstat(file).st_size > offset + len(line):
                # Somebody has gone on behind it. The kernel may hold its pages for clean after the
                # failed fsync, so it has to be written again before another fsync means anything.
                self._disk.write(file, line, offset)
            else:
                self._disk.truncate(file, offset)
            self._disk.sync(file)
        finally:
            self._disk.close(file)
        self._doubtful = None

    def rotate(self) -> None:
        """Close the last segment; the next line begins a new one. The lock must be held."""
        if self._segment is not None:
            self._disk.rename(self._files.journal, self._files.next_segment())
            self._disk.sync_folder(self._files.folder)
            self.close()

    def close(self) -> None:
        """Let go of the files."""
        if self._segment is not None:
            self._segment.close()
            self._segment, self._writable = None, False

    def _following(self) -> Segment | None:
        """The segment that goes on behind `position`, if this one is not the last."""
        for path in (self._files.journal, *self._files.older_segments()):
            segment = Segment.open(self._disk, path)
            if segment is None:
                continue
            here = (self.position.sequence, self.position.sum)
            if (segment.begin.sequence, segment.previous) == here and (
                self._segment is None or not _same_file(self._segment.file, path)
            ):
                return segment
            segment.close()
            if self._segment is not None and self._segment.path == path == self._files.journal:
                return None
        return None

    def _begin(self, commit: Commit, mode: int) -> None:
        path, before = self._files.journal, self.position
        if path.exists():
            other = Segment.open(self._disk, path)
            if other is None:
                self._disk.rename(path, self._files.aside("torn", commit.at))
            else:
                other.close()
                self._disk.rename(path, self._files.next_segment())
        first, begin = first_line(before, commit.at)
        line, total = encode_line(commit, begin.sum)
        file = self._disk.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        try:
            self._disk.write(file, first + line, 0)
            self._disk.sync(file)
            self._disk.sync_folder(self._files.folder)
        except BaseException:
            self._disk.close(file)
            self._disk.remove(path)
            raise
        self._segment = Segment(self._disk, path, file, begin, before.sum)
        self._writable = True
        self.position = Position(commit.sequence, total, begin.segment, len(first) + len(line))

    def _set_aside(self, file: int, offset: int, at: str, mode: int) -> None:
        """Keep what follows `offset`, an unfinished line, in a file of its own and cut it off."""
        left = self._disk.read(file, os.fstat(file).st_size - offset, offset)
        if left.strip(b"\0"):
            path = self._files.aside("torn", at)
            copy = self._disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            try:
                self._disk.write(copy, left, 0)
            finally:
                self._disk.close(copy)
        self._disk.truncate(file, offset)

    def _take_back(self, file: int, offset: int, line: bytes) -> None:
        # A file whose fsync failed is not trusted again: it is opened anew for the next try.
        try:
            self._disk.truncate(file, offset)
        except OSError:
            self._doubtful = (offset, line)
        self._writable = False


def _same_file(file: int, path: Path) -> bool:
    return os.path.samestat(os.fstat(file), os.stat(path))


class _Lines:
    """The lines of a file, read in pieces."""

    def __init__(self, disk: Disk, file: int, offset: int) -> None:
        self._disk = disk
        self._file = file
        self._data = b""
        self._begin = 0
        self._offset = offset

    def next(self) -> bytes:
        """The next line with its end, the unfinished last one without, or nothing."""
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
        """Whether an invalid line can be one that was being written when the power went.

        Such a line stops short or has pages of zeros in it, and nothing but zeros follows. JSON has no
        zeros, so a line that was whole once and has a wrong byte is none.
        """
        if (line.endswith(b"\n") and b"\0" not in line) or _INNER_HEAD.search(line, 1):
            return False
        data = self._data[self._begin :]
        while not data.strip(b"\0"):
            data = self._disk.read(self._file, _CHUNK, self._offset)
            self._offset += len(data)
            if not data:
                return True
        return False


def loose_lines(data: bytes) -> Iterator[tuple[Position, Commit]]:
    """The lines of a segment that are whole, damaged ones between them left out.

    A line is whole when its sum follows from the sum that the line before it names, be that one whole
    or not.
    """
    previous = FIRST_SUM
    for line in data.split(b"\n"):
        first = _first(line + b"\n")
        commit = _commit(line + b"\n", previous)
        previous = line[len(_HEAD) : _SUM_END].decode("ascii", "replace")
        if first is not None and first.pruned:
            previous = first.previous
        if commit is not None:
            yield Position(commit.sequence, previous), commit


def _commit(line: bytes, previous: str) -> Commit | None:
    if line[-1:] != b"\n" or line[:8] != _HEAD or line[_SUM_END:_BODY] != b'",':
        return None
    if _sum(previous, line[_BODY:-1]).encode() != line[len(_HEAD) : _SUM_END]:
        return None
    try:
        return _decoder.decode(line)
    except msgspec.DecodeError:
        return None


def _first(line: bytes) -> Commit | None:
    try:
        previous = _decoder.decode(line).previous
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return _commit(line, previous) if previous else None


def _sum(previous: str, rest: bytes) -> str:
    digest = hashlib.blake2b(previous.encode(), digest_size=8)
    digest.update(rest)
    return digest.hexdigest()
