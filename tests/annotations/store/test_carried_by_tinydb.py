"""The store is a TinyDB object: TinyDB's own methods are as durable as edits, and nothing is stored elsewhere."""

import queue
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB, where
from tinydb.table import Table

from annotations.editing.commands import label_range
from annotations.editing.history import describe
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.document_facts import DocumentFacts
from annotations.model.edit import make_edit
from annotations.model.source import source_as_text
from annotations.model.span import Span, Status
from annotations.model.span_index import SpanIndex
from annotations.store.interface import Pending, StoreError
from annotations.store.opening import open_store
from annotations.store.tinydb_file.database import AnnotationDatabase
from annotations.store.tinydb_file.inspection import inspect
from annotations.store.tinydb_file.state import State
from annotations.store.tinydb_file.storage import JournalStorage
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.desk import DOCUMENT, Desk
from tests.spans import sources_named

ANN = Document("Ann Lee met 李雷 in Zürich 🏔.\r\n", "/articles/a.txt")
BO = Document("Bo stayed at home.\n", "/articles/b.txt")
SPAN = {"start": 0, "end": 7, "label": "PERSON", "status": "accepted", "sources": ["script"]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.json"
    store = TinyStore(path)
    label(store, ANN, 12, 14)
    label(store, BO, 0, 2)
    store.close()
    return path


def label(store: TinyStore, document: Document, start: int, end: int) -> None:
    live = store.load(document, "ann")
    edit = make_edit("create", "ann", label_range(live.spans, start, end, "PERSON", "ann"))
    store.commit([Pending(document.id, "ann", edit)])


def spans(path: Path, document: Document = ANN) -> list[tuple[int, int, str]]:
    store = TinyStore(path, read_only=True)
    try:
        live = store.load(document, "ann")
        return [(span.start, span.end, span.label) for span in live.spans]
    finally:
        store.close()


def add_span(row: MutableMapping[Any, Any]) -> None:
    row["spans"] = [SPAN, *row["spans"]]


def sound(path: Path) -> bool:
    return not [finding for finding in inspect(path) if finding.damage]


def test_the_store_has_one_tinydb_object_and_stock_methods_read_it(path: Path) -> None:
    store = open_store(path)
    assert isinstance(store.database, TinyDB)
    assert isinstance(store.database.table("annotations"), Table)
    documents = store.database.table("documents")
    assert [row["text"] for row in documents.get(doc_ids=[1])] == [ANN.text]
    assert [row["path"] for row in documents.search(where("path") == BO.path)] == [BO.path]
    assert store.database.tables() == {"documents", "annotations"}
    assert len(documents) == 2
    store.close()


def test_a_stock_update_is_an_edit_by_external_that_others_follow(path: Path) -> None:
    ours, theirs = open_store(path), open_store(path)
    ours.load(ANN, "ann")
    table = theirs.database.table("annotations")
    table.update(add_span, where("document") == ANN.id)
    assert [(entry.edit.kind, entry.edit.by) for entry in ours.follow()] == [("external", "external")]
    live = ours.load(ANN, "ann")
    assert [(span.start, span.end) for span in live.spans] == [(0, 7), (12, 14)]
    words = [describe(entry.edit, ANN.text) for entry in ours.history(ANN.id)]
    assert len(words) == 2
    assert "Ann Lee" in words[1]
    # There was no checkpoint: the following code reads the journal, as after a kill.
    for store in (ours, theirs):
        store.close(checkpoint=False)
    assert spans(path) == [(0, 7, "PERSON"), (12, 14, "PERSON")]
    assert sound(path)


def test_a_stock_insert_and_remove_are_durable_and_in_the_history(path: Path) -> None:
    store = open_store(path)
    row = {"document": BO.id, "annotator": "script", "spans": [{**SPAN, "end": 2}]}
    number = store.database.table("annotations").insert(row)
    assert store.database.annotations.find(BO.id, "script") == number
    assert [entry.annotator for entry in store.history(BO.id)] == ["ann", "script"]
    assert store.database.table("documents").remove(where("path") == ANN.path) == [1]
    store.close(checkpoint=False)
    again = open_store(path)
    assert list(again.documents()) == [BO]
    assert [row.annotator for row in again.annotations(BO.id)] == ["ann", "script"]
    assert list(again.annotations(ANN.id)) == []
    removed = again.last_removed(lambda document: True)
    assert removed is not None
    again.put_back(removed)
    again.close()
    assert spans(path) == [(12, 14, "PERSON")]
    assert sound(path)


@pytest.mark.parametrize(
    "remove",
    [
        lambda database: database.table("annotations").remove(where("document") == ANN.id),
        lambda database: database.table("annotations").truncate(),
        lambda database: database.drop_table("annotations"),
    ],
    ids=["remove", "truncate", "drop table"],
)
def test_removed_annotations_are_emptied_for_whoever_has_them_open(
    path: Path, remove: Callable[[TinyDB], object]
) -> None:
    ours, theirs = open_store(path), open_store(path)
    live = ours.load(ANN, "ann")
    remove(theirs.database)
    for entry in ours.follow():
        live.apply(entry.edit)
    assert not len(live.spans)
    assert list(ours.annotations(ANN.id)) == list(theirs.annotations(ANN.id)) == []
    for store in (ours, theirs):
        store.close(checkpoint=False)
    assert spans(path) == []
    assert sound(path)


def test_what_no_edit_can_say_is_kept_with_the_row(path: Path) -> None:
    store = open_store(path)
    table = store.database.table("annotations")
    held = [{"start": 20, "end": 21, "label": "GPE", "status": "suggested", "sources": ["model 1"]}]
    table.update({"held": held, "keys": 7, "spans": [SPAN], "facts": {"flag": "yes"}}, doc_ids=[1])
    store.close(checkpoint=False)
    store = open_store(path)
    live = store.load(ANN, "ann")
    assert ([span.end for span in live.spans], live.keys) == ([7], 7)
    assert live.facts == DocumentFacts.of(flagged=True)
    assert [span.label for span in live.held] == ["GPE"]
    before = len(list(store.history(ANN.id)))
    store.database.table("annotations").update({"keys": 8}, doc_ids=[1])
    assert store.load(ANN, "ann").keys == 8
    assert len(list(store.history(ANN.id))) == before
    store.close()
    assert sound(path)


SPANS = st.lists(
    st.builds(
        Span,
        st.integers(0, 10),
        st.integers(11, 20),
        st.sampled_from(["GPE", "ORG"]),
        st.sampled_from(get_args(Status)),
        st.sampled_from([sources_named("ann"), sources_named("model 1", "rules")]),
        comment=st.sampled_from(["", "why"]),
        flagged=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda span: span.key,
).map(lambda spans: tuple(SpanIndex(spans)))
STEPS = st.lists(st.builds(lambda: make_edit("create", "ann", [], cursor=3)), max_size=2).map(tuple)
ANNOTATION_ROWS = st.builds(
    AnnotationRow,
    st.just(ANN.id),
    st.just("ann"),
    SPANS,
    st.dictionaries(st.sampled_from(["done", "flag", "comment"]), st.sampled_from(["yes", "x"])).map(
        lambda stored: msgspec.convert(stored, DocumentFacts)
    ),
    undo=STEPS,
    redo=STEPS,
    cursor=st.integers(0, 20),
    keys=st.integers(0, 9),
    held=SPANS,
)


def without_times(store: TinyStore) -> list[AnnotationRow]:
    """The rows without times: the store sets these itself."""
    return [replace(row, edited="", marked_done="", visited="") for row in store.annotations(ANN.id)]


def become(values: dict[str, Any]) -> Callable[[MutableMapping[Any, Any]], None]:
    def change(row: MutableMapping[Any, Any]) -> None:
        row.clear()
        row.update(values)

    return change


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ANNOTATION_ROWS, min_size=1, max_size=4))
def test_whatever_sound_row_a_stock_method_writes_is_the_row_that_is_read(
    rows: list[AnnotationRow],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.json"
        store = TinyStore(path)
        store.commit([], [ANN])
        table = store.database.table("annotations")
        number = table.insert({"document": ANN.id, "annotator": "ann"})
        for row in rows:
            table.update(become(msgspec.to_builtins(row, enc_hook=source_as_text)), doc_ids=[number])
            assert without_times(store) == [row]
        store.close(checkpoint=False)
        again = TinyStore(path)
        assert without_times(again) == [rows[-1]]
        again.close()
        assert sound(path)


UNSOUND: dict[str, Callable[[TinyDB], object]] = {
    "beyond the text": lambda db: db.table("annotations").update(
        {"spans": [{**SPAN, "end": 1000}]}, doc_ids=[1]
    ),
    "of no document": lambda db: db.table("annotations").insert(
        {"document": "f" * 64, "annotator": "x"}
    ),
    "of the same": lambda db: db.table("annotations").insert({"document": ANN.id, "annotator": "ann"}),
    "another text": lambda db: db.table("documents").update({"text": "x"}, where("path") == ANN.path),
    "another document": lambda db: db.table("annotations").update({"document": BO.id}, doc_ids=[1]),
    "no row": lambda db: db.table("documents").insert({"name": "nothing"}),
    "the own table": lambda db: db.table("meta").insert({"schema": 99}),
    "written whole": lambda db: db.storage.write({"meta": {"1": {"schema": 99}}}),
}


@pytest.mark.parametrize("how", UNSOUND)
def test_stock_methods_cannot_make_a_store_unsound(path: Path, how: str) -> None:
    store = open_store(path)
    with pytest.raises(StoreError):
        UNSOUND[how](store.database)
    store.close()
    assert (spans(path), spans(path, BO)) == ([(12, 14, "PERSON")], [(0, 2, "PERSON")])
    assert sound(path)


def test_several_tables_change_in_one_line_of_the_journal(path: Path) -> None:
    store = open_store(path)
    label(store, ANN, 0, 3)
    journal = store.database.journal.files.journal
    before = journal.read_bytes().count(b"\n")
    new = Document("Cy left.", "/articles/c.txt")
    live = store.load(new, "ann")
    edits = [
        Pending(
            document.id, "ann", make_edit("create", "ann", label_range(live.spans, 0, 2, "X", "ann"))
        )
        for document in (new, BO)
    ]
    store.commit(edits, [Document(ANN.text, "/articles/moved.txt")])
    assert journal.read_bytes().count(b"\n") == before + 1
    store.close()


def test_reading_rows_one_by_one_outlives_changes_to_the_table(tmp_path: Path) -> None:
    with AnnotationDatabase(tmp_path / "annotations.json") as database:
        notes = database.table("notes", cache_size=10)
        notes.insert_multiple({"n": n} for n in range(5))
        for row in notes:
            notes.update({"n": -1}, doc_ids=[row.doc_id])
        assert {row["n"] for row in notes} == {-1}


def test_no_search_is_answered_from_a_cache(path: Path) -> None:
    ours, theirs = open_store(path), open_store(path)
    table = ours.database.table("annotations", cache_size=10)
    wanted = where("keys") == 3
    assert table.search(wanted) == []
    theirs.database.table("annotations").update({"keys": 3}, doc_ids=[1])
    ours.follow()
    assert len(table.search(wanted)) == 1
    for store in (ours, theirs):
        store.close()


def test_a_second_process_reads_and_changes_it_with_where_while_it_is_open(path: Path) -> None:
    ours = open_store(path)
    ours.load(ANN, "ann")
    script = f"""
        import os, signal
        from pathlib import Path
        from tinydb import where
        from annotations.store.opening import open_store

        store = open_store(Path({str(path)!r}))
        table = store.database.table("annotations")
        (row,) = table.search(where("document") == {ANN.id!r})
        print(len(row["spans"]), flush=True)
        table.update({{"spans": [*row["spans"], {SPAN!r}]}}, where("document") == {ANN.id!r})
        os.kill(os.getpid(), signal.SIGKILL)
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.stdout, run.returncode) == ("1\n", -signal.SIGKILL), run.stderr
    assert [entry.edit.by for entry in ours.follow()] == ["external"]
    label(ours, ANN, 20, 21)
    ours.close()
    assert spans(path) == [(0, 7, "PERSON"), (12, 14, "PERSON"), (20, 21, "PERSON")]


def test_a_running_program_never_scans(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening an article and an edit read the same number of rows, however many rows there are."""
    looked: list[str] = []
    stored = State._stored

    def counted(self: State, table: str, number: int) -> bytes | None:
        looked.append(table)
        return stored(self, table, number)

    def scan(*_: object, **__: object) -> None:
        raise AssertionError("a scan")

    counts = []
    for more in (0, 300):
        store = TinyStore(path)
        store.commit([], [Document(f"Text {n} of {more}.", f"/articles/{n}.txt") for n in range(more)])
        store.close()
        with monkeypatch.context() as patch:
            store = TinyStore(path)
            for name in ("search", "all", "__iter__", "count"):
                patch.setattr(Table, name, scan)
            patch.setattr(State, "_stored", counted)
            patch.setattr(State, "contents", scan)
            looked.clear()
            document = store.identify(ANN).document
            store.commit([], [document])
            label(store, document, 0, 3 + bool(more))
            assert list(store.at_path(ANN.path)) == [ANN]
            counts.append(len(looked))
            store.close(checkpoint=False)
    assert counts[0] == counts[1]


def broken(*_: object, **__: object) -> object:
    raise StoreError("Nothing goes through here.")


def test_the_writer_of_the_screen_reads_and_writes_nothing_beside_the_storage(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(path)
    desk.load()  # the first load stores the text after it has returned
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    for name in ("write", "commit"):
        monkeypatch.setattr(JournalStorage, name, broken)
    desk.label(0, 3)
    desk.until(lambda: desk.writer.state.error == "Nothing goes through here.")
    monkeypatch.setattr(JournalStorage, "read", broken)
    got: queue.SimpleQueue[object] = queue.SimpleQueue()
    desk.writer.load(DOCUMENT, "ann", got.put)
    assert str(got.get(timeout=10)) == "Nothing goes through here."
    assert {file: file.read_bytes() for file in path.parent.iterdir()} == before
    monkeypatch.undo()
    assert desk.writer.close()
    assert len(TinyStore(path, read_only=True).load(DOCUMENT, "ann").spans) == 1
