"""The annotated documents of a store."""

from collections.abc import Iterator

from annotations.document import Document
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.store.protocol import Store


def stored_documents(store: Store) -> Iterator[AnnotatedDocument]:
    """Everything in a store, one annotated document for each document and annotator.

    The creation time is the person's, else the one the text itself tells.
    """
    for document in store.documents():
        found: str | None = None
        for row in store.annotations(document.sha256):
            created = row.facts.get("created", "")
            if not created:
                found = _found_creation_time(document) if found is None else found
                created = found
            yield AnnotatedDocument(document, row, created)


def _found_creation_time(document: Document) -> str:
    from annotations.dates.creation_time import find_creation_time

    time = find_creation_time(document.text, document.path)
    return time.value if time is not None and time.trusted else ""
