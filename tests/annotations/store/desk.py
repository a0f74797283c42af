"""One program with one open document, for tests."""

import queue
import threading
from collections.abc import Callable
from pathlib import Path

from annotations.editing.commands import label_range
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit, make_edit
from annotations.store.interface import SaveState, StoreError
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.tinydb_store import TinyStore
from annotations.store.writer import StoreWriter

DOCUMENT = Document("Ann Lee met 李雷 in Zürich 🏔 on Monday.\r\n" * 20, "/articles/a.txt")


class Desk:
    """One program with one open document."""

    def __init__(self, path: Path, annotator: str = "ann", disk: Disk = REAL) -> None:
        self.annotator = annotator
        self.states: list[SaveState] = []
        self.foreign: list[Edit] = []
        self.changed = threading.Condition()
        self.writer = StoreWriter(path, lambda at: TinyStore(at, disk), self._state, self._foreign)
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
        self.until(lambda: not self.writer.state.unsaved)

    def until(self, wanted: Callable[[], object]) -> None:
        with self.changed:
            assert self.changed.wait_for(wanted, 10), self.states[-1:]

    def _state(self, state: SaveState) -> None:
        with self.changed:
            self.states.append(state)
            self.changed.notify_all()

    def _foreign(self, document: str, annotator: str, edits: list[Edit]) -> None:
        with self.changed:
            self.foreign += edits
            self.changed.notify_all()
