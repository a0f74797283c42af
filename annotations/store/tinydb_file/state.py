"""The rows of a store at one moment: those of a TinyDB file, changed by commits of the journal.

Rows stay on disk until they are needed, and the cost of adding a commit depends on the commit,
not on the size of the store.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from msgspec import Raw

from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.store.encoding import encode
from annotations.store.tinydb_file.commit import START, Commit, Position, decode_edit
from annotations.store.tinydb_file.decoding import Decoder, Unreadable, not_readable
from annotations.store.tinydb_file.extent import SLACK, UNKNOWN, edit_reaches, row_reaches
from annotations.store.tinydb_file.index import Lookup, Place, document_head, keys_of
from annotations.store.tinydb_file.row_types import (
    ANNOTATIONS,
    DOCUMENTS,
    TABLES,
    RowKey,
    head_of,
    row_key,
)
from annotations.store.tinydb_file.snapshot import Snapshot


class _Text(msgspec.Struct):
    text: str


_row_decoder = Decoder(AnnotationRow)
_document_decoder = Decoder(_Text)
_GONE = b"null"


class State:
    """All rows, by table and id. Owns the TinyDB file that it starts from."""

    def __init__(self, base: Snapshot | None = None, position: Position = START) -> None:
        self.base = base
        self.position = base.meta.position if base else position
        """The place in the journal up to which the commits are in the first rows."""
        self.tail = 0
        """How many bytes of rows and edits were added."""
        self._names: dict[str, None] = dict.fromkeys(TABLES)
        self._rows: dict[str, dict[int, bytes | None]] = {}
        self._edits: dict[int, list[Raw]] = {}
        self._latest: tuple[int, bytes] | None = None
        """The last requested row of annotations with edits applied, by its id."""
        self._lengths: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._found: dict[tuple[Lookup, tuple[str, ...]], dict[int, None]] = {}
        """The ids of the added rows, by their keys."""
        self._edited: dict[RowKey, int] = {}
        """The row ids of annotations that edits were added to, by their keys."""
        if base is not None:
            self._next.update(base.meta.next)
            for table in base.tables():
                self._names[table] = None
                self._next[table] = max(self.next_id(table), base.last_number(table) + 1)

    def close(self) -> None:
        """Close the TinyDB file."""
        if self.base is not None:
            self.base.close()

    def tables(self) -> list[str]:
        """The names of all tables but `meta`."""
        return list(self._names)

    def ids(self, table: str) -> list[int]:
        """The ids of a table's rows, in the order in which they were added."""
        below = self.base.numbers(table) if self.base else []
        above = self._rows.get(table)
        if not above:
            return below
        return sorted({*below, *above} - {number for number, row in above.items() if row is None})

    def has_rows(self, table: str) -> bool:
        """Whether there is any row in a table."""
        above = self._rows.get(table)
        if not above:
            return self.base is not None and self.base.count(table) > 0
        return any(row is not None for row in above.values()) or bool(self.ids(table))

    def has(self, table: str, number: int) -> bool:
        """Whether there is a row with this id."""
        above = self._rows.get(table, {})
        if number in above:
            return above[number] is not None
        return self._place(table, number) is not None

    def next_id(self, table: str) -> int:
        """The id of the next row of a table. Ids are never used twice."""
        return self._next.get(table, 1)

    def next_ids(self) -> dict[str, int]:
        """The next id of every table that has had a row."""
        return dict(self._next)

    def row(self, table: str, number: int) -> bytes | None:
        """A row as JSON, or `None` if there is none. Raises `StoreError` if it is damaged."""
        data = self._stored(table, number)
        if data is not None and table == ANNOTATIONS and number in self._edits:
            if self._latest is None or self._latest[0] != number:
                self._latest = number, encode(self._replayed(number, data, SLACK).to_row())
            return self._latest[1]
        return data

    def annotation_set(self, document: str, annotator: str) -> AnnotationSet:
        """The annotations of a document, by its id, by an annotator; empty if there are none yet.

        Raises `StoreError` when the row is damaged.
        """
        number = self.find(ANNOTATIONS, RowKey(document, annotator))
        data = self._stored(ANNOTATIONS, number) if number is not None else None
        if number is None or data is None:
            return AnnotationSet(document, annotator)
        return self._replayed(number, data)

    def find(self, table: str, key: RowKey) -> int | None:
        """The id of the row of a document, or of one annotator's annotations of it."""
        found = (
            self._find(DOCUMENTS, "document", key.first)
            if table == DOCUMENTS
            else self._find(ANNOTATIONS, "annotations", key.first, key.second)
        )
        return found[-1] if found else None

    def keys(self, table: str) -> Iterator[tuple[RowKey, int]]:
        """All documents or annotations: their keys and row ids."""
        for number in self.ids(table):
            data = self._stored(table, number)
            if data is not None:
                yield found_by(table, data), number

    def of_document(self, document: str) -> list[int]:
        """The row ids of a document's annotations, one for each annotator, in the order in which they were added."""
        return self._find(ANNOTATIONS, "annotations of", document)

    def with_text(self, sha256: str) -> list[int]:
        """The row ids of the documents whose text has a SHA-256, in the order in which they were added."""
        return sorted(
            [*self._find(DOCUMENTS, "document", sha256), *self._find(DOCUMENTS, "text", sha256)]
        )

    def at_path(self, path: str) -> list[int]:
        """The row ids of the documents last read from a path, in the order in which they were added."""
        return self._find(DOCUMENTS, "path", path)

    def put(self, table: str, number: int, data: bytes | None) -> None:
        """Add a row, which replaces the one with its id, or remove that one."""
        new = list(keys_of(table, *row_key(table, data))) if data is not None else []
        self._names[table] = None
        self._next[table] = max(self.next_id(table), number + 1)
        rows = self._rows.setdefault(table, {})
        old = rows.get(number)
        if old is not None:
            for key in keys_of(table, *row_key(table, old)):
                self._found[key].pop(number, None)
        for key in new:
            self._found.setdefault(key, {})[number] = None
        if table == DOCUMENTS:
            self._lengths.clear()
        if table == ANNOTATIONS:
            self._edits.pop(number, None)
            self._edited.clear()
            self._latest = None
        rows[number] = data
        self.tail += len(data or b"")

    def add(self, commit: Commit) -> None:
        """Add a commit's rows, then its edits. Raises `StoreError` for an invalid row."""
        for table, rows in commit.rows.items():
            for name, raw in rows.items():
                data = bytes(raw)
                try:
                    self.put(table, int(name), None if data == _GONE else data)
                except Unreadable as error:
                    what = f"Row {name} of table {table} in commit {commit.sequence}"
                    raise not_readable(what, error) from None
        for entry in commit.edits:
            key = RowKey(entry.document, entry.annotator)
            number = self._edited.get(key) or self.find(ANNOTATIONS, key)
            if number is None:
                number = self.next_id(ANNOTATIONS)
                self.put(ANNOTATIONS, number, encode(AnnotationRow(*key)))
            self._edited[key] = number
            self._edits.setdefault(number, []).append(entry.edit)
            self._latest = None
            self.tail += memoryview(entry.edit).nbytes

    def contents(self, table: str) -> Iterator[tuple[int, bytes, bytes]]:
        """The rows of a table for a new TinyDB file: the id, the entry in the index if the row has not
        changed, and the row. Raises `StoreError` for a damaged one.
        """
        above = self._rows.get(table, {})
        for number in self.ids(table):
            changed = number in above or (table == ANNOTATIONS and number in self._edits)
            place = None if changed else self._place(table, number)
            data = self.base.row(place) if place and self.base else self.row(table, number)
            if data is not None:
                yield number, place.head if place else b"", data

    def head(self, table: str, number: int) -> bytes | None:
        """The facts of a row that are needed often, in the form of the index, without later edits.
        Raises `StoreError`.
        """
        above = self._rows.get(table, {})
        if number in above:
            data = above[number]
            return None if data is None else head_of(table, data)
        place = self._place(table, number)
        return None if place is None else place.head

    def on_top(self, table: str) -> dict[int, tuple[bytes | None, tuple[Raw, ...]]]:
        """The rows that differ from the TinyDB file, by id, and their later edits.

        If there are edits, `None` means the row of the file, otherwise a removed one.
        """
        rows, edits = self._rows.get(table, {}), self._edits if table == ANNOTATIONS else {}
        return {n: (rows.get(n), tuple(edits.get(n, ()))) for n in {*rows, *edits}}

    def length_of(self, document: str) -> int:
        """The length of the text of a document, in code points; a high number if the document is missing."""
        if document not in self._lengths:
            number = self.find(DOCUMENTS, RowKey(document))
            head = self.head(DOCUMENTS, number) if number is not None else None
            if number is None or head is None:
                return UNKNOWN
            length = document_head(head).characters
            if length < 0:
                data = self._stored(DOCUMENTS, number)
                try:
                    length = len(_document_decoder.decode(data or b"").text)
                except Unreadable as error:
                    raise not_readable(f"Row {number} of table documents", error) from None
            self._lengths[document] = length
        return self._lengths[document]

    def _find(self, table: str, lookup: Lookup, *wanted: str) -> list[int]:
        above = self._rows.get(table, {})
        below = self.base.find(lookup, *wanted) if self.base else []
        found = [number for number in below if number not in above]
        return sorted([*found, *self._found.get((lookup, wanted), ())])

    def _place(self, table: str, number: int) -> Place | None:
        return self.base.place(table, number) if self.base else None

    def _stored(self, table: str, number: int) -> bytes | None:
        above = self._rows.get(table, {})
        if number in above:
            return above[number]
        place = self._place(table, number)
        return self.base.row(place) if self.base and place else None

    def _replayed(self, number: int, data: bytes, slack: int = 0) -> AnnotationSet:
        """A row with its later edits, whose spans extend at most `slack` code points beyond the text."""
        return replayed(number, data, self._edits.get(number, ()), self.length_of, slack)


