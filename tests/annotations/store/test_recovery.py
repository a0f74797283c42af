"""Files that are gone, old, damaged, changed from outside, or from another time: repaired or reported."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from annotations.editing.commands import label_range
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import make_edit
from annotations.model.span import Span
from annotations.store.interface import Pending, StoreError
from annotations.store.tinydb_file.disk import RealDisk
from annotations.store.tinydb_file.row_types import SCHEMA
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.breaking_disk import Cut

DOCUMENT = Document("Ann met Bo in Ürümqi 🏔.", "/articles/a.txt")
FIXTURES = Path(__file__).parent / "schemas"


def label(path: Path, *places: tuple[int, int, str], checkpoint: bool = True) -> None:
    store = TinyStore(path)
    annotations = store.load(DOCUMENT, "ann")
    for start, end, name in places:
        edit = make_edit("create", "ann", label_range(annotations.spans, start, end, name, "ann"))
        annotations.apply(edit)
        store.commit([Pending(DOCUMENT.sha256, "ann", edit)])
    store.close() if checkpoint else store.close(checkpoint=False)


def opened(path: Path) -> tuple[AnnotationSet, list[str]]:
    """The annotations and the notices for a program that opens the store and ends."""
    store = TinyStore(path)
    seen = store.load(DOCUMENT, "ann").to_row()
    store.database.journal.checkpoint()
    assert store.load(DOCUMENT, "ann").to_row().spans == seen.spans
    notices = list(store.notices)
    store.close()
    again = TinyStore(path)
    assert again.notices == []
    found = again.load(DOCUMENT, "ann")
    assert found.to_row().spans == seen.spans
    again.close()
    return found, notices


def names(annotations: AnnotationSet) -> list[str]:
    return [span.label for span in annotations.spans]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.json"
    label(path, (0, 3, "A"))
    label(path, (4, 7, "B"))
    label(path, (8, 10, "C"), checkpoint=False)
    return path


def test_the_file_gone_is_put_together_again(path: Path) -> None:
    path.unlink()
    found, notices = opened(path)
    assert names(found) == ["A", "B", "C"]
    assert "rebuilt" in notices[0]


def test_the_file_emptied_is_put_together_again(path: Path) -> None:
    path.write_bytes(b"")
    assert names(opened(path)[0]) == ["A", "B", "C"]


def test_file_and_backups_gone(path: Path) -> None:
    for file in path.parent.iterdir():
        if not file.name.endswith(".journal"):
            file.unlink()
    assert names(opened(path)[0]) == ["A", "B", "C"]


def test_the_journal_gone(path: Path) -> None:
    path.with_name("annotations.json.journal").unlink()
    found, _ = opened(path)
    assert names(found) == ["A", "B"]
    label(path, (14, 20, "D"))
    assert names(opened(path)[0]) == ["A", "B", "D"]


def test_only_the_file_taken_to_another_place(path: Path, tmp_path: Path) -> None:
    label(path)
    copy = tmp_path / "elsewhere" / "annotations.json"
    copy.parent.mkdir()
    shutil.copy(path, copy)
    label(copy, (14, 20, "D"), checkpoint=False)
    found, notices = opened(copy)
    assert names(found) == ["A", "B", "C", "D"]
    assert notices == []


def test_an_older_copy_put_back_loses_nothing(path: Path) -> None:
    old = path.read_bytes()
    label(path)
    label(path, (14, 20, "D"))
    label(path, (21, 22, "E"))
    path.write_bytes(old)
    found, notices = opened(path)
    assert names(found) == ["A", "B", "C", "D", "E"]
    assert "older copy" in notices[0]


def test_a_checkpoint_that_was_cut_again_and_again_is_no_older_copy(path: Path) -> None:
    class NeverInPlace(RealDisk):
        def rename(self, old: Path, new: Path) -> None:
            if new == path:
                raise Cut
            super().rename(old, new)

    for number in range(4):
        store = TinyStore(path, NeverInPlace())
        live = store.load(DOCUMENT, "ann")
        edit = make_edit("create", "ann", label_range(live.spans, 14, 15 + number, "X", "ann"))
        store.commit([Pending(DOCUMENT.id, "ann", edit)])
        with pytest.raises(Cut):
            store.database.journal.checkpoint()
        store.database.journal.let_go()
    found, notices = opened(path)
    assert names(found).count("X") == 4
    assert not [notice for notice in notices if "older copy" in notice]


def test_changed_by_stock_tinydb(path: Path) -> None:
    """TinyDB saw the file without the last edit, which is in the journal; both changes are kept."""

    def relabel(row: dict[str, Any]) -> None:
        row["spans"][0]["label"] = "Z"

    with TinyDB(path) as stock:
        stock.table("annotations").update(relabel)
        stock.table("notes").insert({"note": "mine"})
    found, notices = opened(path)
    assert names(found) == ["Z", "B", "C"]
    assert "external" in notices[0]
    journal = path.with_name("annotations.json.journal").read_text("utf-8")
    assert '"kind":"external"' in journal
    assert '"label":"A"' in journal
    with TinyDB(path, access_mode="r") as stock:
        assert stock.table("notes").all() == [{"note": "mine"}]


def test_changed_by_stock_tinydb_while_open(path: Path) -> None:
    store = TinyStore(path)
    annotations = store.load(DOCUMENT, "ann")
    with TinyDB(path) as stock:
        (row,) = stock.table("annotations").all()
        spans = [*row["spans"], {"start": 21, "end": 22, "label": "MOUNTAIN"}]
        stock.table("annotations").update({"spans": spans})
    edit = make_edit("create", "ann", label_range(annotations.spans, 14, 20, "D", "ann"))
    store.commit([Pending(DOCUMENT.sha256, "ann", edit)])
    (entry,) = store.follow()
    (change,) = entry.edit.changes
    assert change.after == Span(21, 22, "MOUNTAIN")
    assert names(store.load(DOCUMENT, "ann")) == ["A", "B", "C", "D", "MOUNTAIN"]
    store.close()
    assert names(opened(path)[0]) == ["A", "B", "C", "D", "MOUNTAIN"]


def test_only_written_in_another_style(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=4))
    found, notices = opened(path)
    assert names(found) == ["A", "B", "C"]
    assert notices == []


def _edited(change: Callable[[dict[str, Any]], None]) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        tables = json.loads(data)
        change(tables)
        return json.dumps(tables).encode()

    return edit


def _row(tables: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = tables["annotations"]["1"]
    return row


UNSOUND: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "truncated": (lambda data: data[: len(data) // 2], "ends in the middle at byte"),
    "no JSON": (lambda data: b"Dear diary,\n", "JSON is broken at byte 0, line 1"),
    "not UTF-8": (lambda data: data.replace("Ü".encode(), b"\xdc"), "0xdc"),
    "a list": (lambda data: b"[]", "not tables of rows"),
    "a trailing comma": (lambda data: data.replace(b"}\n}}", b"},\n}}"), "JSON is broken at byte"),
    "a row twice": (lambda data: data.replace(b'"2":', b'"1":'), "appears twice"),
    "a bad id": (_edited(lambda t: t["documents"].update(x={})), "row id"),
    "a row that is none": (_edited(lambda t: t["annotations"].update({"7": 5})), "a row is an object"),
    "a span beyond the text": (
        _edited(lambda t: _row(t)["spans"].append({"start": 5, "end": 99, "label": "X"})),
        "table annotations, row 1, span 3: it reaches to 99 in a text of 23",
    ),
    "a span backwards": (
        _edited(lambda t: _row(t)["spans"].append({"start": 5, "end": 2, "label": "X"})),
        "cannot reach from 5 to 2",
    ),
    "a span twice": (
        _edited(lambda t: _row(t)["spans"].append(_row(t)["spans"][0])),
        "A from 0 to 3 appears twice",
    ),
    "a wrong type": (
        _edited(lambda t: _row(t)["spans"][1].update(start="4")),
        "Expected `int`, got `str` - at `$.spans[1].start`",
    ),
    "an unknown document": (
        _edited(lambda t: _row(t).update(document="f" * 64)),
        "there is no document ffffffffffff",
    ),
    "another text": (
        _edited(lambda t: t["documents"]["1"].update(text="Something else.")),
        "table documents, row 1: the text does not have the stated sha256",
    ),
    "other tables": (lambda data: b'{"_default": {"1": {"a": 1}}}', "no tables documents"),
}


@pytest.mark.parametrize("kind", UNSOUND)
def test_an_unsound_file_is_set_aside_where_the_journal_has_everything(path: Path, kind: str) -> None:
    unsound = UNSOUND[kind][0](path.read_bytes())
    if kind == "a row twice":
        unsound = _twin(path)
    path.write_bytes(unsound)
    found, notices = opened(path)
    assert names(found) == ["A", "B", "C"]
    assert UNSOUND[kind][1] in notices[0]
    (kept,) = path.parent.glob("annotations.json.rejected-*")
    assert kept.read_bytes() == unsound


@pytest.mark.parametrize("kind", UNSOUND)
def test_an_unsound_file_alone_is_reported_and_not_touched(path: Path, kind: str) -> None:
    unsound = UNSOUND[kind][0](path.read_bytes()) if kind != "a row twice" else _twin(path)
    folder = path.parent / "alone"
    folder.mkdir()
    alone = folder / "annotations.json"
    alone.write_bytes(unsound)
    with pytest.raises(StoreError) as report:
        TinyStore(alone)
    assert UNSOUND[kind][1] in str(report.value)
    assert str(alone) in str(report.value)
    assert "doctor" in str(report.value)
    assert "Ann" not in str(report.value), "no text in messages"
    assert [file.name for file in folder.iterdir()] == ["annotations.json"]
    assert alone.read_bytes() == unsound


def _twin(path: Path) -> bytes:
    data = path.read_bytes()
    line = next(line for line in data.split(b"\n") if line.startswith(b'"1":{"document"'))
    return data.replace(line, line + b",\n" + line)


def test_a_newer_schema_is_left_alone(path: Path) -> None:
    data = path.read_bytes().replace(b'{"schema":%d' % SCHEMA, b'{"schema":99')
    path.write_bytes(data)
    with pytest.raises(StoreError, match="newer version of annotate"):
        TinyStore(path)
    assert path.read_bytes() == data


@pytest.mark.parametrize("content", [b"", b"{}", b'{"documents": {}}', b'{"_default": {}}'])
def test_an_empty_file_is_a_new_store(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "annotations.json"
    path.write_bytes(content)
    label(path, (0, 3, "A"))
    assert names(opened(path)[0]) == ["A"]


def test_schema_1_opens_with_nothing_lost_and_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    shutil.copy(FIXTURES / "1.json", path)
    old = json.loads(path.read_bytes())
    reader = TinyStore(path, read_only=True)
    reader.close()
    assert [file.name for file in tmp_path.iterdir()] == ["annotations.json"], "reading changes nothing"

    store = TinyStore(path)
    documents = {document.path: document for document in store.documents()}
    assert {path: d.text for path, d in documents.items()} == {
        row["path"]: row["text"] for row in old["documents"].values()
    }
    first = documents["/articles/a.txt"]
    spans = list(store.load(first, "ann").spans)
    assert [(s.start, s.end, s.label, s.status) for s in spans] == [
        (0, 7, "PERSON", "accepted"),
        (30, 36, "DATE", "suggested"),
    ]
    assert spans[1].value is not None
    assert len(store.load(first, "bo").spans) == 0
    (other,) = store.load(documents["/articles/b.txt"], "ann").spans
    assert (other.comment, other.status) == ("a dog", "rejected")
    store.commit((), [Document("Saved later.", "/articles/later.txt")])
    store.close()

    (backup,) = tmp_path.glob("*.v1.bak")
    assert json.loads(backup.read_bytes()) == old
    with TinyDB(path, access_mode="r", encoding="utf-8") as stock:
        assert stock.table("meta").all()[0]["schema"] == SCHEMA
        assert stock.table("notes").all() == [{"of": "somebody else"}]
    path.unlink()
    again = TinyStore(path)
    assert list(again.load(first, "ann").spans) == spans
    again.close()
