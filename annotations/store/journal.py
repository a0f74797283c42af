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
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Raw, Struct

from annotations.edits import Edit
from annotations.store.decoding import Decoder, RowDecoder, Unreadable
from annotations.store.disk import Disk
from annotations.store.files import StoreFiles
from annotations.store.protocol import StoreError

FIRST_SUM = "0" * 16
HEAD = b'{"sum":"'
SUM_END = len(HEAD) + 16
BODY = SUM_END + 2
INNER_HEAD = re.compile(rb'\{"sum":"[0-9a-f]{16}","sequence":')
_CHUNK = 1 << 20
_TAIL = 4096
"""How much of the last known line is compared before another is written behind it, in bytes."""
_UNWRITTEN = re.compile(rb"\A\0|\0{8}")
"""Zeros as a power cut leaves them where a part of a line did not reach the disk."""
_SEQUENCE = re.compile(rb'"sequence":([0-9]{1,18}),')
_ROW_ID = re.compile("[1-9][0-9]{0,17}")
_HIDDEN_TABLE = "meta"
_Count = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]


class Entry(Struct, frozen=True):
    """An edit of the annotations of one document by one annotator, as the journal holds it."""

    document: str
    annotator: str
    edit: Raw

    def decoded(self) -> Edit:
        """The edit. Raises `StoreError` when it is none."""
        return decode_edit(self.edit)


class Checkpoint(Struct, frozen=True):
    """A TinyDB file that was written, complete up to the line before this one."""

    size: _Count
    """In bytes."""
    sha256: str


class Commit(Struct, frozen=True, omit_defaults=True):
    """One line of the journal."""

    sequence: _Count
    """Its number; the first commit is 1. The line a segment begins with repeats the one before it."""
    at: str
    """When, in UTC, ISO 8601 with milliseconds."""
    by: str = ""
    """Who was logged in, or the program that made it."""
    rows: Mapping[str, Mapping[str, Raw]] = {}
    """Whole rows, by table and row id; `null` for one that is gone. They come before the edits."""
    edits: tuple[Entry, ...] = ()
    base: Checkpoint | None = None
    """The TinyDB file that was written then; in the first line of a pruned segment the one that holds
    what stood before."""
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


def fresh_place() -> Position:
    """Where the journal of a file begins that was there before it, told from any other by its sum."""
    return Position(1, secrets.token_hex(8), segment=1)


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
_decoder = Decoder(Commit)
_edit_decoder = RowDecoder(Edit, "An edit in the journal")


def decode_edit(raw: Raw | bytes) -> Edit:
    """An edit from its JSON. Raises `StoreError` when it is none."""
    return _edit_decoder.decode(raw)


def encode_line(commit: Commit, previous: str) -> tuple[bytes, str]:
    """The line for a commit behind the line with the sum `previous`, and its sum."""
    rest = _encoder.encode(commit)[1:]
    total = sum_of(previous, rest)
    return b"".join((HEAD, total.encode(), b'",', rest, b"\n")), total


def first_line(position: Position, at: str) -> tuple[bytes, Position]:
    """The line that begins a segment behind `position`, and the position behind that line."""
    line, total = encode_line(Commit(position.sequence, at, previous=position.sum), position.sum)
    return line, Position(position.sequence, total, position.sequence, len(line))


