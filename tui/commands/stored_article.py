"""The document a command is about: an article's text as the database has it."""

from collections.abc import Callable
from pathlib import Path

from annotations.model.document import Document, path_as_text
from annotations.model.errors import AnnotateError
from annotations.store.interface import Store


def stored_article(store: Store, article: str) -> Document:
    """The document of an article: the text in the file, else the newest document that is called so.

    Raises `AnnotateError` when the database has neither, or several that are called so.
    """
    path = Path(article).absolute()
    known = list(store.at_path(path_as_text(str(path))))
    if path.is_file():
        data = path.read_bytes()
        for document in reversed(known):
            if document.text.encode("utf-8", "surrogatepass") == data:
                return document
        if not known:
            opened = Document(data.decode("utf-8", "replace"), path_as_text(str(path)))
            found = store.identify(opened).document
            if any(there.id == found.id for there in store.alike(opened.sha256)):
                return found
    if known:
        return known[-1]
    called = [document for document in store.documents() if is_called(article)(document)]
    if len(called) > 1:
        meant = ", ".join(document.path or document.source or document.id for document in called[:3])
        raise AnnotateError(
            f"{store.name} has {len(called)} documents that {article!r} may mean ({meant}); name one by its "
            "path or its place in the file it was imported from."
        )
    if called:
        return called[0]
    raise AnnotateError(f"{store.name} has nothing of {article}; name another database with --db.")


def is_called(wanted: str) -> Callable[[Document], bool]:
    """Whether a person means a document: by its path, its name or the start of its id (8 signs or more)."""
    path = path_as_text(str(Path(wanted).absolute()))
    return lambda document: (
        document.path == path
        or wanted in (document.name, document.source)
        or (len(wanted) >= 8 and document.id.startswith(wanted))
    )
