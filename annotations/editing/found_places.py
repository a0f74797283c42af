"""The places of one document where a name may be that nobody suggested, as they were found last.

Whoever finds them brings all of them with `take_in`; they are there from the next `look` on, which whoever
paints the screen does: what a person saw is what a key takes. A place is one only as long as nothing stands on
it: no span in any state, so what a person labelled, corrected or rejected there is no place any more. Words that
were passed over once are no place elsewhere in the text.
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
"""From which chance on a place is stopped at."""


class FoundPlaces:
    """Where names may be in one text, none over another."""

    def __init__(
        self, text: str, spans: SpanIndex, hidden: Callable[[], Sequence[Span]] = tuple
    ) -> None:
        """`hidden` gives the suggestions that are not shown as the same words were rejected: no places either."""
        self._text = text
        self._spans = spans
        self._hidden = hidden
        self._found: list[NamePlace] = []
        self._coming: list[NamePlace] | None = None
        self._stops: list[Range] = []
        self._passed: dict[str, Range] = {}
        """The words that were passed over, as they are compared, and where."""
        self._gone: list[Range] = []
        """The places that are none any more since the last look, as their words were passed over."""

    def take_in(self, found: Iterable[NamePlace]) -> None:
        """Have these in place of all before, with the next look.

        Those with too small a chance are left out, and of two over one another the likelier one stays.
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
        """Have what was taken in; gives back the ranges of text that may look different now."""
        gone, self._gone = self._gone, []
        if self._coming is None:
            return gone
        before, self._found, self._coming = self._found, self._coming, None
        return gone + [(place.start, place.end) for place in {*before} ^ {*self._found}]

    def overlapping(self, start: int, end: int) -> list[NamePlace]:
        """The places that share a code point with a range, in reading order, that no span stands on."""
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
        """The person looked at a place: the next edit says so, and labels a name there or not.

        If it is not `named`, the same words elsewhere are no place any more, also if that edit is undone.
        """
        if place not in self._stops:
            self._stops.append(place)
        if not named:
            self._pass_over(place)

    def follow(self, edit: Edit) -> None:
        """An edit of an earlier run: what was passed over then is passed over still."""
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
        """The places that the person stopped at since this was asked last."""
        stops, self._stops = tuple(self._stops), []
        return stops
