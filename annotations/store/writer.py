"""The only thread that writes, so that a key never waits for a disk.

Edits are queued and written in order; those that queue up while the disk is busy go into one commit.
What cannot be written stays queued and is tried again, when asked, with every new edit, and by itself
every few seconds.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.store.concurrent import ADJUSTED, Contested, ForeignChanges, contested_words, underneath
from annotations.store.interface import (
    Busy,
    HistoryEntry,
    Pending,
    SaveState,
    Store,
    StoreError,
)

T = TypeVar("T")
LOOK = 1.0
"""The interval at which an idle writer looks for edits by other programs, in seconds."""
QUIET = 3
"""After how many consecutive checks without anything to write the store may make a checkpoint."""
PAUSE = 0.002
"""How long the screen gets the processor between parts of a checkpoint, in seconds."""
AGAIN = 3.0
"""How long after a failure the writer tries again by itself, in seconds."""

Loaded = Callable[[AnnotationSet | StoreError], None]


class StoreWriter:
    """Loads and saves in the background. The callbacks run on the writer's thread.

    `open_at` opens the store at a path: first at `path`, and later at others that a person names instead.
    `on_state` gets every change of the state; `on_foreign` the edits by another program to a document
    loaded here: document, annotator, edits in order, to be applied to what was loaded. They are adjusted to
    the edits made here that are written after them, and no edit can be submitted while `on_foreign` runs.
    """

    def __init__(
        self,
        path: Path,
        open_at: Callable[[Path], Store],
        on_state: Callable[[SaveState], None],
        on_foreign: Callable[[str, str, list[Edit]], None],
    ) -> None:
        self._path = path
        self._open_at = open_at
        self._on_state = on_state
        self._on_foreign = on_foreign
        self._wake = threading.Condition()
        self._pending: deque[Pending] = deque()
        self._loads: deque[tuple[Document, str, Loaded, bool]] = deque()
        self._questions: deque[Callable[[], None]] = deque()
        self._documents: dict[str, Document] = {}
        """The requested documents, by their ids in the store."""
        self._unidentified: list[Document] = []
        """The documents requested while no store could be opened."""
        self._ids: dict[str, str] = {}
        """The ids that those documents have in the store, by the ids that they had without a store."""
        self._not_yet_stored: set[str] = set()
        """The ids of documents whose present form is stored only with their first edit."""
        self._loaded: set[tuple[str, str]] = set()
        self._state = SaveState(0)
        self._asked = False
        self._closing = False
        self._next_try = 0.0
        self._next_look = 0.0
        self._quiet = 0
        """The number of consecutive checks without anything to write."""
        self._store: Store | None = None
        self._opened_path = path
        self._outside: dict[tuple[str, str], ForeignChanges] = {}
        self._passed_on: set[str] = set()
        """The notices that were passed on."""
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)

    @property
    def state(self) -> SaveState:
        """What is saved and what is not."""
        return self._state

    @property
    def path(self) -> Path:
        """Where it saves."""
        return self._path

    def start(self) -> None:
        """Begin to open the store."""
        self._thread.start()

    def load(self, document: Document, annotator: str, done: Loaded, *, keep: bool = True) -> None:
        """Request the annotations of a document by an annotator; `done` gets them, or the reason for a failure.

        They include edits submitted before. They then belong to the caller.
        """
        with self._wake:
            self._loads.append((document, annotator, done, keep))
            self._wake.notify()

    def ask(self, read: Callable[[Store], T], done: Callable[[T | StoreError], None]) -> None:
        """Read something from the store; `done` gets it, or the reason for a failure."""
        with self._wake:
            self._questions.append(lambda: self._answer(read, done))
            self._wake.notify()

    def submit(self, document: str, annotator: str, edit: Edit) -> None:
        """Queue an edit of a document requested before, by its id. Never waits, never fails."""
        with self._wake:
            self._pending.append(Pending(self._ids.get(document, document), annotator, edit))
            self._state = replace(self._state, unsaved=len(self._pending))
            self._asked = True
            self._wake.notify()

    def retry(self, path: Path | None = None) -> None:
        """Try again at once, at another path if one is given."""
        with self._wake:
            self._path = path or self._path
            self._asked = True
            self._wake.notify()

    def close(self, timeout: float | None = None) -> bool:
        """Write what is left and close the store; returns whether everything was saved.

        Waits up to `timeout` seconds, or for as long as the disk works and there is something to write.
        """
        with self._wake:
            self._closing = self._asked = True
            self._wake.notify()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._pending

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(self._due, self._sleep())
                asked, self._asked = self._asked, False
                loads, self._loads = self._loads, deque()
                questions, self._questions = self._questions, deque()
                closing = self._closing
            self._attempt(lambda asked=asked: self._work(asked))  # type: ignore[misc]
            if loads or questions:
                self._quiet = 0
            for load in loads:
                self._load(*load)
            for answer in questions:
                answer()
            if closing:
                self._attempt(self._leave)
                return

    def _due(self) -> bool:
        return bool(self._asked or self._loads or self._questions or self._closing)

    def _sleep(self) -> float:
        wanted = self._next_try if self._pending else self._next_look
        return max(0.01, wanted - time.monotonic())

    def _attempt(self, work: Callable[[], None]) -> None:
        try:
            work()
        except StoreError as error:
            self._failed(str(error))
        except Exception as error:
            # For every kind of error, the edits are still here and the person sees the reason.
            self._failed(f"{self._path} cannot be written: {type(error).__name__}: {error}.")

    def _work(self, asked: bool) -> None:
        moment = time.monotonic()
        if self._pending and (asked or moment >= self._next_try):
            self._quiet = 0
            self._write()
        elif moment >= self._next_look:
            self._look()

    def _opened(self) -> Store:
        """The store at the wanted path; it also gets what was loaded from another store."""
        store = self._store
        if store is None or self._opened_path != self._path:
            path = self._path
            fresh = self._open_at(path)
            self._identify_late(fresh)
            for document in self._documents.values():
                fresh.see(document)
            if store is not None:
                for known in self._documents:
                    for row in store.annotations(known):
                        if (known, row.annotator) in self._loaded:
                            fresh.adopt(row)
                store.close(checkpoint=False)
            self._store, self._opened_path = fresh, path
            self._outside.clear()
            self._pass_on_notices()
        assert self._store is not None
        return self._store

    def _write(self) -> None:
        store = self._opened()
        made = list(self._pending)
        written: dict[str, Pending] = {}
        corrections: dict[str, Edit] = {}
        staying: list[Contested] = []

        def on_top(theirs: Sequence[HistoryEntry], edits: list[Pending]) -> list[Pending]:
            edits, stay, correct = self._on_top(theirs, edits)
            written.update((pending.edit.id, pending) for pending in edits)
            corrections.update(correct)
            staying.extend(stay)
            return edits

        edited = self._not_yet_stored & {pending.document for pending in made}
        store.commit(made, [self._documents[id_] for id_ in edited], on_top=on_top)
        self._not_yet_stored -= edited
        batch = [written.get(pending.edit.id, pending) for pending in made]
        with self._wake:
            for _ in batch:
                self._pending.popleft()
        self._hand_over(store.follow(), made)
        self._correct(made, corrections)
        self._change_state(error="", saved_at=datetime.now(UTC))
        contested = [
            span
            for pending in batch
            if (view := self._outside.get((pending.document, pending.annotator)))
            for span in view.ours(pending.edit)
        ]
        self._pass_on_notices()
        if contested:
            self._change_state(
                notice=f"Another program changed the same annotation ({contested_words(contested)}); the later "
                "change is shown, and `annotate log` has both."
            )
        if staying:
            self._change_state(
                notice=f"Another program changed the same annotation ({contested_words(staying)}) in the "
                "meantime; it was not undone or redone."
            )

    def _on_top(
        self, theirs: Sequence[HistoryEntry], edits: list[Pending]
    ) -> tuple[list[Pending], list[Contested], dict[str, Edit]]:
        """Some edits adjusted to what other programs did, and what stays as those programs left it.

        Also, by the ids of the edits, the changes from what is shown here to what was written.
        """
        if not any(pending.edit.kind in ADJUSTED for pending in edits):
            return edits, [], {}
        views = {key: view.copied() for key, view in self._outside.items()}
        for entry in theirs:
            views.setdefault((entry.document, entry.annotator), ForeignChanges()).theirs(entry.edit)
        written, staying, corrections = [], [], {}
        for pending in edits:
            view = views.get((pending.document, pending.annotator))
            if view is not None:
                edit, stay = view.rebased(pending.edit)
                correction = view.correction(pending.edit, edit)
                if correction is not None:
                    corrections[edit.id] = correction
                view.ours(edit)
                pending = replace(pending, edit=edit)
                staying += stay
            written.append(pending)
        return written, staying, corrections

    def _correct(self, made: list[Pending], corrections: Mapping[str, Edit]) -> None:
        """Pass on the corrections for edits that were written in another form, adjusted to later edits."""
        with self._wake:
            later = [*made, *self._pending]
            for number, pending in enumerate(made, 1):
                edit = corrections.get(pending.edit.id)
                if edit is not None:
                    key = (pending.document, pending.annotator)
                    mine = [p.edit for p in later[number:] if (p.document, p.annotator) == key]
                    self._on_foreign(*key, [underneath(edit, mine)])

    def _look(self) -> None:
        self._next_look = time.monotonic() + LOOK
        try:
            entries = self._opened().follow()
        except Busy:
            return
        self._hand_over(entries, [])
        self._pass_on_notices()
        if not self._pending:
            self._change_state(error="")
            self._quiet += 1
            if self._quiet == QUIET:
                self._opened().checkpoint_while(self._is_unawaited)

    def _is_unawaited(self) -> bool:
        """Whether there is nothing to do, after giving other threads the processor."""
        time.sleep(PAUSE)
        return not self._due()

    def _hand_over(self, entries: Sequence[HistoryEntry], made: list[Pending]) -> None:
        """Pass on what other programs did, adjusted to later edits made here."""
        foreign: dict[tuple[str, str], list[Edit]] = {}
        for entry in entries:
            key = (entry.document, entry.annotator)
            if key in self._loaded:
                edit = entry.edit
                self._outside.setdefault(key, ForeignChanges()).theirs(edit)
                foreign.setdefault(key, []).append(edit)
        with self._wake:
            ours = [*made, *self._pending]
            for key, edits in foreign.items():
                mine = [p.edit for p in ours if (p.document, p.annotator) == key]
                self._on_foreign(*key, [underneath(edit, mine) for edit in edits])

    def _load(self, document: Document, annotator: str, done: Loaded, keep: bool) -> None:
        try:
            store = self._opened()
            identified = store.identify(document)
            known = identified.document
            annotations = store.load(known, annotator)
        except StoreError as error:
            self._unidentified.append(document)
            self._failed(str(error))
            done(error)
            return
        self._documents[known.id] = known
        for pending in list(self._pending):
            if (pending.document, pending.annotator) == (known.id, annotator):
                annotations.apply(pending.edit)
        self._loaded.add((known.id, annotator))
        done(annotations)
        if keep:
            self._keep(store, known)
        else:
            self._not_yet_stored.add(known.id)
        if identified.notice:
            self._change_state(notice=identified.notice)

    def _keep(self, store: Store, document: Document) -> None:
        """Store a document that was opened. If that fails, it is stored with its first edit."""
        try:
            store.commit((), [document])
        except StoreError:
            return
        self._change_state()

    def _identify_late(self, store: Store) -> None:
        """Find the documents requested while there was no store, and change the ids in their edits to
        those of the store.
        """
        for document in self._unidentified:
            known = store.identify(document).document
            self._documents[known.id] = known
            self._ids[document.id] = known.id
        self._unidentified.clear()
        with self._wake:
            self._pending = deque(
                replace(pending, document=self._ids.get(pending.document, pending.document))
                for pending in self._pending
            )

    def _answer(self, read: Callable[[Store], T], done: Callable[[T | StoreError], None]) -> None:
        try:
            found = read(self._opened())
        except StoreError as error:
            self._failed(str(error))
            done(error)
        else:
            done(found)

    def _leave(self) -> None:
        if self._store is not None:
            self._store.close()

    def _pass_on_notices(self) -> None:
        if self._store is not None:
            for sentence in self._store.notices:
                if sentence not in self._passed_on:
                    self._passed_on.add(sentence)
                    self._change_state(notice=sentence)

    def _failed(self, sentence: str) -> None:
        self._next_try = time.monotonic() + AGAIN
        self._change_state(error=sentence)

    def _change_state(self, **changes: Any) -> None:
        with self._wake:
            before = self._state
            self._state = state = replace(before, unsaved=len(self._pending), **changes)
        if state != before:
            self._on_state(state)
