"""Suggestions for the open documents, and learning from the decisions about them.

Suggestions carry the key of their document and are added to it, even if another document is on the
screen by then. The weights are fitted to the person's decisions, also those in other documents of the
store, in the process of the suggesters.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from textual.message import Message

from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.outcome import Outcome
from annotations.editing.same_words import suggest_same_words
from annotations.learn.lesson import Lesson
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Edit
from tui.workspace.document_at_hand import DocumentAtHand
from tui.workspace.learning import PAUSE, LearningElsewhere, LessonsRead
from tui.workspace.suggestions import (
    MakeSuggestions,
    Suggested,
    SuggestingProgress,
    Suggestions,
    TokensRead,
    ToScreen,
    WeightsFitted,
)
from tui.workspace.view import WorkspaceView

READ_AGAIN_AFTER = 0.004
"""Seconds after a change of language until the document is read again, so that the change is drawn first."""


class LoadedDocuments(Protocol):
    """What suggesting needs of the open documents."""

    view: WorkspaceView
    state: AnnotatorState

    @property
    def current(self) -> DocumentAtHand:
        """The document on the screen."""
        ...

    def with_key(self, key: DocumentKey) -> DocumentAtHand | None:
        """The open document with this key, if its annotations are loaded."""
        ...

    def bring(
        self,
        key: DocumentKey,
        bring: Callable[[DocumentAtHand], Outcome],
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Call `bring` with an open document when keys leave time, show the outcome, and call `then`."""
        ...


class Suggesting:
    """The suggesters of a run. All methods must be called on the thread of the screen."""

    def __init__(
        self,
        at_hand: LoadedDocuments,
        make_suggestions: MakeSuggestions,
        post: Callable[[Message], None],
        elsewhere: LearningElsewhere,
    ) -> None:
        self.on_suggested: Callable[[DocumentAtHand], None] = lambda at_hand: None
        """Called with a document when it has all its suggestions."""
        self._at_hand = at_hand
        self._make_suggestions = make_suggestions
        self._post = post
        self._elsewhere = elsewhere
        self._suggestions: Suggestions | None = None
        self._fitted_to = 0
        """The number of changes of what is learned (`Learned.changes`) at the last fitting."""
        self._fitted_lessons: Sequence[Lesson] = ()
        """The lessons last sent to the process, which fits the weights to them."""

    @property
    def begun(self) -> bool:
        """Whether suggestions have been requested in this run from at least one suggester."""
        return self._suggestions is not None

    def begin(self, at_hand: DocumentAtHand) -> None:
        """Start suggesting for a document: before all others if it is on the screen, otherwise after them."""
        self._suggestions = self._suggestions or self._make_suggestions(ToScreen(self._post))
        if self._suggestions is None:
            return
        session = at_hand.opened.session
        key, text, runs = at_hand.key, at_hand.document.text, session.annotations.runs
        language = session.dating.language
        if at_hand is self._at_hand.current:
            visible = self._at_hand.view.first_visible_offset()
            self._suggestions.read(key, text, runs, visible, language)
        else:
            self._suggestions.read_ahead(key, text, runs, language)

    def follow(self, at_hand: DocumentAtHand, edit: Edit) -> None:
        """Learn from an edit; if it changed the language of the document, read the document again."""
        if self._suggestions is None:
            return
        self.fit()
        if any(fact.fact == "language" for fact in edit.facts):
            self._suggestions.cancel(at_hand.key)
            self._at_hand.view.later(READ_AGAIN_AFTER, lambda: self.begin(at_hand))

    def look_at(self, at_hand: DocumentAtHand) -> None:
        """Read the document that is on the screen now before the others."""
        if self._suggestions is not None:
            self._suggestions.look_at(at_hand.key, self._at_hand.view.first_visible_offset())

    def cancel(self, at_hand: DocumentAtHand) -> None:
        """Stop reading a document that was closed."""
        if self._suggestions is not None:
            self._suggestions.cancel(at_hand.key)

    def suggested(self, message: Suggested) -> None:
        """Add suggestions to their document; if it is on the screen, its visible part is read next."""

        def suggest(at_hand: DocumentAtHand) -> Outcome:
            session = at_hand.opened.session
            outcome = session.suggest(
                message.source, message.spans, message.run, message.second_readings
            )
            if at_hand is self._at_hand.current:
                if outcome.message:
                    self._at_hand.view.say(outcome.message)
                if message.run:
                    self.look_at(at_hand)
            return outcome

        self._at_hand.bring(message.key, suggest, message.shown)

    def tokens_read(self, message: TokensRead) -> None:
        """Note where the pipeline's tokens begin and end in a document."""
        at_hand = self._at_hand.with_key(message.key)
        if at_hand is not None:
            at_hand.opened.session.tokens = message.edges
            if at_hand is self._at_hand.current:
                self._at_hand.view.show_later()

    def says(self, message: SuggestingProgress) -> None:
        """Note the progress of a document's suggestions; show an error if the document is on the screen."""
        at_hand = self._at_hand.with_key(message.key)
        if at_hand is self._at_hand.current and message.notice:
            self._at_hand.view.say(message.notice)

        def is_so_far(at_hand: DocumentAtHand) -> Outcome:
            at_hand.progress = message.progress
            at_hand.opened.sweep.finds_places = not message.progress
            self._at_hand.view.show_later()
            if message.progress:
                return Outcome()
            outcome = suggest_same_words(at_hand.opened.session)
            self.on_suggested(at_hand)
            self._elsewhere.begin()
            return outcome

        # `bring` keeps the order: earlier suggestions, which wait for a pause between keys, are added first.
        self._at_hand.bring(message.key, is_so_far)

    def learned_elsewhere(self, message: LessonsRead) -> None:
        """Learn from the person's decisions in another document; read the next one when keys have stopped."""
        self._at_hand.state.learned.read(message.taught)
        self._at_hand.view.later(PAUSE, lambda: self._read_on(message.left))

    def _read_on(self, left: Iterator[str]) -> None:
        if not self._at_hand.view.keys_stopped:
            self._at_hand.view.later(PAUSE, lambda: self._read_on(left))
        elif not self._elsewhere.go_on(left):
            self.fit()

    def fit(self) -> None:
        """Have the weights fitted to all decisions so far, unless they already are."""
        learned = self._at_hand.state.learned
        if self._suggestions is None or learned.changes == self._fitted_to:
            return
        self._fitted_to = learned.changes
        lessons = learned.lessons_to_fit()
        if lessons != self._fitted_lessons:
            self._fitted_lessons = lessons
            self._suggestions.fit(lessons)

    def fitted(self, message: WeightsFitted) -> None:
        """Use these weights for doubts from the next drawing of the screen."""
        self._at_hand.state.learned.use(message.weights)

    def close(self) -> None:
        """Stop the suggesters."""
        if self._suggestions is not None:
            self._suggestions.close()
