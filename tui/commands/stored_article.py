"""The document a command is about: an article's text as the database has it."""

from pathlib import Path

from annotations.document import Document
from annotations.errors import AnnotateError
from annotations.store.tinydb_store import TinyStore


def stored_article(store: TinyStore, article: str, database: Path) -> Document:
    """The document of an article: the text in the file, else the newest text known of that path.

    Raises `AnnotateError` when the database has neither.
    """
    path = Path(article).absolute()
    known = list(store.earlier_documents(str(path)))
    if path.is_file():
        data = path.read_bytes()
        for document in store.documents() if not known else reversed(known):
            if document.text.encode("utf-8", "surrogatepass") == data:
                return document
    if known:
        return known[-1]
    raise AnnotateError(f"{database} has nothing of {article}; name another database with --db.")
