"""A document and an annotator: every message that arrives later contains them."""

from typing import NamedTuple


class DocumentKey(NamedTuple):
    """One document and one annotator of it."""

    document: str
    """The id of the document."""
    annotator: str
