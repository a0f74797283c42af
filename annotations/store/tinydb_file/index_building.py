"""Making the index of a TinyDB file: from its rows, in the order they have there."""

import zlib
from array import array
from collections.abc import Callable

import msgspec

from annotations.model.document_summary import Progress
from annotations.store.encoding import encode
from annotations.store.tinydb_file.index import (
    BLOCK,
    KEY,
    MAGIC,
    ROW,
    AnnotatorTables,
    Header,
    Identity,
    Index,
    InMemory,
    Lookup,
    annotations_head,
    document_head,
    hashed,
    keys_of,
)
from annotations.store.tinydb_file.work import WorkColumns


class Abandoned(Exception):
    """Writing was stopped because the result is not wanted now."""


class IndexBuilder:
    """Collects the rows of a file in the order they have there."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[int, int, int, int, bytes]]] = {}

    def table(self, name: str) -> None:
        """Begin a table."""
        self._rows[name] = []

    def add(self, table: str, number: int, offset: int, data: bytes, head: bytes) -> None:
        """Add a row: its id, its place, its content and its head, which is empty for tables of other
        programs."""
        self._rows[table].append((number, offset, len(data), zlib.crc32(data), head))

    def finished(
        self,
        identity: Identity,
        sha256: str,
        meta: bytes,
        go_on: Callable[[], bool] = lambda: True,
    ) -> "FinishedIndex":
        """The index of the file with this identity, SHA-256 and row of `meta`.

        Raises `Abandoned` when `go_on` says no.
        """
        pieces: list[bytes] = []
        size = 0

        def put(data: bytes) -> int:
            nonlocal size
            pieces.append(data)
            size += len(data)
            return size - len(data)

        tables = {table: sorted(rows) for table, rows in self._rows.items()}
        # The heads come last; their start follows from the number of rows.
        heads = sum(len(rows) for rows in tables.values()) * ROW.size
        rows_at: dict[str, tuple[int, int]] = {}
        for table, rows in tables.items():
            packed = bytearray()
            for number, offset, length, crc, head in rows:
                packed += ROW.pack(number, offset, length, crc, heads, len(head))
                heads += len(head)
            rows_at[table] = (len(rows), put(bytes(packed)))
        for rows in tables.values():
            put(b"".join(row[4] for row in rows))
        keys_at: dict[Lookup, tuple[int, int]] = {}
        keys, annotators, paths, names = _keys_and_work(tables, go_on)
        for lookup, entries in keys.items():
            keys_at[lookup] = (
                len(entries),
                put(b"".join(KEY.pack(*entry) for entry in sorted(entries))),
            )
        columns = [encode(paths), encode(names)]
        paths_at, names_at = ((put(column), len(column)) for column in columns)
        known = [
            AnnotatorTables(
                name,
                len(work),
                put(array("I", [document for document, _, _ in work]).tobytes()),
                put(array("I", [row for _, row, _ in work]).tobytes()),
                put(bytes(one is not None and one.done for _, _, one in work)),
                put(WorkColumns.of([one for _, _, one in work]).written()),
            )
            for name, work in annotators.items()
        ]
        header = Header(
            identity, sha256, msgspec.Raw(meta), size, rows_at, keys_at, known, paths_at, names_at
        )
        return FinishedIndex(header, b"".join(pieces))


class FinishedIndex:
    """An index that was just made: it can be used at once, and written."""

    def __init__(self, header: Header, body: bytes) -> None:
        self._header = header
        self._body = body

    @property
    def index(self) -> Index:
        """The index, read from memory."""
        return Index(self._header, InMemory(self._body))

    def of(self, identity: Identity) -> "FinishedIndex":
        """The same for the file with its present name and time."""
        return FinishedIndex(msgspec.structs.replace(self._header, identity=identity), self._body)

    def written(self) -> bytes:
        """The bytes to write."""
        view = memoryview(self._body)
        sums = array("I", (zlib.crc32(view[at : at + BLOCK]) for at in range(0, len(view), BLOCK)))
        head, tail = encode(self._header), sums.tobytes()
        first = b"%b%08x %08x %08x\n" % (MAGIC, len(head), len(tail), zlib.crc32(head + tail))
        return b"".join((first, head, tail, self._body))


_Work = list[tuple[int, int, Progress | None]]
"""The positions of a document and of its annotations, and the progress in these."""


def _keys_and_work(
    tables: dict[str, list[tuple[int, int, int, int, bytes]]], go_on: Callable[[], bool]
) -> tuple[dict[Lookup, list[tuple[bytes, int]]], dict[str, _Work], list[str], list[str]]:
    """The keys of rows, the work of each annotator, the paths and the names of the documents."""
    keys: dict[Lookup, list[tuple[bytes, int]]] = {}

    def add(table: str, number: int, first: str, second: str) -> None:
        if not number % 1024 and not go_on():
            raise Abandoned
        for lookup, wanted in keys_of(table, first, second):
            keys.setdefault(lookup, []).append((hashed(*wanted), number))

    positions: dict[str, int] = {}
    paths: list[str] = []
    names: list[str] = []
    for position, row in enumerate(tables.get("documents", ())):
        its = document_head(row[4])
        add("documents", row[0], its.id, its.path)
        positions[its.id] = position
        paths.append(its.path)
        names.append(its.name)
    work: dict[str, _Work] = {}
    for position, row in enumerate(tables.get("annotations", ())):
        head = annotations_head(row[4])
        add("annotations", row[0], head.document, head.annotator)
        document = positions.get(head.document)
        if document is not None:
            work.setdefault(head.annotator, []).append((document, position, head.progress))
    for entries in work.values():
        entries.sort(key=lambda entry: entry[:2])
    return keys, work, paths, names
