"""Going through the text by screens, or from doubt to doubt: what is not doubtful and in sight is accepted at once.

Nothing is ever accepted here that was not on the screen when it was drawn, whole and undoubted; see
`annotations.editing.sight`. What there is a reason to look at stays for the person, and stands still until
the next screen is drawn: suggestions, and places where a name may be that nobody suggested.
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
    """The two keys that accept what is not doubtful and in sight, in one document."""

    def __init__(self, session: DocumentSession, selection: Selection, review: Review) -> None:
        self._session = session
        self._selection = selection
        self._review = review
        self.sight: Sight | None = None
        """What was drawn last; `None` where the next screen is still to be painted."""
        self.finds_places = False
        """Whether places are looked for: once no more suggestions are expected, or each name would be one."""
        self._passed: set[SpanKey] = set()
        """The stops on the screen that the person stood on."""
        self._last: SpanKey | None = None
        """The stop that the person stood on last."""
        self._began_at: int | None = None
        """Where the cursor was put as this screen began, until it is moved: that is not to stop there."""

    def paint(self, rows: Range, first_row_end: int) -> list[Range]:
        """The screen is about to be painted with these rows: judge what is on it.

        Gives back the ranges of text that look otherwise than before, for another verdict.
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
            # What was passed over and is still on the screen need not be stopped at again.
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
        """Judge a little of what is behind the screen, as far as a screen goes; whether there may be more.

        It is judged anew when it is painted, by what was decided until then: what takes time is kept.
        """
        sight, session = self.sight, self._session
        if sight is None:
            return False
        start, end = sight.end, 2 * sight.end - sight.start
        if session.doubts.prepare(session.annotations.spans.overlapping(start, end)):
            return True
        return self.finds_places and session.name_places.prepare(start, end)

    def take_screen(self) -> Outcome:
        """Accept what is not doubtful and in sight, and stand on the first of the others; after the last, page on."""
        sight = self.sight
        if sight is None or self._selection.focus.hidden:
            return Outcome()
        self._review.leave_place()
        outcome = self._accept(None, list(taken(self._session.annotations.spans, sight)))
        left = self._left(sight)
        following = next((stop for stop in left if stop.key not in self._passed), None)
        if following is None:
            return self._page_on(sight, outcome, len(left))
        self._stand_on(following)
        return _saying(outcome, _words_for(left))

    def take_to_next(self) -> Outcome:
        """Accept the suggestion in focus and the undoubted up to the next one to look at, and stand on that.

        Where there is none any more on the screen, all of its undoubted ones are accepted; then it stands on the
        first that the person went past without standing on it, and pages on if there is none.
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
            self._stand_on(following)
        return _saying(outcome, _words_for(left))

    def _accept(self, current: Span | None, undoubted: list[Span]) -> Outcome:
        """Accept them as one edit; `current` is the one that the person stands on, and looked at."""
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
        """The place that the person stands on, if it is one."""
        place = self._review.place_here
        return place.key if place is not None else None

    def _left(self, sight: Sight) -> list[StopAt]:
        """The stops that are still to decide about, in reading order."""
        spans, places = self._session.annotations.spans, self._session.places
        left: list[StopAt] = [span for span in sight.stops if spans.get(span.key) == span]
        left += [place for place in sight.places if place in places.overlapping(place.start, place.end)]
        return sorted(left, key=lambda stop: reading_order(stop.key))

    def _stand_on(self, stop: StopAt) -> None:
        """Go to a stop; deciding it leads to the next one on this screen, and no further."""
        self._began_at = None
        self._review.stand_on(stop)
        self._review.tour = self

    def next_stop(self, place: tuple[int, int, str]) -> StopAt | int | None:
        """The next stop on the screen; where nothing on it is left to decide, where the next screen begins."""
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
        """The stop stood on last, where it is still one; else the first that was not passed over."""
        left = self._left(self.sight) if self.sight is not None else []
        last = [stop for stop in left if stop.key == self._last]
        return next(iter(last or [stop for stop in left if stop.key not in self._passed]), None)

    def _anything_left(self, sight: Sight) -> bool:
        """Whether there are suggestions on the screen to decide that were not passed over, also such as just came."""
        there = self._session.annotations.spans.overlapping(*sight.range)
        left = [span for span in there if not span.decided and self._review.wants(span)]
        whole = [span for span in left if sight.start <= span.start and span.end <= sight.end]
        return any(span.key not in self._passed for span in whole)

    def _leave(self, sight: Sight) -> int:
        """The screen is done with; gives back where the next one begins."""
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