def pruned_line(begin: Position, at: str, base: Checkpoint) -> bytes:
    """The line that begins a segment whose lines up to `begin` were forgotten.

    `base` is the TinyDB file that holds what they came to.
    """
    commit = Commit(begin.sequence, at, previous=begin.sum, pruned=True, base=base)
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
    first: bytes
    """The line it begins with."""
    base: Checkpoint | None = None
    """For a pruned segment: the TinyDB file that holds what stood before."""

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
        """Let go of the file."""
        self.disk.close(self.file)

    def read(self, position: Position) -> Iterator[tuple[Commit, Position]]:
        """The commits behind a position in this segment, each with the position behind it.

        Ends before an unfinished last line. Raises `DamagedJournal` where an invalid line is not that.
        """
        lines = _Lines(self.disk, self.file, position.offset)
        while line := lines.next():
            commit = commit_of(line, position.sum)
            if commit is None or commit.sequence != position.sequence + 1:
                if commit is None and lines.unfinished(line) and not _ended_wrongly(line, position.sum):
                    return
                known = line.startswith(HEAD)
                what = (
                    "this line does not follow from the one before it" if known else "not a line of it"
                )
                raise DamagedJournal(self.path, position.offset, what)
            total = stated_sum(line)
            position = Position(commit.sequence, total, position.segment, position.offset + len(line))
            yield commit, position

    def has_line_end(self, offset: int) -> bool:
        """Whether a line ends at an offset. What follows tells whether it is the right one."""
        return offset >= self.begin.offset and self.disk.read(self.file, 1, offset - 1) == b"\n"

    def sequence_at(self, position: Position) -> int | None:
        """The number of the commit that ends where a position says, if it has the sum that it names."""
        if position.sum in (self.previous, self.begin.sum) and position.offset in (0, self.begin.offset):
            return self.begin.sequence
        size = _TAIL
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
        """The place behind the commit with this number and sum, looked for from the beginning.

        Raises `DamagedJournal`.
        """
        for _, position in self.read(self.begin):
            if position.sequence == sequence:
                return position if position.sum == total else None
        return None


