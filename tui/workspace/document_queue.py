"""A corpus on the screen: which document is next, which ones are read in advance, and the list of all.

The corpus knows the order and state of the documents and the current place; the workspace loads and
saves. The queue connects the two.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.corpus.corpus import Arrival
from annotations.corpus.corpus_documents import CorpusDocuments
from annotations.corpus.last_steps import LastSteps
from annotations.corpus.listing import ListedDocument
from annotations.corpus.member import Member, looked_at
from annotations.corpus.member_opening import NotOpened, OpenedMember
from annotations.corpus.order_names import Order
from annotations.editing.dating import FindCreationTime
from annotations.editing.done import marked_words
from annotations.editing.outcome import Outcome
from annotations.model.document import Document
from annotations.model.document_summary import progress_of
from annotations.model.edit import Edit
from annotations.model.errors import AnnotateError
from annotations.store.opening import database_url
from annotations.text.plural import counted
from tui.cells.cut import cut_middle
from tui.keymap import Keymap
from tui.workspace.document_at_hand import DocumentAtHand
from tui.workspace.document_list_control import LARGEST_LOOKED_INTO, DocumentListControl
from tui.workspace.screen_services import ScreenServices
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from annotations.corpus.summary import CorpusSummary
    from tui.document_list.corpus_done import AfterDone

AHEAD = 3
"""How many of the next documents are read in advance."""
AHEAD_IN_DOUBT = 5
"""The same for the order `doubt`: more, so that the most doubtful one can be chosen among them."""
PREPARED_AT_ONCE = 1_000_000
"""The largest document, in bytes, that is read in advance; a larger one would delay the answer to a key."""
CHECKED_AT_ONCE = 200
"""How many texts are checked for changes since they were listed, in one pause between keys."""
CHECK_INTERVAL = 0.02
"""Seconds between two such checks."""
QUIET = 0.15
"""Seconds without a key until a document is read in advance."""

NAME_IN_NOTICES = 24
"""The greatest width, in cells, of a document's name in a notice, so that the notice fits in 80 columns."""


@dataclass(frozen=True)
class QueueSource:
    """What a document queue needs to know about its corpus."""

    name: str
    """The title of the list: the folder or file of the corpus, or the database."""
    documents: CorpusDocuments
    read: Callable[[Member], OpenedMember | NotOpened]
    find_creation_time: Callable[[Document], FindCreationTime]
    order: Order
    seed: int
    notices: tuple[str, ...]
    """Messages to show at the start, one sentence each."""
    summarise: "Callable[[list[ListedDocument]], CorpusSummary]"
    """Computes the figures of all these documents; slow, because it reads all their annotations."""


