"""The store as a TinyDB `Storage`: everything TinyDB can do, on our file and journal.

with open_tinydb(path) as database:
    database.table("documents").get(doc_id=1)
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from annotations.store.base import META
from annotations.store.database import Database
from annotations.store.disk import REAL, Disk
from annotations.store.state import State
from annotations.store.table import JournalTable, row_bytes


class StoredRows(Mapping[str, dict[str, Any]]):
    """The rows of one table by id, each decoded when it is asked for."""

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


class JournalStorage(Storage):
    """A TinyDB storage whose writes are journal lines: atomic, durable, as big as what changed.

    Reads show the file as of opening it or of the last write here. `meta` is the storage's own and
    is neither shown nor taken.
    """

    def __init__(self, path: Path | str, disk: Disk = REAL) -> None:
        super().__init__()
        self.database = Database(Path(path), disk)

    def read(self) -> Any:
        """All tables, their rows undecoded until they are asked for."""
        state = self.database.state
        return {table: StoredRows(state, table) for table in state.tables() if state.ids(table)}

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Commit what differs between `data` and what is stored. Raises `StoreError`."""
        with self.database.writing():
            state = self.database.state
            changed: dict[str, dict[int, bytes | None]] = {}
            for table in {*state.tables(), *data} - {META}:
                rows = {int(number): row for number, row in data.get(table, {}).items()}
                new: dict[int, bytes | None] = {n: None for n in state.ids(table) if n not in rows}
                for number, row in rows.items():
                    encoded, there = row_bytes(table, row), state.row(table, number)
                    if there is None or json.loads(there) != json.loads(encoded):
                        new[number] = encoded
                if new:
                    changed[table] = new
            if changed:
                self.database.commit(changed, ())

    def close(self) -> None:
        """Fold the journal in and let go of the files. Raises `StoreError`; nothing is lost then."""
        try:
            self.database.compact()
        finally:
            self.database.close()


class JournalTinyDB(TinyDB):
    """A TinyDB on a `JournalStorage`, with tables that change one row at the cost of one row."""

    table_class = JournalTable


def open_tinydb(path: Path, disk: Disk = REAL) -> TinyDB:
    """The store at a path with TinyDB's own methods. Raises `StoreError`."""
    return JournalTinyDB(path, disk, storage=JournalStorage)
