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
    """The first offset that is completely on the screen."""
    end: int
    """The end of the last row that is completely on the screen."""
    undoubted: tuple[Span, ...]
    """The suggestions that are completely on the screen and give no reason to stop."""
    stops: tuple[Span, ...]
    """The suggestions to stop at. One that is taller than the screen is always included."""
    cut: tuple[Span, ...]
    """The suggestions that continue below the screen, but would fit on it further up."""
    above: tuple[Span, ...] = ()
    """The suggestions that begin above the screen."""
    places: tuple[NamePlace, ...] = ()
    """The places of possible names that are completely on the screen."""
    cut_places: tuple[NamePlace, ...] = ()
    """The places that continue below the screen."""

    @property
    def range(self) -> Range:
        """The range of the text that is on the screen."""
        return self.start, self.end

    @property
    def further(self) -> int:
        """Where the next screen begins, so that it shows all of the first suggestion cut by the end of this one."""
        starts = [span.start for span in self.cut] + [place.start for place in self.cut_places]
        return min(starts, default=self.end)

    def shows(self, span: Span) -> bool:
        """Whether a suggestion was drawn, at least in part, in its present form."""
        return self.is_here(span) or span in self.cut or span in self.above

    def is_here(self, span: Span) -> bool:
        """Whether it was drawn completely, or as much of it as fits on a screen."""
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
    """What is visible on rows with this range of the text, the first of which ends at `first_row_end`.

    `wants` tells which suggestions pass the present filter, `stops_at` which ones a person must look at;
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
    """The suggestions that one key accepts: undoubted, completely visible, and unchanged since they were drawn.

    With `before`, only those before this place in reading order.
    """
    for span in sight.undoubted:
        ahead = before is None or reading_order(span) < before
        if ahead and spans.get(span.key) == span:
            yield span
