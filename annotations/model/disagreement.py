"""How many suggestions of a document contradict those of other sources, counted without an index of the spans."""

from collections.abc import Iterable

from annotations.model.source import Source
from annotations.model.span import Span


def disputed(spans: Iterable[Span]) -> int:
    """How many undecided spans overlap one that is not rejected and shares no source with them.

    It takes about as long as sorting them, times the number of different lists of sources.
    """
    alive = sorted((span for span in spans if not span.rejected), key=lambda span: span.start)
    found: set[int] = set()
    # What came before a span reaches into it where it ends after its start, ...
    ends: dict[tuple[Source, ...], int] = {}
    for place, span in enumerate(alive):
        if not span.decided and any(end > span.start for end in _others(ends, span)):
            found.add(place)
        ends[span.sources] = max(ends.get(span.sources, 0), span.end)
    # ... and what comes after it where it begins before its end.
    starts: dict[tuple[Source, ...], int] = {}
    for place, span in reversed([*enumerate(alive)]):
        if not span.decided and any(start < span.end for start in _others(starts, span)):
            found.add(place)
        starts[span.sources] = span.start
    return len(found)


def _others(places: dict[tuple[Source, ...], int], span: Span) -> list[int]:
    """The places of those that share no source with a span."""
    own = span.sources
    return [place for sources, place in places.items() if not any(one in own for one in sources)]
