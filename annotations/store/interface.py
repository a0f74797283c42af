"""What the rest of the program asks of a store, whatever it is made of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.model.errors import AnnotateError


class StoreError(AnnotateError):
    """The store cannot be read or written; the text says where, why and what to do."""


@dataclass(frozen=True)
class Pending:
    """An edit to be made durable: of which document, by its id, and by which annotator."""

    document: str
    annotator: str
    edit: Edit


@dataclass(frozen=True)
class SaveState:
    """What the screen says about saving."""

    unsaved: int
    """How many edits are not on disk yet."""
    error: str = ""
    """Why the last try failed, in one sentence; empty when it did not."""
    saved_at: datetime | None = None
    notice: str = ""
    """What a person should know about the file, in one sentence: what was recovered or taken in."""


@dataclass(frozen=True)
class Earlier:
    """The annotations of an article as its text was before it changed on disk."""

    document: Document
    row: AnnotationRow


class Store(Protocol):
    """A durable collection of documents and their annotations."""

    def load(self, document: Document, annotator: str) -> AnnotationSet:
        """The annotations of a document by an annotator, empty ones where there are none yet.

        A document that is new is stored with the first edit committed for it. Raises `StoreError`.
        """
        ...

    def commit(self, edits: Sequence[Pending], documents: Sequence[Document] = ()) -> None:
        """Write edits and documents so that a crash or power cut after the return loses none of them.

        A document that is there already gets the path, name and source it has here; its text stays. All
        or nothing. Raises `StoreError`, and then none of them is in the store.
        """
        ...

    def remove(self, documents: Iterable[str]) -> None:
        """Take documents out, by their ids, with all annotations of them. Raises `StoreError`."""
        ...

    def documents(self) -> Iterable[Document]:
        """All documents, in the order they came in."""
        ...

    def alike(self, sha256: str) -> Sequence[Document]:
        """The documents whose text has this SHA-256, in the order they came in."""
        ...

    def annotations(self, document: str) -> Iterable[AnnotationRow]:
        """The annotations of one document, by its id, one row an annotator."""
        ...

    def close(self) -> None:
        """Fold the journal in and let go of the files."""
        ...


class Writer(Protocol):
    """What the screen asks of the thread that writes a store: nothing here ever waits for a disk.

    The callbacks run on the writer's thread.
    """

    def start(self) -> None:
        """Open the store and begin to write."""
        ...

    def load(
        self,
        document: Document,
        annotator: str,
        done: Callable[[AnnotationSet | StoreError], None],
    ) -> None:
        """Find a document in the store and read its annotations; whoever gets them owns them.

        The annotations name the document by the id that it has in the store.
        """
        ...

    def earlier(
        self, document: Document, annotator: str, done: Callable[[Earlier | None], None]
    ) -> None:
        """Look for annotations of the same file with another text; `done` gets the latest."""
        ...

    def submit(self, document: str, annotator: str, edit: Edit) -> None:
        """Take an edit to write, after those submitted before."""
        ...

    @property
    def state(self) -> SaveState:
        """How saving stands."""
        ...

    @property
    def path(self) -> Path | None:
        """The file it writes, `None` where there is none."""
        ...

    def retry(self, path: Path | None = None) -> None:
        """Try again what failed, at another path if one is given."""
        ...

    def close(self, timeout: float | None = None) -> bool:
        """Write what is left and let go of the files; `False` when edits remain unsaved.

        Waits at most `timeout` seconds.
        """
        ...
