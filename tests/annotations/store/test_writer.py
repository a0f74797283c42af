"""The thread that writes: what is submitted is on disk, in order, and nothing waits for it."""

import queue
import threading
from pathlib import Path

from tinydb import TinyDB

from annotations.annotation_set import AnnotationSet
from annotations.document import Document
from annotations.edits import Edit, label_range, make_edit
from annotations.store.protocol import SaveState, StoreError
from annotations.store.writer import StoreWriter

DOCUMENT = Document("Ann Lee met 李雷 in Zürich 🏔 on Monday.\r\n" * 20, "/articles/a.txt")


class Desk:
    """One program with one document open."""

    def __init__(self, path: Path, annotator: str = "ann") -> None:
        self.annotator = annotator
        self.states: list[SaveState] = []
        self.foreign: list[Edit] = []
        self.changed = threading.Condition()
        self.writer = StoreWriter(path, self._state, self._foreign)
        self.writer.start()
        self.annotations = self.load()

    def load(self) -> AnnotationSet:
        got: queue.SimpleQueue[AnnotationSet | StoreError] = queue.SimpleQueue()
        self.writer.load(DOCUMENT, self.annotator, got.put)
        found = got.get(timeout=10)
        assert isinstance(found, AnnotationSet), found
        return found

    def label(self, start: int, end: int, label: str = "PERSON") -> Edit:
        changes = label_range(self.annotations.spans, start, end, label, self.annotator)
        edit = make_edit("create", self.annotator, changes)
        self.annotations.apply(edit)
        self.writer.submit(DOCUMENT.sha256, self.annotator, edit)
        return edit

    def saved(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: not self.writer.state.unsaved, 10)

    def _state(self, state: SaveState) -> None:
        with self.changed:
            self.states.append(state)
            self.changed.notify_all()

    def _foreign(self, document: str, annotator: str, edits: list[Edit]) -> None:
        with self.changed:
            self.foreign += edits
            self.changed.notify_all()


def test_what_was_submitted_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    desk = Desk(path)
    for start in range(0, 60, 3):
        desk.label(start, start + 2)
    assert desk.writer.close(10)
    again = Desk(path)
    assert again.annotations.to_row() == desk.annotations.to_row()
    assert again.writer.close(10)


def test_an_edit_is_in_the_journal_once_it_is_said_to_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    desk = Desk(path)
    edit = desk.label(0, 7)
    desk.saved()
    assert edit.id.encode() in path.with_name("annotations.json.journal").read_bytes()
    assert desk.writer.state.saved_at is not None
    assert desk.writer.close(10)


def test_stock_tinydb_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    desk = Desk(path)
    desk.label(0, 7)
    assert desk.writer.close(10)
    with TinyDB(path, access_mode="r") as database:
        (document,) = database.table("documents").all()
        (row,) = database.table("annotations").all()
    assert document["text"] == DOCUMENT.text
    assert [(span["start"], span["end"], span["label"]) for span in row["spans"]] == [(0, 7, "PERSON")]


def test_another_programs_edit_is_handed_over(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    here, there = Desk(path), Desk(path)
    edit = there.label(0, 7)
    with here.changed:
        assert here.changed.wait_for(lambda: here.foreign == [edit], 10)
    assert here.writer.close(10)
    assert there.writer.close(10)