class DocumentQueue:
    """The `OtherDocuments` of a corpus."""

    def __init__(
        self, corpus: QueueSource, workspace: Workspace, keymap: Keymap, services: ScreenServices
    ) -> None:
        """Raises `AnnotateError` if none of the documents can be opened."""
        self._corpus_info = corpus
        self._workspace = workspace
        self._services = services
        self._keymap = keymap
        self._notices = list(corpus.notices)
        workspace.stores_unedited = False
        workspace.suggesting.on_suggested = self._note
        self._drawn = f"seed {corpus.seed}" if corpus.order == "doubt" else ""
        self._corpus = corpus.documents.corpus(
            corpus.read, self._take, workspace.let_go, workspace.state.languages
        )
        self._arrange()
        self._list = DocumentListControl(
            corpus.name,
            corpus.order,
            self._corpus,
            workspace,
            keymap,
            corpus.find_creation_time,
            self._go_to,
            self._note_edit,
        )
        self._last_steps = LastSteps()
        self._first = self._begin()

    @property
    def first(self) -> DocumentAtHand:
        """The last document of the person, else the first that is not done; if all are done, the first."""
        return self._first

    @property
    def position(self) -> str:
        """The place and the number of documents, as `3/312`."""
        return f"{self._corpus.place + 1}/{len(self._corpus)}"

    @property
    def name(self) -> str:
        """The name of the document on the screen in the list."""
        return self._corpus.member(self._corpus.place).name

    # Going from one document to another

    def next(self) -> None:
        """Go to the next document, whatever its state."""
        self._note_current()
        self._arrive_or_say(self._corpus.next(), "This is the last document.")

    def previous(self) -> None:
        """Go to the previous document, whatever its state."""
        self._note_current()
        self._arrive_or_say(self._corpus.previous(), "This is the first document.")

    def show_list(self) -> None:
        """Open the list of all documents."""
        self._note_current()
        self._services.ask(self._list.window(), self._leave_list)

    def _leave_list(self, key: str | None) -> None:
        self._list.chosen(key)
        if self._by_scores:
            self._arrange()

    def after(self, outcome: Outcome) -> None:
        """If the document was just marked as done, go to the next one that is not, or show the results
        if none is left.
        """
        edit = outcome.edit
        if edit is not None:
            self._note_edit(self._workspace.current, edit)
        if edit is None or not any(fact.fact == "done" and fact.after.done for fact in edit.facts):
            return
        if edit.kind != "document":
            return
        self._note_current()
        at_hand, name = self._workspace.current, self.name
        arrival = self._corpus.next_not_done()
        if arrival is not None:
            said = marked_words(at_hand.opened.session.annotations)
            name = cut_middle(name, NAME_IN_NOTICES)
            self._notices.append(f"{name}: {said[0].lower()}{said[1:]}")
            self._arrive(arrival)
        else:
            self._show_results()

    def go_back_to_marked(self) -> bool:
        """Go back to the document that was just marked as done, and unmark it; see `OtherDocuments`."""
        marked = self._last_steps.marked_last
        place = self._corpus.place_of(marked) if marked is not None else None
        if place is None or place == self._corpus.place:
            return False
        at_hand = self._go_to(place)
        if at_hand is None:
            self._last_steps.forget_last()
        else:
            at_hand.when_ready(lambda: self._unmark_done(at_hand))
        return True

    def closing_message(self, at_hand: DocumentAtHand) -> str:
        """Say how many documents are done."""
        self._note(at_hand)
        return f"{self._corpus.done} of {counted(len(self._corpus), 'document')} done"

    def _begin(self) -> DocumentAtHand:
        arrival = self._corpus.start()
        if arrival is None:
            # All are done, or cannot be opened.
            places = range(len(self._corpus))
            opened = (self._corpus.open(place) for place in places)
            arrival = next((one for one in opened if isinstance(one, Arrival)), None)
        if arrival is None:
            raise AnnotateError(
                f"None of the {counted(len(self._corpus), 'document')} can be opened; `annotate "
                f"list` shows the reasons."
            )
        self._note_arrival(arrival)
        return arrival.document

    def begun(self) -> None:
        """The first document is on the screen: begin to read the next ones in advance."""
        self._say_notices()
        self._services.later(QUIET, self._prepare)

    def _go_to(self, place: int) -> DocumentAtHand | None:
        """Show the document at a place; `None`, after showing the reason, if it cannot be opened."""
        self._note_current()
        arrival = self._corpus.open(place)
        if isinstance(arrival, NotOpened):
            self._workspace.view.say(arrival.reason)
            return None
        self._arrive(arrival)
        return arrival.document

    def _arrive_or_say(self, arrival: Arrival[DocumentAtHand] | None, otherwise: str) -> None:
        if arrival is None:
            self._workspace.view.say(otherwise)
        else:
            self._arrive(arrival)

    def _arrive(self, arrival: Arrival[DocumentAtHand]) -> None:
        self._workspace.show(arrival.document)
        self._note_arrival(arrival)
        self._say_notices()
        self._services.later(QUIET, self._prepare)

    def _say_notices(self) -> None:
        if self._notices:
            self._workspace.view.say(" ".join(self._notices))
            self._notices.clear()

    def _note_arrival(self, arrival: Arrival[DocumentAtHand]) -> None:
        at_hand = arrival.document
        at_hand.when_ready(lambda: self._keep_how_drawn(at_hand))
        self._notices += [passed.reason for passed in arrival.passed_over[:2]]
        if arrival.opened is not None and arrival.opened.notice:
            self._notices.append(arrival.opened.notice)

    def _keep_how_drawn(self, at_hand: DocumentAtHand) -> None:
        """Record that a document is in the random sample; this is stored when it is marked as done."""
        place = self._corpus.current_place(at_hand)
        if place is not None and self._corpus.row(place).at_random:
            at_hand.opened.properties.drawn = self._drawn

    def _note_edit(self, at_hand: DocumentAtHand, edit: Edit) -> None:
        """Note what a person did to an open document."""
        place = self._corpus.current_place(at_hand)
        if place is not None:
            self._last_steps.note(self._corpus.row(place).key, edit)

    def _note_current(self) -> None:
        self._note(self._workspace.current)

    def _show_results(self) -> None:
        """Show the results for the whole corpus, once they are computed."""
        workspace, rows, last = self._workspace, list(self._list.rows()), self._workspace.current
        path = workspace.path
        if path is None:
            return

        def make() -> "CorpusSummary":
            workspace.wait_until_written()
            return self._corpus_info.summarise(rows)

        def show(summary: "CorpusSummary") -> None:
            # This may have taken long, and the person may be doing something else by now.
            still_done = last is workspace.current and last.opened.session.annotations.facts.done
            if still_done and self._services.shows_article:
                self._show_summary(summary, path)
            else:
                from annotations.corpus.summary import done_words

                workspace.view.say(done_words(summary))

        self._services.in_background(make, show)

    def _show_summary(self, summary: "CorpusSummary", path: Path) -> None:
        from tui.document_list.corpus_done import CorpusDoneScreen

        window = CorpusDoneScreen(
            summary,
            self._keymap,
            corpus=self._corpus_info.name,
            database="" if _is_found(path) else str(path),
            save_state=self._workspace.saving,
        )
        self._services.ask(window, self._after_results)

    def _after_results(self, where: "AfterDone | None") -> None:
        if where == "list":
            self.show_list()

    def _unmark_done(self, at_hand: DocumentAtHand) -> None:
        outcome = at_hand.opened.properties.mark_not_done()
        if outcome.edit is not None:
            self._note_edit(at_hand, outcome.edit)
        if at_hand is self._workspace.current:
            self._workspace.view.show_outcome(outcome)
        self._note(at_hand)

    # The progress of the documents

    def _note(self, at_hand: DocumentAtHand) -> None:
        """Note the progress of an open document, for the list and for the order of the next documents."""
        place = self._corpus.current_place(at_hand)
        if place is None or not at_hand.ready:
            return
        session = at_hand.opened.session
        annotations, created = session.annotations, session.creation_time
        read = bool(annotations.runs) and not at_hand.progress
        known = bool(read or annotations.edited or len(annotations.spans) or annotations.facts)
        doubtful = session.doubts.number(annotations.spans) if known else None
        progress = progress_of(annotations.to_row(), doubtful) if known else None
        self._corpus.note(place, progress, created.value if created is not None else "")
        self._list.changed(place)
        # While the list is open, the order does not change.
        movable = self._by_scores and not self._list.is_open
        if known and movable and at_hand is not self._workspace.current:
            self._arrange()

    @property
    def _by_scores(self) -> bool:
        """Whether the order depends on scores, which change while suggestions and decisions are made."""
        return self._corpus_info.order in ("doubt", "disputed")

    def _arrange(self) -> None:
        """Sort the documents after this one in the chosen order, as far as their scores are known."""
        if self._corpus_info.order != "file":
            self._corpus.arrange()

    # The next documents

    def _take(self, opened: OpenedMember) -> DocumentAtHand:
        given = opened.creation_time
        document = opened.document
        find = self._corpus_info.find_creation_time(document)
        return self._workspace.take(document, find if given is None else lambda language: given)

    def _prepare(self) -> None:
        """Read one of the next documents in advance, if no key was pressed for a while.

        Once they are all read, check the others for changes since they were listed.
        """
        if time.monotonic() - self._services.last_key < QUIET:
            self._services.later(QUIET, self._prepare)
            return
        number = AHEAD_IN_DOUBT if self._corpus_info.order == "doubt" else AHEAD
        for place in self._corpus.ahead(number):
            small = (looked_at(self._corpus.member(place)).size or 0) <= PREPARED_AT_ONCE
            if small and self._corpus.at_hand(place) is None and self._corpus.prepare(place) is not None:
                self._services.later(QUIET, self._prepare)
                return
        if self._corpus.look_around(CHECKED_AT_ONCE, LARGEST_LOOKED_INTO):
            self._services.later(CHECK_INTERVAL, self._prepare)


def _is_found(path: Path) -> bool:
    """Whether a command uses the database at this path without being given its name."""
    try:
        return str(path) == database_url(None)
    except AnnotateError:
        return False
