"""Connects the list of documents to the corpus and the workspace.

The list itself is imported when it is first opened, so that the first text appears sooner.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from annotations.corpus.corpus import Corpus
from annotations.corpus.corpus_rows import CorpusRows
from annotations.corpus.listing import ListedDocument
from annotations.corpus.order_names import Order
from annotations.editing.dating import FindCreationTime
from annotations.editing.outcome import Outcome
from annotations.model.document import Document
from annotations.model.document_summary import progress_of
from annotations.model.edit import Edit
from tui.keymap import Keymap
from tui.workspace.document_at_hand import DocumentAtHand
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from annotations.corpus.pace import Pace
    from tui.document_list.screen import DocumentListScreen

LARGEST_LOOKED_INTO = 100_000
"""The largest text, in bytes, that is read for its row in the list. This takes about a millisecond."""
ORDER_WORDS: dict[Order, str] = {
    "file": "in file order",
    "random": "at random",
    "shortest": "shortest first",
    "doubt": "doubtful first",
    "disputed": "disputed first",
}


class DocumentListControl:
    """Opens the list, and marks documents in it as done or not."""

    def __init__(
        self,
        name: str,
        order: Order,
        corpus: Corpus[DocumentAtHand],
        workspace: Workspace,
        keymap: Keymap,
        find_creation_time: Callable[[Document], FindCreationTime],
        go_to: Callable[[int], object],
        did: Callable[[DocumentAtHand, Edit], None],
    ) -> None:
        """`go_to` shows the document at a place in the corpus; `did` is called with each edit."""
        self._find_creation_time = find_creation_time
        self._name = name
        self._order = order
        self._corpus = corpus
        self._workspace = workspace
        self._keymap = keymap
        self._go_to = go_to
        self._did = did
        self._open: DocumentListScreen | None = None

    def window(self) -> "DocumentListScreen":
        """Make the list as it is now, with the document on the screen selected."""
        from tui.document_list.screen import DocumentListScreen

        rows = self.rows()
        self._open = DocumentListScreen(
            self._name,
            rows,
            self._keymap,
            self._mark,
            self._look,
            self._ask_language,
            current=rows[self._corpus.place].key,
            pace=self._pace(),
            save_state=self._workspace.saving,
            given_order=ORDER_WORDS[self._order],
            database=self._workspace.path.name if self._workspace.path is not None else "",
        )
        return self._open

    @property
    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self._open is not None

    def rows(self) -> CorpusRows:
        """All documents in the order of the corpus."""
        return CorpusRows(self._corpus)

    def chosen(self, key: str | None) -> None:
        """The list was closed: go to the document that was chosen in it, if any."""
        self._open = None
        if key is not None:
            self._go_to(self._corpus.place_of(key))

    def changed(self, place: int) -> None:
        """Show in the list, if it is open, that something about the document at a place has changed."""
        if self._open is not None and self._open.is_mounted:
            self._open.replace([self._corpus.row(place)])

    def _look(self, key: str) -> ListedDocument:
        """The row of a document; its text is read first if it has not been read yet."""
        place = self._corpus.place_of(key)
        document = self._corpus.look(place, anew=True, largest=LARGEST_LOOKED_INTO)
        if document is not None:
            language = self._workspace.state.languages.language_of(document.text)
            found = self._find_creation_time(document)(language)
            self._corpus.note(place, created=found.value if found is not None and found.trusted else "")
        return self._corpus.row(place)

    def _mark(self, key: str, done: bool) -> None:
        """Mark a document as done or not done, once its annotations are loaded."""

        def mark(at_hand: DocumentAtHand, place: int) -> None:
            properties = at_hand.opened.properties
            outcome = properties.mark_done() if done else properties.mark_not_done()
            self._show(at_hand, place, outcome)
            if outcome.edit is not None:
                self._did(at_hand, outcome.edit)

        self._with_annotations(key, mark)

    def _ask_language(self, key: str) -> None:
        """Ask in which language a document is written, once its annotations are loaded."""
        from tui.dialogs.language import language_window, set_language

        def ask(at_hand: DocumentAtHand, place: int) -> None:
            def answered(name: str | None) -> None:
                if name is not None:
                    outcome = set_language(at_hand.opened, name)
                    self._show(at_hand, place, outcome)
                    self._say(outcome.message)

            if self._open is not None and self._open.is_mounted:
                self._open.ask(lambda look: language_window(at_hand.opened, look), answered)

        self._with_annotations(key, ask)

    def _with_annotations(self, key: str, do: Callable[[DocumentAtHand, int], None]) -> None:
        place = self._corpus.place_of(key)
        at_hand = self._corpus.prepare(place)
        if at_hand is None:
            row = self._corpus.row(place)
            self.changed(place)
            self._say(f"{row.name} cannot be opened: {row.file_detail}.")
            return
        at_hand.when_ready(lambda: do(at_hand, place))

    def _show(self, at_hand: DocumentAtHand, place: int, outcome: Outcome) -> None:
        """Show what was done to a document: in the list, and in the article if it is on the screen."""
        if at_hand is self._workspace.current:
            self._workspace.view.show_document(at_hand)
        session = at_hand.opened.session
        doubtful = session.doubts.number(session.annotations.spans)
        self._corpus.note(place, progress_of(session.annotations.to_row(), doubtful))
        if self._open is not None and self._open.is_mounted:
            self._open.replace([self._corpus.row(place)], self._pace())
        if outcome.edit is None:
            self._say(outcome.message)

    def _say(self, message: str) -> None:
        if self._open is not None and self._open.is_mounted:
            self._open.say(message)

    def _pace(self) -> "Pace":
        from annotations.corpus.pace import pace_of

        return pace_of(self._corpus.finished(), len(self._corpus) - self._corpus.done, date.today())
