"""The TinyDB file itself: plain JSON, one row a line, written whole and never changed in place.

    {"documents":{
    "1":{"sha256":"...","path":"/home/ann/a.txt","text":"...","added":"..."}
    },"annotations":{
    "1":{"document":"...","annotator":"ann","spans":[...]}
    },"meta":{
    "1":{"schema":3,"sequence":41,"sum":"...","segment":0,"offset":9120,"next":{...}}
    }}

Which row stands where is kept in an index beside it, so that one article of ten thousand is read
without the others. The index is a cache: it is believed only while the file has the identity, size and
time of change it names, and is made anew from the file otherwise.
"""

import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Raw, Struct

from annotations.model.document import Document
from annotations.store.interface import StoreError
from annotations.store.tinydb_file.checkpointing import remove_unfinished, write_whole
from annotations.store.tinydb_file.commit import Position
from annotations.store.tinydb_file.decoding import Decoder
from annotations.store.tinydb_file.disk import Disk, read_all
from annotations.store.tinydb_file.files import StoreFiles

SCHEMA = 3
DOCUMENTS = "documents"
ANNOTATIONS = "annotations"
META = "meta"
TABLES = (DOCUMENTS, ANNOTATIONS)
_PIECE = 1 << 20
_ROW_ID = re.compile(rb'"[1-9][0-9]{0,17}"')
_Count = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
_Sum = Annotated[str, msgspec.Meta(pattern="^(?:[0-9a-f]{16})?$")]


class DocumentRow(Struct, omit_defaults=True):
    """A document as it is stored."""

    sha256: str
    path: str
    """Absolute, or `-` for standard input: where the text was last read from; empty for no file."""
    text: str
    added: str = ""
    """When it came in, in UTC, ISO 8601."""
    id: str = ""
    """Empty for the first document with this text, whose id is the SHA-256."""
    name: str = ""
    """What it is called, where that is not the name of its file."""
    source: str = ""
    """For an imported document: the file it came in, `#` and its id or number there."""
    opened: bool = False
    """For an imported document: whether it was opened from the file in `path` since."""

    @property
    def key(self) -> str:
        """The id of the document, which its annotations name."""
        return self.id or self.sha256

    @property
    def document(self) -> Document:
        """The document this row stands for."""
        return Document(self.text, self.path, self.id, self.name, self.source, self.opened)


class _DocumentHead(Struct):
    sha256: str
    path: str
    id: str = ""


class _AnnotationHead(Struct):
    document: str
    annotator: str


class Meta(Struct, omit_defaults=True):
    """What the file says about itself: the one row of the table `meta`."""

    schema: _Count
    sequence: _Count = 0
    """The number of the last commit in the file; with `sum`, `segment` and `offset` its place."""
    sum: _Sum = ""
    segment: _Count = 0
    offset: _Count = 0
    next: dict[str, _Count] = {}
    """The next free row id of each table. Ids are never given twice."""

    @property
    def position(self) -> Position:
        """The place in the journal up to which the file is complete."""
        return Position(self.sequence, self.sum, self.segment, self.offset)


class Key(NamedTuple):
    """What a row is found by: a document by its id, annotations by document and annotator."""

    first: str = ""
    second: str = ""


class Place(Struct, frozen=True, array_like=True, gc=False):
    """Where a row stands in the file."""

    id: int
    first: str
    second: str
    """For a document its path, for annotations the annotator."""
    offset: int
    """In bytes."""
    length: int
    """In bytes."""
    crc: int


Identity = tuple[int, ...]
"""Inode, size, time of last change of the content and of the file: differs when a file was touched."""


class _Index(Struct):
    identity: Identity
    sha256: str
    meta: Meta
    tables: dict[str, list[Place]]


@dataclass
class Base:
    """An opened TinyDB file that this program wrote."""

    path: Path
    disk: Disk
    file: int
    identity: Identity
    sha256: str
    meta: Meta
    tables: dict[str, dict[int, Place]]

    def row(self, place: Place) -> bytes:
        """The JSON of a row. Raises `StoreError` when it is not what was written."""
        data = self.disk.read(self.file, place.length, place.offset)
        if zlib.crc32(data) != place.crc:
            if identity(os.fstat(self.file))[:3] != self.identity[:3]:
                raise BeingChanged(self.path)
            raise StoreError(
                f"{self.path} is damaged between byte {place.offset} and byte "
                f"{place.offset + place.length}; nothing was changed; "
                "`annotate doctor --repair` writes a repaired copy."
            )
        return data

    def close(self) -> None:
        """Let go of the file."""
        self.disk.close(self.file)


