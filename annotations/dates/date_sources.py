"""Which sources made the dates of a document, in a few words: `41 dates: 33 rules, 8 pipeline`."""

from collections.abc import Mapping, Sequence

from annotations.dates.document_dates import DATE_LABELS
from annotations.model.source import SourceKind
from annotations.model.span_index import SpanIndex
from annotations.text.plural import counted

_NAMES: Mapping[SourceKind, str] = {
    "rules": "rules",
    "model": "pipeline",
    "patterns": "patterns",
    "import": "imported",
    "learned": "repeated",
    "person": "by hand",
}
"""What the sources are called, in the order in which they are named."""


def date_sources(spans: SpanIndex) -> Sequence[str]:
    """How many dates each kind of source made, without the rejected ones: the longest text first, then
    shorter ones; empty where there are no dates.

    A date counts for the source that it first came from, even if a person accepted or corrected it later.
    """
    made = spans.dates_by_source(DATE_LABELS)
    if not made:
        return ()
    number = counted(made.total(), "date")
    by = [f"{made[kind]} {name}" for kind, name in _NAMES.items() if made[kind]]
    if len(by) == 1:
        return f"{number}: {by[0].partition(' ')[2]}", number
    sources = ", ".join(by)
    return f"{number}: {sources}", f"dates {sources}", number
