"""The dates of a document: which spans are dates, and what the value of each is.

A value that a person set or accepted, or that was imported, is kept. All others are worked out from the text
and the document creation time whenever they are needed, so that they always fit both.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace as replace_value

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_language import ENGLISH
from annotations.dates.scheme import Stamp
from annotations.model.span import Span, replace
from annotations.model.value import Timex

DATE_LABELS = frozenset({"DATE", "TIME"})
WHOLE = 100_000
"""A text of at most this many code points is read as a whole, a longer one in parts."""
_FEW_PARTS = 8
"""When dates in more parts of a long text than this are asked for, the whole text is read."""
PART, BEFORE, AFTER = 8000, 4000, 500
"""How many code points of a longer text are in one part, and how many before and after it are read too."""


def is_date(span: Span) -> bool:
    """Whether a span means a point or a period of time."""
    return span.label in DATE_LABELS or isinstance(span.value, Timex)


def label_of_value(value: object) -> str:
    """The label of a date with this value: `TIME` for times, and for durations and sets with a time part
    (`T`)."""
    if not isinstance(value, Timex):
        return "DATE"
    by_clock = value.type in ("DURATION", "SET") and "T" in value.value
    return "TIME" if value.type == "TIME" or by_clock else "DATE"


def prepare(text: str, at: int, language: str) -> None:
    """Do in advance the work that the first value near the code point `at` needs.

    The rules are read, and the text, or the part of a long text: about 10 milliseconds.
    """
    from annotations.dates.language import load_language, rules_for
    from annotations.dates.reading import read

    begin, end = _part(text, at, at)
    read(text[begin:end], load_language(rules_for(language)), _stamps_of_document(text))


def timex_of(
    text: str,
    span: Span,
    creation_time: CreationTime | None,
    others: Iterable[Span] = (),
    language: str = ENGLISH,
) -> Timex:
    """The value of one date, set or worked out; `others` are the dates around it."""
    return timexes(text, [span], creation_time, others, language)[0]


def timexes(
    text: str,
    spans: Iterable[Span],
    creation_time: CreationTime | None,
    others: Iterable[Span] = (),
    language: str = ENGLISH,
) -> list[Timex]:
    """The values of dates, in their order, by the rules of the document's own language.

    Where a person set or accepted the value of one of these or of `others`, later dates in the text start
    from it. A long text is read in parts, each with some of the text before and after it.
    """
    # The modules that work out values are loaded only when they are needed, so that a text is shown sooner.
    from annotations.dates.language import load_language, rules_for
    from annotations.dates.reading import read, readings_of_part
    from annotations.dates.resolver import given_value, resolve

    spans = list(spans)
    language = rules_for(language)
    given = sorted((s for s in (*spans, *others) if given_value(s)), key=lambda s: s.start)
    starts = [span.start for span in given]
    by_part: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, span in enumerate(spans):
        by_part[part_around(text, span)].append(number)
    stamps = _stamps_of_document(text)
    # Parts overlap, so reading the whole text takes less time than reading many parts.
    whole = read(text, load_language(language), None) if len(by_part) > _FEW_PARTS else None
    values: dict[int, Timex] = {}
    for (begin, end), numbers in by_part.items():
        asked = [spans[number] for number in numbers]
        near = given[bisect_left(starts, begin) : bisect_left(starts, end)]
        inside = [*asked, *(one for one in near if one.end <= end)]
        moved = [
            replace(span, start=span.start - begin, end=span.end - begin) if begin else span
            for span in inside
        ]
        part = text[begin:end]
        readings = (
            read(part, load_language(language), stamps)
            if whole is None
            else readings_of_part(whole, begin, end)
        )
        worked_out = resolve(part, moved, creation_time, language, readings)
        values.update(zip(numbers, worked_out[: len(numbers)], strict=True))
    return [values[number] for number in range(len(spans))]


def _stamps_of_document(text: str) -> tuple[Stamp, ...] | None:
    """The forms of the time stamps of a text that is read in parts, which do not show them; else `None`."""
    from annotations.dates.time_stamps import stamps_of

    return stamps_of(text) if len(text) > WHOLE else None


def part_around(text: str, span: Span) -> tuple[int, int]:
    """The range of the text that is read to work out the value of a date."""
    return _part(text, span.start, span.end)


def _part(text: str, start: int, end: int) -> tuple[int, int]:
    if len(text) <= WHOLE:
        return 0, len(text)
    begin = start - start % PART
    return max(begin - BEFORE, 0), max(begin + PART, end) + AFTER


def dated(
    text: str,
    spans: Iterable[Span],
    creation_time: CreationTime | None,
    language: str = ENGLISH,
) -> list[Span]:
    """The same spans, each date with its value if it has one, as an export writes them."""
    spans = list(spans)
    dates = [span for span in spans if is_date(span)]
    worked_out = timexes(text, dates, creation_time, language=language)
    values = {s.key: replace_value(v, tense=None) for s, v in zip(dates, worked_out, strict=True)}
    return [
        replace(span, value=values[span.key]) if span.key in values and values[span.key].value else span
        for span in map(_without_tense, spans)
    ]


def _without_tense(span: Span) -> Span:
    """A span without the tense that a pipeline found, which is used only to work out values."""
    if not isinstance(span.value, Timex) or span.value.tense is None:
        return span
    bare = replace_value(span.value, tense=None)
    says_nothing = bare == Timex("DATE", "") and span.label in DATE_LABELS
    return replace(span, value=None if says_nothing else bare)
