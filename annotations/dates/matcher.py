"""Finding dates and times by rules, with no model, and correcting those a pipeline found."""

from collections.abc import Iterable

from annotations.dates.document_dates import DATE_LABELS
from annotations.dates.language import load_language
from annotations.dates.reading import DateReading, read, read_given
from annotations.model.source import DATE_RULES
from annotations.model.span import Span, reading_order


def find_dates(text: str, language: str = "en") -> list[Span]:
    """The dates and times of a text as suggestions, in reading order, none overlapping another.

    The label is OntoNotes': TIME for what is shorter than a day, else DATE. Values are left to
    `resolve`. Raises `AnnotateError` for a language there are no rules for.
    """
    return [_span(reading) for reading in read(text, load_language(language))]


def correct_dates(text: str, spans: Iterable[Span], language: str = "en") -> list[Span]:
    """What should stand in place of a pipeline's DATE and TIME spans, in reading order.

    A span with the right extent is returned as it came, with its source and score. One whose extent the
    rules know better is replaced, those they find beside are added, and one they cannot read stays,
    without the white space it may begin or end with. Spans with other labels are left out.
    """
    tables = load_language(language)
    found = [s for s in spans if s.label in DATE_LABELS]
    exact = {(s.start, s.end): s for s in found}
    result = [exact.get((s.start, s.end), s) for s in find_dates(text, language)]
    extents = sorted((s.start, s.end) for s in result)
    position = 0
    for span in sorted(found, key=reading_order):
        while position < len(extents) and extents[position][1] <= span.start:
            position += 1
        if position < len(extents) and extents[position][0] < span.end:
            continue
        inner = text[span.start : span.end]
        start = span.start + len(inner) - len(inner.lstrip())
        end = span.start + len(inner.rstrip())
        if start >= end:
            continue
        reading = read_given(text, start, end, tables)
        if reading:
            result.append(
                _span(reading) if (reading.start, reading.end) != (span.start, span.end) else span
            )
        elif (start, end) == (span.start, span.end):
            result.append(span)
        else:
            result.append(Span(start, end, span.label, sources=(DATE_RULES,)))
    return sorted(result, key=reading_order)


def _span(reading: DateReading) -> Span:
    return Span(reading.start, reading.end, _label(reading), sources=(DATE_RULES,))


def _label(reading: DateReading) -> str:
    fields = reading.fields
    unit = (fields.long or fields.unit or fields.plural or "").lstrip("0123456789")
    says_clock = any(
        part is not None for part in (fields.hour, fields.hour12, fields.noon, fields.part)
    ) or unit in ("H", "MIN", "S")
    return "TIME" if says_clock and fields.direction != "ago" else "DATE"
