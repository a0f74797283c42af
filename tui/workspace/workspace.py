"""The open documents, one of which is on the screen. Each is loaded and saved and gets suggestions by itself.

Everything that arrives later (loaded annotations, suggestions, edits by another program) carries the
key of its document and is added to that document, even if another one is on the screen by then.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from textual.message import Message

from annotations.corpus.own_ids import OwnIds
from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.dating import FindCreationTime, nothing_found
from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Edit
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import LabelScheme
from annotations.store.concurrent import OwnEdits
from annotations.store.interface import SaveState, Store, StoreError, Writer
from tui.background.resting import Resting
from tui.workspace.document_at_hand import AnnotationsLoaded, DocumentAtHand, Foreign, Saved, TextChanged
from tui.workspace.learning import LearningElsewhere
from tui.workspace.suggesting import Suggesting
from tui.workspace.suggestions import MakeSuggestions
from tui.workspace.view import WorkspaceView

T = TypeVar("T")
DISK_PATIENCE = 10.0
"""The longest time, in seconds, to wait for the disk, for example when the program ends."""
FRAME_WAITS = 0.004
"""Seconds for which the frame of an edit waits for the disk, so that it can show the edit as saved."""

MakeWriter = Callable[[Callable[[SaveState], None], Callable[[str, str, list[Edit]], None]], Writer]
"""Makes the writer. The two callbacks report a new state of saving, and edits that other programs made."""


class Workspace:
    """Owns the open documents, their writer and their suggestions.

    All methods must be called on the thread of the screen, except where stated. `post` sends messages
    to it from any thread.
    """

    def __init__(
        self,
        annotator: str,
        scheme: LabelScheme,
        make_writer: MakeWriter,
        make_suggestions: MakeSuggestions,
        post: Callable[[Message], None],
    ) -> None:
        self.view: WorkspaceView
        """The screen; set before anything else is done."""
        self.state = AnnotatorState()
        self._annotator = annotator
        self._scheme = scheme
        self._make_writer = make_writer
        self._post = post
        elsewhere = LearningElsewhere(self._ask, post, annotator, scheme)
        self.suggesting = Suggesting(self, make_suggestions, post, elsewhere)
        """Suggestions for the documents, and learning from the decisions about them."""
        self.stores_unedited = True
        """Whether a document is stored when it is loaded; if not, it is stored with its first decision."""
        self._decided_any = False
        """Whether a person has decided anything in this run. From then on, the position in every document is
        stored.
        """
        self._visited: DocumentAtHand | None = None
        """The document that the next run would start with, as far as it is stored."""
        self._current: DocumentAtHand | None = None
        self._at_hand: list[DocumentAtHand] = []
        self._writer: Writer | None = None
        self._written = threading.Event()
        """Set when everything is on disk, or cannot be written."""
        self._written.set()
        self._frame_waits_until = 0.0
        self._ids = OwnIds()
        self._made: defaultdict[DocumentKey, OwnEdits] = defaultdict(OwnEdits)
        """The edits made here in each document, also in those that have been closed."""
        self._resting = Resting(lambda *when: self.view.later(*when), self.remember_place)

    @property
    def current(self) -> DocumentAtHand:
        """The document on the screen."""
        assert self._current is not None
        return self._current

    # Documents

    def take(
        self, document: Document, find_creation_time: FindCreationTime = nothing_found
    ) -> DocumentAtHand:
        """Open a document whose text was read; its annotations are loaded as soon as the store is open."""
        document = self._ids.of(document)
        opened = OpenDocument(document, self._empty(document), self._scheme, state=self.state)
        at_hand = DocumentAtHand(document, opened, find_creation_time)
        if not self.stores_unedited:
            at_hand.unstored = []
        self._at_hand.append(at_hand)
        if self._writer is not None:
            self._load(at_hand)
        return at_hand

    def _empty(self, document: Document) -> AnnotationSet:
        return AnnotationSet(document.id, self._annotator)

    def let_go(self, at_hand: DocumentAtHand) -> None:
        """Close a document that is not on the screen, after the calls that wait for its annotations."""
        at_hand.when_ready(lambda: self._close(at_hand))

    def _close(self, at_hand: DocumentAtHand) -> None:
        self._at_hand.remove(at_hand)
        # If the document was opened again, it still has to be read.
        if self.with_key(at_hand.key) is None:
            self.suggesting.cancel(at_hand)

    def show(self, at_hand: DocumentAtHand) -> None:
        """Show a document, even if its annotations are not loaded yet."""
        before, self._current = self._current, at_hand
        self._visited = self._visited or at_hand
        if before is not None and before is not at_hand:
            self.remember_place(before)
            at_hand.opened.effort.continue_from(before.opened.effort)
        self.view.show_document(at_hand)
        if not at_hand.ready:
            return
        if at_hand.earlier is not None:
            self._ask_about(at_hand.earlier)
        else:
            self.suggesting.look_at(at_hand)

    def remember_place(self, left: DocumentAtHand | None = None) -> None:
        """Store the position of the person in the document on the screen, or in the one that they left."""
        at_hand = left or self.current
        if at_hand.ready:
            at_hand.opened.remember_place(always=left is None and self._visited is not at_hand)

    def pressed(self, now: float) -> None:
        """Note that a person pressed a key or a button at this moment of the monotonic clock, in seconds.

        When they pause, their position is stored, if they have decided in this run or the document is stored.
        """
        self.current.opened.effort.press(now)
        if self._decided_any or self.current.unstored is None:
            self._resting.pressed(now)

    def open_store(self) -> None:
        """Open the store, and load the annotations of the open documents."""
        self._writer = self._make_writer(self._saving_changed, self._foreign)
        self._writer.start()
        for at_hand in self._at_hand:
            self._load(at_hand)

    def _load(self, at_hand: DocumentAtHand) -> None:
        assert self._writer is not None
        self._writer.load(
            at_hand.document,
            self._annotator,
            lambda result: self._post(AnnotationsLoaded(at_hand, result)),
            keep=self.stores_unedited,
        )

    def loaded(self, message: AnnotationsLoaded) -> None:
        """The annotations of a document are loaded: show them, and start the suggestions."""
        at_hand, result = message.at_hand, message.result
        if at_hand not in self._at_hand:
            return
        failed = isinstance(result, AnnotateError)
        annotations = self._empty(at_hand.document) if isinstance(result, AnnotateError) else result
        known = bool(annotations.runs or len(annotations.spans) or annotations.facts)
        before = at_hand.opened
        opened = OpenDocument(
            at_hand.document,
            annotations,
            self._scheme,
            lambda edit: self._commit(at_hand, edit),
            self.state,
            before.effort,
        )
        opened.session.dating.look_for_creation_time(at_hand.find_creation_time)
        opened.session.on_edit.append(lambda edit: self.suggesting.follow(at_hand, edit))
        if annotations.cursor == 0:
            opened.selection.place(before.selection.cursor)
        if known:
            at_hand.unstored = None
        at_hand.is_ready(opened)
        if at_hand is self._current:
            self.view.show_document(at_hand)
        assert self._writer is not None
        if known or failed:
            self._suggest(at_hand)
        else:
            self._ask_for_earlier_text(at_hand)

    def _ask_for_earlier_text(self, at_hand: DocumentAtHand) -> None:
        from annotations.store.earlier_text import earlier_text

        assert self._writer is not None
        self._writer.ask(
            lambda store: earlier_text(store, at_hand.document, self._annotator),
            lambda found: self._post(
                TextChanged.since(at_hand, None if isinstance(found, StoreError) else found)
            ),
        )

    def text_changed(self, message: TextChanged) -> None:
        """Ask about an earlier text, if there is one, once the document is on the screen."""
        at_hand = message.at_hand
        if message.earlier is None:
            self._suggest(at_hand)
        elif at_hand is self._current:
            self._ask_about(message)
        else:
            at_hand.earlier = message

    def _ask_about(self, changed: TextChanged) -> None:
        at_hand = changed.at_hand
        at_hand.earlier = None

        def answer(carried_over: bool) -> None:
            if carried_over and changed.earlier is not None and changed.found is not None:
                spans = [new for _, new in changed.found.placed]
                opened, facts = at_hand.opened, changed.earlier.row.facts
                if given := opened.session.annotations.facts.creation_time:
                    # A date given on the command line is newer than that of the earlier text.
                    facts = facts.with_creation_time(given)
                outcome = opened.session.carry_over(spans, facts, cursor=opened.selection.cursor)
                if at_hand is self._current:
                    self.view.show_outcome(outcome)
            self._suggest(at_hand)

        self.view.ask_about_earlier_text(changed, answer)

    # Saving

    @property
    def saving(self) -> SaveState | None:
        """The state of saving; `None` before the store is opened."""
        return self._writer.state if self._writer is not None else None

    @property
    def path(self) -> Path | None:
        """The file that edits are saved in; `None` if there is none."""
        return self._writer.path if self._writer is not None else None

    def settle(self) -> SaveState | None:
        """The state of saving, once an edit is saved or its frame must be drawn; `None` until the
        document is loaded.
        """
        self._written.wait(max(self._frame_waits_until - time.monotonic(), 0))
        state = self.saving
        return state if state is not None and (self.current.ready or state.error) else None

    def wait_until_written(self) -> None:
        """Wait until all edits are on disk, or cannot be written; not to be called on the thread of the
        screen.
        """
        self._written.wait(DISK_PATIENCE)

    def save_again(self, path: Path | None) -> None:
        """Try again to save, at another path if one is given."""
        if self._writer is not None:
            self._writer.retry(path)

    def _commit(self, at_hand: DocumentAtHand, edit: Edit) -> None:
        """Store an edit; if nothing was decided in the document yet, keep the edit until the first
        decision.
        """
        if at_hand.unstored is not None:
            if edit.kind == "suggest" or (edit.kind == "place" and not self._decided_any):
                at_hand.unstored.append(edit)
                return
            before, at_hand.unstored = at_hand.unstored, None
            for earlier in before:
                self._submit(at_hand, earlier)
        self._decided_any |= edit.kind not in ("suggest", "place")
        self._submit(at_hand, edit)

    def _submit(self, at_hand: DocumentAtHand, edit: Edit) -> None:
        assert self._writer is not None
        self._written.clear()
        if edit.kind != "suggest":
            self._visited = at_hand
            self._frame_waits_until = time.monotonic() + FRAME_WAITS
        self._writer.submit(at_hand.key.document, self._annotator, edit)
        self._made[at_hand.key].add(edit)

    def _saving_changed(self, state: SaveState) -> None:
        """Called by the writer, on its thread, with a new state of saving."""
        if state.error or not state.unsaved:
            self._written.set()
        self._post(Saved())

    def _foreign(self, document: str, annotator: str, edits: list[Edit]) -> None:
        """Called by the writer, on its thread, with edits that another program made."""
        # The annotations may still be on their way to the screen; they arrive there before this message.
        key = DocumentKey(document, annotator)
        made = self._made.get(key)
        self._post(Foreign(key, edits, made.number if made is not None else 0))

    def edited_elsewhere(self, message: Foreign) -> None:
        """Apply and show another program's edits of the annotations of an open document."""

        def take_over(at_hand: DocumentAtHand) -> Outcome:
            edits = self._made[message.key].over(message.edits, message.number)
            return at_hand.opened.session.take_over(edits)

        self.bring(message.key, take_over)

    def _ask(self, read: Callable[[Store], T], done: Callable[[T | StoreError], None]) -> None:
        assert self._writer is not None
        self._writer.ask(read, done)

    def _suggest(self, at_hand: DocumentAtHand) -> None:
        if at_hand.document.text.strip() and at_hand in self._at_hand:
            self.suggesting.begin(at_hand)

    def bring(
        self,
        key: DocumentKey,
        bring: Callable[[DocumentAtHand], Outcome],
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Call `bring` with an open document when keys leave time, show the outcome, and call `then`."""

        def when_keys_leave_time() -> Outcome:
            at_hand = self.with_key(key)
            outcome = bring(at_hand) if at_hand is not None else Outcome()
            then()
            return outcome if at_hand is self._current else Outcome()

        self.view.arrive(when_keys_leave_time)

    def with_key(self, key: DocumentKey) -> DocumentAtHand | None:
        """The open document with this key, if its annotations are loaded."""
        return next((one for one in self._at_hand if one.ready and one.key == key), None)

    # Leaving

    def begin_to_leave(self) -> None:
        """Store the person's position in the document on the screen, and try once more to save what is
        unsaved.
        """
        self.remember_place()
        if self._writer is not None and self._writer.state.unsaved:
            self._writer.retry()

    def close(self) -> bool:
        """Stop the suggesters and write what is left, which may take time; `False` if edits remain
        unsaved.
        """
        self.suggesting.close()
        return self._writer is None or self._writer.close(DISK_PATIENCE)
