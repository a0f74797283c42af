"""Going through the text by screens, or from doubt to doubt: what is undoubted and in sight is accepted at once.

Nothing is ever accepted here that was not on the screen when it was painted, whole and undoubted; see
`annotations.editing.sight`. What there is a reason to look at stays for the person, and stands still until
the next screen is painted.
"""

from msgspec import Struct

from annotations.editing import commands as edits
from annotations.editing.document_session import DocumentSession
from annotations.editing.held_suggestions import acceptable
from annotations.editing.outcome import Outcome
from annotations.editing.review import Review
from annotations.editing.selection import Selection
from annotations.editing.sight import Sight, sight_of, taken
from annotations.model.span import Span, SpanKey, reading_order
from annotations.text.text_range import Range


class Swept(Struct, frozen=True):
    """What a key of these did."""

    outcome: Outcome
    further: int | None = None
    """The offset to begin the next screen with, where it is time for that."""


class Sweep:
    """The two keys that accept what is undoubted and in sight, in one document."""

    def __init__(self, session: DocumentSession, selection: Selection, review: Review) -> None:
        self._session = session
        self._selection = selection
        self._review = review
        self.sight: Sight | None = None
        """What was painted last; `None` where the next screen is still to be painted."""
        self._passed: set[SpanKey] = set()
        """The suggestions on the screen that the person stood on."""

    def paint(self, rows: Range, first_row_end: int) -> list[Range]:
        """The screen is about to be painted with these rows: judge what is on it.

        Gives back the ranges of text that look otherwise than before, for another verdict.
        """
        spans, doubts = self._session.annotations.spans, self._session.doubts
        changed = doubts.look(spans.overlapping(*rows))
        sight = sight_of(spans, rows, first_row_end, wants=self._review.wants, stops_at=doubts.stops_at)
        if self.sight is None or self.sight.range != sight.range:
            # What was passed over and is still on the screen need not be stopped at again.
            self._passed &= {span.key for span in sight.stops}
            self._review.goes_on_to = None
        self.sight = sight
        if (focused := self._selection.focus.span) is not None:
            self._passed.add(focused)
        return changed

    def take_screen(self) -> Swept:
        """Accept what is undoubted and in sight, and stand on the first of the others; behind the last, page on."""
        sight = self.sight
        if sight is None or self._selection.focus.hidden:
            return Swept(Outcome())
        outcome = self._accept(None, list(taken(self._session.annotations.spans, sight)))
        left = self._left(sight)
        following = next((span for span in left if span.key not in self._passed), None)
        if following is None:
            return self._page_on(sight, outcome, len(left))
        self._stand_on(following)
        return Swept(_saying(outcome, f"{len(left)} doubtful left"))

    def take_to_next(self) -> Swept:
        """Accept the suggestion in focus and the undoubted up to the next one to look at, and stand on that.

        Where there is none any more on the screen, page on.
        """
        sight = self.sight
        if sight is None or self._selection.focus.hidden:
            return Swept(Outcome())
        here, place = self._selection.focused_span, self._selection.in_order
        current = here if here is not None and not here.decided and sight.is_here(here) else None
        ahead = [span for span in self._left(sight) if reading_order(span) > place]
        following = ahead[0] if ahead else None
        until = reading_order(following) if following is not None else None
        outcome = self._accept(current, list(taken(self._session.annotations.spans, sight, until)))
        left = self._left(sight)
        if following is None:
            return self._page_on(sight, outcome, len(left))
        if following.key in self._session.annotations.spans:
            self._stand_on(following)
        return Swept(_saying(outcome, f"{len(left)} doubtful left"))

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

    def _left(self, sight: Sight) -> list[Span]:
        """The ones to look at that are still undecided, in reading order."""
        spans = self._session.annotations.spans
        return sorted((span for span in sight.stops if spans.get(span.key) == span), key=reading_order)

    def _stand_on(self, span: Span) -> None:
        doubts, wants = self._session.doubts, self._review.wants
        self._selection.select_span(span.key)
        sight = self.sight
        self._review.goes_on_to = lambda other: (
            sight is not None and sight.is_here(other) and wants(other) and doubts.stops_at(other)
        )

    def _page_on(self, sight: Sight, outcome: Outcome, left: int) -> Swept:
        passed = f"{left} passed over" if left else ""
        if sight.further >= len(self._session.text):
            undecided = self._session.annotations.spans.count(status="suggested")
            rest = f"{undecided} left to decide" if undecided else "nothing is left to decide"
            return Swept(_saying(outcome, f"the end of the text: {rest}"))
        self.sight = None
        self._review.goes_on_to = None
        self._selection.place(sight.further)
        return Swept(_saying(outcome, passed), sight.further)


def _saying(outcome: Outcome, more: str) -> Outcome:
    said = ", ".join(part for part in (outcome.message, more) if part)
    return Outcome(outcome.touched, f"{said[0].upper()}{said[1:]}." if said else "", outcome.edit)
