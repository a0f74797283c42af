"""Annotations of a file whose text has changed since: their old text and their content."""

from annotations.model.document import STANDARD_INPUT, Document
from annotations.store.interface import Earlier, Store


def earlier_text(store: Store, document: Document, annotator: str) -> Earlier | None:
    """The latest annotations of the same file with another text, if there are any. Raises `StoreError`."""
    if document.path in ("", STANDARD_INPUT):
        return None
    for old in reversed(store.at_path(document.path)):
        if old.sha256 != document.sha256:
            for row in store.annotations(old.id):
                if row.annotator == annotator:
                    return Earlier(old, row)
    return None
