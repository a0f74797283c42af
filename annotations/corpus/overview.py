"""The contents of a document at a glance: its entities by name, its comments and its flags."""

from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from msgspec import Struct

from annotations.dates.document_dates import is_date
from annotations.entities.identity import called_so
from annotations.entities.steps import STEP, sorted_in_steps
from annotations.model.document_facts import DocumentFacts
from annotations.model.span import Span, SpanKey


class EntityGroup(Struct, frozen=True):
    """The mentions with one name: a canonical name, or the same words in the text."""

    name: str
    labels: tuple[str, ...]
    """Their labels, the most common first; more than one should be checked."""
    mentions: tuple[SpanKey, ...]
    undecided: int


@dataclass
class _Gathered:
    """The mentions of one name found so far."""

    labels: Counter[str] = field(default_factory=Counter)
    mentions: list[SpanKey] = field(default_factory=list)
    undecided: int = 0


def gather_entities(text: str, spans: Iterable[Span]) -> Generator[None, None, list[EntityGroup]]:
    """The spans that are neither dates nor rejected, grouped by name, in steps of about a millisecond.

    The spans come in reading order. Names with two labels come first, because they should be checked,
    then the most common.
    """
    groups: dict[str, _Gathered] = {}
    for number, span in enumerate(spans):
        if number % STEP == STEP - 1:
            yield
        if span.rejected or is_date(span):
            continue
        name = called_so(text, span)
        if name not in groups:
            groups[name] = _Gathered()
        group = groups[name]
        group.labels[span.label] += 1
        group.mentions.append(span.key)
        group.undecided += not span.decided
    found = []
    for number, (name, group) in enumerate(groups.items()):
        if number % STEP == STEP - 1:
            yield
        counts = group.labels
        labels = sorted(counts, key=lambda label: (-counts[label], label))
        found.append(EntityGroup(name, tuple(labels), tuple(group.mentions), group.undecided))
    return (
        yield from sorted_in_steps(
            found, lambda one: (len(one.labels) < 2, -len(one.mentions), one.mentions[0])
        )
    )


class Note(Struct, frozen=True):
    """What a person noted: a comment, a flag or both, on a span or on the document."""

    comment: str
    flagged: bool
    span: SpanKey | None
    """`None` for the document."""


def gather_notes(spans: Iterable[Span], facts: DocumentFacts) -> Generator[None, None, list[Note]]:
    """The comments and flags, those of the document first, in steps like `gather_entities`."""
    notes = [Note(facts.comment, facts.flagged, None)] if facts.comment or facts.flagged else []
    for number, span in enumerate(spans):
        if number % STEP == STEP - 1:
            yield
        if span.comment or span.flagged:
            notes.append(Note(span.comment, span.flagged, span.key))
    yield
    return notes
