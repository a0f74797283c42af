"""The stored document for a text: found by its path or its exact text, never by similarity.

The same text under two names that both exist is two documents.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from annotations.model.document import (
    STANDARD_INPUT,
    Document,
    absolute_path,
    another_id,
    file_at,
    path_as_text,
)


@dataclass(frozen=True)
class Identified:
    """A document in the form that is or will be stored, and what a person should know about it."""

    document: Document
    """It has the id from the store, and the path where the text was read now."""
    notice: str = ""
    """One sentence; empty if there is nothing to say."""


def identify(
    opened: Document, same_text: Sequence[Document], is_there: Callable[[str], bool]
) -> Identified:
    """Find a text that was just read from a file, or from standard input, in a store.

    `same_text` are the stored documents with exactly this text, in the order in which they were added;
    `is_there` says whether there is a file at a path. The opened text is a stored document if that
    document came from the same path, if it is the same row of a file of texts, if it has no name, if
    its file is gone (it was moved or renamed), or if it was imported under the name of this file.
    Otherwise the text is a second document with the same text.
    """
    for known in same_text:
        if known.path and opened.path in (known.path, _without_dots(known.path)):
            return Identified(_at(known, opened))
    for known in same_text:
        if known.source == opened.source and known.source:
            return Identified(_at(known, opened))
    for known in same_text:
        if opened.path == STANDARD_INPUT or is_nameless(known):
            return Identified(_at(known, opened))
    for known in same_text:
        if known.source and known.name == opened.name:
            return Identified(_at(known, opened))
    for known in same_text:
        if is_moved(known, is_there):
            notice = (
                f"The text of {opened.name} is known as {known.name}, which no longer exists; its "
                "annotations are shown."
            )
            return Identified(_at(known, opened), notice)
    if not same_text:
        return Identified(opened)
    return Identified(
        replace(opened, given_id=another_id(opened.sha256)),
        f"{opened.name} has the same text as {same_text[0].name}; they are separate documents.",
    )


def unstored_too(
    stored: Sequence[Document], seen: Iterable[Document], sha256: str
) -> Sequence[Document]:
    """The stored documents with a text, then the seen documents with it in which nothing was decided yet.

    The second of two files with the same text is another document even before the first one is stored.
    """
    there = {document.id for document in stored}
    return [*stored, *(one for one in seen if one.sha256 == sha256 and one.id not in there)]


def is_nameless(document: Document) -> bool:
    """Whether a document has no name: it was imported without one, or came from standard input."""
    return not document.given_name and document.path in ("", STANDARD_INPUT)


def is_moved(document: Document, is_there: Callable[[str], bool]) -> bool:
    """Whether a document was read from a file that no longer exists."""
    from_file = document.opened or not document.source
    return from_file and not is_nameless(document) and not is_there(document.path)


def _without_dots(path: str) -> str:
    """A path in its present form: older versions stored a `..` that was typed."""
    return path_as_text(absolute_path(file_at(path))) if ".." in path.split("/") else path


def _at(known: Document, opened: Document) -> Document:
    """The stored document, with the path or the row that it was read from now."""
    if opened.path == STANDARD_INPUT:
        return known
    if not opened.path:
        return replace(known, source=opened.source, given_name=known.given_name or opened.given_name)
    return replace(known, path=opened.path, opened=bool(known.source))