class BeingChanged(StoreError):
    """Another program is writing the TinyDB file in place: what is read now may be half of it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is being changed by another program; nothing was changed here; "
            "wait until it is done, then try again."
        )


def opened(disk: Disk, path: Path, meta: Meta, written: "Written") -> Base:
    """A file just written, opened. Raises `OSError`."""
    file = disk.open(path, os.O_RDONLY)
    tables = {name: {place.id: place for place in rows} for name, rows in written.tables.items()}
    return Base(path, disk, file, identity(os.fstat(file)), written.sha256, meta, tables)


@dataclass
class Written:
    """A TinyDB file just written."""

    size: int
    sha256: str
    tables: dict[str, list[Place]] = field(default_factory=dict)


_encoder = msgspec.json.Encoder()
_index_decoder = Decoder(_Index)
_meta_decoder = Decoder(Meta)
_document_head = Decoder(_DocumentHead)
_annotation_head = Decoder(_AnnotationHead)


def row_key(table: str, data: bytes | Raw) -> Key:
    """What a row is found by; for a document also where it was read from.

    Raises `Unreadable` when the row has no such fields.
    """
    if table == DOCUMENTS:
        document = _document_head.decode(data)
        return Key(document.id or document.sha256, document.path)
    if table == ANNOTATIONS:
        annotations = _annotation_head.decode(data)
        return Key(annotations.document, annotations.annotator)
    return Key()


def identity(status: os.stat_result) -> Identity:
    """What changes when somebody touches a file."""
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def write_base(
    disk: Disk,
    path: Path,
    mode: int,
    tables: Mapping[str, Iterable[tuple[int, Key, bytes]]],
    meta: Meta,
) -> Written:
    """Write a new TinyDB file and make it durable. Raises `OSError`, and then removes what it wrote."""
    file = disk.open(path, os.O_WRONLY | os.O_CREAT, mode)
    try:
        written = _write(disk, file, tables, meta)
        disk.sync(file)
    except BaseException:
        disk.close(file)
        remove_unfinished(disk, path)
        raise
    disk.close(file)
    return written


def _write(
    disk: Disk, file: int, tables: Mapping[str, Iterable[tuple[int, Key, bytes]]], meta: Meta
) -> Written:
    digest = hashlib.sha256()
    pieces: list[bytes] = []
    waiting = done = 0
    places: dict[str, list[Place]] = {}

    def flush() -> None:
        nonlocal waiting, done
        data = b"".join(pieces)
        pieces.clear()
        digest.update(data)
        disk.write(file, data, done)
        done += len(data)
        waiting = 0

    opening = b"{"
    for name, rows in tables.items():
        head = opening + _encoder.encode(name) + b":{\n"
        opening = b"},"
        pieces.append(head)
        waiting += len(head)
        places[name] = []
        between = b""
        for number, key, data in rows:
            start = b'%b"%d":' % (between, number)
            between = b",\n"
            places[name].append(
                Place(number, *key, done + waiting + len(start), len(data), zlib.crc32(data))
            )
            pieces += (start, data)
            waiting += len(start) + len(data)
            if waiting >= _PIECE:
                flush()
        if between:
            pieces.append(b"\n")
            waiting += 1
    pieces.append(b'%b"meta":{\n"1":%b\n}}\n' % (opening, _encoder.encode(meta)))
    flush()
    return Written(done, digest.hexdigest(), places)


def write_index(disk: Disk, files: StoreFiles, mode: int, meta: Meta, written: Written) -> None:
    """Keep where each row stands. Failing is no harm: the index is made anew when it is missed."""
    try:
        here = identity(os.lstat(files.base))
        data = _encoder.encode(_Index(here, written.sha256, meta, written.tables))
        write_whole(disk, files, files.index, b"%08x" % zlib.crc32(data) + data, mode, durable=False)
    except OSError:
        return


def open_base(disk: Disk, files: StoreFiles) -> Base | None:
    """The TinyDB file by its index, or `None` when there is no index that fits it."""
    file = disk.open(files.base, os.O_RDONLY)
    try:
        here = identity(os.fstat(file))
        index = _read_index(disk, files.index)
        if index is None or index.identity != here:
            disk.close(file)
            return None
    except BaseException:
        disk.close(file)
        raise
    tables = {name: {place.id: place for place in places} for name, places in index.tables.items()}
    return Base(files.base, disk, file, here, index.sha256, index.meta, tables)


def _read_index(disk: Disk, path: Path) -> _Index | None:
    try:
        data = read_all(disk, path)
        if int(data[:8], 16) != zlib.crc32(data[8:]):
            return None
        return _index_decoder.decode(data[8:])
    except (OSError, ValueError):
        return None


def scan_base(disk: Disk, path: Path) -> tuple[Base, Written] | None:
    """A TinyDB file read line by line, or `None` when it is not laid out as this program does.

    What the lines hold is not looked at beyond the keys: whoever asks compares the SHA-256.
    """
    file = disk.open(path, os.O_RDONLY)
    try:
        here = identity(os.fstat(file))
        digest = hashlib.sha256()
        found = _scan(_hashed(file, digest))
        if found is None:
            disk.close(file)
            return None
    except BaseException:
        disk.close(file)
        raise
    meta, places = found
    tables = {name: {place.id: place for place in rows} for name, rows in places.items()}
    sha256 = digest.hexdigest()
    return Base(path, disk, file, here, sha256, meta, tables), Written(here[1], sha256, places)


def _hashed(file: int, digest: "hashlib._Hash") -> Iterator[bytes]:
    with os.fdopen(os.dup(file), "rb") as lines:
        lines.seek(0)
        for line in lines:
            digest.update(line)
            yield line


def _scan(lines: Iterable[bytes]) -> tuple[Meta, dict[str, list[Place]]] | None:
    tables: dict[str, list[Place]] = {}
    table = ""
    offset = 0
    meta: Meta | None = None
    try:
        for line in lines:
            if line[:1] in (b"{", b"}"):
                if line != b"}}\n":
                    table = msgspec.json.decode(line.strip(b"{},:\n"), type=str)
                    if table != META:
                        tables[table] = []
            else:
                number, colon, data = line.partition(b":")
                if not _ROW_ID.fullmatch(number):
                    return None
                data = data[:-2] if data.endswith(b",\n") else data.rstrip(b"\n")
                if table == META:
                    meta = _meta_decoder.decode(data)
                else:
                    start = offset + len(number) + len(colon)
                    place = (start, len(data), zlib.crc32(data))
                    tables[table].append(Place(int(number[1:-1]), *row_key(table, data), *place))
            offset += len(line)
    except (KeyError, ValueError):
        return None
    return (meta, tables) if meta is not None else None
