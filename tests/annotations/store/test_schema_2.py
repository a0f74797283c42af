"""A store of schema 2, written by an earlier version: it opens completely, without a question.

`schema_2` contains a file, its journal (with more edits than the file, because the program was killed),
backups, and in `expected.json` the contents as that version showed them.
"""

import json
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotations.model.document import Document
from annotations.store.encoding import encode
from annotations.store.tinydb_file import foreign as foreign_module
from annotations.store.tinydb_file import loading as loading_module
from annotations.store.tinydb_file import row_types
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.foreign import NewerSchema
from annotations.store.tinydb_file.history import history
from annotations.store.tinydb_file.inspection import inspect
from annotations.store.tinydb_file.repair import repair
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.breaking_disk import Cut, CuttingDisk

SCHEMA_2 = Path(__file__).parent / "schema_2"
EXPECTED = json.loads((SCHEMA_2 / "expected.json").read_text("utf-8"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return copy(tmp_path)


def copy(folder: Path) -> Path:
    for file in SCHEMA_2.glob("store.json*"):
        shutil.copy(file, folder / file.name)
    return folder / "store.json"


def contents(store: TinyStore) -> object:
    """What is in a store, without the times of edits, which rows of schema 2 did not have."""
    return [
        {
            "path": document.path,
            "text": document.text,
            "sha256": document.sha256,
            "annotations": [
                json.loads(encode(replace(row, edited="", marked_done="", visited="")))
                for row in store.annotations(document.id)
            ],
        }
        for document in store.documents()
    ]


def save_something(path: Path) -> None:
    store = TinyStore(path)
    store.commit((), [Document("Saved later.", "/archive/later.txt")])
    store.close()


def schema_of(path: Path) -> int:
    schema: int = json.loads(path.read_bytes())["meta"]["1"]["schema"]
    return schema


def test_reading_it_shows_everything_and_changes_nothing(path: Path) -> None:
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    store = TinyStore(path, read_only=True)
    assert contents(store) == EXPECTED
    store.close()
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_writing_brings_it_up_once_and_keeps_what_it_was(path: Path) -> None:
    store = TinyStore(path)
    new = Document(EXPECTED[0]["text"], "/archive/copy.txt", f"{EXPECTED[0]['sha256']}-0001")
    store.commit((), [new])
    assert contents(store)[:2] == EXPECTED  # type: ignore[index]
    store.close()
    assert schema_of(path) == 3
    kept = path.with_name("store.json.v2.bak")
    assert schema_of(kept) == 2
    older = TinyStore(kept.rename(path.parent / "older.json"), read_only=True)
    assert contents(older) == EXPECTED
    again = TinyStore(path)
    assert contents(again)[:2] == EXPECTED  # type: ignore[index]
    assert [document.path for document in again.documents()][2] == "/archive/copy.txt"
    assert not again.notices
    again.close()
    assert not [finding for finding in inspect(path) if finding.damage]


def test_history_and_undo_are_as_they_were(path: Path) -> None:
    edits = [entry.edit.id for entry in history(path)]
    save_something(path)
    assert [entry.edit.id for entry in history(path)] == edits
    store = TinyStore(path)
    (first, *_) = store.documents()
    live = store.load(first, "ann")
    assert len(live.undo) > 5
    assert len(live.redo) == 1
    store.close()


@pytest.mark.parametrize("part", [0.0, 0.6])
def test_a_crash_anywhere_leaves_all_of_it(tmp_path: Path, part: float) -> None:
    def opened(path: Path, disk: Disk) -> None:
        store = TinyStore(path, disk)
        store.commit((), [Document("One more.", "/archive/more.txt")])
        store.close()

    steps = 0
    while True:
        folder = tmp_path / f"{steps}"
        folder.mkdir()
        path = copy(folder)
        try:
            opened(path, CuttingDisk(steps, part))
        except Cut:
            store = TinyStore(path, REAL)
            assert contents(store)[:2] == EXPECTED, steps  # type: ignore[index]
            store.close()
            save_something(path)
            assert schema_of(path) == 3
            assert schema_of(path.with_name("store.json.v2.bak")) == 2
            steps += 1
            continue
        break
    assert steps > 8


def test_an_older_program_refuses_it_in_one_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_something(path)
    for module in (row_types, loading_module, foreign_module):
        monkeypatch.setattr(module, "SCHEMA", 2)
    with pytest.raises(NewerSchema, match="newer version of annotate") as refusal:
        TinyStore(path)
    assert "\n" not in str(refusal.value)


def test_a_repaired_copy_has_everything(path: Path, tmp_path: Path) -> None:
    repair(path, tmp_path / "copy.json")
    store = TinyStore(tmp_path / "copy.json", read_only=True)
    assert contents(store) == EXPECTED
    store.close()


@pytest.mark.parametrize("schema", [1, 2])
def test_opening_it_for_writing_without_a_commit_changes_nothing(schema: int, path: Path) -> None:
    if schema == 1:
        for file in path.parent.iterdir():
            file.unlink()
        shutil.copy(SCHEMA_2.parent / "schemas" / "1.json", path)
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    store = TinyStore(path)
    assert len(list(store.documents())) == 2
    store.commit(())
    store.close()
    after = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    after.pop("store.json.lock", None)
    assert after == before
