"""Our storage and table compared with TinyDB's own: the same operations give the same rows at any moment."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb import Query, TinyDB
from tinydb.operations import delete, increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from annotations.store.tinydb_file.database import AnnotationDatabase

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
ROWS = st.fixed_dictionaries({"n": st.integers(0, 4)}, optional={"x": VALUES})
TABLES = st.sampled_from(["_default", "notes"])


class SameAsStock(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "annotations.json"
        self.ours = AnnotationDatabase(self.path)
        self.stock = TinyDB(storage=MemoryStorage)
        self.ids: set[tuple[str, int]] = set()

    def teardown(self) -> None:
        self.ours.close()
        self.folder.cleanup()

    @rule(table=TABLES, row=ROWS)
    def insert(self, table: str, row: dict[str, Any]) -> None:
        number = self.ours.table(table).insert(row)
        assert (table, number) not in self.ids, "an id was given twice"
        self.ids.add((table, number))
        self.stock.table(table).insert(Document(row, number))

    @rule(table=TABLES, rows=st.lists(ROWS, max_size=4))
    def insert_multiple(self, table: str, rows: list[dict[str, Any]]) -> None:
        numbers = self.ours.table(table).insert_multiple(rows)
        self.ids |= {(table, number) for number in numbers}
        pairs = zip(rows, numbers, strict=True)
        self.stock.table(table).insert_multiple([Document(row, number) for row, number in pairs])

    @rule(table=TABLES, n=st.integers(0, 4), value=VALUES)
    def update(self, table: str, n: int, value: Any) -> None:
        for database in (self.ours, self.stock):
            database.table(table).update({"x": value}, Query().n == n)

    @rule(table=TABLES, n=st.integers(0, 4))
    def operate(self, table: str, n: int) -> None:
        for database in (self.ours, self.stock):
            database.table(table).update(increment("n"), Query().n == n)
            database.table(table).update(delete("x"), (Query().n == n + 1) & Query().x.exists())

    @rule(table=TABLES, n=st.integers(0, 4))
    def remove(self, table: str, n: int) -> None:
        removed = [db.table(table).remove(Query().n == n) for db in (self.ours, self.stock)]
        assert sorted(removed[0]) == sorted(removed[1])

    @rule(table=TABLES, data=st.data())
    def remove_by_id(self, table: str, data: st.DataObject) -> None:
        numbers = [row.doc_id for row in self.stock.table(table)]
        if numbers:
            number = data.draw(st.sampled_from(numbers))
            for database in (self.ours, self.stock):
                database.table(table).remove(doc_ids=[number])

    @rule(table=TABLES, n=st.integers(0, 4), value=VALUES)
    def upsert_existing(self, table: str, n: int, value: Any) -> None:
        if self.stock.table(table).contains(Query().n == n):
            for database in (self.ours, self.stock):
                database.table(table).upsert({"n": n, "x": value}, Query().n == n)

    @rule(table=TABLES)
    def truncate(self, table: str) -> None:
        for database in (self.ours, self.stock):
            database.table(table).truncate()

    @rule(table=TABLES)
    def drop(self, table: str) -> None:
        for database in (self.ours, self.stock):
            database.drop_table(table)

    @rule(checkpoint=st.booleans())
    def reopen(self, checkpoint: bool) -> None:
        if checkpoint:
            self.ours.close()
        else:
            self.ours.journal.let_go()
        self.ours = AnnotationDatabase(self.path)

    @rule(table=TABLES, n=st.integers(0, 4))
    def search(self, table: str, n: int) -> None:
        assert rows(self.ours, table, Query().n >= n) == rows(self.stock, table, Query().n >= n)

    @invariant()
    def same(self) -> None:
        for table in ("_default", "notes"):
            assert rows(self.ours, table) == rows(self.stock, table)
            assert len(self.ours.table(table)) == len(self.stock.table(table))


def rows(database: TinyDB, table: str, condition: Any = None) -> dict[int, Any]:
    found = database.table(table).search(condition) if condition else database.table(table).all()
    return {row.doc_id: dict(row) for row in found}


SameAsStock.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestSameAsStock = SameAsStock.TestCase


def test_stock_tinydb_reads_what_ours_wrote(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    with AnnotationDatabase(path) as ours:
        ours.table("notes").insert({"text": "Zürich 🏔 \u2028 שלום"})
        # Before a clean exit the file is older, but it is still a file of tables.
        json.loads(path.read_text("utf-8"))
    with TinyDB(path, access_mode="r", encoding="utf-8") as stock:
        assert [dict(row) for row in stock.table("notes")] == [{"text": "Zürich 🏔 \u2028 שלום"}]


def test_a_search_result_is_a_copy(tmp_path: Path) -> None:
    with AnnotationDatabase(tmp_path / "annotations.json") as ours:
        ours.table("notes").insert({"list": [1]})
        ours.table("notes").search(Query().list.exists())[0]["list"].append(2)
        assert ours.table("notes").all() == [{"list": [1]}]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", object(), {1, 2}])
def test_what_json_cannot_hold_is_refused_and_changes_nothing(tmp_path: Path, value: object) -> None:
    with AnnotationDatabase(tmp_path / "annotations.json") as ours:
        ours.table("notes").insert({"n": 1})
        with pytest.raises((ValueError, TypeError)):
            ours.table("notes").insert({"n": value})
        assert ours.table("notes").all() == [{"n": 1}]


def test_two_programs_never_give_the_same_id(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    here, there = AnnotationDatabase(path), AnnotationDatabase(path)
    numbers = [database.table("notes").insert({}) for database in (here, there, there, here, there)]
    assert len(set(numbers)) == 5
    for database in (here, there):
        database.close()
    with AnnotationDatabase(path) as again:
        assert len(again.table("notes")) == 5
