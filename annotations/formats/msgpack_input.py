"""MessagePack from unknown sources, read from the file: only the requested parts are in memory.

Source: github.com/msgpack/msgpack, spec.md.
"""

import os
from collections.abc import Iterator
from typing import IO, Literal, NamedTuple

MOST_ITEMS = 10_000_000
"""How many values may be skipped at a time before the file is refused."""
CUT_SHORT = "it ends in the middle"

_FIXED = {0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8} | {
    0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8,
    0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17,
}  # fmt: skip
_SIZED: dict[int, tuple["Kind", int, int]] = {
    0xC4: ("bytes", 1, 0), 0xC5: ("bytes", 2, 0), 0xC6: ("bytes", 4, 0),
    0xC7: ("scalar", 1, 1), 0xC8: ("scalar", 2, 1), 0xC9: ("scalar", 4, 1),
    0xD9: ("text", 1, 0), 0xDA: ("text", 2, 0), 0xDB: ("text", 4, 0),
    0xDC: ("array", 2, 0), 0xDD: ("array", 4, 0), 0xDE: ("map", 2, 0), 0xDF: ("map", 4, 0),
}  # fmt: skip
"""For each first byte of a value: its kind, the bytes of its size field, the bytes not counted in the size."""

Kind = Literal["map", "array", "bytes", "text", "scalar"]


class Head(NamedTuple):
    """The kind and size of a value: in items for a map or an array, otherwise in bytes after the head."""

    kind: Kind
    size: int


class MsgpackReader:
    """Reads a file from its own current place; several readers may read the same file.

    All methods raise `ValueError` if the data is not MessagePack or is cut short.
    """

    def __init__(self, file: IO[bytes], place: int = 0) -> None:
        self._file = file.fileno()
        self._end = os.fstat(self._file).st_size
        self.place = place
        """The current place, in bytes from the beginning of the file."""

    def take(self, size: int) -> bytes:
        """Read the next bytes."""
        data = os.pread(self._file, size, self.place)
        if len(data) < size:
            raise ValueError(CUT_SHORT)
        self.place += size
        return data

    def head(self) -> Head:
        """Read the head of the next value; its content comes after it."""
        first = self.take(1)[0]
        if first < 0x80 or first >= 0xE0:
            return Head("scalar", 0)
        if first < 0xC0:
            return (
                Head("map", first & 15)
                if first < 0x90
                else Head("array", first & 15)
                if first < 0xA0
                else Head("text", first & 31)
            )
        if first in _FIXED:
            return Head("scalar", _FIXED[first])
        if first not in _SIZED:
            raise ValueError(f"the byte 0x{first:02x} is not the start of a value")
        kind, width, more = _SIZED[first]
        return Head(kind, int.from_bytes(self.take(width), "big") + more)

    def skip(self) -> None:
        """Skip the next value with everything in it."""
        left = 1
        for _ in range(MOST_ITEMS):
            head = self.head()
            left -= 1
            if head.kind in ("map", "array"):
                left += head.size * (2 if head.kind == "map" else 1)
            else:
                self.place += head.size
            if self.place > self._end:
                break
            if not left:
                return
        else:
            raise ValueError(f"it has more than {MOST_ITEMS} items")
        raise ValueError(CUT_SHORT)

    def expect(self, kind: Kind) -> int:
        """Read the head of the next value and return its size. Raises `ValueError` if it has another kind."""
        head = self.head()
        if head.kind != kind:
            raise ValueError(f"there is {head.kind} where {kind} should be")
        return head.size

    def blobs(self) -> Iterator[bytes]:
        """The elements of an array of byte strings, one at a time; empty for an element of another kind."""
        for _ in range(self.expect("array")):
            head = self.head()
            data = self.take(head.size)
            yield data if head.kind == "bytes" else b""


def places(file: IO[bytes]) -> dict[str, tuple[int, int]]:
    """The start and end of each value in a map, by its key, in bytes of the file. Raises `ValueError`."""
    reader = MsgpackReader(file)
    found = {}
    for _ in range(reader.expect("map")):
        name = reader.take(reader.expect("text")).decode("utf-8")
        start = reader.place
        reader.skip()
        found[name] = (start, reader.place)
    return found
