"""How many suggestions of a document contradict other sources, counted without an index of the spans."""

from collections.abc import Iterable

from annotations.model.source import Source
from annotations.model.span import Span


def disputed(spans: Iterable[Span]) -> int:
    """How many undecided spans overlap another span that is not rejected and has no source in common
    with them.

    The time is about that of sorting the spans, multiplied by the number of different lists of sources.
    """
    alive = sorted((span for span in spans if not span.rejected), key=lambda span: span.start)
    found: set[int] = set()
    # An earlier span overlaps this one if it ends after the start of this one, ...
    ends: dict[tuple[Source, ...], int] = {}
    for place, span in enumerate(alive):
        if not span.decided and any(end > span.start for end in _others(ends, span)):
            found.add(place)
        ends[span.sources] = max(ends.get(span.sources, 0), span.end)
    # ... and a later span if it begins before the end of this one.
    starts: dict[tuple[Source, ...], int] = {}
    for place, span in reversed([*enumerate(alive)]):
        if not span.decided and any(start < span.end for start in _others(starts, span)):
            found.add(place)
        starts[span.sources] = span.start
    return len(found)


def _others(places: dict[tuple[Source, ...], int], span: Span) -> list[int]:
    """The positions of the spans that have no source in common with a span."""
    own = span.sources
    return [place for sources, place in places.items() if not any(one in own for one in sources)]
