"""A writer without a thread, with a store in memory and a disk that fails when a test wants it to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.store.interface import Earlier, Pending, Removed, SaveState, Store, StoreError
from annotations.store.memory import MemoryStore

T = TypeVar("T")


@dataclass
class MemoryWriter:
    on_state: Callable[[SaveState], None]
    pending: list[Pending] = field(default_factory=list)
    error: str = ""
    path: Path | None = None
    closed: bool = False
    store: MemoryStore = field(default_factory=MemoryStore)

    @property
    def stored(self) -> list[Edit]:
        return [entry.edit for entry in self.store.history()]

    @property
    def state(self) -> SaveState:
        return SaveState(len(self.pending), self.error)

    def begin_with(self, document: Document, annotator: str, edits: Sequence[Edit]) -> None:
        """Put edits of a document into the store before the program starts."""
        self.store.see(document)
        self.store.commit([Pending(document.id, annotator, edit) for edit in edits])

    def begin_with_earlier(self, earlier: Earlier) -> None:
        """Put the annotations of an earlier version of the text into the store."""
        self.store.put_back(Removed(earlier.document, "", "", (earlier.row,)))

    def start(self) -> None:
        self.on_state(self.state)

    def load(
        self,
        document: Document,
        annotator: str,
        done: Callable[[AnnotationSet | StoreError], None],
        *,
        keep: bool = True,
    ) -> None:
        done(self.store.load(self.store.identify(document).document, annotator))

    def ask(self, read: Callable[[Store], T], done: Callable[[T | StoreError], None]) -> None:
        done(read(self.store))

    def submit(self, document: str, annotator: str, edit: Edit) -> None:
        self.pending.append(Pending(document, annotator, edit))
        self._write()

    def retry(self, path: Path | None = None) -> None:
        self.path = path
        self._write()

    def close(self, timeout: float | None = None) -> bool:
        self._write()
        self.closed = not self.state.unsaved
        return self.closed

    def _write(self) -> None:
        if not self.error:
            self.store.commit(self.pending)
            self.pending.clear()
        self.on_state(self.state)
