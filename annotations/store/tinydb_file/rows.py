"""The rows of a store in the form that TinyDB needs: each is decoded when it is used."""

import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import datetime
from typing import Any

import msgspec

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.source import source_from_text
from annotations.store.interface import EarlierState, HistoryEntry, Removed, StoreError
from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.history import annotations_at, history
from annotations.store.tinydb_file.removal import last_removed
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, DocumentRow
from annotations.store.tinydb_file.state import State

_TYPES: Mapping[str, Any] = {DOCUMENTS: DocumentRow, ANNOTATIONS: AnnotationRow}


class StoredRows(Mapping[str, dict[str, Any]]):
    """The rows of one table by id."""

    def __init__(self, state: State, table: str) -> None:
        self._state = state
        self._table = table

    def __getitem__(self, number: str) -> dict[str, Any]:
        data = self._state.row(self._table, int(number))
        if data is None:
            raise KeyError(number)
        row: dict[str, Any] = json.loads(data)
        return row

    def __iter__(self) -> Iterator[str]:
        return map(str, self._state.ids(self._table))

    def __len__(self) -> int:
        return len(self._state.ids(self._table))


class StoredTables(MutableMapping[str, Mapping[Any, Mapping[str, Any]]]):
    """All tables that have rows, in the form of TinyDB's storages; changing this object stores nothing."""

    def __init__(self, state: Callable[[], State], files: StoreFiles, disk: Disk) -> None:
        self._state = state
        self.files = files
        """The files, for work on them as files."""
        self.disk = disk
        self._changed: dict[str, Mapping[Any, Mapping[str, Any]] | None] = {}

    @property
    def state(self) -> State:
        """What the tables are read from, with its indexes.

        Raises `StoreError` while the files cannot be read.
        """
        return self._state()

    def history(self, document: str | None) -> Iterator[HistoryEntry]:
        """All edits in the journal, of one document or of all, oldest first. Raises `StoreError`."""
        return history(self.files.base, document, self.disk)

    def annotations_at(self, document: Document, annotator: str, moment: datetime) -> EarlierState:
        """The annotations at an earlier moment, which has a time zone. Raises `StoreError`."""
        return annotations_at(self.files.base, document, annotator, moment, self.disk)

    def last_removed(self, wanted: Callable[[Document], bool]) -> Removed | None:
        """The wanted document that was removed last, in its last state. Raises `StoreError`."""
        return last_removed(self.files.base, wanted, self.disk)

    def __getitem__(self, name: str) -> Mapping[Any, Mapping[str, Any]]:
        rows = self._changed.get(name) if name in self._changed else self._stored(name)
        if rows is None:
            raise KeyError(name)
        return rows

    def __setitem__(self, name: str, rows: Mapping[Any, Mapping[str, Any]]) -> None:
        self._changed[name] = rows

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self._changed[name] = None

    def __iter__(self) -> Iterator[str]:
        return (name for name in {**dict.fromkeys(self.state.tables()), **self._changed} if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _stored(self, name: str) -> StoredRows | None:
        return StoredRows(self.state, name) if self.state.has_rows(name) else None


class TouchedRows(MutableMapping[int, Any]):
    """A table during one change: private copies of the rows that are used."""

    def __init__(self, state: State, table: str) -> None:
        self._state = state
        self._table = table
        self._held: dict[int, Any] = {}
        self._gone: set[int] = set()

    def __getitem__(self, number: int) -> Any:
        if number not in self._held:
            data = None if number in self._gone else self._state.row(self._table, number)
            if data is None:
                raise KeyError(number)
            self._held[number] = json.loads(data)
        return self._held[number]

    def __setitem__(self, number: int, row: Any) -> None:
        self._gone.discard(number)
        self._held[number] = row

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._held.pop(number, None)
        self._gone.add(number)

    def __contains__(self, number: object) -> bool:
        if number in self._held:
            return True
        return (
            isinstance(number, int) and number not in self._gone and self._state.has(self._table, number)
        )

    def __iter__(self) -> Iterator[int]:
        there = self._state.ids(self._table)
        yield from (number for number in there if number not in self._gone)
        yield from self._held.keys() - set(there)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def changes(self) -> dict[int, bytes | None]:
        """The changed rows; `None` for a removed one. Raises the same errors as `row_bytes`."""
        changed: dict[int, bytes | None] = {}
        for number in self._gone:
            if self._state.has(self._table, number):
                changed[number] = None
        for number, row in self._held.items():
            data = changed_row(self._state, self._table, number, row)
            if data is not None:
                changed[number] = data
        return changed


def changed_row(state: State, table: str, number: int, row: Mapping[str, Any]) -> bytes | None:
    """A row as JSON, or `None` if the stored one is the same. Raises the same errors as `row_bytes`."""
    encoded, there = row_bytes(table, row), state.row(table, number)
    if there is not None and json.loads(there) == json.loads(encoded):
        return None
    return encoded


def row_bytes(table: str, row: Mapping[str, Any]) -> bytes:
    """A row as one line of JSON.

    Raises `ValueError` for a value that JSON cannot contain, `TypeError` for a type that JSON does not have, and
    `StoreError` for an invalid document or invalid annotations.
    """
    data = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    if table in _TYPES:
        try:
            msgspec.json.decode(data, type=_TYPES[table], dec_hook=source_from_text)
        except msgspec.DecodeError as error:
            raise StoreError(f"This is not a row for the table {table}: {error}.") from None
    return data
