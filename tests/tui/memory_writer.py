"""A writer that keeps edits in memory, with a disk that fails when told to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.store.interface import Earlier, SaveState, StoreError


@dataclass
class MemoryWriter:
    on_state: Callable[[SaveState], None]
    edits: list[Edit] = field(default_factory=list)
    stored: list[Edit] = field(default_factory=list)
    error: str = ""
    path: Path | None = None
    closed: bool = False
    before: Earlier | None = None

    @property
    def state(self) -> SaveState:
        return SaveState(len(self.edits) - len(self.stored), self.error)

    def start(self) -> None:
        self.on_state(self.state)

    def load(
        self,
        document: Document,
        annotator: str,
        done: Callable[[AnnotationSet | StoreError], None],
    ) -> None:
        annotations = AnnotationSet(document.sha256, annotator)
        for edit in self.stored:
            annotations.apply(edit)
        done(annotations)

    def earlier(
        self, document: Document, annotator: str, done: Callable[[Earlier | None], None]
    ) -> None:
        done(self.before)

    def submit(self, document: str, annotator: str, edit: Edit) -> None:
        self.edits.append(edit)
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
            self.stored = list(self.edits)
        self.on_state(self.state)
