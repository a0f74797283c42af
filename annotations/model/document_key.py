"""Whose annotations of which document: what every message that comes later carries."""

from typing import NamedTuple


class DocumentKey(NamedTuple):
    """One document in one annotator's hands."""

    document: str
    """The id of the document."""
    annotator: str
