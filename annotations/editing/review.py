"""Deciding: label, accept, reject, and moving to the next undecided suggestion."""

from typing import Protocol, assert_never

from msgspec.structs import replace

from annotations.editing import commands as edits
from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.document_session import DocumentSession
from annotations.editing.filters import Filter
from annotations.editing.held_suggestions import acceptable
from annotations.editing.outcome import ONLY_WHITE_SPACE, Outcome, no_label
from annotations.editing.selection import Focus, Selection
from annotations.editing.sight import Sight
from annotations.editing.stop_at import StopAt
from annotations.learn.name_place import NamePlace
from annotations.model.edit import Change, EditKind
from annotations.model.span import Span, SpanKey, reading_order
from annotations.text import segmentation as words


class StopsOnScreen(Protocol):
    """Moving from stop to stop on a screen."""

    def next_stop(self, place: tuple[int, int, str]) -> StopAt | int | None:
        """The stop after a place in reading order, or the first one; or the offset where the next screen begins."""
        ...

    def last_stop(self) -> StopAt | None:
        """The stop that the person left, if it is still one; otherwise another one on the screen."""
        ...


class Review:
    """Decisions about the spans of one document, and moving from one to the next."""

    def __init__(self, session: DocumentSession, selection: Selection, state: AnnotatorState) -> None:
        self._session = session
        self._selection = selection
        self._state = state
        self._corrected: tuple[SpanKey, Focus] | None = None
        """The suggestion corrected last, and the place where moving on from it led."""
        self.tour: StopsOnScreen | None = None
        """The next stops while the person goes through a screen; `None` for the next undecided suggestion."""

    @property
    def place_here(self) -> NamePlace | None:
        """The place of a possible name at the cursor: all of it, or with other edges."""
        focus = self._selection.focus
        if focus.span is not None or not focus.chosen or focus.hidden:
            return None
        here = self._session.places.overlapping(focus.start, focus.end)
        if self.tour is None:
            # If the person selected words, exactly these words count, even if a possible name is in them.
            here = [place for place in here if (place.start, place.end) == (focus.start, focus.end)]
        return here[0] if here else None

    def leave_place(self, *, named: bool = False) -> None:
        """Note that the person looked at a place when they move on from it, labelled or not."""
        place = self.place_here
        if place is not None:
            self._session.places.stopped_at((place.start, place.end), named=named)

    def select_stop(self, stop: StopAt) -> None:
        """Select a suggestion, or the words of a place."""
        match stop:
            case Span():
                self._selection.select_span(stop.key)
            case NamePlace():
                self._selection.select_range(stop.start, stop.end)
            case _:
                assert_never(stop)

    # Moving on

    def next_undecided(self) -> Outcome:
        """Select the next undecided suggestion; after the last one, the first."""
        self.leave_place()
        place, here = self.place_here, self._selection.in_order
        if place is not None and self.tour is not None:
            return Outcome(further=self._go_on_to(self._following(place.key)))
        found = self._session.annotations.spans.next_undecided(here, self._passes)
        if found is None:
            which = f" ({self._state.filter.words})" if self._state.filter.words else ""
            return Outcome(message=f"Nothing is left to decide{which}.")
        self._selection.select_span(found.key)
        return Outcome(
            message="Continued from the start of the text." if reading_order(found) <= here else ""
        )

    def choose(self, which: Filter) -> Outcome:
        """From now on step only to such suggestions, beginning with the next one.

        Suggestions whose label is not in the project, and hidden dates, are visible
        while the filter includes them.
        """
        self._state.filter = which
        touched = self._session.show_all(bool(which.beside) or which.hidden_dates)
        outcome = self.next_undecided()
        return Outcome(touched, outcome.message)

    def show_hidden(self) -> Outcome:
        """Suggest again what is hidden because the same words were rejected, and go to the first of these."""
        hidden = self._session.hidden
        outcome = self._session.show_hidden()
        if outcome.edit is not None:
            self._state.filter = Filter()
            self._selection.select_span(hidden[0].key)
        return outcome

    def continue_from(self, place: Span | SpanKey, now: SpanKey, *, undecided: bool) -> int | None:
        """Move on from a suggestion that was `undecided` before to the next one; otherwise do not move.

        `place` is what was decided, `now` the resulting span. Returns where the next screen
        begins, if the next screen should be shown.
        """
        spans = self._session.annotations.spans
        following = self._following(place) if undecided else None
        if following is not None:
            return self._go_on_to(following)
        if now in spans:
            self._selection.select_span(now)
        else:
            self._selection.let_go()
        return None

    def forget_corrected(self) -> SpanKey | None:
        """The suggestion corrected last, if moving on from it led here; this call also forgets it."""
        corrected, self._corrected = self._corrected, None
        return corrected[0] if corrected and corrected[1] == self._selection.focus else None

    # Deciding

    def label(self, name: str) -> Outcome:
        """Label the selection or the word, or relabel the span; accepted at once.

        After a suggestion, the selection then moves to the next undecided one.
        """
        session, selection = self._session, self._selection
        if not session.scheme.accepts(name):
            return no_label(name)
        spans = session.annotations.spans
        start, end = selection.focus.start, selection.focus.end
        if start < end and words.only_white_space(session.text, start, end):
            return Outcome(message=ONLY_WHITE_SPACE)
        span = selection.span_here
        if span is not None:
            undecided = not span.decided or self._is_stop(span)
            changes = edits.relabel(spans, span, name, session.annotator)
            kind: EditKind = "accept" if name == span.label else "relabel"
            outcome = self._apply(kind, changes)
            now = SpanKey(span.start, span.end, name)
            further = self.continue_from(span, now, undecided=undecided)
            if kind == "relabel":
                self._corrected = (now, selection.focus)
            return replace(outcome, further=further)
        if end <= start:
            return Outcome(message="There is no word here to label.")
        place, now = self.place_here, SpanKey(start, end, name)
        self.leave_place(named=True)
        outcome = self._apply("create", edits.label_range(spans, start, end, name, session.annotator))
        selection.select_span(now)
        if self.tour is None:
            return outcome
        further = self._go_on_to(self.tour.last_stop() if place is None else self._following(now))
        self._corrected = (now, selection.focus)
        return replace(outcome, further=further)

    def accept(self) -> Outcome:
        """Accept the span, or the guess for a place, and move to the next undecided one."""
        span, place = self._selection.focused_span, self.place_here
        if place is not None:
            known = Outcome(message="No label was guessed; press the letter of a label.")
            return self.label(place.label) if place.label else known
        if span is not None and self._is_stop(span):
            return Outcome(further=self.continue_from(span, span.key, undecided=True))
        if span is None or span.accepted:
            return self.next_undecided()
        if not self._session.scheme.accepts(span.label):
            return no_label(span.label)
        outcome = self._apply("accept", edits.accept(span))
        further = self.continue_from(span, span.key, undecided=not span.decided)
        return replace(outcome, further=further)

    def reject(self) -> Outcome:
        """Reject a suggestion and move to the next one; remove an accepted span.

        A place where nothing is labelled is only passed over.
        """
        span, place = self._selection.focused_span, self.place_here
        if place is not None:
            return self.next_undecided()
        if span is None:
            return Outcome(message="There is no span here to reject.")
        changes = edits.reject(span, self._session.annotator)
        outcome = self._apply("remove" if span.decided else "reject", changes)
        if span.decided:
            self._selection.let_go()
            return outcome
        further = self.continue_from(span, span.key, undecided=True)
        self._corrected = (span.key, self._selection.focus)
        return replace(outcome, further=further)

    def accept_all(self, start: int, end: int, sight: Sight | None = None) -> Outcome:
        """Accept every suggestion that begins in the range and is not doubtful: one step of undo.

        The message says how many doubtful ones are left, and how many of the accepted ones were not on the screen,
        if `sight` states what is on it.
        """
        scheme = self._session.scheme
        pending = [
            span
            for span in self._session.annotations.spans.overlapping(start, end)
            if not span.decided and span.start >= start and self.wants(span)
        ]
        if sight is not None:
            # Suggestions that arrived after the screen was drawn were not shown as undoubted.
            pending = [s for s in pending if not s.overlaps(*sight.range) or sight.shows(s)]
        undoubted = [span for span in pending if not self._session.doubts.stops_at(span)]
        doubtful = len(pending) - len(undoubted)
        right = acceptable(undoubted, scheme.nested)
        changes = tuple(change for span in right for change in edits.accept(span))
        left = f"{doubtful} doubtful left" if doubtful else ""
        if not changes:
            return Outcome(message=f"There is nothing to accept here{f': {left}' if left else ''}.")
        outcome = self._apply("accept", changes, single=0)
        self._selection.let_go()
        unseen = sum(sight is not None and not sight.is_here(span) for span in right)
        parts = (
            f"{len(changes)} accepted",
            f"{unseen} of them not on the screen" if unseen else "",
            left,
        )
        return Outcome(outcome.touched, f"{', '.join(part for part in parts if part)}.", outcome.edit)

    def accept_paragraph(self, sight: Sight | None = None) -> Outcome:
        """Accept the paragraph, except doubtful suggestions, and go to the next."""
        if self._selection.focus.hidden:
            return Outcome(message="There is nothing to accept here.")
        paragraph = words.paragraph_at(self._session.text, self._selection.cursor)
        outcome = self.accept_all(*paragraph, sight)
        if outcome.edit is not None:
            self.next_undecided()
        return outcome

    def accept_document(self, sight: Sight | None = None) -> Outcome:
        """Accept the document, except doubtful suggestions."""
        return self.accept_all(0, len(self._session.text), sight)

    # Undo

    def undo(self) -> Outcome:
        """Undo the last action of a person, in one step, however many spans it changed."""
        return self._go_to_change(self._session.undo())

    def redo(self) -> Outcome:
        """Redo what was undone last."""
        return self._go_to_change(self._session.redo())

    def _go_to_change(self, outcome: Outcome) -> Outcome:
        if outcome.edit is not None:
            changed = next((c.after or c.before for c in outcome.edit.changes), None)
            if changed is not None and changed.key in self._session.annotations.spans:
                self._selection.select_span(changed.key)
            else:
                self._selection.place(outcome.edit.cursor)
            if self._session.annotations.facts.done and not outcome.edit.changes:
                self._selection.focus = Focus.nothing_at(self._selection.cursor)
        return outcome

    def _apply(
        self, kind: EditKind, changes: tuple[Change, ...], *, single: int | None = None
    ) -> Outcome:
        cursor = self._selection.cursor
        return self._session.apply(kind, changes, cursor=cursor, single=single)

    def wants(self, span: Span) -> bool:
        """Whether a suggestion passes the present filter and has a label of the project."""
        return self._passes(span) and self._session.scheme.accepts(span.label)

    def _following(self, place: Span | SpanKey) -> StopAt | int | None:
        behind = reading_order(place)
        if self.tour is not None:
            return self.tour.next_stop(behind)
        return self._session.annotations.spans.next_undecided(behind, self._passes)

    def _go_on_to(self, following: StopAt | int | None) -> int | None:
        """Move to what follows. If that is the next screen, move to its beginning, and return its offset."""
        if isinstance(following, int):
            self._selection.place(following)
            return following
        if following is not None:
            self.select_stop(following)
        return None

    def _is_stop(self, span: Span) -> bool:
        """Whether the person reached a span as a stop and has only corrected its edges so far."""
        undo = self._session.annotations.undo
        if self.tour is None or not undo or undo[-1].kind != "resize":
            return False
        return any(c.after is not None and c.after.key == span.key for c in undo[-1].changes)

    def _passes(self, span: Span) -> bool:
        return self._state.filter.wants(span, self._session.annotations.spans)