class Journal:
    """The segments of a store's journal as one: read on from a position, append at the end."""

    def __init__(self, disk: Disk, files: StoreFiles) -> None:
        self._disk = disk
        self._files = files
        self._segment: Segment | None = None
        self._writable = False
        self._doubtful: tuple[int, bytes] | None = None
        self._known: tuple[int, bytes] = (0, b"")
        self._stamp: tuple[int, ...] = ()
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
        """Go to a position, to read on from there; whether the journal has a place like it.

        That it is the very place shows when the next line is read, or by `stands_at`.

        Raises `DamagedJournal` and `OSError`.
        """
        self.close()
        self.position = position
        before: list[tuple[int, Path]] = []
        for path in (self._files.journal, *self._files.older_segments()):
            segment = Segment.open(self._disk, path)
            if segment is None:
                continue
            begin = segment.begin
            if (begin.sequence, segment.previous) == (position.sequence, position.sum):
                self._segment, self.position = segment, begin
            elif begin.segment == position.segment and segment.has_line_end(position.offset):
                self._segment = segment
            else:
                segment.close()
                if begin.sequence < position.sequence:
                    before.append((begin.sequence, path))
                continue
            self._remember()
            return True
        return bool(before) and self._find(max(before)[1], position)

    def stands_at(self, position: Position) -> bool:
        """Whether, after `seek`, the journal has the very commit that a position names."""
        return (
            self._segment is not None and self._segment.sequence_at(self.position) == position.sequence
        )

    def at_beginning(self) -> Checkpoint | None:
        """The TinyDB file that holds what was pruned, if `position` is where that ended."""
        if self._segment is not None and self.position == self._segment.begin:
            return self._segment.base
        return None

    def read(self) -> Iterator[Commit]:
        """The commits behind `position`, which moves on with each. Raises `DamagedJournal`."""
        while True:
            segment = self._segment
            if segment is None:
                segment = self._following()
                if segment is None:
                    return
                self._go_to(segment)
            for commit, position in segment.read(self.position):
                self.position = position
                yield commit
            following = self._following()
            if following is None:
                self._remember()
                return
            segment.close()
            self._go_to(following)

    def grown(self) -> bool:
        """Whether there may be something behind `position`."""
        try:
            status = os.lstat(self._files.journal)
        except FileNotFoundError:
            return False
        if self._segment is None:
            return True
        here = os.fstat(self._segment.file)
        return here.st_ino != status.st_ino or status.st_size != self.position.offset

    def replaced(self) -> bool:
        """Whether another file has the journal's name by now that does not go on from this one."""
        if self._segment is None or self._segment.path != self._files.journal:
            return False
        return not self.is_named()

    def unfinished(self) -> int:
        """How many bytes stand behind `position`, after everything was read: of a line that is not whole."""
        if self._segment is None:
            return 0
        return max(0, os.fstat(self._segment.file).st_size - self.position.offset)

    def changed_in_place(self) -> bool:
        """Whether what was read or written here is no longer in the file that is open.

        A program of ours only ever writes behind it. The last line is always compared, all of them where
        the file was written to and nothing was added.
        """
        segment = self._segment
        if segment is None:
            return False
        end, tail = self._known
        status = os.fstat(segment.file)
        if status.st_size < self.position.offset:
            return True
        if self._disk.read(segment.file, len(tail), end - len(tail)) != tail:
            return True
        if _stamp_of(status) == self._stamp:
            return False
        if self._disk.read(segment.file, len(segment.first), 0) != segment.first:
            return True
        if status.st_size == self.position.offset:
            try:
                if segment.find(self.position.sequence, self.position.sum) is None:
                    return self.position != segment.begin
            except DamagedJournal:
                return True
            self._remember()
        return False

    def goes_on(self) -> bool:
        """Whether the file that has the journal's name goes on from `position`."""
        segment = self._following()
        if segment is not None:
            segment.close()
        return segment is not None

    def set_aside(self, at: str) -> Path:
        """Give the file that has the journal's name, if there is one, another; no line follows in it.

        The lock must be held. Raises `OSError`.
        """
        aside = self._files.aside("rejected", at)
        if os.path.lexists(self._files.journal):
            self._disk.rename(self._files.journal, aside)
        self._doubtful = None
        return aside

    def is_named(self) -> bool:
        """Whether the open segment is the file that has the journal's name, or nothing has it."""
        try:
            return self._segment is not None and _same_file(self._segment.file, self._files.journal)
        except FileNotFoundError:
            return True

    def extent_of_other(self) -> tuple[int, int] | None:
        """The first and last commit of the file that has the journal's name, without trusting it."""
        try:
            other = Segment.open(self._disk, self._files.journal)
            if other is None:
                return None
            try:
                last = other.begin.sequence
                for commit, _ in other.read(other.begin):
                    last = commit.sequence
                return other.begin.sequence, last
            finally:
                other.close()
        except DamagedJournal:
            return None

    def has_no_name(self) -> bool:
        """Whether the open segment was removed, or another file was given its name."""
        return self._segment is not None and os.fstat(self._segment.file).st_nlink == 0

    def lost(self) -> bool:
        """Whether the last segment was removed while it was open here."""
        return self.has_no_name() and not os.path.lexists(self._files.journal)

    def bring_back(self, mode: int) -> None:
        """Write a segment again that lost its name. The lock must be held. Raises `OSError`."""
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
        old = self._segment
        self._segment = Segment(
            self._disk, self._files.journal, file, old.begin, old.previous, old.first, old.base
        )
        self._writable = True
        self._remember()

    def append(self, commit: Commit, mode: int) -> None:
        """Write a commit behind `position` and make it durable; `position` is then behind it.

        The lock must be held and everything read. Raises `OSError`, and then the journal is as it was.
        """
        if self._segment is None or self._segment.path != self._files.journal:
            self.close()
            self._begin(commit, mode)
            return
        file, before = self._make_writable(self._segment).file, self.position
        size = os.fstat(file).st_size
        if size < before.offset:
            raise DamagedJournal(self._segment.path, size, f"{before.offset - size} bytes are missing")
        if size > before.offset:
            self._keep_unfinished(file, before.offset, commit.at, mode)
        line, total = encode_line(commit, before.sum)
        try:
            self._disk.write(file, line, before.offset)
            self._disk.sync(file)
        except BaseException:
            self._take_back(file, before.offset, line)
            raise
        self.position = Position(commit.sequence, total, before.segment, before.offset + len(line))
        self._known = (self.position.offset, line[-_TAIL:])
        self._stamp = _stamp_of(os.fstat(file))

    def drop_unfinished(self, at: str, mode: int) -> None:
        """Keep what follows `position`, after everything was read, in a file of its own and cut it off.

        The lock must be held: it is a line of a program that died. Raises `OSError`.
        """
        segment = self._segment
        if segment is None or segment.path != self._files.journal or not self.unfinished():
            return
        file = self._make_writable(segment).file
        self._keep_unfinished(file, self.position.offset, at, mode)
        self._disk.sync(file)
        self._remember()

    def _make_writable(self, segment: Segment) -> Segment:
        if self._writable:
            return segment
        writable = Segment.open(self._disk, segment.path, os.O_RDWR)
        if writable is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        same = os.path.samestat(os.fstat(segment.file), os.fstat(writable.file))
        segment.close()
        self._segment, self._writable = writable, True
        if not same:
            raise DamagedJournal(writable.path, self.position.offset, "it is another file by now")
        return writable

    def settle(self) -> None:
        """Bring a line that could neither be made durable nor taken back to one of the two.

        The lock must be held. Raises `OSError`.
        """
        if self._doubtful is None:
            return
        offset, line = self._doubtful
        file = self._disk.open(self._files.journal, os.O_RDWR)
        try:
            size = os.fstat(file).st_size
            if size > offset + len(line):
                # Somebody has gone on behind it. The kernel may hold its pages for clean after the
                # failed fsync, so it has to be written again before another fsync means anything.
                self._disk.write(file, line, offset)
            elif size > offset:
                self._disk.truncate(file, offset)
            self._disk.sync(file)
        finally:
            self._disk.close(file)
        self._doubtful = None

    def rotate(self) -> None:
        """Close the last segment; the next line begins a new one. The lock must be held."""
        if self._segment is None:
            return
        # A crash may have left the last segment closed and none begun.
        if self._segment.path == self._files.journal:
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
        if os.path.lexists(path):
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
        self._segment = Segment(self._disk, path, file, begin, before.sum, first)
        self._writable = True
        self.position = Position(commit.sequence, total, begin.segment, len(first) + len(line))
        self._remember()

    def _find(self, path: Path, position: Position) -> bool:
        """Look for a place in a segment whose lines have moved, as those of a pruned one have."""
        segment = Segment.open(self._disk, path)
        if segment is None:
            return False
        try:
            found = segment.find(position.sequence, position.sum)
        except BaseException:
            segment.close()
            raise
        if found is None:
            segment.close()
            return False
        self._segment, self.position = segment, found
        self._remember()
        return True

    def _go_to(self, segment: Segment) -> None:
        self._segment, self._writable = segment, False
        self._known, self.position = (0, b""), segment.begin

    def _remember(self) -> None:
        """Keep what stands before `position`, to find out whether it is changed in place."""
        if self._segment is None:
            return
        end = self.position.offset
        size = min(_TAIL, end)
        self._known = (end, self._disk.read(self._segment.file, size, end - size))
        self._stamp = _stamp_of(os.fstat(self._segment.file))

    def _keep_unfinished(self, file: int, offset: int, at: str, mode: int) -> None:
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
    return os.path.samestat(os.fstat(file), os.lstat(path))


