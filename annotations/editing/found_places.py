"""Places in one document where there may be a name that nobody suggested, from the latest search for them.

`take_in` receives all found places. They are used from the next `look`, which the code that
paints the screen calls, so that a key uses what the person saw. A place counts only as long as it has no span
in any state, so a place that a person labelled, corrected or rejected no longer counts. Words that
were passed over once do not count elsewhere in the text.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from annotations.learn.lesson import compared_words
from annotations.learn.name_place import NamePlace
from annotations.model.edit import Edit
from annotations.model.span import Span
from annotations.model.span_index import SpanIndex
from annotations.text.text_range import Range

LEAST_CHANCE = 0.35
"""The lowest probability of a place to stop at."""


class FoundPlaces:
    """The places in one text where there may be names; they do not overlap."""

    def __init__(
        self, text: str, spans: SpanIndex, hidden: Callable[[], Sequence[Span]] = tuple
    ) -> None:
        """`hidden` gives the suggestions that are hidden because the same words were rejected; these do
        not count either.
        """
        self._text = text
        self._spans = spans
        self._hidden = hidden
        self._found: list[NamePlace] = []
        self._coming: list[NamePlace] | None = None
        self._stops: list[Range] = []
        self._passed: dict[str, Range] = {}
        """The words that were passed over, in the form that is compared, and their places."""
        self._gone: list[Range] = []
        """The places that no longer count since the last look, because their words were passed over."""

    def take_in(self, found: Iterable[NamePlace]) -> None:
        """Replace all places by these at the next look.

        Places with a too low probability are left out; of two overlapping places the more likely one stays.
        """
        kept = list[NamePlace]()
        likely = [place for place in found if place.chance >= LEAST_CHANCE and place.start < place.end]
        last = -1
        for place in sorted(likely, key=lambda one: (one.start, one.end)):
            if kept and place.start < last:
                if place.chance <= kept[-1].chance:
                    continue
                kept.pop()
            kept.append(place)
            last = place.end
        self._coming = kept

    def look(self) -> list[Range]:
        """Use the received places; returns the ranges of text that may look different now."""
        gone, self._gone = self._gone, []
        if self._coming is None:
            return gone
        before, self._found, self._coming = self._found, self._coming, None
        return gone + [(place.start, place.end) for place in {*before} ^ {*self._found}]

    def overlapping(self, start: int, end: int) -> list[NamePlace]:
        """The places without a span that share a code point with a range, in reading order."""
        first = bisect_left(self._found, start, key=lambda place: place.end)
        found = []
        for place in self._found[first:]:
            if place.start >= end:
                break
            covered = self._spans.overlapping(place.start, place.end)
            if start < place.end and not (covered or self._is_refused(place)):
                found.append(place)
        return found

    def _is_refused(self, place: NamePlace) -> bool:
        extent = (place.start, place.end)
        if self._passed and self._passed.get(self._words(extent), extent) != extent:
            return True
        return any(place.start < span.end and span.start < place.end for span in self._hidden())

    def stopped_at(self, place: Range, *, named: bool = False) -> None:
        """Note that the person looked at a place. The next edit records this, and labels a name there or not.

        If it is not `named`, the same words elsewhere no longer count, even if that edit is undone.
        """
        if place not in self._stops:
            self._stops.append(place)
        if not named:
            self._pass_over(place)

    def follow(self, edit: Edit) -> None:
        """Note an edit of an earlier run: places that were passed over then stay passed over."""
        made = [change.after for change in edit.changes if change.before is None and change.after]
        for place in edit.places:
            if not any(span.overlaps(*place) for span in made):
                self._pass_over(place)

    def _pass_over(self, place: Range) -> None:
        words = self._words(place)
        if words in self._passed:
            return
        self._passed[words] = place
        others = ((found.start, found.end) for found in self._found)
        self._gone += [other for other in others if other != place and self._words(other) == words]

    def _words(self, place: Range) -> str:
        return compared_words(self._text[slice(*place)])

    def take_stops(self) -> tuple[Range, ...]:
        """The places where the person stopped since the last call."""
        stops, self._stops = tuple(self._stops), []
        return stops
