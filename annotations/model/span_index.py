"""The spans of one document, found by place.

A block index: block `b` lists the spans that touch the `BLOCK` code points from `b * BLOCK`. Looking up
the spans of a line, adding or removing one costs the same in a text of 3 KB and of 10 MB, and a text
that is one huge line is not a special case, as it would be in an index by paragraph.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Set

from annotations.model.source import SourceKind
from annotations.model.span import Span, SpanKey, Status, reading_order
from annotations.model.value import Timex

BLOCK_BITS = 10


class SpanIndex:
    """A mutable set of spans, at most one for each extent and label."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: dict[SpanKey, Span] = {}
        self._blocks: dict[int, dict[SpanKey, Span]] = {}
        self._undecided: defaultdict[int, int] = defaultdict(int)
        self._counts: Counter[tuple[str, Status]] = Counter()
        self._made: Counter[tuple[str, bool, SourceKind]] = Counter()
        """The spans that are not rejected, by label, by whether the value is a date, and by first
        source.
        """
        self._last_block = 0
        for span in spans:
            self.add(span)

    def __len__(self) -> int:
        return len(self._spans)

    def __iter__(self) -> Iterator[Span]:
        """All spans in reading order, block by block: a caller that takes a few at a time never waits
        for all.

        A span that is added or removed meanwhile counts only if its block has not been reached yet.
        """
        for block in sorted(self._blocks):
            yield from sorted(self._starting_in(block), key=reading_order)

    def __contains__(self, key: SpanKey) -> bool:
        return key in self._spans

    def get(self, key: SpanKey) -> Span | None:
        """The span with this extent and label, if there is one."""
        return self._spans.get(key)

    def add(self, span: Span) -> None:
        """Add a span. It replaces one with the same extent and label."""
        key = span.key
        if key in self._spans:
            self.discard(key)
        self._spans[key] = span
        for block in range(span.start >> BLOCK_BITS, ((span.end - 1) >> BLOCK_BITS) + 1):
            self._blocks.setdefault(block, {})[key] = span
        self._last_block = max(self._last_block, span.start >> BLOCK_BITS)
        self._counts[span.label, span.status] += 1
        self._made[_maker(span)] += not span.rejected
        if not span.decided:
            self._undecided[span.start >> BLOCK_BITS] += 1

    def discard(self, key: SpanKey) -> None:
        """Remove the span with this extent and label, if it exists."""
        span = self._spans.pop(key, None)
        if span is None:
            return
        for block in range(span.start >> BLOCK_BITS, ((span.end - 1) >> BLOCK_BITS) + 1):
            spans = self._blocks[block]
            del spans[key]
            if not spans:
                del self._blocks[block]
        self._counts[span.label, span.status] -= 1
        self._made[_maker(span)] -= not span.rejected
        if not span.decided:
            self._undecided[span.start >> BLOCK_BITS] -= 1

    def overlapping(self, start: int, end: int) -> list[Span]:
        """The spans that share a code point with the range, in reading order."""
        if end <= start:
            return []
        first, last = start >> BLOCK_BITS, (end - 1) >> BLOCK_BITS
        found: dict[SpanKey, Span] = {}
        for block in range(first, last + 1):
            for key, span in self._blocks.get(block, {}).items():
                if span.start < end and start < span.end:
                    found[key] = span
        return sorted(found.values(), key=reading_order)

    def at(self, offset: int) -> list[Span]:
        """The spans over one code point, outermost first."""
        return self.overlapping(offset, offset + 1)

    def same_extent(self, start: int, end: int) -> list[Span]:
        """The spans that extend exactly from `start` to `end`."""
        return [span for span in self.at(start) if span.start == start and span.end == end]

    def after(self, place: tuple[int, int, str], wanted: Callable[[Span], bool]) -> Span | None:
        """The first wanted span after a place in reading order (see `reading_order`)."""
        for block in range(max(place[0], 0) >> BLOCK_BITS, self._last_block + 1):
            spans = [
                span for span in self._starting_in(block) if reading_order(span) > place and wanted(span)
            ]
            if spans:
                return min(spans, key=reading_order)
        return None

    def before(self, place: tuple[int, int, str], wanted: Callable[[Span], bool]) -> Span | None:
        """The last wanted span before a place in reading order."""
        for block in range(min(max(place[0], 0) >> BLOCK_BITS, self._last_block), -1, -1):
            spans = [
                span for span in self._starting_in(block) if reading_order(span) < place and wanted(span)
            ]
            if spans:
                return max(spans, key=reading_order)
        return None

    def next_undecided(
        self,
        place: tuple[int, int, str],
        wanted: Callable[[Span], bool] = lambda span: True,
    ) -> Span | None:
        """The first undecided span after a place; if there is none, the first one in the document."""
        for start in (place, (-1, 0, "")):
            for block in range(max(start[0], 0) >> BLOCK_BITS, self._last_block + 1):
                if not self._undecided.get(block):
                    continue
                spans = [
                    span
                    for span in self._starting_in(block)
                    if not span.decided and reading_order(span) > start and wanted(span)
                ]
                if spans:
                    return min(spans, key=reading_order)
        return None

    def count(self, label: str | None = None, status: Status | None = None) -> int:
        """How many spans have this label and status; `None` means any."""
        if label is not None and status is not None:
            return self._counts[label, status]
        return sum(
            number
            for (its_label, its_status), number in self._counts.items()
            if label in (None, its_label) and status in (None, its_status)
        )

    def dates_by_source(self, labels: Set[str]) -> Counter[SourceKind]:
        """How many spans have each kind of source as the first one, among those with such a label or a
        date value.

        Rejected spans are left out.
        """
        result: Counter[SourceKind] = Counter()
        for (label, dated, kind), number in self._made.items():
            if number and (dated or label in labels):
                result[kind] += number
        return result

    def labels(self) -> list[str]:
        """The labels in use, by name."""
        return sorted({label for (label, _), number in self._counts.items() if number > 0})

    def _starting_in(self, block: int) -> list[Span]:
        return [s for s in self._blocks.get(block, {}).values() if s.start >> BLOCK_BITS == block]


def _maker(span: Span) -> tuple[str, bool, SourceKind]:
    kind = span.sources[0].kind if span.sources else "person"
    return span.label, isinstance(span.value, Timex), kind
