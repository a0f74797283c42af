"""The TinyDB file itself: plain JSON, one row per line, written as a whole and never changed in place.

    {"documents":{
    "1":{"sha256":"...","path":"/home/ann/a.txt","text":"...","added":"..."}
    },"annotations":{
    "1":{"document":"...","annotator":"ann","spans":[...]}
    },"meta":{
    "1":{"schema":3,"sequence":41,"sum":"...","segment":0,"offset":9120,"next":{...}}
    }}

An index file next to it states where each row is, so that one article of a hundred thousand is read
without the others. The index is a cache: it is trusted only while the file has the identity, size and
time of change that it names. Otherwise it is made again from the file.
"""

import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from annotations.store.encoding import encode
from annotations.store.interface import StoreError
from annotations.store.tinydb_file.checkpointing import remove_unfinished, write_whole
from annotations.store.tinydb_file.decoding import Decoder
from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.index import (
    DamagedIndex,
    Identity,
    Index,
    Lookup,
    Place,
    read_index,
)
from annotations.store.tinydb_file.index_building import Abandoned, FinishedIndex, IndexBuilder
from annotations.store.tinydb_file.row_types import DOCUMENTS, META, Meta, head_of

_PIECE = 1 << 20
_ROWS = 256
"""After how many rows `go_on` is called again."""
_SYNCED = 32 << 20
"""How many bytes are made durable at once."""
_ROW_ID = re.compile(rb'"[1-9][0-9]{0,17}"')
_WITHOUT_WORDS = b",null]"
"""The end of the head of a document whose words were not counted yet."""
T = TypeVar("T")

RowsToWrite = Iterable[tuple[int, bytes, bytes]]
"""Rows to write: the id, the head if it is known, the row as JSON."""


@dataclass
class Snapshot:
    """An opened TinyDB file that this program wrote."""

    path: Path
    disk: Disk
    file: int
    identity: Identity
    meta: Meta
    index: Index
    index_file: int | None = None
    """The file that the index is read from, if it is not in memory."""
    remade: FinishedIndex | None = None
    """The new index, if the one next to the file was damaged."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file as it was written."""
        return self.index.sha256

    def ask(self, question: Callable[[Index], T]) -> T:
        """Query the index; a damaged one is made again from the file. Raises `StoreError`."""
        try:
            return question(self.index)
        except (DamagedIndex, OSError):
            scanned = _scan(_lines(self.file, digest := hashlib.sha256()))
            if scanned is None or digest.hexdigest() != self.sha256:
                raise self._damaged() from None
            meta, builder = scanned
            sha256 = self.sha256
            self.remade = builder.finished(self.identity, sha256, encode(meta))
            self.index = self.remade.index
            return question(self.index)

    def tables(self) -> list[str]:
        """The names of all tables but `meta`."""
        return self.index.tables()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return self.index.count(table)

    def last_number(self, table: str) -> int:
        """The highest row id of a table; 0 if it has no rows."""
        count = self.count(table)
        return self.ask(lambda index: index.number_at(table, count - 1)) if count else 0

    def numbers(self, table: str) -> list[int]:
        """All row ids of a table, ascending."""
        return self.ask(lambda index: index.numbers(table))

    def place(self, table: str, number: int) -> Place | None:
        """Where a row is, by its id; `None` if there is no such row."""
        return self.ask(lambda index: index.place(table, number))

    def find(self, lookup: Lookup, *wanted: str) -> list[int]:
        """The ids of the rows with this key, ascending."""
        return self.ask(lambda index: index.find(lookup, *wanted))

    def row(self, place: Place) -> bytes:
        """The JSON of a row. Raises `StoreError` if it is damaged."""
        data = self.disk.read(self.file, place.length, place.offset)
        if zlib.crc32(data) != place.crc:
            raise self._damaged(place)
        return data

    def again(self) -> "Snapshot":
        """The same file, opened once more: it stays open when this one is closed. Raises `OSError`."""
        file = os.dup(self.file)
        index, index_file = self.index, self.index_file
        if index_file is not None:
            index_file = os.dup(index_file)
            index = read_index(self.disk, index_file) or index
        return Snapshot(self.path, self.disk, file, self.identity, self.meta, index, index_file)

    def close(self) -> None:
        """Close the file and its index file."""
        _close(self.disk, self.file, self.index_file)

    def _damaged(self, place: Place | None = None) -> StoreError:
        if identity(os.fstat(self.file))[:3] != self.identity[:3]:
            return FileBeingWritten(self.path)
        where = f" between byte {place.offset} and byte {place.offset + place.length}" if place else ""
        return StoreError(
            f"{self.path} is damaged{where}; nothing was changed; "
            "`annotate doctor --repair` writes a repaired copy."
        )


