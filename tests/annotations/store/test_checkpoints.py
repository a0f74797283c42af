"""When the TinyDB file is written again: never while a person waits, but a long journal becomes short."""

import os
import threading
from functools import partial
from pathlib import Path

import pytest

from annotations.model.document import Document
from annotations.model.edit import Change, make_edit
from annotations.model.span import Span
from annotations.store import writer as writer_module
from annotations.store.interface import Pending
from annotations.store.tinydb_file import checkpointing, snapshot, storage
from annotations.store.tinydb_file.inspection import inspect
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.desk import DOCUMENT, Desk

SOME = [Document(f"Article {number}. " * 50, f"/articles/{number}.txt") for number in range(200)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.json"
    store = TinyStore(path)
    store.commit([], SOME)
    store.close()
    return path


@pytest.fixture
def large(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose file counts as large."""
    monkeypatch.setattr(storage, "QUICK", path.stat().st_size - 1)
    return path


def label(store: TinyStore, number: int, document: Document = SOME[3]) -> None:
    edit = make_edit("create", "ann", [Change(None, Span(number, number + 1, f"L{number}"))])
    store.load(document, "ann")
    store.commit([Pending(document.id, "ann", edit)])


class WrittenAnew:
    """Whether the TinyDB file was replaced since the last call."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.inode = path.stat().st_ino

    def __call__(self) -> bool:
        before, self.inode = self.inode, self.path.stat().st_ino
        return before != self.inode


def labels(path: Path) -> set[str]:
    store = TinyStore(path, read_only=True)
    found = {span.label for span in store.load(SOME[3], "ann").spans}
    store.close()
    return found


def test_leaving_a_small_file_writes_it_and_leaving_a_large_one_does_not(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = WrittenAnew(path)
    for quick, expected in ((1 << 30, True), (1000, False)):
        monkeypatch.setattr(storage, "QUICK", quick)
        store = TinyStore(path)
        label(store, quick % 97)
        store.close()
        assert anew() == expected
    assert labels(path) == {f"L{(1 << 30) % 97}", f"L{1000 % 97}"}
    assert not [finding for finding in inspect(path) if finding.damage]


def test_many_small_rows_count_as_a_large_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anew = WrittenAnew(path)
    monkeypatch.setattr(storage, "QUICK", 2 * path.stat().st_size)
    store = TinyStore(path)
    label(store, 1)
    store.close()
    assert not anew()
    monkeypatch.setattr(storage, "ROW", 0)
    store = TinyStore(path)
    label(store, 2)
    store.close()
    assert anew()


def test_who_committed_much_writes_also_a_large_file(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "SMALL_TAIL", 1000)
    anew = WrittenAnew(large)
    store = TinyStore(large)
    store.commit([], [Document("A new one. " * 200, "/articles/new.txt")])
    store.close()
    assert anew()


def test_a_long_journal_is_worked_in_while_nobody_waits(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = WrittenAnew(large)
    store = TinyStore(large)
    label(store, 1)
    store.checkpoint_while(lambda: True)
    assert not anew(), "a short journal stays"
    monkeypatch.setattr(storage, "OPENING_TAIL", 100)
    store.checkpoint_while(lambda: True)
    assert anew()
    label(store, 2)
    store.close()
    assert labels(large) == {"L1", "L2"}


def test_a_checkpoint_is_given_up_at_any_point_and_nothing_is_lost(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "OPENING_TAIL", 100)
    monkeypatch.setattr(snapshot, "_ROWS", 20)
    anew = WrittenAnew(large)
    store = TinyStore(large)
    for asked in range(100):
        label(store, asked)
        store.checkpoint_while(partial(next, iter([True] * asked), False))
        assert not list(large.parent.glob("*.new-*"))
        if anew():
            break
    assert asked > 5
    store.close(checkpoint=False)
    assert labels(large) == {f"L{number}" for number in range(asked + 1)}
    assert not [finding for finding in inspect(large) if finding.damage]


def test_an_idle_writer_makes_one_and_gives_it_up_for_an_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "annotations.json"
    monkeypatch.setattr(writer_module, "LOOK", 0.01)
    monkeypatch.setattr(storage, "OPENING_TAIL", 100)
    monkeypatch.setattr(storage, "QUICK", 0)
    desk = Desk(path)
    desk.label(0, 3)
    desk.saved()
    anew = WrittenAnew(path)
    desk.label(4, 7)
    desk.saved()
    for _ in range(1000):
        if anew():
            break
        threading.Event().wait(0.01)
    assert desk.writer.close(10)
    store = TinyStore(path, read_only=True)
    assert len(store.load(DOCUMENT, "ann").spans) == 2
    assert store.database.journal.state.tail == 0
    store.close()


def test_backups_of_a_large_file_do_not_multiply_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def backups() -> list[str]:
        return sorted(file.name[-4:] for file in path.parent.glob("*.bak?"))

    for number in range(4):
        store = TinyStore(path)
        label(store, number)
        store.close()
    assert backups() == ["bak1", "bak2", "bak3"]
    monkeypatch.setattr(checkpointing, "BACKUP_BYTES", 2 * os.path.getsize(path) + 1000)
    store = TinyStore(path)
    label(store, 5)
    store.close()
    assert backups() == ["bak1", "bak2"]
    monkeypatch.setattr(checkpointing, "BACKUP_BYTES", 10)
    store = TinyStore(path)
    label(store, 6)
    store.close()
    assert backups() == ["bak1"]
    path.unlink()
    assert labels(path) == {f"L{number}" for number in (0, 1, 2, 3, 5, 6)}
