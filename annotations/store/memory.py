"""A store in memory only: for tests, and for data that need not be kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import Document, is_there
from annotations.model.document_summary import (
    DocumentSummaries,
    DocumentSummary,
    ListedSummaries,
    Progress,
    progress_of,
)
from annotations.store.encoding import encode
from annotations.store.identity import Identified, identify, unstored_too
from annotations.store.interface import (
    EarlierState,
    HistoryEntry,
    OnTop,
    Pending,
    Removed,
)
from annotations.store.moments import place_of
from annotations.store.refusals import half_character, no_history_before, put_back_twice, was_removed
from annotations.store.stamp import now

_Of = tuple[str, str]
"""A document, by its id, and an annotator."""


@dataclass(frozen=True)
class _Commit:
    """The content of one commit, in this order."""

    at: str
    by: "MemoryStore"
    removed: tuple[str, ...] = ()
    documents: tuple[tuple[Document, str], ...] = ()
    """New and changed documents, and when they were added."""
    rows: tuple[AnnotationRow, ...] = ()
    """Annotations that were added as a whole."""
    entries: tuple[HistoryEntry, ...] = ()


class _State:
    """The content of a store after some commits."""

    def __init__(self, commits: Iterable[_Commit] = ()) -> None:
        self.documents: dict[str, tuple[Document, str]] = {}
        self.sets: dict[_Of, AnnotationSet] = {}
        for commit in commits:
            self.add(commit)

    def add(self, commit: _Commit) -> None:
        """Apply a commit."""
        for gone in commit.removed:
            self.documents.pop(gone, None)
            for key in [key for key in self.sets if key[0] == gone]:
                del self.sets[key]
        for document, added in commit.documents:
            self.documents[document.id] = (document, added)
        for row in commit.rows:
            self.sets[row.document, row.annotator] = AnnotationSet.from_row(row)
        for entry in commit.entries:
            key = (entry.document, entry.annotator)
            self.sets.setdefault(key, AnnotationSet(*key)).apply(entry.edit)


@dataclass
class MemoryContents:
    """What several `MemoryStore` objects share, as programs share a file."""

    commits: list[_Commit] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


class MemoryStore:
    """One program's view of a store in memory. Every method is that of `Store`."""

    name = "memory"

    def __init__(self, contents: MemoryContents | None = None) -> None:
        self.contents = contents or MemoryContents()
        self.notices: list[str] = []
        self._state = _State()
        self._read = 0
        """How many commits are in the state."""
        self._theirs: list[HistoryEntry] = []
        self._seen: dict[str, Document] = {}
        self._there: set[str] = set()
        """The ids of documents that were in the store when they were asked for."""
        self._adopted: dict[_Of, AnnotationRow] = {}
        with self.contents.lock:
            self._catch_up()

    def identify(self, document: Document) -> Identified:
        """See `Store`."""
        known = unstored_too(self.with_text(document.sha256), self._seen.values(), document.sha256)
        return identify(document, known, is_there)

    def see(self, document: Document) -> None:
        """See `Store`."""
        self._seen[document.id] = document
        if document.id in self._state.documents:
            self._there.add(document.id)

    def load(self, document: Document, annotator: str) -> AnnotationSet:
        """See `Store`."""
        self.see(document)
        there = self._state.sets.get((document.id, annotator))
        return AnnotationSet.from_row(there.to_row()) if there else AnnotationSet(document.id, annotator)

    def adopt(self, row: AnnotationRow) -> None:
        """See `Store`."""
        if (row.document, row.annotator) not in self._state.sets:
            self._adopted[row.document, row.annotator] = row

    def commit(
        self,
        edits: Sequence[Pending],
        documents: Sequence[Document] = (),
        on_top: OnTop | None = None,
    ) -> None:
        """See `Store`."""
        with self.contents.lock:
            known = {entry.edit.id for commit in self._catch_up() for entry in commit.entries}
            new = [pending for pending in edits if pending.edit.id not in known]
            edited = {pending.document for pending in new}
            for document in edited & self._there:
                if document not in self._state.documents:
                    seen = self._seen.get(document)
                    raise was_removed(seen.name if seen else document[:12], self.name)
            stored = tuple(self._changed(edited, documents))
            rows = tuple(row for key, row in self._adopted.items() if key not in self._state.sets)
            if not (new or stored or rows):
                return
            if on_top is not None:
                new = on_top(self._theirs, new)
            sequence = len(self.contents.commits) + 1
            entries = tuple(HistoryEntry(sequence, p.document, p.annotator, p.edit) for p in new)
            self._append(_Commit(now(), self, (), stored, rows, entries))
            self._adopted.clear()
        self._there.update(pending.document for pending in edits)
        self._there.update(document.id for document in documents)

    def remove(self, documents: Iterable[str]) -> None:
        """See `Store`."""
        with self.contents.lock:
            self._catch_up()
            gone = tuple(document for document in documents if document in self._state.documents)
            self._there.difference_update(gone)
            if gone:
                self._append(_Commit(now(), self, removed=gone))

    def last_removed(self, wanted: Callable[[Document], bool]) -> Removed | None:
        """See `Store`."""
        commits = self.contents.commits[:]
        for place in range(len(commits) - 1, -1, -1):
            if commits[place].removed:
                before = _State(commits[:place])
                for gone in reversed(commits[place].removed):
                    document, added = before.documents[gone]
                    if wanted(document):
                        rows = (live.to_row() for key, live in before.sets.items() if key[0] == gone)
                        return Removed(document, added, commits[place].at, tuple(rows))
        return None

    def put_back(self, removed: Removed) -> None:
        """See `Store`."""
        with self.contents.lock:
            self._catch_up()
            if removed.document.id in self._state.documents:
                raise put_back_twice(removed.document.name, self.name)
            stored = ((removed.document, removed.added),)
            self._append(_Commit(now(), self, (), stored, removed.annotations))

    def documents(self) -> list[Document]:
        """See `Store`."""
        return [document for document, _ in self._state.documents.values()]

    def with_text(self, sha256: str) -> list[Document]:
        """See `Store`."""
        return [document for document in self.documents() if document.sha256 == sha256]

    def at_path(self, path: str) -> list[Document]:
        """See `Store`."""
        return [document for document in self.documents() if document.path == path]

    def annotations(self, document: str) -> list[AnnotationRow]:
        """See `Store`."""
        return [live.to_row() for (of, _), live in self._state.sets.items() if of == document]

    def summary(self, document: str, annotator: str) -> DocumentSummary | None:
        """See `Store`."""
        there = self._state.documents.get(document)
        return None if there is None else self._summary(there[0], annotator)

    def summaries(self, annotator: str) -> DocumentSummaries:
        """See `Store`."""
        return ListedSummaries([self._summary(one, annotator) for one in self.documents()])

    def history(self, document: str | None = None) -> Iterator[HistoryEntry]:
        """See `Store`."""
        for commit in self.contents.commits[:]:
            for entry in commit.entries:
                if document in (None, entry.document):
                    yield entry

    def annotations_at(self, document: Document, annotator: str, moment: datetime) -> EarlierState:
        """See `Store`."""
        commits = self.contents.commits[:]
        times = [datetime.fromisoformat(commit.at) for commit in commits]
        count, later, earlier = place_of(moment, times)
        if not count:
            raise no_history_before(self.name, times[0] if times else None)
        key = (document.id, annotator)
        found = _State(commits[:count]).sets.get(key, AnnotationSet(*key))
        return EarlierState(found, count, later, earlier)

    def follow(self) -> list[HistoryEntry]:
        """See `Store`."""
        with self.contents.lock:
            self._catch_up()
        entries, self._theirs = self._theirs, []
        return entries

    def checkpoint_while(self, go_on: Callable[[], bool]) -> None:
        """See `Store`: there is nothing to rewrite."""

    def close(self, *, checkpoint: bool = True) -> None:
        """See `Store`: there is nothing to close."""

    def _summary(self, document: Document, annotator: str) -> DocumentSummary:
        live = self._state.sets.get((document.id, annotator))
        progress = progress_of(live.to_row()) if live else Progress()
        words = len(document.text.split())
        return DocumentSummary(document.id, document.name, document.path, words, progress)

    def _changed(
        self, edited: set[str], documents: Sequence[Document]
    ) -> Iterator[tuple[Document, str]]:
        """The new documents, and those that now have another path, name or source."""
        wanted = {document for document, _ in self._adopted} | edited
        seen = (document for id_, document in self._seen.items() if id_ in wanted)
        for document in {one.id: one for one in (*documents, *seen, *documents)}.values():
            if document.id not in self._state.documents:
                yield document, now()
        for document in documents:
            there, added = self._state.documents.get(document.id, (document, ""))
            if document != there and document.sha256 == there.sha256:
                yield document, added

    def _append(self, commit: _Commit) -> None:
        """Add a commit after all others. The lock must be held and everything read."""
        try:
            # What a file could not contain is refused here, too.
            encode((commit.documents, [entry.edit for entry in commit.entries]))
        except UnicodeEncodeError as error:
            raise half_character(error) from None
        self.contents.commits.append(commit)
        self._read += 1
        self._state.add(commit)

    def _catch_up(self) -> list[_Commit]:
        """Read what others committed since. The lock must be held."""
        theirs = self.contents.commits[self._read :]
        self._read += len(theirs)
        for commit in theirs:
            self._state.add(commit)
            self._theirs += [entry for entry in commit.entries if entry.document in self._seen]
        return theirs
