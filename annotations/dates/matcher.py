"""Finding dates and times by rules, without a model, and correcting those that a pipeline found."""

import re
from collections.abc import Iterable, Set

from annotations.dates.document_dates import DATE_LABELS
from annotations.dates.language import load_language
from annotations.dates.language_tables import Language, ReadName
from annotations.dates.names import is_part_of_something_else
from annotations.dates.reading import DateReading, read, read_given
from annotations.dates.scheme import SCHEMES, DateKind, Stamp
from annotations.dates.tense import tense_of
from annotations.dates.time_stamps import all_places, is_stamp, time_stamps
from annotations.dates.verbs import Verbs
from annotations.model.hidden_dates import HIDDEN_DATE
from annotations.model.source import DATE_RULES
from annotations.model.span import Span, reading_order, replace
from annotations.model.value import Timex

_ALL = SCHEMES["timex3"]
_DAYS: Set[DateKind] = frozenset({"date"})
_DEPEND_ON_TENSE: Set[ReadName] = frozenset(
    {"calendar", "weekday", "period", "period named", "offset", "period to"}
)
"""The ways of reading an expression in which its value can depend on the tense of the clause."""
_LETTERS = re.compile(r"[^\W\d_]+")


def find_dates(
    text: str,
    language: str = "en",
    kinds: Set[DateKind] = _ALL,
    stamps: tuple[Stamp, ...] | None = None,
) -> list[Span]:
    """The dates and times of a text as suggestions, in reading order and without overlaps.

    Only expressions of these `kinds` are found. The labels are those of OntoNotes: TIME for what is
    shorter than a day, else DATE. Where the text is a part of a document, `stamps` are the forms of
    time stamps of the whole document, if known. The values are empty; `resolve` finds them. Raises
    `AnnotateError` for a language without rules.
    """
    tables = load_language(language)
    readings = (_of_kinds(text, reading, tables, kinds) for reading in read(text, tables, stamps))
    return [_span(reading) for reading in readings if reading is not None]


def correct_dates(
    text: str,
    spans: Iterable[Span],
    language: str = "en",
    kinds: Set[DateKind] = _ALL,
    verbs: Verbs | None = None,
    stamps: tuple[Stamp, ...] | None = None,
) -> list[Span]:
    """The spans that replace a pipeline's DATE and TIME spans, in reading order.

    A span with the right extent is returned unchanged, with its source and score. A span whose extent
    the rules correct is replaced, and further dates that they find are added. A span in which they find
    nothing by themselves is offered where they can read its whole extent, or all the words in it; else
    it is hidden (see `hidden_dates.is_hidden_date`), like a span of a kind that is not in `kinds`. White
    space at either end is cut off. Spans with other labels are left out, and so are those on time
    stamps of which the text is full. Where the `verbs` of the pipeline show another tense than the
    words beside a date, the span states that tense.
    """
    tables = load_language(language)
    places = all_places(time_stamps(text, stamps))
    found = [s for s in spans if s.label in DATE_LABELS and not is_stamp(places, s.start, s.end)]
    exact = {(s.start, s.end): s for s in found}
    result = []
    extents = []
    for whole in read(text, tables, stamps):
        extents.append((whole.start, whole.end))
        offered = exact.get((whole.start, whole.end))
        if reading := _of_kinds(text, whole, tables, kinds):
            span = exact.get((reading.start, reading.end)) or _span(reading)
            result.append(_with_tense(text, span, reading, tables, verbs))
        elif offered:
            result.append(_as_hidden(offered))
    position = 0
    for span in sorted(found, key=reading_order):
        while position < len(extents) and extents[position][1] <= span.start:
            position += 1
        if position < len(extents) and extents[position][0] < span.end:
            continue
        inner = text[span.start : span.end]
        start = span.start + len(inner) - len(inner.lstrip())
        end = span.start + len(inner.rstrip())
        if start < end:
            result.append(_judged(text, span, start, end, tables, kinds))
    return sorted(result, key=reading_order)


def _of_kinds(
    text: str, reading: DateReading, language: Language, kinds: Set[DateKind]
) -> DateReading | None:
    """The reading if it is of one of these kinds; for a time where only dates are marked, that of its day."""
    if reading.kind in kinds:
        return reading
    if reading.kind != "time" or "date" not in kinds:
        return None
    return read_given(text, reading.start, reading.end, language, False, kinds & _DAYS)


def _judged(
    text: str, span: Span, start: int, end: int, language: Language, kinds: Set[DateKind]
) -> Span:
    """A pipeline's span that the rules do not find by themselves: with its extent corrected, or held back."""
    reading = read_given(text, start, end, language, by_person=False)
    looks_only = reading is not None and is_part_of_something_else(
        text, reading.start, reading.end, reading.rule, reading.fields, language
    )
    if (
        reading is None
        or not reading.rule.context_optional  # else it would have been found without a pipeline
        or looks_only
        or reading.kind not in kinds
        or _leaves_words(text, start, end, reading)
    ):
        trimmed = (start, end) != (span.start, span.end)
        return _as_hidden(replace(span, start=start, end=end) if trimmed else span)
    return span if (reading.start, reading.end) == (span.start, span.end) else _span(reading)


def _leaves_words(text: str, start: int, end: int, reading: DateReading) -> bool:
    """Whether an extent has words outside of what is read; the second year of `1775-1780` is not a word."""
    return bool(_LETTERS.search(text[start : reading.start] + " " + text[reading.end : end]))


def _with_tense(
    text: str, span: Span, reading: DateReading, language: Language, verbs: Verbs | None
) -> Span:
    """The span with the tense by the pipeline's tags, where the words alone show another tense."""
    if verbs is None or span.value is not None or reading.rule.read not in _DEPEND_ON_TENSE:
        return span
    by_tags = tense_of(text, reading, language, verbs)
    if by_tags == tense_of(text, reading, language):
        return span
    return replace(span, value=Timex("DATE", "", tense=by_tags))


def _as_hidden(span: Span) -> Span:
    return replace(span, value=Timex("DATE", "", rule=HIDDEN_DATE))


def _span(reading: DateReading) -> Span:
    return Span(reading.start, reading.end, _label(reading), sources=(DATE_RULES,))


def _label(reading: DateReading) -> str:
    fields = reading.fields
    unit = (fields.long or fields.unit or fields.plural or "").lstrip("0123456789")
    says_clock = any(
        part is not None for part in (fields.hour, fields.hour12, fields.noon, fields.part)
    ) or unit in ("H", "MIN", "S")
    return "TIME" if says_clock and fields.direction != "ago" else "DATE"
