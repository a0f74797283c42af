"""A TinyDB table on a `JournalStorage`: a change costs the rows it touches.

The stock table copies every row for one change, gives a removed row's id to the next one after a
restart, and answers searches from a cache that other programs' changes do not reach.
"""

import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, cast

import msgspec
from tinydb.table import Table

from annotations.model.annotation_set import AnnotationRow
from annotations.store.base import ANNOTATIONS, DOCUMENTS, DocumentRow
from annotations.store.interface import StoreError
from annotations.store.state import State

if TYPE_CHECKING:
    from annotations.store.database import Database
    from annotations.store.storage import JournalStorage

_TYPES: Mapping[str, Any] = {DOCUMENTS: DocumentRow, ANNOTATIONS: AnnotationRow}


class TouchedRows(MutableMapping[int, Any]):
    """A table in the hands of one change: private copies of the rows that are looked at."""

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
        """The rows that are not as they were; `None` for one that is gone. Raises `ValueError`."""
        changed: dict[int, bytes | None] = {}
        for number in self._gone:
            if self._state.has(self._table, number):
                changed[number] = None
        for number, row in self._held.items():
            encoded = row_bytes(self._table, row)
            there = self._state.row(self._table, number)
            if there is None or json.loads(there) != json.loads(encoded):
                changed[number] = encoded
        return changed


class JournalTable(Table):
    """A table whose changes are each one commit. All methods are those of TinyDB's own table."""

    default_query_cache_capacity = 0

    def __init__(
        self, storage: Any, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        self._given = 0
        super().__init__(storage, name, cache_size, persist_empty)

    @property
    def _database(self) -> "Database":
        return cast("JournalStorage", self._storage).database

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a row; its id is free in every program on the file. Raises `StoreError`."""
        with self._database.writing():
            number: int = super().insert(document)
            return number

    def _get_next_id(self) -> int:
        self._given = max(self._given + 1, self._database.state.next_id(self.name))
        return self._given

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._database.writing():
            rows = TouchedRows(self._database.state, self.name)
            updater(rows)
            changes = rows.changes()
            if changes:
                self._database.commit({self.name: changes}, ())
        self.clear_cache()


def row_bytes(table: str, row: Mapping[str, Any]) -> bytes:
    """A row as one line of JSON.

    Raises `ValueError` for what JSON cannot hold, `TypeError` for what is no JSON at all, and
    `StoreError` for a document or annotations that are none.
    """
    data = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    if table in _TYPES:
        try:
            msgspec.json.decode(data, type=_TYPES[table])
        except msgspec.DecodeError as error:
            raise StoreError(f"This is no row for the table {table}: {error}.") from None
    return data
