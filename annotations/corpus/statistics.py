"""Figures about the spans of documents by label and source, and about the effort of the decisions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, assert_never, get_args

from annotations.model.annotation_set import AnnotationSet
from annotations.model.source import Source, has_corrected, is_own, person
from annotations.model.span import Span

Fate = Literal["accepted", "corrected", "added", "rejected", "undecided"]
FATES: tuple[Fate, ...] = get_args(Fate)
"""Accepted as it was suggested, accepted after a correction, added by the annotator, rejected, not decided."""


@dataclass(frozen=True)
class Tally:
    """How many spans of one label and source had each fate."""

    label: str
    source: Source
    """What proposed them first: a suggester, an import, or the annotator."""
    numbers: dict[Fate, int]


@dataclass(frozen=True)
class Statistics:
    """The figures of one or several documents of one annotator."""

    tallies: tuple[Tally, ...]
    """By label, then source."""
    total: dict[Fate, int]
    keys: int
    seconds: float

    @property
    def decided(self) -> int:
        """How many spans are accepted or rejected."""
        return sum(self.total.values()) - self.total["undecided"]


def statistics(annotations: AnnotationSet) -> Statistics:
    """The figures of these annotations as they are now."""
    counted = Counter(
        (span.label, first_source(span, annotations.annotator), fate(span, annotations.annotator))
        for span in annotations.spans
    )
    tallies = tuple(
        Tally(label, source, {f: counted[label, source, f] for f in FATES})
        for label, source in sorted({(label, source) for label, source, _ in counted}, key=_by_text)
    )
    return Statistics(tallies, _sum(tallies), annotations.keys, annotations.seconds)


def in_all(several: Iterable[Statistics]) -> Statistics:
    """The figures of several documents together."""
    tallies: dict[tuple[str, Source], dict[Fate, int]] = {}
    total = dict.fromkeys(FATES, 0)
    keys, seconds = 0, 0.0
    for one in several:
        keys, seconds = keys + one.keys, seconds + one.seconds
        for tally in one.tallies:
            numbers = tallies.setdefault((tally.label, tally.source), dict.fromkeys(FATES, 0))
            for name, number in tally.numbers.items():
                numbers[name] += number
                total[name] += number
    found = tuple(Tally(*of, tallies[of]) for of in sorted(tallies, key=_by_text))
    return Statistics(found, total, keys, seconds)


def fate(span: Span, annotator: str) -> Fate:
    """The fate of a span."""
    match span.status:
        case "suggested":
            return "undecided"
        case "rejected":
            return "rejected"
        case "accepted" if is_own(span.sources, annotator):
            return "added"
        case "accepted":
            return "corrected" if has_corrected(span.sources, annotator) else "accepted"
        case unknown:
            assert_never(unknown)


def first_source(span: Span, annotator: str) -> Source:
    """What proposed a span first."""
    return span.sources[0] if span.sources else person(annotator)


def _by_text(tallied: tuple[str, Source]) -> tuple[str, str]:
    return tallied[0], str(tallied[1])


def _sum(tallies: Iterable[Tally]) -> dict[Fate, int]:
    total = dict.fromkeys(FATES, 0)
    for tally in tallies:
        for name, number in tally.numbers.items():
            total[name] += number
    return total
