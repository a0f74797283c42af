"""Finding dates and times by rules, with no model, and correcting those a pipeline found."""

import re
from collections.abc import Iterable, Set

from annotations.dates.document_dates import DATE_LABELS
from annotations.dates.language import load_language
from annotations.dates.language_tables import Language, ReadName
from annotations.dates.names import is_no_date
from annotations.dates.reading import DateReading, read, read_given
from annotations.dates.scheme import SCHEMES, DateKind, Stamp
from annotations.dates.tense import tense_of
from annotations.dates.time_stamps import all_places, is_stamp, time_stamps
from annotations.dates.verbs import Verbs
from annotations.model.held_back import HELD_BACK
from annotations.model.source import DATE_RULES
from annotations.model.span import Span, reading_order, replace
from annotations.model.value import Timex

_ALL = SCHEMES["timex3"]
_DAYS: Set[DateKind] = frozenset({"date"})
_DEPEND_ON_TENSE: Set[ReadName] = frozenset(
    {"calendar", "weekday", "period", "period named", "offset", "period to"}
)
"""How expressions are read whose value the tense of the clause can decide."""
_LETTERS = re.compile(r"[^\W\d_]+")


def find_dates(
    text: str,
    language: str = "en",
    kinds: Set[DateKind] = _ALL,
    stamps: tuple[Stamp, ...] | None = None,
) -> list[Span]:
    """The dates and times of a text as suggestions, in reading order, none overlapping another.

    Only those of these kinds. The label is OntoNotes': TIME for what is shorter than a day, else DATE.
    `stamps` are the forms of time stamps of the document that the text is a part of, where they are known.
    Values are left to `resolve`. Raises `AnnotateError` for a language there are no rules for.
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
    """What should stand in place of a pipeline's DATE and TIME spans, in reading order.

    A span with the right extent is returned as it came, with its source and score. One whose extent the
    rules know better is replaced, and those they find beside are added. A span that they find nothing
    in is offered where they can read it as it is, or all that is said in it; else it is held back, as is
    what is of another kind than these (see `held_back.is_held_back`). None keeps the white space it
    may begin or end with. Spans with other labels are left out, and those on time stamps that the text is
    full of. Where the `verbs` of the pipeline tell another tense than the words beside a date, the date says so.
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
            result.append(_held_back(offered))
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
    """The reading if it is of one of these kinds; where no times are marked, the day of a time."""
    if reading.kind in kinds:
        return reading
    if reading.kind != "time" or "date" not in kinds:
        return None
    return read_given(text, reading.start, reading.end, language, False, kinds & _DAYS)


def _judged(
    text: str, span: Span, start: int, end: int, language: Language, kinds: Set[DateKind]
) -> Span:
    """A pipeline's span that the rules do not find: its extent, and whether it is held back."""
    reading = read_given(text, start, end, language, by_person=False)
    looks_only = reading is not None and is_no_date(
        text, reading.start, reading.end, reading.rule, reading.fields, language
    )
    if (
        reading is None
        or not reading.rule.vouched  # else it would have been found without a pipeline
        or looks_only
        or reading.kind not in kinds
        or _leaves_words(text, start, end, reading)
    ):
        trimmed = (start, end) != (span.start, span.end)
        return _held_back(replace(span, start=start, end=end) if trimmed else span)
    return span if (reading.start, reading.end) == (span.start, span.end) else _span(reading)


def _leaves_words(text: str, start: int, end: int, reading: DateReading) -> bool:
    """Whether an extent says more than what is read of it: the years of `1775-1780` do not."""
    return bool(_LETTERS.search(text[start : reading.start] + " " + text[reading.end : end]))


def _with_tense(
    text: str, span: Span, reading: DateReading, language: Language, verbs: Verbs | None
) -> Span:
    """The span with the tense that the tags of its clause say, where the words alone say another one."""
    if verbs is None or span.value is not None or reading.rule.read not in _DEPEND_ON_TENSE:
        return span
    by_tags = tense_of(text, reading, language, verbs)
    if by_tags == tense_of(text, reading, language):
        return span
    return replace(span, value=Timex("DATE", "", tense=by_tags))


def _held_back(span: Span) -> Span:
    return replace(span, value=Timex("DATE", "", rule=HELD_BACK))


def _span(reading: DateReading) -> Span:
    return Span(reading.start, reading.end, _label(reading), sources=(DATE_RULES,))


def _label(reading: DateReading) -> str:
    fields = reading.fields
    unit = (fields.long or fields.unit or fields.plural or "").lstrip("0123456789")
    says_clock = any(
        part is not None for part in (fields.hour, fields.hour12, fields.noon, fields.part)
    ) or unit in ("H", "MIN", "S")
    return "TIME" if says_clock and fields.direction != "ago" else "DATE"
