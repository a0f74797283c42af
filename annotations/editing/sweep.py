"""Going through the text by screens, or from doubt to doubt: visible undoubted suggestions are accepted at once.

Only suggestions that were drawn on the screen, completely and as undoubted, are accepted here; see
`annotations.editing.sight`. Everything doubtful is left to the person: suggestions, and places of
possible names that nobody suggested. What counts as doubtful stays the same until the screen is drawn
again.
"""

from annotations.editing import commands as edits
from annotations.editing.document_session import DocumentSession
from annotations.editing.held_suggestions import acceptable
from annotations.editing.outcome import Outcome
from annotations.editing.review import Review
from annotations.editing.selection import Selection
from annotations.editing.sight import Sight, sight_of, taken
from annotations.editing.stop_at import StopAt
from annotations.learn.name_place import NamePlace
from annotations.model.span import Span, SpanKey, reading_order
from annotations.text.plural import counted
from annotations.text.text_range import Range


class Sweep:
    """The two keys that accept visible undoubted suggestions, in one document."""

    def __init__(self, session: DocumentSession, selection: Selection, review: Review) -> None:
        self._session = session
        self._selection = selection
        self._review = review
        self.sight: Sight | None = None
        """What was drawn last; `None` if the next screen is not painted yet."""
        self.finds_places = False
        """Whether places count. They count once no more suggestions are expected; before that, every
        name would be a place.
        """
        self._passed: set[SpanKey] = set()
        """The stops on the screen that the person reached."""
        self._last: SpanKey | None = None
        """The stop that the person reached last."""
        self._began_at: int | None = None
        """Where the cursor was when this screen began, until it moves: a stop there does not count as reached."""

    def paint(self, rows: Range, first_row_end: int) -> list[Range]:
        """Judge what is on the screen, which will be painted with these rows.

        Returns the ranges of text that look different because of a new verdict.
        """
        session, wants = self._session, self._review.wants
        spans, doubts = session.annotations.spans, session.doubts
        if self.finds_places:
            session.places.take_in(session.name_places.within(*rows))
        changed = [*doubts.look(spans.overlapping(*rows)), *session.places.look()]
        places = session.places.overlapping(*rows)
        sight = sight_of(
            spans, rows, first_row_end, wants=wants, stops_at=doubts.stops_at, places=places
        )
        stops = {*(span.key for span in sight.stops), *(place.key for place in sight.places)}
        if self.sight is None or self.sight.range != sight.range:
            # Stops that were passed over and are still on the screen need no second stop.
            self._passed &= stops
            self._review.tour = None
        cursor = self._selection.cursor
        if self.sight is None:
            self._began_at = cursor
        elif cursor != self._began_at:
            self._began_at = None
        self.sight = sight
        here = self._selection.focus.span or self._place_key
        if here is not None and self._began_at is None:
            self._passed.add(here)
        if here in stops:
            self._last = here
        return changed

    def look_ahead(self) -> bool:
        """Judge a part of the text after the screen, as far as one more screen; returns whether there may be more.

        It is judged again when it is painted, with the decisions until then; only the slow results are kept.
        """
        sight, session = self.sight, self._session
        if sight is None:
            return False
        start, end = sight.end, 2 * sight.end - sight.start
        if session.doubts.prepare(session.annotations.spans.overlapping(start, end)):
            return True
        return self.finds_places and session.name_places.prepare(start, end)

    def take_screen(self) -> Outcome:
        """Accept the visible undoubted suggestions, and go to the first of the others; after the last,
        show the next page.
        """
        sight = self.sight
        if sight is None or self._selection.focus.hidden:
            return Outcome()
        self._review.leave_place()
        outcome = self._accept(None, list(taken(self._session.annotations.spans, sight)))
        left = self._left(sight)
        following = next((stop for stop in left if stop.key not in self._passed), None)
        if following is None:
            return self._page_on(sight, outcome, len(left))
        self._select_stop(following)
        return _saying(outcome, _words_for(left))

    def accept_to_next_stop(self) -> Outcome:
        """Accept the suggestion in focus and the undoubted ones up to the next stop, and go to that stop.

        If there are no more stops on the screen, all its undoubted ones are accepted; then the cursor goes to the
        first stop that the person skipped, and the next page is shown if there is none.
        """
        sight = self.sight
        if sight is None or self._selection.focus.hidden:
            return Outcome()
        self._review.leave_place()
        here, name_place = self._selection.focused_span, self._place_key
        place = self._selection.in_order if name_place is None else reading_order(name_place)
        current = here if here is not None and not here.decided and sight.is_here(here) else None
        following = next((s for s in self._left(sight) if reading_order(s.key) > place), None)
        until = reading_order(following.key) if following is not None else None
        outcome = self._accept(current, list(taken(self._session.annotations.spans, sight, until)))
        left = self._left(sight)
        if following is None:
            following = next((stop for stop in left if stop.key not in self._passed), None)
        if following is None:
            return self._page_on(sight, outcome, len(left))
        if following in left:
            self._select_stop(following)
        return _saying(outcome, _words_for(left))

    def _accept(self, current: Span | None, undoubted: list[Span]) -> Outcome:
        """Accept suggestions as one edit; `current` is the one at the cursor, which the person looked at."""
        scheme = self._session.scheme
        offered = [span for span in undoubted if current is None or span.key != current.key]
        if current is not None and not scheme.accepts(current.label):
            current = None
        chosen = acceptable([*([current] if current else []), *offered], scheme.nested)
        first = [span for span in chosen if current is not None and span.key == current.key]
        others = [span for span in chosen if span not in first]
        changes = tuple(change for span in (*first, *others) for change in edits.accept(span))
        outcome = self._session.apply(
            "accept", changes, cursor=self._selection.cursor, single=len(first)
        )
        said = f"{len(changes)} accepted" if changes else ""
        return Outcome(outcome.touched, said, outcome.edit)

    @property
    def _place_key(self) -> SpanKey | None:
        """The place at the cursor, if there is one."""
        place = self._review.place_here
        return place.key if place is not None else None

    def _left(self, sight: Sight) -> list[StopAt]:
        """The undecided stops, in reading order."""
        spans, places = self._session.annotations.spans, self._session.places
        left: list[StopAt] = [span for span in sight.stops if spans.get(span.key) == span]
        left += [place for place in sight.places if place in places.overlapping(place.start, place.end)]
        return sorted(left, key=lambda stop: reading_order(stop.key))

    def _select_stop(self, stop: StopAt) -> None:
        """Go to a stop; deciding it leads to the next one on this screen, and no further."""
        self._began_at = None
        self._review.select_stop(stop)
        self._review.tour = self

    def next_stop(self, place: tuple[int, int, str]) -> StopAt | int | None:
        """The next stop on the screen; if no stop is left on it, the offset where the next screen begins."""
        sight = self.sight
        if sight is None:
            return None
        left = [stop for stop in self._left(sight) if stop.key not in self._passed]
        behind = (stop for stop in left if reading_order(stop.key) > place)
        following = next(behind, left[0] if left else None)
        self._began_at = None
        if following is not None or sight.further >= len(self._session.text):
            return following
        return None if self._anything_left(sight) else self._leave(sight)

    def last_stop(self) -> StopAt | None:
        """The stop reached last, if it is still one; otherwise the first that was not passed over."""
        left = self._left(self.sight) if self.sight is not None else []
        last = [stop for stop in left if stop.key == self._last]
        return next(iter(last or [stop for stop in left if stop.key not in self._passed]), None)

    def _anything_left(self, sight: Sight) -> bool:
        """Whether the screen has undecided suggestions that were not passed over, including new ones."""
        there = self._session.annotations.spans.overlapping(*sight.range)
        left = [span for span in there if not span.decided and self._review.wants(span)]
        whole = [span for span in left if sight.start <= span.start and span.end <= sight.end]
        return any(span.key not in self._passed for span in whole)

    def _leave(self, sight: Sight) -> int:
        """Finish the screen; returns where the next one begins."""
        self.sight = None
        self._review.tour = None
        return sight.further

    def _page_on(self, sight: Sight, outcome: Outcome, left: int) -> Outcome:
        passed = f"{left} skipped" if left else ""
        if sight.further >= len(self._session.text):
            undecided = self._session.annotations.spans.count(status="suggested")
            rest = f"{undecided} left to decide" if undecided else "nothing is left to decide"
            return _saying(outcome, f"the end of the text: {rest}")
        self._selection.place(sight.further)
        return _saying(outcome, passed, self._leave(sight))


def _words_for(left: list[StopAt]) -> str:
    """How many stops are left, in words."""
    places = sum(isinstance(stop, NamePlace) for stop in left)
    doubtful = len(left) - places
    parts = (f"{doubtful} doubtful" if doubtful else "", counted(places, "place") if places else "")
    return f"{' and '.join(part for part in parts if part)} left" if left else ""


def _saying(outcome: Outcome, more: str, further: int | None = None) -> Outcome:
    said = ", ".join(part for part in (outcome.message, more) if part)
    sentence = f"{said[0].upper()}{said[1:]}." if said else ""
    return Outcome(outcome.touched, sentence, outcome.edit, further)
