"""Which documents, annotators and spans a person wants in a file."""

from collections.abc import Collection
from dataclasses import dataclass

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.model.document import Document, absolute_path, path_as_text
from annotations.model.span import Span, Status


@dataclass(frozen=True)
class ExportFilter:
    """What is wanted; an empty field lets everything through."""

    labels: Collection[str] = ()
    statuses: tuple[Status, ...] = ("accepted",)
    annotators: Collection[str] = ()
    documents: Collection[str] = ()
    """Names, paths, or beginnings of the ids of documents, as a person gives them."""
    ids: Collection[str] | None = None
    """The exact ids of the documents; `None` for all."""

    def wants(self, span: Span) -> bool:
        """Whether the span is among those wanted."""
        return self.wants_label(span) and (not self.statuses or span.status in self.statuses)

    def wants_label(self, span: Span) -> bool:
        """Whether the span has one of the labels wanted."""
        return not self.labels or span.label in self.labels

    @property
    def wants_suggestions(self) -> bool:
        """Whether suggestions are wanted."""
        return not self.statuses or "suggested" in self.statuses

    def wants_version(self, annotated: AnnotatedDocument) -> bool:
        """Whether this annotator's version of the document is wanted."""
        by = annotated.row.annotator
        return self.wants_document(annotated.document) and (not self.annotators or by in self.annotators)

    def wants_document(self, document: Document) -> bool:
        """Whether the document is wanted, whoever annotated it."""
        if self.ids is not None and document.id not in self.ids:
            return False
        path = document.path
        return not self.documents or any(
            wanted in (path, document.name, document.source)
            or path_as_text(absolute_path(wanted)) == path
            or (len(wanted) >= 8 and document.id.startswith(wanted))
            for wanted in self.documents
        )