def replayed(
    number: int, data: bytes, edits: Iterable[Raw], length_of: Callable[[str], int], slack: int = 0
) -> AnnotationSet:
    """A row of annotations with its later edits, whose spans extend at most `slack` code points beyond the text.

    `length_of` gives the length of the text of a document, in code points. Raises `StoreError`.
    """
    what = f"Row {number} of table annotations"
    try:
        row = _row_decoder.decode(data)
        length = length_of(row.document)
        _refuse_beyond(what, row_reaches(row), length, slack)
        annotations = AnnotationSet.from_row(row)
    except Unreadable as error:
        raise not_readable(what, error) from None
    for raw in edits:
        edit = decode_edit(raw)
        _refuse_beyond(what, edit_reaches(edit), length, slack)
        annotations.apply(edit)
    return annotations


def state_of_rows(rows: Mapping[str, Mapping[int, bytes]], position: Position) -> State:
    """A state without a TinyDB file, for a position of the journal."""
    state = State(None, position)
    for table, contents in rows.items():
        for number, data in contents.items():
            state.put(table, number, data)
    return state


def found_by(table: str, data: bytes) -> RowKey:
    """The key of a row of a table. Raises `Unreadable`."""
    key = row_key(table, data)
    return RowKey(key.first) if table == DOCUMENTS else key


def _refuse_beyond(what: str, end: int, length: int, slack: int) -> None:
    if end > length + slack:
        raise not_readable(what, Unreadable(f"a span reaches to {end} in a text of {length} characters"))
