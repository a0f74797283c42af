"""What the rest of the program asks of a store, whatever it is made of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec import Struct

from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import Document
from annotations.model.document_summary import DocumentSummaries, DocumentSummary
from annotations.model.edit import Edit
from annotations.model.errors import AnnotateError
from annotations.store.identity import Identified

T = TypeVar("T")


class StoreError(AnnotateError):
    """The store cannot be read or written; the text says where, why and what to do."""


class Busy(StoreError):
    """Another program holds the store; it can be tried again at once."""


class Pending(Struct, frozen=True):
    """An edit to be made durable: of which document, by its id, and by which annotator."""

    document: str
    annotator: str
    edit: Edit


class SaveState(Struct, frozen=True):
    """What the screen says about saving."""

    unsaved: int
    """How many edits are not on disk yet."""
    error: str = ""
    """Why the last try failed, in one sentence; empty when it did not."""
    saved_at: datetime | None = None
    notice: str = ""
    """What a person should know about the file, in one sentence: what was recovered or brought in."""


class Earlier(Struct, frozen=True):
    """The annotations of an article as its text was before it changed on disk."""

    document: Document
    row: AnnotationRow


class HistoryEntry(Struct, frozen=True):
    """One edit as the store has it."""

    sequence: int
    """The number of the commit it was in; the first commit is 1."""
    document: str
    """The id of the document."""
    annotator: str
    edit: Edit


class EarlierState(Struct, frozen=True):
    """The annotations as they were at a moment, and how far the clocks agree about it."""

    annotations: AnnotationSet
    sequence: int
    """The last commit in them. Commits count in the order they were made in."""
    later: int
    """How many commits up to there have a later time than the moment."""
    earlier: int
    """How many commits after it have an earlier time."""


class Removed(Struct, frozen=True):
    """A document that was removed, as it was then."""

    document: Document
    added: str
    """When it came in, in UTC, ISO 8601; empty where that is not known."""
    at: str
    """When it was removed, in UTC, ISO 8601."""
    annotations: tuple[AnnotationRow, ...]
    """One row an annotator."""


OnTop = Callable[[Sequence[HistoryEntry], list[Pending]], list[Pending]]
"""Makes of edits what they are on top of the edits that other programs committed before them."""


class Store(Protocol):
    """A durable collection of documents and their annotations.

    Other programs may read and write it at the same time. Every method may raise `StoreError`.
    """

    name: str
    """Where it is, as a person names it."""

    @property
    def notices(self) -> Sequence[str]:
        """What was recovered, set aside or brought in from outside, one sentence each."""
        ...

    def identify(self, document: Document) -> Identified:
        """Which document of the store a text is that was just read, or of those seen and not stored yet."""
        ...

    def see(self, document: Document) -> None:
        """Keep a document at hand, to be stored with the first edit committed for it."""
        ...

    def load(self, document: Document, annotator: str) -> AnnotationSet:
        """The annotations of a document by an annotator, empty ones where there are none yet.

        A document that is new is stored with the first edit committed for it.
        """
        ...

    def adopt(self, row: AnnotationRow) -> None:
        """Keep annotations from another store, to be stored with the next edits committed.

        Does nothing where there are annotations of the document by the annotator already.
        """
        ...

    def commit(
        self,
        edits: Sequence[Pending],
        documents: Sequence[Document] = (),
        on_top: OnTop | None = None,
    ) -> None:
        """Write edits and documents so that a crash or power cut after the return loses none of them.

        A document that is there already gets the path, name and source it has here; its text stays. An
        edit that is there already, by its id, is not written again. All or nothing: where `StoreError`
        is raised, none of them is in the store. `on_top` is given what other programs committed since
        `follow`.
        """
        ...

    def remove(self, documents: Iterable[str]) -> None:
        """Take documents out, by their ids, with all annotations of them."""
        ...

    def last_removed(self, wanted: Callable[[Document], bool]) -> Removed | None:
        """The document that was removed last, of those wanted, as it was then.

        `None` where there is none, or where the history does not reach back to it.
        """
        ...

    def put_back(self, removed: Removed) -> None:
        """Put a document in again that was removed. Raises `StoreError` where it is there."""
        ...

    def documents(self) -> Iterable[Document]:
        """All documents, in the order they came in."""
        ...

    def with_text(self, sha256: str) -> Sequence[Document]:
        """The documents whose text has this SHA-256, in the order they came in."""
        ...

    def at_path(self, path: str) -> Sequence[Document]:
        """The documents last read from a path, in the order they came in: what the file there said."""
        ...

    def annotations(self, document: str) -> Iterable[AnnotationRow]:
        """The annotations of one document, by its id, one row an annotator."""
        ...

    def summary(self, document: str, annotator: str) -> DocumentSummary | None:
        """How far an annotator is in a document, by its id; `None` where there is no such document."""
        ...

    def summaries(self, annotator: str) -> DocumentSummaries:
        """How far an annotator is in each document, in the order they came in, as it is now.

        Counting them and finding one that is not done decodes none of them.
        """
        ...

    def history(self, document: str | None = None) -> Iterator[HistoryEntry]:
        """All edits, of one document or of all, oldest first."""
        ...

    def annotations_at(self, document: Document, annotator: str, moment: datetime) -> EarlierState:
        """The annotations as they were at a moment, which has a time zone.

        The order of the commits counts. Where the clocks of the programs that made them disagree, the
        moment is the place that the fewest of their times contradict. Raises `StoreError` where the
        history does not reach back so far.
        """
        ...

    def follow(self) -> Sequence[HistoryEntry]:
        """What other programs committed to documents seen here since this was asked last, in order.

        Raises `Busy` instead of waiting for another program.
        """
        ...

    def checkpoint_while(self, go_on: Callable[[], bool]) -> None:
        """Bring what is stored into the form that opens fastest, if that is worth it now.

        For when nobody waits: it may take seconds, and is given up as soon as it is not to `go_on`.
        """
        ...

    def close(self, *, checkpoint: bool = True) -> None:
        """Let go of it, after bringing what is stored into the form that opens fastest.

        Without `checkpoint`, and where that would take long, it stays as it is. Where that raises, nothing
        is lost. Closing it again does nothing.
        """
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
        *,
        keep: bool = True,
    ) -> None:
        """Find a document in the store and read its annotations; whoever gets them owns them.

        The annotations name the document by the id that it has in the store. One that is not there
        yet is stored at once with `keep`, else with its first edit.
        """
        ...

    def ask(self, read: Callable[[Store], T], done: Callable[["T | StoreError"], None]) -> None:
        """Read something from the store; `done` gets it, or why that cannot be."""
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
