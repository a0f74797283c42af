"""The file next to the TinyDB file that makes it possible to read only the rows that are needed.

The index states where each row is, finds rows by their keys, and has a summary of every document and of
every annotator's progress in it. It is read in place: opening it reads only the header, and a look-up is a
binary search in a table of fixed width. The body is checked in blocks, each when it is first read.

    annotate index 6 <length of the header> <length of the sums> <CRC-32 of both>
    header     JSON: which file it belongs to, and where the tables are
    sums       the CRC-32 of each block of the body
    body       tables of fixed width, then the heads: for each row of this program a few fields, as JSON
"""

import hashlib
import struct
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

import msgspec
from msgspec import Struct

from annotations.model.document import text_of_id
from annotations.model.document_summary import Progress
from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.work import BYTES, NO_WORK, Work, WorkColumns

BLOCK = 4 << 10
"""How many bytes of the body are checked at a time."""
_ONE_BY_ONE = 4
"""The greatest number of blocks after the first that are read one by one and kept."""
Lookup = Literal["document", "text", "path", "annotations", "annotations of"]
"""The keys of rows: a document is found by its id, others with the same text by its SHA-256, and by path;
annotations by document and annotator, and by document."""
MAGIC = b"annotate index 6 "
_FIRST = len(MAGIC) + 27
ROW = struct.Struct("<QQQIQI")
"""Row id, place, length and CRC-32 in the file, place and length of the head."""
KEY = struct.Struct("<16sQ")
"""The hash of a row's key, and its id."""


class DamagedIndex(Exception):
    """A damaged index; it is made again."""


class DocumentHead(Struct, frozen=True, array_like=True, gc=False):
    """The facts about a document that are needed without its text."""

    id: str
    path: str
    name: str
    """Its name."""
    characters: int
    """How long the text is, in code points."""
    words: int | None
    """How many words, separated by white space; `None` if they were not counted yet."""


class AnnotationsHead(Struct, frozen=True, array_like=True, gc=False):
    """The facts about annotations that are needed without their spans."""

    document: str
    annotator: str
    progress: Progress | None
    """`None` for a row that cannot be read."""


class Place(NamedTuple):
    """Where a row is in the file."""

    offset: int
    length: int
    """In bytes, like the offset."""
    crc: int
    head: bytes
    """Empty for a row of a table that this program does not use."""


Identity = tuple[int, ...]
"""Inode, size, and times of the last change of content and of the file: different after any change."""


class AnnotatorTables(Struct, array_like=True):
    """Where the body has the work of one annotator."""

    name: str
    count: int
    positions: int
    """Where the positions of the documents are that have annotations by this annotator, ascending."""
    rows: int
    """Where the positions of those annotations are."""
    done: int
    """Where a byte for each of them is: 1 where the document is done."""
    columns: int
    """Where the other columns of `Work` are, one after the other."""


class Header(Struct):
    """The part of an index that is read when it is opened."""

    identity: Identity
    sha256: str
    meta: msgspec.Raw
    size: int
    """How long the body is, in bytes."""
    rows: dict[str, tuple[int, int]]
    """How many rows each table has, and where they are in the body."""
    keys: dict[Lookup, tuple[int, int]]
    annotators: list[AnnotatorTables]
    paths: tuple[int, int]
    """Where the paths of all documents are, as JSON, and their length."""
    names: tuple[int, int]
    """Where the names of all documents are, in the same way."""


class _Body(Protocol):
    def bytes_at(self, offset: int, length: int) -> bytes:
        """A part of the body. Raises `DamagedIndex`."""
        ...


