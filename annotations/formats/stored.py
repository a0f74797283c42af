"""The annotated documents of a store."""

from collections.abc import Iterator

from annotations.annotation_set import AnnotationRow
from annotations.dates.creation_time import CreationTime, find_creation_time
from annotations.document import Document
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.store.protocol import Store


def stored_documents(store: Store) -> Iterator[AnnotatedDocument]:
    """Everything in a store, one annotated document for each document and annotator.

    The creation time is the person's, else the one the text itself tells. Dates carry their values: a
    person's own, else what the rules make of them against that creation time.
    """
    from annotations.dates.document_dates import dated

    for document in store.documents():
        for row in store.annotations(document.sha256):
            created = _creation_time(document, row)
            spans = dated(document.text, row.spans, created)
            yield AnnotatedDocument(document, row, created.value if created else "").with_spans(spans)


def _creation_time(document: Document, row: AnnotationRow) -> CreationTime | None:
    if given := row.facts.get("created"):
        return CreationTime(given, "given")
    found = find_creation_time(document.text, document.path)
    return found if found is not None and found.trusted else None
