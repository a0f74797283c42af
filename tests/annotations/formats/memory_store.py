"""A store that keeps everything in memory."""

from collections.abc import Iterable, Sequence

from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import Document
from annotations.store.interface import Pending, StoreError


class MemoryStore:
    """Behaves as the store does, and can be told to fail."""

    def __init__(self) -> None:
        self.texts: dict[str, Document] = {}
        self.sets: dict[tuple[str, str], AnnotationSet] = {}
        self.commits = 0
        self.full = False
        self._seen: dict[str, Document] = {}

    def load(self, document: Document, annotator: str) -> AnnotationSet:
        self._seen[document.id] = document
        there = self.sets.get((document.id, annotator))
        return AnnotationSet.from_row(there.to_row()) if there else AnnotationSet(document.id, annotator)

    def commit(self, edits: Sequence[Pending], documents: Sequence[Document] = ()) -> None:
        if self.full:
            raise StoreError("The disk is full.")
        self.commits += 1
        self.texts.update({document.id: document for document in documents})
        for pending in edits:
            key = (pending.document, pending.annotator)
            self.texts.setdefault(pending.document, self._seen[pending.document])
            self.sets.setdefault(key, AnnotationSet(*key)).apply(pending.edit)

    def documents(self) -> Iterable[Document]:
        return list(self.texts.values())

    def alike(self, sha256: str) -> Sequence[Document]:
        return [document for document in self.texts.values() if document.sha256 == sha256]

    def remove(self, documents: Iterable[str]) -> None:
        for gone in documents:
            del self.texts[gone]
            for key in [key for key in self.sets if key[0] == gone]:
                del self.sets[key]

    def annotations(self, document: str) -> Iterable[AnnotationRow]:
        return [live.to_row() for (of, _), live in self.sets.items() if of == document]

    def close(self) -> None:
        self._seen.clear()