class InMemory:
    """The body of an index that was just made."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def bytes_at(self, offset: int, length: int) -> bytes:
        """A piece of the body."""
        return self._data[offset : offset + length]


class _OnDisk:
    """The body of an index in a file: parts are read on demand, and checked once."""

    def __init__(self, disk: Disk, file: int, begin: int, size: int, sums: Sequence[int]) -> None:
        self._disk = disk
        self._file = file
        self._begin = begin
        self._size = size
        self._sums = sums
        self._blocks: dict[int, bytes] = {}

    def bytes_at(self, offset: int, length: int) -> bytes:
        if not length:
            return b""
        first, last = offset // BLOCK, (offset + length - 1) // BLOCK
        if first == last:
            block = self._block(first)
            start = offset - first * BLOCK
            return block[start : start + length]
        if last - first > _ONE_BY_ONE:
            joined = self._read(first, last)
        else:
            joined = b"".join(map(self._block, range(first, last + 1)))
        return joined[offset - first * BLOCK :][:length]

    def _block(self, number: int) -> bytes:
        block = self._blocks.get(number)
        if block is None:
            block = self._blocks[number] = self._read(number, number)
        return block

    def _read(self, first: int, last: int) -> bytes:
        """Read these blocks at once, and check each."""
        size = min((last + 1) * BLOCK, self._size) - first * BLOCK
        data = self._disk.read(self._file, size, self._begin + first * BLOCK)
        if last >= len(self._sums) or len(data) != size:
            raise DamagedIndex
        view = memoryview(data)
        for number, begin in zip(range(first, last + 1), range(0, size, BLOCK), strict=True):
            if zlib.crc32(view[begin : begin + BLOCK]) != self._sums[number]:
                raise DamagedIndex
        return data


_header_decoder = msgspec.json.Decoder(Header)
_document_head = msgspec.json.Decoder(DocumentHead)
_document_heads = msgspec.json.Decoder(list[DocumentHead])
_annotations_head = msgspec.json.Decoder(AnnotationsHead)
_annotations_heads = msgspec.json.Decoder(list[AnnotationsHead])
_strings = msgspec.json.Decoder(list[str])


def document_head(data: bytes) -> DocumentHead:
    """The head of a document, as it is in a `Place`."""
    return _document_head.decode(data)


def annotations_head(data: bytes) -> AnnotationsHead:
    """The head of annotations, as it is in a `Place`."""
    return _annotations_head.decode(data)


class Index:
    """The rows of one TinyDB file. Every method may raise `DamagedIndex`."""

    def __init__(self, header: Header, body: _Body) -> None:
        self._header = header
        self._body = body
        self.identity = header.identity
        self.sha256 = header.sha256
        self.meta = bytes(header.meta)
        """The row of the table `meta`."""

    def tables(self) -> list[str]:
        """The names of all tables but `meta`, in the order they have in the file."""
        return list(self._header.rows)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return self._header.rows.get(table, (0, 0))[0]

    def number_at(self, table: str, position: int) -> int:
        """The id of the row at a position in the order of ids, from 0."""
        return self._row(table, position)[0]

    def numbers(self, table: str) -> list[int]:
        """All row ids of a table, ascending."""
        count, begin = self._header.rows.get(table, (0, 0))
        return [row[0] for row in ROW.iter_unpack(self._body.bytes_at(begin, count * ROW.size))]

    def document_heads(self) -> list[DocumentHead]:
        """The heads of all documents, in the order of their ids."""
        return _document_heads.decode(self._heads("documents"))

    def annotations_heads(self) -> list[AnnotationsHead]:
        """The heads of all annotations, in the order of their ids."""
        return _annotations_heads.decode(self._heads("annotations"))

    def paths(self) -> list[str]:
        """The paths of all documents, in the order of their ids."""
        return _strings.decode(self._body.bytes_at(*self._header.paths))

    def names(self) -> list[str]:
        """The names of all documents, in the order of their ids."""
        return _strings.decode(self._body.bytes_at(*self._header.names))

    def position(self, table: str, number: int) -> int | None:
        """The position of a row in the order of ids; `None` if there is no such row."""
        count = self.count(table)
        # If no row was ever removed, this is the position.
        if 0 < number <= count and self.number_at(table, number - 1) == number:
            return number - 1
        found = bisect_left(range(count), number, key=lambda place: self.number_at(table, place))
        return found if found < count and self.number_at(table, found) == number else None

    def place(self, table: str, number: int) -> Place | None:
        """Where a row is."""
        position = self.position(table, number)
        return None if position is None else self.place_at(table, position)

    def place_at(self, table: str, position: int) -> Place:
        """Where the row at a position in the order of ids is."""
        _, offset, length, crc, head, size = self._row(table, position)
        return Place(offset, length, crc, self._body.bytes_at(head, size))

    def find(self, lookup: Lookup, *wanted: str) -> list[int]:
        """The ids of the rows with this key, ascending."""
        count, begin = self._header.keys.get(lookup, (0, 0))
        digest = hashed(*wanted)

        def at(place: int) -> tuple[bytes, int]:
            key: tuple[bytes, int] = KEY.unpack(self._body.bytes_at(begin + place * KEY.size, KEY.size))
            return key

        found = []
        place = bisect_left(range(count), (digest, 0), key=at)
        while place < count and (key := at(place))[0] == digest:
            found.append(key[1])
            place += 1
        return found

    def work_of(self, annotator: str) -> "Work":
        """Which documents have annotations by an annotator, by their positions."""
        at = self._body.bytes_at
        for known in self._header.annotators:
            if known.name == annotator:
                rows = _integers(at(known.rows, known.count * 4))
                columns = WorkColumns.read(at(known.columns, known.count * BYTES), known.count)
                positions = _integers(at(known.positions, known.count * 4))
                return Work(positions, rows, at(known.done, known.count), columns)
        return NO_WORK

    def _heads(self, table: str) -> bytes:
        """All heads of a table, as one JSON array."""
        count, begin = self._header.rows.get(table, (0, 0))
        if not count:
            return b"[]"
        places = [row[4:] for row in ROW.iter_unpack(self._body.bytes_at(begin, count * ROW.size))]
        # They stand one after the other.
        first = places[0][0]
        data = self._body.bytes_at(first, sum(places[-1]) - first)
        heads = [data[place - first : place - first + size] for place, size in places]
        return b"[%b]" % b",".join(heads)

    def _row(self, table: str, position: int) -> tuple[int, int, int, int, int, int]:
        _, begin = self._header.rows[table]
        row: tuple[int, int, int, int, int, int] = ROW.unpack(
            self._body.bytes_at(begin + position * ROW.size, ROW.size)
        )
        return row


def read_index(disk: Disk, file: int) -> Index | None:
    """The index in an opened file; `None` if it is not an index, or of another version. Raises `OSError`."""
    data = disk.read(file, BLOCK, 0)
    if not data.startswith(MAGIC) or len(data) < _FIRST:
        return None
    try:
        head, tail, crc = (int(part, 16) for part in data[len(MAGIC) : _FIRST].split())
        begin = _FIRST + head + tail
        if begin > len(data):
            data += disk.read(file, begin - len(data), len(data))
        known = data[_FIRST:begin]
        if len(known) != head + tail or tail % 4 or zlib.crc32(known) != crc:
            return None
        header = _header_decoder.decode(known[:head])
    except ValueError:
        return None
    return Index(header, _OnDisk(disk, file, begin, header.size, _integers(known[head:])))


def keys_of(table: str, first: str, second: str) -> Iterator[tuple[Lookup, tuple[str, ...]]]:
    """The keys of a document, from its id and path, or of annotations, from document and annotator."""
    if table == "documents":
        yield "document", (first,)
        yield "path", (second,)
        text = text_of_id(first)
        if text != first:
            yield "text", (text,)
    elif table == "annotations":
        yield "annotations", (first, second)
        yield "annotations of", (first,)


def hashed(*parts: str) -> bytes:
    """The hash of a key."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:%b" % (len(data), data))
    return digest.digest()


def _integers(data: bytes) -> "array[int]":
    return array("I", data)