class FileBeingWritten(StoreError):
    """Another program is writing the TinyDB file in place, so it may be incomplete now."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is being changed by another program; nothing was changed here; "
            "wait until it is done, then try again."
        )


def opened_snapshot(disk: Disk, path: Path, meta: Meta, written: "Written") -> Snapshot:
    """A file just written, opened. Raises `OSError`."""
    file = disk.open(path, os.O_RDONLY)
    return Snapshot(path, disk, file, identity(os.fstat(file)), meta, written.finished.index)


@dataclass
class Written:
    """A TinyDB file just written."""

    size: int
    sha256: str
    finished: FinishedIndex


_meta_decoder = Decoder(Meta)


def identity(status: os.stat_result) -> Identity:
    """Values that change when somebody changes a file."""
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def write_snapshot(
    disk: Disk,
    path: Path,
    mode: int,
    tables: Mapping[str, RowsToWrite],
    meta: Meta,
    go_on: Callable[[], bool] = lambda: True,
) -> Written:
    """Write a new TinyDB file and make it durable.

    Raises `OSError`, and `Abandoned` when `go_on` says no; in both cases it removes what it wrote.
    """
    file = disk.open(path, os.O_WRONLY | os.O_CREAT, mode)
    try:
        written = _write(disk, file, tables, meta, go_on)
        disk.sync(file)
    except BaseException:
        disk.close(file)
        remove_unfinished(disk, path)
        raise
    disk.close(file)
    return written


def _write(
    disk: Disk, file: int, tables: Mapping[str, RowsToWrite], meta: Meta, go_on: Callable[[], bool]
) -> Written:
    digest = hashlib.sha256()
    pieces: list[bytes] = []
    waiting = done = 0
    builder = IndexBuilder()

    def flush() -> None:
        nonlocal waiting, done
        data = b"".join(pieces)
        pieces.clear()
        digest.update(data)
        disk.write(file, data, done)
        # In parts, so that the work can stop soon when it is no longer wanted.
        if done // _SYNCED != (done + len(data)) // _SYNCED:
            disk.sync(file)
        done += len(data)
        waiting = 0

    opening = b"{"
    for name, rows in tables.items():
        first = opening + encode(name) + b":{\n"
        opening = b"},"
        pieces.append(first)
        waiting += len(first)
        builder.table(name)
        between = b""
        for number, head, data in rows:
            start = b'%b"%d":' % (between, number)
            between = b",\n"
            if not number % _ROWS and not go_on():
                raise Abandoned
            if not head or (name == DOCUMENTS and head.endswith(_WITHOUT_WORDS)):
                head = head_of(name, data)
            builder.add(name, number, done + waiting + len(start), data, head)
            pieces += (start, data)
            waiting += len(start) + len(data)
            if waiting >= _PIECE:
                flush()
        if between:
            pieces.append(b"\n")
            waiting += 1
    last = encode(meta)
    pieces.append(b'%b"meta":{\n"1":%b\n}}\n' % (opening, last))
    flush()
    sha256 = digest.hexdigest()
    return Written(done, sha256, builder.finished((), sha256, last, go_on))


def write_index(disk: Disk, files: StoreFiles, mode: int, finished: FinishedIndex) -> None:
    """Write the index. A failure does no harm: a missing index is made again."""
    try:
        data = finished.of(identity(os.lstat(files.base))).written()
        write_whole(disk, files, files.index, data, mode, durable=False)
    except OSError:
        return


def open_snapshot(disk: Disk, files: StoreFiles) -> Snapshot | None:
    """The TinyDB file opened with its index, or `None` if there is no matching index."""
    file = disk.open(files.base, os.O_RDONLY)
    index_file = None
    try:
        here = identity(os.fstat(file))
        with suppress(OSError, ValueError):
            index_file = disk.open(files.index, os.O_RDONLY)
            index = read_index(disk, index_file)
            if index is not None and index.identity == here:
                meta = _meta_decoder.decode(index.meta)
                return Snapshot(files.base, disk, file, here, meta, index, index_file)
    except BaseException:
        _close(disk, file, index_file)
        raise
    _close(disk, file, index_file)
    return None


def _close(disk: Disk, *files: int | None) -> None:
    for file in files:
        if file is not None:
            disk.close(file)


def scan_snapshot(disk: Disk, path: Path) -> tuple[Snapshot, FinishedIndex] | None:
    """A TinyDB file read line by line, or `None` if it does not have the layout of this program.

    The content of the lines is checked only as far as the index needs it: the caller compares the
    SHA-256.
    """
    file = disk.open(path, os.O_RDONLY)
    try:
        here = identity(os.fstat(file))
        digest = hashlib.sha256()
        found = _scan(_lines(file, digest))
        if found is None:
            disk.close(file)
            return None
    except BaseException:
        disk.close(file)
        raise
    meta, builder = found
    finished = builder.finished(here, digest.hexdigest(), encode(meta))
    return Snapshot(path, disk, file, here, meta, finished.index), finished


def _lines(file: int, digest: "hashlib._Hash") -> Iterator[bytes]:
    """The lines of a file; adds them to a hash."""
    with os.fdopen(os.dup(file), "rb") as lines:
        lines.seek(0)
        for line in lines:
            digest.update(line)
            yield line


def _scan(lines: Iterable[bytes]) -> tuple[Meta, IndexBuilder] | None:
    builder = IndexBuilder()
    table = ""
    offset = 0
    meta: Meta | None = None
    try:
        for line in lines:
            if line[:1] in (b"{", b"}"):
                if line != b"}}\n":
                    table = msgspec.json.decode(line.strip(b"{},:\n"), type=str)
                    if table != META:
                        builder.table(table)
            else:
                number, colon, data = line.partition(b":")
                if not _ROW_ID.fullmatch(number):
                    return None
                data = data[:-2] if data.endswith(b",\n") else data.rstrip(b"\n")
                if table == META:
                    meta = _meta_decoder.decode(data)
                else:
                    start = offset + len(number) + len(colon)
                    head = head_of(table, data, with_words=False)
                    builder.add(table, int(number[1:-1]), start, data, head)
            offset += len(line)
    except (KeyError, ValueError):
        return None
    return (meta, builder) if meta is not None else None
