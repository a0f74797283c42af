"""The annotated documents of a store."""

from collections.abc import Iterator
from functools import cached_property

from annotations.annotation_set import AnnotationRow
from annotations.dates.creation_time import CreationTime, find_creation_time
from annotations.document import Document
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.store.protocol import Store


def stored_documents(store: Store, *, with_values: bool = True) -> Iterator[AnnotatedDocument]:
    """Everything in a store, one annotated document for each document and annotator.

    The creation time is the person's, else the one the text itself tells. Dates carry their values: a
    person's own or accepted ones, else what the rules make of them against that creation time; without
    `with_values` neither is worked out, for those who only count.
    """
    from annotations.dates.document_dates import dated

    for document in store.documents():
        for row in store.annotations(document.id):
            if not with_values:
                yield AnnotatedDocument(document, row)
                continue
            created = _creation_time(document, row)
            spans = dated(document.text, row.spans, created)
            yield AnnotatedDocument(document, row, created.value if created else "").with_spans(spans)


class StoredArticles:
    """The articles of a store by their SHA-256 or path, read when the first one is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, sha256: str, path: str) -> Document | None:
        """The article with this SHA-256 or, where that is empty, the last one read from this path."""
        return self._by_sha256.get(sha256) if sha256 else self._by_path.get(path)

    @cached_property
    def _by_sha256(self) -> dict[str, Document]:
        return {document.sha256: document for document in self._store.documents()}

    @cached_property
    def _by_path(self) -> dict[str, Document]:
        return {document.path: document for document in self._by_sha256.values() if document.path}


def _creation_time(document: Document, row: AnnotationRow) -> CreationTime | None:
    if given := row.facts.get("created"):
        return CreationTime(given, "given")
    found = find_creation_time(document.text, document.path)
    return found if found is not None and found.trusted else None
