"""A document and an annotator: results from other threads name the annotations that they are for by them."""

from typing import NamedTuple


class DocumentKey(NamedTuple):
    """One document and one annotator of it."""

    document: str
    """The id of the document."""
    annotator: str
