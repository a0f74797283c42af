"""A store that keeps everything in memory."""

from collections.abc import Iterable, Sequence

from annotations.annotation_set import AnnotationRow, AnnotationSet
from annotations.document import Document
from annotations.store.protocol import Pending, StoreError


class MemoryStore:
    """Behaves as the store does, and can be told to fail."""

    def __init__(self) -> None:
        self.texts: dict[str, Document] = {}
        self.sets: dict[tuple[str, str], AnnotationSet] = {}
        self.commits = 0
        self.full = False
        self._seen: dict[str, Document] = {}

    def load(self, document: Document, annotator: str) -> AnnotationSet:
        self._seen[document.sha256] = document
        there = self.sets.get((document.sha256, annotator))
        return (
            AnnotationSet.from_row(there.to_row())
            if there
            else AnnotationSet(document.sha256, annotator)
        )

    def commit(self, edits: Sequence[Pending]) -> None:
        if self.full:
            raise StoreError("The disk is full.")
        self.commits += 1
        for pending in edits:
            key = (pending.document, pending.annotator)
            self.texts.setdefault(pending.document, self._seen[pending.document])
            self.sets.setdefault(key, AnnotationSet(*key)).apply(pending.edit)

    def documents(self) -> Iterable[Document]:
        return list(self.texts.values())

    def annotations(self, document: str) -> Iterable[AnnotationRow]:
        return [live.to_row() for (of, _), live in self.sets.items() if of == document]

    def close(self) -> None:
        self._seen.clear()
