"""Finding the spans of one text again in another, such as a new version of an article or a copy in a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotations.model.span import Span, replace
from annotations.text.alignment import Alignment, align, comparable

CONTEXT = 24
"""How many code points on each side are compared when a span's text occurs more than once."""
MOST_SEARCHED = 500_000_000
"""How many code points are searched for spans whose place the alignment does not give."""


@dataclass(frozen=True)
class Reanchored:
    """What became of each span."""

    placed: tuple[tuple[Span, Span], ...]
    """Pairs of a span in the old text and the same span in the new, in the order given."""
    lost: tuple[Span, ...]
    """Spans whose text is not in the new text, or whose place there is not certain."""

    @property
    def moved(self) -> tuple[tuple[Span, Span], ...]:
        """The spans that were found at another place."""
        return tuple((old, new) for old, new in self.placed if old != new)

    @property
    def unchanged(self) -> tuple[Span, ...]:
        """The spans that are at the same place as before."""
        return tuple(old for old, new in self.placed if old == new)


def reanchor(spans: Iterable[Span], old: str, new: str) -> Reanchored:
    """Find spans of the text `old` in the text `new`.

    A span is placed only where the new text is the same, except for white space and Unicode form;
    two spans never become one. Offsets are code points.
    """
    alignment = align(old, new)
    placed: list[tuple[Span, Span]] = []
    lost: list[Span] = []
    used = set()
    sought = 0
    for span in spans:
        extent = _aligned(alignment, old, new, span)
        if extent is None and sought < MOST_SEARCHED:
            sought += len(new)
            extent = _searched(old, new, span)
        if extent is None or (*extent, span.label) in used:
            lost.append(span)
            continue
        used.add((*extent, span.label))
        placed.append((span, replace(span, start=extent[0], end=extent[1])))
    return Reanchored(tuple(placed), tuple(lost))


def _aligned(alignment: Alignment, old: str, new: str, span: Span) -> tuple[int, int] | None:
    if span.end > len(old):
        return None
    start, last = alignment.place(span.start), alignment.place(span.end - 1)
    if start is None or last is None:
        # The Unicode form of an edge may differ. Then the neighbouring characters show where it is.
        before = alignment.place(span.start - 1) if span.start else -1
        after = alignment.place(span.end) if span.end < len(old) else len(new)
        start = before + 1 if start is None and before is not None else start
        last = after - 1 if last is None and after is not None else last
    if start is None or last is None or start > last:
        return None
    same = comparable(new[start : last + 1]) == comparable(old[span.start : span.end])
    return (start, last + 1) if same else None


def _searched(old: str, new: str, span: Span) -> tuple[int, int] | None:
    """Where a span's text is in a text whose parts were moved."""
    text = old[span.start : span.end]
    if not text:
        return None
    left = old[max(0, span.start - CONTEXT) : span.start]
    right = old[span.end : span.end + CONTEXT]
    for before, after in ((left, right), (left, ""), ("", right), ("", "")):
        pattern = before + text + after
        here = new.find(pattern)
        if here >= 0:
            alone = new.find(pattern, here + 1) < 0 and old.count(pattern) == 1
            return (here + len(before), here + len(before) + len(text)) if alone else None
    return None
