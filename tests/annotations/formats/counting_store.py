"""A store in memory that counts its commits, and that fails on request as if the disk were full."""

from collections.abc import Sequence

from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.store.interface import OnTop, Pending, StoreError
from annotations.store.memory import MemoryStore


class CountingStore(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self.commits = 0
        self.full = False

    @property
    def sets(self) -> dict[tuple[str, str], AnnotationSet]:
        """All annotations, by document and annotator."""
        rows = [row for document in self.documents() for row in self.annotations(document.id)]
        return {(row.document, row.annotator): AnnotationSet.from_row(row) for row in rows}

    def commit(
        self, edits: Sequence[Pending], documents: Sequence[Document] = (), on_top: OnTop | None = None
    ) -> None:
        if self.full:
            raise StoreError("The disk is full.")
        self.commits += 1
        super().commit(edits, documents, on_top)
