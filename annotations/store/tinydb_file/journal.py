"""The journal: every commit ever made, one JSON line each; write-ahead log and history in one.

A line is `{"sum":"<16 hexadecimal digits>",` and then the rest of a JSON object. The sum is the
BLAKE2b hash, 8 bytes long, of the sum of the line before followed by that rest: so a line that was cut,
changed, moved or left out is detected. A segment begins with a line that states which commit came before
it, so that segments form a chain too.

Only one commit at a time is written to the disk. Data at the end of the journal that is not a valid
line is therefore a commit that was never reported as saved. Invalid data with more data after it is
damage.
"""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from annotations.store.tinydb_file.commit import (
    START,
    Checkpoint,
    Commit,
    Position,
    encode_line,
    first_line,
)
from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.segment import (
    TAIL,
    DamagedJournal,
    Segment,
    is_same_file,
    keep_unfinished,
    state_of_file,
)


class Journal:
    """The segments of a store's journal as one file: read from a position, append at the end."""

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
        for path in self._files.segments():
            segment = Segment.open(self._disk, path)
            if segment is not None:
                segment.close()
                return True
        return False

    def seek(self, position: Position) -> bool:
        """Go to a position, to read from there; returns whether the journal has such a place.

        Only reading the next line, or `is_at`, shows whether it is exactly this place.

        Raises `DamagedJournal` and `OSError`.
        """
        self.close()
        self.position = position
        before: list[tuple[int, Path]] = []
        for path in self._files.segments():
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

    def is_at(self, position: Position) -> bool:
        """Whether the journal, after `seek`, has exactly the commit that a position names."""
        return (
            self._segment is not None and self._segment.sequence_at(self.position) == position.sequence
        )

    def at_beginning(self) -> Checkpoint | None:
        """The TinyDB file that contains the pruned part, if `position` is where that part ended."""
        if self._segment is not None and self.position == self._segment.begin:
            return self._segment.base
        return None

    def read(self) -> Iterator[Commit]:
        """The commits after `position`, which moves on with each. Raises `DamagedJournal`."""
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
        """Whether there may be something after `position`."""
        try:
            status = os.lstat(self._files.journal)
        except FileNotFoundError:
            return False
        if self._segment is None:
            return True
        here = os.fstat(self._segment.file)
        return here.st_ino != status.st_ino or status.st_size != self.position.offset

    def replaced(self) -> bool:
        """Whether another file that does not continue this one now has the journal's name."""
        if self._segment is None or self._segment.path != self._files.journal:
            return False
        return not self.is_named()

    def unfinished(self) -> int:
        """How many bytes of an incomplete line are after `position`, when everything was read."""
        if self._segment is None:
            return 0
        return max(0, os.fstat(self._segment.file).st_size - self.position.offset)

    def changed_in_place(self) -> bool:
        """Whether the open file no longer has what was read or written here.

        This program only adds to the end. The last line is always compared; all lines are compared if
        the file was written to and did not grow.
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
        if state_of_file(status) == self._stamp:
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
        """Whether the file that has the journal's name continues after `position`."""
        segment = self._following()
        if segment is not None:
            segment.close()
        return segment is not None

    def set_aside(self, at: str) -> Path:
        """Rename the file that has the journal's name, if there is one; no more lines are added to it.

        The lock must be held. Raises `OSError`.
        """
        aside = self._files.aside("rejected", at)
        if os.path.lexists(self._files.journal):
            self._disk.rename(self._files.journal, aside)
        self._doubtful = None
        return aside

    def is_named(self) -> bool:
        """Whether the open segment is the file with the journal's name, or no file has that name."""
        try:
            return self._segment is not None and is_same_file(self._segment.file, self._files.journal)
        except FileNotFoundError:
            return True

    def has_no_name(self) -> bool:
        """Whether the open segment was removed, or another file was given its name."""
        return self._segment is not None and os.fstat(self._segment.file).st_nlink == 0

    def lost(self) -> bool:
        """Whether the last segment was removed while it was open here."""
        return self.has_no_name() and not os.path.lexists(self._files.journal)

    def bring_back(self, mode: int) -> None:
        """Write a segment again whose name was lost. The lock must be held. Raises `OSError`."""
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
        """Write a commit after `position` and make it durable; `position` is then after it.

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
            keep_unfinished(self._disk, self._files, file, before.offset, commit.at, mode)
        line, total = encode_line(commit, before.sum)
        try:
            self._disk.write(file, line, before.offset)
            self._disk.sync(file)
        except BaseException:
            self._take_back(file, before.offset, line)
            raise
        self.position = Position(commit.sequence, total, before.segment, before.offset + len(line))
        self._known = (self.position.offset, line[-TAIL:])
        self._stamp = state_of_file(os.fstat(file))

    def drop_unfinished(self, at: str, mode: int) -> None:
        """Move what follows `position`, after everything was read, to a separate file and cut it off.

        The lock must be held: it is a line of a program that died. Raises `OSError`.
        """
        segment = self._segment
        if segment is None or segment.path != self._files.journal or not self.unfinished():
            return
        file = self._make_writable(segment).file
        keep_unfinished(self._disk, self._files, file, self.position.offset, at, mode)
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
            raise DamagedJournal(writable.path, self.position.offset, "it is a different file now")
        return writable

    def settle(self) -> None:
        """Make a line durable, or remove it, if neither was possible before.

        The lock must be held. Raises `OSError`.
        """
        if self._doubtful is None:
            return
        offset, line = self._doubtful
        file = self._disk.open(self._files.journal, os.O_RDWR)
        try:
            size = os.fstat(file).st_size
            if size > offset + len(line):
                # Another program has added lines after it. The kernel may consider its pages clean after the
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
        # A crash may have closed the last segment before a new one was started.
        if self._segment.path == self._files.journal:
            self._disk.rename(self._files.journal, self._files.next_segment())
            self._disk.sync_folder(self._files.folder)
        self.close()

    def close(self) -> None:
        """Close the files."""
        if self._segment is not None:
            self._segment.close()
            self._segment, self._writable = None, False

    def _following(self) -> Segment | None:
        """The segment that continues after `position`, if this one is not the last."""
        for path in self._files.segments():
            segment = Segment.open(self._disk, path)
            if segment is None:
                continue
            here = (self.position.sequence, self.position.sum)
            if (segment.begin.sequence, segment.previous) == here and (
                self._segment is None or not is_same_file(self._segment.file, path)
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
        """Find a place in a segment whose lines have moved, like those of a pruned one."""
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
        """Remember what is before `position`, to detect a change in place."""
        if self._segment is None:
            return
        end = self.position.offset
        size = min(TAIL, end)
        self._known = (end, self._disk.read(self._segment.file, size, end - size))
        self._stamp = state_of_file(os.fstat(self._segment.file))

    def _take_back(self, file: int, offset: int, line: bytes) -> None:
        # A file whose fsync failed is not trusted again: it is reopened for the next attempt.
        try:
            self._disk.truncate(file, offset)
        except OSError:
            self._doubtful = (offset, line)
        self._writable = False
