"""What is in a document at a glance: its entities by name, its dates by value."""

from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import is_date, timexes
from annotations.edits import Fact
from annotations.entities import called_so
from annotations.span import Span, SpanKey, reading_order

T = TypeVar("T")
STEP = 250
"""How many spans to look at in one step."""


@dataclass(frozen=True)
class EntityGroup:
    """The mentions that go by one name: a canonical name, or the same words in the text."""

    name: str
    labels: tuple[str, ...]
    """Their labels, the commonest first; more than one deserves a look."""
    mentions: tuple[SpanKey, ...]
    undecided: int


@dataclass(frozen=True)
class DateEntry:
    """One date of the document."""

    value: str
    expression: str
    span: SpanKey
    decided: bool


def entity_groups(text: str, spans: Iterable[Span]) -> list[EntityGroup]:
    """The spans that are no dates and not rejected, grouped by name.

    First come the names with two labels, which deserve a look, then the commonest.
    """
    return run_through(gather_entities(text, spans))


def gather_entities(text: str, spans: Iterable[Span]) -> Generator[None, None, list[EntityGroup]]:
    """As `entity_groups`, in steps of a millisecond or so, so that keys can be answered in between."""
    groups: dict[str, list[Span]] = {}
    for number, span in enumerate(spans):
        if number % STEP == STEP - 1:
            yield
        if span.status == "rejected" or is_date(span):
            continue
        groups.setdefault(called_so(text, span), []).append(span)
    found = []
    for number, (name, members) in enumerate(groups.items()):
        if number % STEP == STEP - 1:
            yield
        counts = Counter(span.label for span in members)
        labels = sorted(counts, key=lambda label: (-counts[label], label))
        keys = tuple(span.key for span in sorted(members, key=reading_order))
        undecided = sum(not span.decided for span in members)
        found.append(EntityGroup(name, tuple(labels), keys, undecided))
    yield
    return sorted(found, key=lambda g: (len(g.labels) < 2, -len(g.mentions), g.mentions[0]))


@dataclass(frozen=True)
class Note:
    """What a person noted: a comment, a flag or both, on a span or on the document."""

    comment: str
    flagged: bool
    span: SpanKey | None
    """`None` for the document."""


def gather_notes(spans: Iterable[Span], facts: Mapping[Fact, str]) -> Generator[None, None, list[Note]]:
    """The comments and flags, those of the document first, in steps as `gather_entities`."""
    notes = [Note(facts.get("comment", ""), bool(facts.get("flag")), None)]
    for number, span in enumerate(spans):
        if number % STEP == STEP - 1:
            yield
        notes.append(Note(span.comment, span.flagged, span.key))
    yield
    return [note for note in notes if note.comment or note.flagged]


def run_through(steps: Generator[None, None, T]) -> T:
    """What a generator returns in the end, when nothing else waits."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found


def run_for(seconds: float, steps: Generator[None, None, T]) -> T | None:
    """What a generator returns in the end, or `None` if that is not to be had in this time."""
    end = perf_counter() + seconds
    while perf_counter() < end:
        try:
            next(steps)
        except StopIteration as stop:
            found: T = stop.value
            return found
    return None


def date_entries(
    text: str, spans: Iterable[Span], creation_time: CreationTime | None
) -> list[DateEntry]:
    """The dates that are not rejected: undecided ones first, each lot by value, then by place."""
    dates = [span for span in spans if is_date(span) and span.status != "rejected"]
    entries = [
        DateEntry(timex.value, " ".join(text[span.start : span.end].split()), span.key, span.decided)
        for span, timex in zip(dates, timexes(text, dates, creation_time), strict=True)
    ]
    return sorted(entries, key=lambda e: (e.decided, not e.value, e.value, e.span))
