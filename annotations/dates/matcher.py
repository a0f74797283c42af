"""Finding dates and times by rules, with no model, and mending those a pipeline found."""

from collections.abc import Iterable

from annotations.dates.language import load_language
from annotations.dates.reading import Reading, read, read_given
from annotations.model.span import Span, reading_order

SOURCE = "dates"
"""The name of this suggester in `Span.sources`."""

_MENDED_LABELS = frozenset({"DATE", "TIME"})
_CLOCK_FIELDS = frozenset({"hour", "hour12", "noon", "part", "oclock"})


def recognise(text: str, language: str = "en") -> list[Span]:
    """The dates and times of a text as suggestions, in reading order, none overlapping another.

    The label is OntoNotes': TIME for what is shorter than a day, else DATE. Values are left to
    `resolve`. Raises `AnnotateError` for a language there are no rules for.
    """
    return [_span(reading) for reading in read(text, load_language(language))]


def mend(text: str, spans: Iterable[Span], language: str = "en") -> list[Span]:
    """What should stand in place of a pipeline's DATE and TIME spans, in reading order.

    A span with the right extent is returned as it came, with its source and score. One whose extent the
    rules know better is replaced, those they find beside are added, and one they cannot read stays,
    without the white space it may begin or end with. Spans with other labels are left out.
    """
    tables = load_language(language)
    found = [s for s in spans if s.label in _MENDED_LABELS]
    exact = {(s.start, s.end): s for s in found}
    result = [exact.get((s.start, s.end), s) for s in recognise(text, language)]
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
            result.append(Span(start, end, span.label, sources=(SOURCE,)))
    return sorted(result, key=reading_order)


def _span(reading: Reading) -> Span:
    return Span(reading.start, reading.end, _label(reading), sources=(SOURCE,))


def _label(reading: Reading) -> str:
    fields = reading.fields
    unit = str(fields.get("long") or fields.get("unit") or fields.get("plural") or "").lstrip(
        "0123456789"
    )
    clock = not _CLOCK_FIELDS.isdisjoint(fields) or unit.lstrip("0123456789") in ("H", "MIN", "S")
    return "TIME" if clock and fields.get("direction") != "ago" else "DATE"
