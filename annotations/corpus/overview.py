"""What is in a document at a glance: its entities by name, its dates by value."""

from collections import Counter
from collections.abc import Generator, Iterable

from msgspec import Struct

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import is_date, timexes
from annotations.entities.identity import called_so
from annotations.entities.steps import STEP
from annotations.model.document_facts import DocumentFacts
from annotations.model.span import Span, SpanKey, reading_order


class EntityGroup(Struct, frozen=True):
    """The mentions that go by one name: a canonical name, or the same words in the text."""

    name: str
    labels: tuple[str, ...]
    """Their labels, the commonest first; more than one deserves a look."""
    mentions: tuple[SpanKey, ...]
    undecided: int


class DateEntry(Struct, frozen=True):
    """One date of the document."""

    value: str
    expression: str
    span: SpanKey
    decided: bool


def gather_entities(text: str, spans: Iterable[Span]) -> Generator[None, None, list[EntityGroup]]:
    """The spans that are no dates and not rejected, grouped by name, in steps of a millisecond or so.

    First come the names with two labels, which deserve a look, then the commonest.
    """
    groups: dict[str, list[Span]] = {}
    for number, span in enumerate(spans):
        if number % STEP == STEP - 1:
            yield
        if span.rejected or is_date(span):
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


class Note(Struct, frozen=True):
    """What a person noted: a comment, a flag or both, on a span or on the document."""

    comment: str
    flagged: bool
    span: SpanKey | None
    """`None` for the document."""


def gather_notes(spans: Iterable[Span], facts: DocumentFacts) -> Generator[None, None, list[Note]]:
    """The comments and flags, those of the document first, in steps as `gather_entities`."""
    notes = [Note(facts.comment, facts.flagged, None)]
    for number, span in enumerate(spans):
        if number % STEP == STEP - 1:
            yield
        notes.append(Note(span.comment, span.flagged, span.key))
    yield
    return [note for note in notes if note.comment or note.flagged]


def date_entries(
    text: str, spans: Iterable[Span], creation_time: CreationTime | None
) -> list[DateEntry]:
    """The dates that are not rejected: undecided ones first, each lot by value, then by place."""
    dates = [span for span in spans if is_date(span) and not span.rejected]
    entries = [
        DateEntry(timex.value, " ".join(text[span.start : span.end].split()), span.key, span.decided)
        for span, timex in zip(dates, timexes(text, dates, creation_time), strict=True)
    ]
    return sorted(entries, key=lambda e: (e.decided, not e.value, e.value, e.span))
