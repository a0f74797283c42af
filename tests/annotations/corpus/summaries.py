"""What a store would say of documents, for tests of what is made of it."""

from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True)
class Progress:
    done: bool = False
    accepted: int = 0
    rejected: int = 0
    undecided: int = 0
    flagged: bool = False
    lowest_score: float | None = None
    seconds: float = 0.0
    edited: str = ""


LATE = "2100-01-01T00:00:00.000Z"
"""When a document was edited last, if its file was not changed since."""
DONE = Progress(done=True, accepted=1, edited=LATE)
BEGUN = Progress(accepted=1, edited=LATE)


@dataclass(frozen=True)
class Summary:
    document: str
    name: str
    path: str = ""
    progress: Progress = field(default_factory=Progress)


def text_id(text: str) -> str:
    """The id of the first document with a text."""
    return sha256(text.encode()).hexdigest()


def of_file(path: object, text: str, progress: Progress = DONE, *, more: str = "") -> Summary:
    """A document that was read from a file when that held this text."""
    return Summary(text_id(text) + more, str(path).rpartition("/")[2], str(path), progress)
