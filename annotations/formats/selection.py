"""Which documents, annotators and spans a person wants in a file."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotations.document import Document, path_as_text
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.span import Span, Status


@dataclass(frozen=True)
class Selection:
    """Filters; an empty one lets everything through."""

    labels: Collection[str] = ()
    statuses: tuple[Status, ...] = ("accepted",)
    annotators: Collection[str] = ()
    documents: Collection[str] = ()
    """File names, paths, or beginnings of the SHA-256 of texts."""

    def wants(self, span: Span) -> bool:
        """Whether the span is among those wanted."""
        return (not self.labels or span.label in self.labels) and (
            not self.statuses or span.status in self.statuses
        )

    def select(self, documents: Iterable[AnnotatedDocument]) -> Iterator[AnnotatedDocument]:
        """The documents wanted, each with the spans wanted; one without such spans stays in."""
        for annotated in documents:
            by = annotated.row.annotator
            if self.wants_document(annotated.document) and (
                not self.annotators or by in self.annotators
            ):
                yield annotated.with_spans(filter(self.wants, annotated.spans))

    def wants_document(self, document: Document) -> bool:
        """Whether the document is among those wanted, by whomever it is annotated."""
        path = document.path
        return not self.documents or any(
            wanted in (path, Path(path).name)
            or path_as_text(str(Path(wanted).absolute())) == path
            or (len(wanted) >= 8 and document.sha256.startswith(wanted))
            for wanted in self.documents
        )
