"""The dates of a document: which spans are dates, and what each of them stands for.

A value that a person set or an import brought stays. Every other one is worked out from the text and
the document creation time whenever it is asked for, so that all of them follow when that changes.
"""

from collections.abc import Iterable

from annotations.dates.creation_time import CreationTime
from annotations.dates.normalise import DATE_LABELS, resolve
from annotations.span import Span, replace
from annotations.value import Timex

WHOLE = 100_000
"""Up to how many code points a text is read whole for its narrative; beyond, the part before a date."""
BEFORE, AFTER = 4000, 500


def is_date(span: Span) -> bool:
    """Whether a span stands for a point or a stretch of time."""
    return span.label in DATE_LABELS or isinstance(span.value, Timex)


def prepare(text: str) -> None:
    """Do ahead what the first question for a value would wait for: read the rules, and the text."""
    resolve(text if len(text) <= WHOLE else "", [], None)


def timex_of(text: str, span: Span, creation_time: CreationTime | None) -> Timex:
    """The value of one date, as set or as worked out."""
    return timexes(text, [span], creation_time)[0]


def timexes(text: str, spans: Iterable[Span], creation_time: CreationTime | None) -> list[Timex]:
    """The values of dates, in their order. In a long text each is read with what stands before it."""
    spans = list(spans)
    if len(text) <= WHOLE:
        worked_out = resolve(text, spans, creation_time) if spans else []
    else:
        worked_out = [_in_its_place(text, span, creation_time) for span in spans]
    return [
        span.value if isinstance(span.value, Timex) and span.value.origin != "rule" else timex
        for span, timex in zip(spans, worked_out, strict=True)
    ]


def dated(text: str, spans: Iterable[Span], creation_time: CreationTime | None) -> list[Span]:
    """The same spans, each date with its value as far as there is one: what an export writes."""
    spans = list(spans)
    dates = [span for span in spans if is_date(span)]
    values = dict(zip((s.key for s in dates), timexes(text, dates, creation_time), strict=True))
    return [
        replace(span, value=values[span.key]) if span.key in values and values[span.key].value else span
        for span in spans
    ]


def _in_its_place(text: str, span: Span, creation_time: CreationTime | None) -> Timex:
    begin = max(span.start - BEFORE, 0)
    part = text[begin : span.end + AFTER]
    moved = Span(span.start - begin, span.end - begin, span.label)
    return resolve(part, [moved], creation_time)[0]
