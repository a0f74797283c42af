"""The suggestions that were on the screen when it was drawn. Offsets are code points, end exclusive."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from annotations.learn.name_place import NamePlace
from annotations.model.span import Span, reading_order
from annotations.model.span_index import SpanIndex
from annotations.text.text_range import Range


class Sight(Struct, frozen=True):
    """The undecided suggestions on a screen when it was drawn, in reading order."""

    start: int
    """The first offset that is wholly on the screen."""
    end: int
    """Where the last row ends that is."""
    undoubted: tuple[Span, ...]
    """Those whole on the screen that there is no reason to stop at."""
    stops: tuple[Span, ...]
    """Those to stop at. One that is taller than the screen is always among them."""
    cut: tuple[Span, ...]
    """Those that go on below the screen, but would be whole further up."""
    above: tuple[Span, ...] = ()
    """Those that begin above it."""
    places: tuple[NamePlace, ...] = ()
    """The places whole on the screen where a name may be."""
    cut_places: tuple[NamePlace, ...] = ()
    """Those that go on below the screen."""

    @property
    def range(self) -> Range:
        """What of the text is on the screen."""
        return self.start, self.end

    @property
    def further(self) -> int:
        """Where the next screen begins, so that the first suggestion cut by the end of this one is whole."""
        starts = [span.start for span in self.cut] + [place.start for place in self.cut_places]
        return min(starts, default=self.end)

    def shows(self, span: Span) -> bool:
        """Whether a suggestion was drawn, at least in part, just as it is."""
        return self.is_here(span) or span in self.cut or span in self.above

    def is_here(self, span: Span) -> bool:
        """Whether it was drawn whole, or as much of it as a screen holds."""
        return span in self.undoubted or span in self.stops


def sight_of(
    spans: SpanIndex,
    rows: Range,
    first_row_end: int,
    *,
    wants: Callable[[Span], bool],
    stops_at: Callable[[Span], bool],
    places: Sequence[NamePlace] = (),
) -> Sight:
    """What is in sight on rows with this range of the text, the first of which ends at `first_row_end`.

    `wants` says which suggestions are decided about at all, `stops_at` which ones a person is to look at;
    `places` are those that share a code point with the rows.
    """
    start, end = rows
    undoubted, stops, cut, above = list[Span](), list[Span](), list[Span](), list[Span]()
    for span in spans.overlapping(start, end):
        if span.decided or not wants(span):
            continue
        if start <= span.start and span.end <= end:
            (stops if stops_at(span) else undoubted).append(span)
        elif first_row_end <= span.start:
            cut.append(span)
        else:
            (stops if start <= span.start else above).append(span)
    whole = tuple(place for place in places if start <= place.start and place.end <= end)
    below = tuple(place for place in places if first_row_end <= place.start and end < place.end)
    return Sight(start, end, tuple(undoubted), tuple(stops), tuple(cut), tuple(above), whole, below)


def taken(spans: SpanIndex, sight: Sight, before: tuple[int, int, str] | None = None) -> Iterator[Span]:
    """The suggestions that one key accepts: undoubted, whole in sight, and still as they were drawn.

    With `before`, only those ahead of this place in reading order.
    """
    for span in sight.undoubted:
        ahead = before is None or reading_order(span) < before
        if ahead and spans.get(span.key) == span:
            yield span