def _stamp_of(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


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
        if (line.endswith(b"\n") and not _UNWRITTEN.search(line)) or INNER_HEAD.search(line, 1):
            return False
        data = self._data[self._begin :]
        while not data.strip(b"\0"):
            data = self._disk.read(self._file, _CHUNK, self._offset)
            self._offset += len(data)
            if not data:
                return True
        return False


def commit_of(line: bytes, previous: str) -> Commit | None:
    """The commit in a line that follows a line with the sum `previous`; `None` where it is none."""
    if line[-1:] != b"\n" or line[: len(HEAD)] != HEAD or line[SUM_END:BODY] != b'",':
        return None
    if sum_of(previous, line[BODY:-1]) != stated_sum(line):
        return None
    return decoded_commit(line)


def first_commit_of(line: bytes) -> Commit | None:
    """What stands in the line that a segment begins with; `None` where it is no such line."""
    commit = decoded_commit(line)
    return commit_of(line, commit.previous) if commit and commit.previous else None


def decoded_commit(line: bytes) -> Commit | None:
    """The commit in a line whose sum was not looked at; `None` where it cannot be one."""
    try:
        commit = _decoder.decode(line)
    except Unreadable:
        return None
    for table, rows in commit.rows.items():
        if table == _HIDDEN_TABLE or not all(map(_ROW_ID.fullmatch, rows)):
            return None
    return commit


def stated_sum(line: bytes) -> str:
    """The sum that a line says it has."""
    return line[len(HEAD) : SUM_END].decode("ascii", "replace")


def sum_of(previous: str, rest: bytes) -> str:
    """The sum of a line: of the sum of the line before it, and of what follows its own sum in it."""
    digest = hashlib.blake2b(previous.encode(), digest_size=8)
    digest.update(rest)
    return digest.hexdigest()


def _ended_wrongly(line: bytes, previous: str) -> bool:
    """Whether only the last byte of a line is wrong, and not for want of being written."""
    return line[-1:] != b"\0" and commit_of(line[:-1] + b"\n", previous) is not None
