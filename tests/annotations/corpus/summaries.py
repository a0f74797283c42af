"""What a store would say of documents, for tests of what is made of it."""

from hashlib import sha256

from annotations.model.document_summary import DocumentSummary, Progress

LATE = "2100-01-01T00:00:00.000Z"
"""When a document was edited last, if its file was not changed since."""
DONE = Progress(done=True, accepted=1, edited=LATE)
BEGUN = Progress(accepted=1, edited=LATE)


def text_id(text: str) -> str:
    """The id of the first document with a text."""
    return sha256(text.encode()).hexdigest()


def stored(
    document: str, name: str, path: str = "", progress: Progress | None = None
) -> DocumentSummary:
    """A document that a store has."""
    return DocumentSummary(document, name, path, 0, progress or Progress())


def of_file(path: object, text: str, progress: Progress = DONE, *, more: str = "") -> DocumentSummary:
    """A document that was read from a file when that held this text."""
    return stored(text_id(text) + more, str(path).rpartition("/")[2], str(path), progress)
