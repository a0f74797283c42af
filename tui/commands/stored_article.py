"""The document that a command is about: the text of an article in the database."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from annotations.model.document import Document, absolute_path, is_there, path_as_text, text_of_id
from annotations.model.errors import AnnotateError
from annotations.store.identity import identify
from annotations.store.interface import Store
from annotations.text.article_file import LONGEST
from annotations.text.regular_file import NotRegular, read_regular


def stored_article(store: Store, article: str) -> Document:
    """The document of an article: the one with its path and the text in its file, else the newest with its
    path, else one with its text, name or id.

    Raises `AnnotateError` if the database has no such document, or several with this name.
    """
    opened = _in_file(article)
    known = list(store.at_path(_path(article)))
    for document in reversed(known):
        if opened is not None and document.sha256 == opened.sha256:
            return document
    if known:
        return known[-1]
    if opened is not None:
        found = store.identify(opened).document
        for document in store.with_text(opened.sha256):
            if document.id == found.id:
                return document
    called = [document for document in store.documents() if is_called(article)(document)]
    if len(called) > 1:
        meant = ", ".join(document.path or document.source or document.id for document in called[:3])
        raise AnnotateError(
            f"{store.name} has {len(called)} documents that match {article!r} ({meant}); name "
            f"one by its "
            "path or its place in the file it was imported from."
        )
    if called:
        return called[0]
    raise AnnotateError(
        f"{store.name} has no annotations of {article}; name another database with --db."
    )


def stored_by_ids(store: Store, ids: Iterable[str]) -> Iterator[Document]:
    """The documents of the store with these ids, in the order of the ids."""
    for id_ in ids:
        yield from (document for document in store.with_text(text_of_id(id_)) if document.id == id_)


def is_called(wanted: str) -> Callable[[Document], bool]:
    """Tells whether a document has this path or name, or an id that starts so (8 characters or more)."""
    path = _path(wanted)
    return lambda document: (
        document.path == path
        or wanted in (document.name, document.source)
        or (len(wanted) >= 8 and document.id.startswith(wanted))
    )


def matches_article(article: str) -> Callable[[Document], bool]:
    """Tells whether a person means a document: by `is_called`, or because opening the file leads to it."""
    called, opened = is_called(article), _in_file(article)

    def meant(document: Document) -> bool:
        if called(document):
            return True
        if opened is None or opened.sha256 != document.sha256:
            return False
        return identify(opened, [document], is_there).document.id == document.id

    return meant


def _in_file(article: str) -> Document | None:
    """The text in a file; `None` if there is no file that the program would show as an article."""
    try:
        data = read_regular(Path(article), article, LONGEST)
    except (OSError, ValueError, NotRegular):
        return None
    return Document(data.decode("utf-8", "replace"), _path(article))


def _path(article: str) -> str:
    return path_as_text(absolute_path(article))
