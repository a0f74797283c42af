"""What the rest of the program uses of a store, whatever kind it is."""

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
    """Another program has locked the store; the caller can try again at once."""


class Pending(Struct, frozen=True):
    """An edit to be made durable, with the id of its document and the annotator."""

    document: str
    annotator: str
    edit: Edit


class SaveState(Struct, frozen=True):
    """What the screen shows about saving."""

    unsaved: int
    """How many edits are not yet on disk."""
    error: str = ""
    """Why the last attempt failed, in one sentence; empty if it succeeded."""
    saved_at: datetime | None = None
    notice: str = ""
    """What a person should know about the file, in one sentence: for example what was recovered."""


class Earlier(Struct, frozen=True):
    """The annotations of an article as its text was before it changed on disk."""

    document: Document
    row: AnnotationRow


class HistoryEntry(Struct, frozen=True):
    """One stored edit."""

    sequence: int
    """The number of its commit; the first commit is 1."""
    document: str
    """The id of the document."""
    annotator: str
    edit: Edit


class EarlierState(Struct, frozen=True):
    """The annotations at an earlier moment, and how well the clocks agree about it."""

    annotations: AnnotationSet
    sequence: int
    """The last commit in them. Commits count in the order in which they were made."""
    later: int
    """How many commits up to that one have a later time than the moment."""
    earlier: int
    """How many commits after that one have an earlier time."""


class Removed(Struct, frozen=True):
    """A document that was removed, in its last state."""

    document: Document
    added: str
    """When it was added, in UTC, ISO 8601; empty if that is not known."""
    at: str
    """When it was removed, in UTC, ISO 8601."""
    annotations: tuple[AnnotationRow, ...]
    """One row for each annotator."""


OnTop = Callable[[Sequence[HistoryEntry], list[Pending]], list[Pending]]
"""Adjusts edits to the edits that other programs committed before them."""


class Store(Protocol):
    """A durable collection of documents and their annotations.

    Other programs may read and write it at the same time. Every method may raise `StoreError`.
    """

    name: str
    """Where it is, in the form that a person uses."""

    @property
    def notices(self) -> Sequence[str]:
        """What was recovered, set aside or read from outside changes, one sentence each."""
        ...

    def identify(self, document: Document) -> Identified:
        """The document for a text that was just read: a stored one, or one that was seen and not stored yet."""
        ...

    def see(self, document: Document) -> None:
        """Keep a document in memory, to be stored with the first edit committed for it."""
        ...

    def load(self, document: Document, annotator: str) -> AnnotationSet:
        """The annotations of a document by an annotator; empty if there are none yet.

        A document that is new is stored with the first edit committed for it.
        """
        ...

    def adopt(self, row: AnnotationRow) -> None:
        """Keep annotations from another store, to be stored with the next committed edits.

        Does nothing if there already are annotations of the document by the annotator.
        """
        ...

    def commit(
        self,
        edits: Sequence[Pending],
        documents: Sequence[Document] = (),
        on_top: OnTop | None = None,
    ) -> None:
        """Write edits and documents so that a crash or power cut afterwards loses none of them.

        A document that already exists gets the path, name and source given here; its text stays. An
        edit that already exists, by its id, is not written again. All or nothing: if `StoreError`
        is raised, none of them is in the store. `on_top` gets what other programs committed since
        `follow`.
        """
        ...

    def remove(self, documents: Iterable[str]) -> None:
        """Remove documents, by their ids, with all their annotations."""
        ...

    def last_removed(self, wanted: Callable[[Document], bool]) -> Removed | None:
        """The wanted document that was removed last, in its last state.

        `None` if there is none, or if the history does not go back that far.
        """
        ...

    def put_back(self, removed: Removed) -> None:
        """Add a removed document again. Raises `StoreError` if it exists."""
        ...

    def documents(self) -> Iterable[Document]:
        """All documents, in the order in which they were added."""
        ...

    def with_text(self, sha256: str) -> Sequence[Document]:
        """The documents whose text has this SHA-256, in the order in which they were added."""
        ...

    def at_path(self, path: str) -> Sequence[Document]:
        """The documents last read from a path, in the order in which they were added: the texts that the file had."""
        ...

    def annotations(self, document: str) -> Iterable[AnnotationRow]:
        """The annotations of one document, by its id, one row for each annotator."""
        ...

    def summary(self, document: str, annotator: str) -> DocumentSummary | None:
        """The progress of an annotator in a document, by its id; `None` if there is no such document."""
        ...

    def summaries(self, annotator: str) -> DocumentSummaries:
        """The present progress of an annotator in each document, in the order in which they were added.

        Counting them or finding one that is not done does not decode them.
        """
        ...

    def history(self, document: str | None = None) -> Iterator[HistoryEntry]:
        """All edits, of one document or of all, oldest first."""
        ...

    def annotations_at(self, document: Document, annotator: str, moment: datetime) -> EarlierState:
        """The annotations at an earlier moment, which has a time zone.

        The order of the commits counts. Where the clocks of the programs that made them disagree, the
        moment is the place that the fewest of their times contradict. Raises `StoreError` if the
        history does not go back that far.
        """
        ...

    def follow(self) -> Sequence[HistoryEntry]:
        """What other programs committed to documents seen here since the last call, in order.

        Raises `Busy` instead of waiting for another program.
        """
        ...

    def checkpoint_while(self, go_on: Callable[[], bool]) -> None:
        """Rewrite the store in the form that opens fastest, if that is useful now.

        Call it when nobody waits: it may take seconds. It stops as soon as `go_on` says no.
        """
        ...

    def close(self, *, checkpoint: bool = True) -> None:
        """Close it, after rewriting it in the form that opens fastest.

        Without `checkpoint`, or if that would take long, it is not rewritten. If this raises, nothing
        is lost. A second call does nothing.
        """
        ...


class Writer(Protocol):
    """What the screen uses of the thread that writes a store: nothing here ever waits for a disk.

    The callbacks run on the writer's thread.
    """

    def start(self) -> None:
        """Open the store and start to write."""
        ...

    def load(
        self,
        document: Document,
        annotator: str,
        done: Callable[[AnnotationSet | StoreError], None],
        *,
        keep: bool = True,
    ) -> None:
        """Find a document in the store and read its annotations; they then belong to the receiver.

        The annotations name the document by its id in the store. One that is not stored
        yet is stored at once with `keep`, otherwise with its first edit.
        """
        ...

    def ask(self, read: Callable[[Store], T], done: Callable[["T | StoreError"], None]) -> None:
        """Read something from the store; `done` gets it, or the reason why it failed."""
        ...

    def submit(self, document: str, annotator: str, edit: Edit) -> None:
        """Queue an edit, to be written after those submitted before."""
        ...

    @property
    def state(self) -> SaveState:
        """The state of saving."""
        ...

    @property
    def path(self) -> Path | None:
        """The file it writes; `None` if there is none."""
        ...

    def retry(self, path: Path | None = None) -> None:
        """Repeat what failed, at another path if one is given."""
        ...

    def close(self, timeout: float | None = None) -> bool:
        """Write what is left and close the files; `False` if edits remain unsaved.

        Waits at most `timeout` seconds.
        """
        ...
