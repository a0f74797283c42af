"""Doing by name what keys do to an open document."""

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome


def press(opened: OpenDocument, name: str) -> Outcome:
    """Do what the key for this action does."""
    parts = (opened.selection, opened.review, opened.resizing, opened.properties, opened.propagation)
    (does,) = (getattr(part, name) for part in parts if hasattr(part, name))
    outcome = does()
    assert isinstance(outcome, Outcome)
    return outcome
