"""Annotated articles, independent of any screen.

Documents, spans, label schemes, edits, sessions, the store, suggesters, dates and formats. Nothing
here imports Textual: a key on the screen is first a plain function of this package.

For scripts: `annotations.load("annotations.json")`; see `docs/how-to/python.md`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.api.loading import load_annotations as load

__all__ = ["load"]


def __getattr__(name: str) -> object:
    """Import `load` only when it is used: the program itself does not need it."""
    if name == "load":
        from annotations.api.loading import load_annotations

        return load_annotations
    raise AttributeError(f"module 'annotations' has no attribute {name!r}")
