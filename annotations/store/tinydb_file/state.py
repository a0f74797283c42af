"""The rows of a store at one moment: those of a TinyDB file with commits of the journal on top.

Rows stay as they are on disk until somebody asks for one, and taking a commit costs what the commit
holds, not what the store holds.
"""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Raw

from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import text_of_id
from annotations.store.tinydb_file.commit import START, Commit, Position, decode_edit
from annotations.store.tinydb_file.decoding import Decoder, Unreadable, not_readable
from annotations.store.tinydb_file.extent import SLACK, UNKNOWN, edit_reaches, row_reaches
from annotations.store.tinydb_file.snapshot import ANNOTATIONS, DOCUMENTS, TABLES, Base, Key, row_key


class _Text(msgspec.Struct):
    text: str


_encoder = msgspec.json.Encoder()
_row_decoder = Decoder(AnnotationRow)
_document_decoder = Decoder(_Text)
_GONE = b"null"


class State:
    """All rows, by table and id. Owns the TinyDB file it stands on."""

    def __init__(self, base: Base | None = None, position: Position = START) -> None:
        self.base = base
        self.position = base.meta.position if base else position
        """The place in the journal up to which the commits are in the rows it began with."""
        self.tail = 0
        """How many bytes of rows and edits came on top."""
        self._names: dict[str, None] = dict.fromkeys(TABLES)
        self._rows: dict[str, dict[int, bytes | None]] = {}
        self._edits: dict[int, list[Raw]] = {}
        self._latest: tuple[int, bytes] | None = None
        """The row of annotations with edits on top that was asked for last, by its id."""
        self._lengths: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._ids: dict[str, dict[Key, int]] = {table: {} for table in TABLES}
        self._paths: dict[int, str] = {}
        self._at_path: dict[str, list[int]] | None = None
        self._of_document: dict[str, list[int]] | None = None
        self._further: dict[str, list[int]] | None = None
        """The row ids of second and later documents with a text, by its SHA-256."""
        if base is None:
            return
        self._next.update(base.meta.next)
        for table, places in base.tables.items():
            self._names[table] = None
            self._next[table] = max(self.next_id(table), max(places, default=0) + 1)
            if table == ANNOTATIONS:
                self._ids[table] = {Key(p.first, p.second): p.id for p in places.values()}
            elif table == DOCUMENTS:
                self._ids[table] = {Key(p.first): p.id for p in places.values()}
                self._paths = {p.id: p.second for p in places.values()}

    def close(self) -> None:
        """Let go of the TinyDB file."""
        if self.base is not None:
            self.base.close()

    def tables(self) -> list[str]:
        """The names of all tables but `meta`."""
        return list(self._names)

    def ids(self, table: str) -> list[int]:
        """The ids of a table's rows, in the order they came in."""
        below = self.base.tables.get(table, {}) if self.base else {}
        above = self._rows.get(table)
        if not above:
            return list(below)
        return sorted({*below, *above} - {number for number, row in above.items() if row is None})

    def has_rows(self, table: str) -> bool:
        """Whether there is any row in a table."""
        above = self._rows.get(table)
        if not above:
            return self.base is not None and bool(self.base.tables.get(table))
        return any(row is not None for row in above.values()) or bool(self.ids(table))

    def has(self, table: str, number: int) -> bool:
        """Whether there is a row with this id."""
        above = self._rows.get(table, {})
        if number in above:
            return above[number] is not None
        return self.base is not None and number in self.base.tables.get(table, {})

    def next_id(self, table: str) -> int:
        """The id the next row of a table gets. Ids are never given twice."""
        return self._next.get(table, 1)

    def next_ids(self) -> dict[str, int]:
        """The next id of every table that has had a row."""
        return dict(self._next)

    def row(self, table: str, number: int) -> bytes | None:
        """A row as JSON, or `None` where there is none. Raises `StoreError` when it is damaged."""
        data = self._stored(table, number)
        if data is not None and table == ANNOTATIONS and number in self._edits:
            if self._latest is None or self._latest[0] != number:
                self._latest = number, _encoder.encode(self._replayed(number, data, SLACK).to_row())
            return self._latest[1]
        return data

    def annotation_set(self, document: str, annotator: str) -> AnnotationSet:
        """The annotations of a document, by its id, by an annotator; empty where there are none yet.

        Raises `StoreError` when the row is damaged.
        """
        number = self.find(ANNOTATIONS, Key(document, annotator))
        data = self._stored(ANNOTATIONS, number) if number is not None else None
        if number is None or data is None:
            return AnnotationSet(document, annotator)
        return self._replayed(number, data)

    def find(self, table: str, key: Key) -> int | None:
        """The id of the row of a document, or of one annotator's annotations of it."""
        return self._ids[table].get(key)

    def keys(self, table: str) -> Iterator[tuple[Key, int]]:
        """All documents or annotations: what they are found by, and their row ids."""
        return iter(self._ids[table].items())

    def of_document(self, document: str) -> list[int]:
        """The row ids of a document's annotations, one an annotator, in the order they came in."""
        if self._of_document is None:
            self._of_document = {}
            for key, number in self._ids[ANNOTATIONS].items():
                self._of_document.setdefault(key.first, []).append(number)
        return sorted(self._of_document.get(document, ()))

    def with_text(self, sha256: str) -> list[int]:
        """The row ids of the documents whose text has a SHA-256, in the order they came in."""
        if self._further is None:
            self._further = {}
            for key, number in self._ids[DOCUMENTS].items():
                if len(key.first) > len(sha256):
                    self._further.setdefault(text_of_id(key.first), []).append(number)
        first = self.find(DOCUMENTS, Key(sha256))
        found = [*self._further.get(sha256, ()), *(() if first is None else (first,))]
        return sorted(found)

    def at_path(self, path: str) -> list[int]:
        """The row ids of the documents last read from a path, in the order they came in."""
        if self._at_path is None:
            self._at_path = {}
            for number, its_path in self._paths.items():
                self._at_path.setdefault(its_path, []).append(number)
        return sorted(self._at_path.get(path, ()))

    def put(self, table: str, number: int, data: bytes | None) -> None:
        """Put a row in, in the place of the one with its id, or take that one out."""
        self._names[table] = None
        self._next[table] = max(self.next_id(table), number + 1)
        if table == DOCUMENTS:
            self._further = self._at_path = None
            self._lengths.clear()
        if table in TABLES:
            old = self._stored(table, number)
            if old is not None:
                self._ids[table].pop(found_by(table, old), None)
                self._paths.pop(number, None)
            if data is not None:
                self._ids[table][found_by(table, data)] = number
                if table == DOCUMENTS:
                    self._paths[number] = row_key(table, data).second
        if table == ANNOTATIONS:
            self._edits.pop(number, None)
            self._of_document = self._latest = None
        self._rows.setdefault(table, {})[number] = data
        self.tail += len(data or b"")

    def take(self, commit: Commit) -> None:
        """Put a commit's rows in and its edits on top. Raises `StoreError` for a row that is none."""
        for table, rows in commit.rows.items():
            for name, raw in rows.items():
                data = bytes(raw)
                try:
                    self.put(table, int(name), None if data == _GONE else data)
                except Unreadable as error:
                    what = f"Row {name} of table {table} in commit {commit.sequence}"
                    raise not_readable(what, error) from None
        for entry in commit.edits:
            key = Key(entry.document, entry.annotator)
            number = self.find(ANNOTATIONS, key)
            if number is None:
                number = self.next_id(ANNOTATIONS)
                self.put(ANNOTATIONS, number, _encoder.encode(AnnotationRow(*key)))
            self._edits.setdefault(number, []).append(entry.edit)
            self._latest = None
            self.tail += memoryview(entry.edit).nbytes

    def contents(self, table: str) -> Iterator[tuple[int, Key, bytes]]:
        """The rows of a table for a new TinyDB file. Raises `StoreError` at a damaged one."""
        below = self.base.tables.get(table, {}) if self.base else {}
        above = self._rows.get(table, {})
        for number in self.ids(table):
            data = self.row(table, number)
            place = below.get(number) if number not in above else None
            if data is not None:
                yield number, Key(place.first, place.second) if place else row_key(table, data), data

    def _stored(self, table: str, number: int) -> bytes | None:
        above = self._rows.get(table, {})
        if number in above:
            return above[number]
        place = self.base.tables.get(table, {}).get(number) if self.base else None
        return self.base.row(place) if self.base and place else None

    def _replayed(self, number: int, data: bytes, slack: int = 0) -> AnnotationSet:
        """A row with the edits on top, whose spans reach at most `slack` code points beyond the text."""
        what = f"Row {number} of table annotations"
        try:
            row = _row_decoder.decode(data)
            length = self.length_of(row.document)
            _refuse_beyond(what, row_reaches(row), length, slack)
            annotations = AnnotationSet.from_row(row)
        except Unreadable as error:
            raise not_readable(what, error) from None
        for raw in self._edits.get(number, ()):
            edit = decode_edit(raw)
            _refuse_beyond(what, edit_reaches(edit), length, slack)
            annotations.apply(edit)
        return annotations

    def length_of(self, document: str) -> int:
        """How long the text of a document is, in code points; a high number where it is not there."""
        if document not in self._lengths:
            number = self.find(DOCUMENTS, Key(document))
            data = self._stored(DOCUMENTS, number) if number is not None else None
            if data is None:
                return UNKNOWN
            try:
                self._lengths[document] = len(_document_decoder.decode(data).text)
            except Unreadable as error:
                raise not_readable(f"Row {number} of table documents", error) from None
        return self._lengths[document]


def state_of_rows(rows: Mapping[str, Mapping[int, bytes]], position: Position) -> State:
    """A state with no TinyDB file below it, as at a position of the journal."""
    state = State(None, position)
    for table, contents in rows.items():
        for number, data in contents.items():
            state.put(table, number, data)
    return state


def found_by(table: str, data: bytes) -> Key:
    """What the row of a table is found by. Raises `Unreadable`."""
    key = row_key(table, data)
    return Key(key.first) if table == DOCUMENTS else key


def _refuse_beyond(what: str, end: int, length: int, slack: int) -> None:
    if end > length + slack:
        raise not_readable(what, Unreadable(f"a span reaches to {end} in a text of {length} characters"))
