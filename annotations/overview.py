"""What is in a document at a glance: its entities by name, its dates by value."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import is_date, timexes
from annotations.span import Span, SpanKey, reading_order
from annotations.value import Entity


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
    """The spans that are no dates and not rejected, grouped by name, the commonest first."""
    groups: dict[str, list[Span]] = {}
    for span in spans:
        if span.status == "rejected" or is_date(span):
            continue
        named = span.value.name or span.value.id if isinstance(span.value, Entity) else ""
        groups.setdefault(named or " ".join(text[span.start : span.end].split()), []).append(span)
    found = []
    for name, members in groups.items():
        labels = sorted(
            {span.label for span in members},
            key=lambda label: (-sum(span.label == label for span in members), label),
        )
        keys = tuple(span.key for span in sorted(members, key=reading_order))
        undecided = sum(not span.decided for span in members)
        found.append(EntityGroup(name, tuple(labels), keys, undecided))
    return sorted(found, key=lambda group: (-len(group.mentions), group.mentions[0]))


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
