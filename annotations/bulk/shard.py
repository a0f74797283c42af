"""Shards: the lines of `SHARD` successive texts of a corpus, and an index that says where each line is.

A shard is two files. `00003-1a2b3c4d5e6f7081.jsonl` has the lines, in this program's JSON Lines. The
`.index` of the same name has one record per line: the start of the SHA-256 of the text, the start of
the SHA-256 of the text's name, and the offset and length of the line; records are sorted by the first.
The names have the number of the shard and a digest of its texts and its suggesters, so a shard with
another text, or made by other suggesters, has another name.
"""

import hashlib
import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from struct import Struct as Layout
from typing import NamedTuple

import msgspec
from msgspec import Struct

from annotations.bulk.reader import KnownText, ReadText
from annotations.bulk.recipe import MadeBy
from annotations.store.tinydb_file.disk import Disk, read_all
from annotations.text.interruption import Uninterrupted

SHARD = 1000
"""Texts in a shard; the last one of a corpus may have fewer."""
LINES, INDEX, PART = ".jsonl", ".index", ".part"
SHARD_NAME = re.compile(r"[0-9]{5,}-[0-9a-f]{16}")
"""The names of the files of a shard, without their endings."""
_RECORD = Layout(">16s16sQI")
DIGEST = 16
"""How many bytes of a SHA-256 an index contains."""
_AT_ONCE = 1 << 20
"""How many bytes are collected before they are written."""


class SetAside(Struct, frozen=True):
    """A text of a shard for which no suggestions could be made."""

    name: str
    reason: str
    """Why there are none, as the end of a sentence that begins with the name."""


class ShardEntry(Struct, frozen=True):
    """A complete shard, as the manifest lists it."""

    file: str
    """The name of its files without their endings."""
    documents: int
    """How many members of the corpus it covers; a member whose text cannot be read has no line."""
    texts: str
    """The SHA-256 of the SHA-256 of its texts."""
    size: int
    """The size of its lines in bytes."""
    set_aside: tuple[SetAside, ...] = ()


class ShardLine(NamedTuple):
    """Where the line of a text is; offset and length are bytes."""

    file: str
    offset: int
    length: int


def shard_name(place: int, texts: Iterable[KnownText], made_by: MadeBy) -> str:
    """The names of the files of the shard with this number, without their endings."""
    digest = hashlib.sha256(msgspec.json.encode(made_by))
    for text in texts:
        digest.update(msgspec.json.encode(text))
    return f"{place:05}-{digest.hexdigest()[:DIGEST]}"


def digest_of(text: str | bytes) -> bytes:
    """The digest that an index contains for a text or a name."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).digest()[:DIGEST]


class ShardWriter:
    """Writes one shard. Every method raises `OSError`.

    The files have temporary names until the shard is complete; `begin` makes the first one. After
    `begin`, `finish` or `abandon` must be called, even if `begin` itself was interrupted.
    """

    def __init__(self, folder: Path, place: int, made_by: MadeBy, disk: Disk, mode: int = 0o600) -> None:
        """`mode` are the permissions of its files."""
        self._folder = folder
        self._mode = mode
        self._place = place
        self._made_by = made_by
        self._disk = disk
        self._texts: list[KnownText] = []
        self._records: list[bytes] = []
        self._set_aside: list[SetAside] = []
        self._gathered: list[bytes] = []
        self._written = 0
        self._size = 0
        self._file: int | None = None

    def begin(self) -> None:
        """Make the file of the lines."""
        self._file = self._disk.open(self._part(LINES), os.O_WRONLY | os.O_CREAT, self._mode)

    def add(self, name: str, text: ReadText) -> None:
        """Add the next text, which has this name in the corpus."""
        self._texts.append(KnownText(name, text.sha256))
        if text.problem:
            self._set_aside.append(SetAside(name, text.problem))
        if not text.line:
            return
        digest = bytes.fromhex(text.sha256)[:DIGEST]
        self._records.append(_RECORD.pack(digest, digest_of(name), self._size, len(text.line)))
        self._gathered.append(text.line)
        self._size += len(text.line)
        if self._size - self._written >= _AT_ONCE:
            self._write_gathered()

    def finish(self) -> ShardEntry:
        """Write the rest, and give the files their names when their whole contents are on the disk."""
        self._write_gathered()
        assert self._file is not None
        self._disk.sync(self._file)
        self._close()
        index = self._disk.open(self._part(INDEX), os.O_WRONLY | os.O_CREAT, self._mode)
        try:
            self._disk.write(index, b"".join(sorted(self._records)), 0)
            self._disk.sync(index)
        finally:
            self._disk.close(index)
        name = shard_name(self._place, self._texts, self._made_by)
        with Uninterrupted():
            for ending in (INDEX, LINES):
                self._disk.rename(self._part(ending), self._folder / f"{name}{ending}")
            self._disk.sync_folder(self._folder)
        texts = hashlib.sha256(b"".join(bytes.fromhex(text.sha256) for text in self._texts))
        return ShardEntry(name, len(self._texts), texts.hexdigest(), self._size, tuple(self._set_aside))

    def abandon(self) -> None:
        """Remove the unfinished files. Raises `OSError` if the disk does not allow it."""
        self._close()
        for ending in (INDEX, LINES):
            with suppress(FileNotFoundError):
                self._disk.remove(self._part(ending))

    def _close(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            self._disk.close(file)

    def _write_gathered(self) -> None:
        assert self._file is not None
        data = b"".join(self._gathered)
        self._disk.write(self._file, data, self._written)
        self._written += len(data)
        self._gathered.clear()

    def _part(self, ending: str) -> Path:
        return self._folder / f"{self._place:05}{ending}{PART}"


class ShardIndex:
    """The index of a shard: where its lines are. Raises `OSError` if it cannot be read."""

    def __init__(self, folder: Path, file: str, disk: Disk) -> None:
        self._file = file
        data = read_all(disk, folder / f"{file}{INDEX}")
        self._data = data[: len(data) - len(data) % _RECORD.size]

    def find(self, text: bytes) -> ShardLine | None:
        """The line of the text with this digest, if it is in the shard."""
        number = len(self._data) // _RECORD.size
        place = bisect_left(range(number), text, key=self._text_at)
        if place == number or self._text_at(place) != text:
            return None
        _, _, offset, length = _RECORD.unpack_from(self._data, place * _RECORD.size)
        return ShardLine(self._file, offset, length)

    def __iter__(self) -> Iterator[tuple[bytes, bytes, ShardLine]]:
        """For each text: its digest, the digest of its name, and where its line is."""
        for text, name, offset, length in _RECORD.iter_unpack(self._data):
            yield text, name, ShardLine(self._file, offset, length)

    def _text_at(self, place: int) -> bytes:
        start = place * _RECORD.size
        return self._data[start : start + DIGEST]


def read_line_of(folder: Path, line: ShardLine, disk: Disk) -> bytes:
    """A line with its line end. Raises `OSError`."""
    file = disk.open(folder / f"{line.file}{LINES}", os.O_RDONLY)
    try:
        return disk.read(file, line.length, line.offset)
    finally:
        disk.close(file)
