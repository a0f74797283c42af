"""Finding the TIMEX3 value of an expression, from the article's date and the times named before."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from annotations.dates.calendar_value import first_day
from annotations.dates.creation_time import CreationTime
from annotations.dates.discourse import Discourse
from annotations.dates.interpretations.resolution import UNKNOWN
from annotations.dates.interpretations.table import INTERPRETATIONS
from annotations.dates.language import load_language
from annotations.dates.language_tables import Language
from annotations.dates.reading import DateReading, is_of_another_calendar, read, read_given
from annotations.dates.timex_value import validate
from annotations.model.span import Span
from annotations.model.value import Timex, TimexType


def resolve(
    text: str,
    spans: Iterable[Span],
    creation_time: CreationTime | None,
    language: str = "en",
    readings: Sequence[DateReading] | None = None,
) -> list[Timex]:
    """The value of each span, in the order of the spans. The spans are resolved in the order of the text.

    A value that a person set or accepted, or that was imported, is returned unchanged, and later
    expressions can be counted from it. A span need not be one that the rules find: any extent is read
    as far as possible. What cannot be resolved gets an empty value; `why_empty` says why. `readings`
    are what the rules find in the text, where that is known. The text is read once, and the result is
    cached for the next call, so this can be called again for the whole document whenever its date
    changes.

    Raises `AnnotateError` for a language without rules.
    """
    spans = list(spans)
    tables = load_language(language)
    readings = read(text, tables, None) if readings is None else readings
    known = {(r.start, r.end): r for r in readings}
    asked = {
        (s.start, s.end): known.get((s.start, s.end)) or read_given(text, s.start, s.end, tables)
        for s in spans
    }
    places = sorted(set(known) | set(asked))
    tenses = {
        (reading.start, reading.end): span.value.tense
        for span in spans
        if isinstance(span.value, Timex)
        and span.value.tense is not None
        and (reading := asked[span.start, span.end])
    }
    discourse = Discourse(text, tables, _day(creation_time), readings, tenses)
    decided = {(s.start, s.end): value for s in spans if (value := given_value(s))}
    values: dict[tuple[int, int], Timex] = dict(decided)
    last = max(asked, default=(0, 0))
    read_places = [
        (place, reading) for place in places if (reading := asked.get(place) or known.get(place))
    ]
    for index, (place, reading) in enumerate(read_places):
        if place > last:
            break
        discourse.enter(reading, read_places[index + 1][1] if index + 1 < len(read_places) else None)
        if place in decided:
            discourse.name(reading, decided[place])
        else:
            values[place] = _resolve_next(discourse, reading)
    return [values.get((s.start, s.end)) or _unread(text, s, tables) for s in spans]


def _unread(text: str, span: Span, language: Language) -> Timex:
    """The value of a span that no rule reads."""
    other = is_of_another_calendar(text, span.start, span.end, language)
    return Timex("DATE", "", rule=_OTHER_CALENDAR if other else "")


def given_value(span: Span) -> Timex | None:
    """The value if it is not to be computed again: set by a person, imported, or accepted with its span."""
    if not isinstance(span.value, Timex):
        return None
    accepted = span.accepted and span.value.value
    return span.value if accepted or span.value.origin != "rule" else None


def why_empty(timex: Timex) -> str:
    """Why a date has no value, in words for the screen; empty when it has one."""
    if timex.value:
        return ""
    if timex.rule == _OTHER_CALENDAR:
        return "dates of another calendar are not converted; type the value"
    if not timex.rule:
        return "no rule can read this; type the value"
    return "depends on a time that is not known" if timex.anchor else "needs the article's date"


_UNKNOWN = Timex("DATE", "")
_WITH_CLOCK = re.compile(r"[\dX-]+T")
_OTHER_CALENDAR = "another calendar"


def _day(creation_time: CreationTime | None) -> date | None:
    if creation_time is None or not creation_time.trusted:
        return None
    return first_day(creation_time.value)


def _type_of(value: str, type_of_rule: TimexType) -> TimexType:
    """The type that the rule states, except that a length of time is a DURATION, a date with a time of
    day is a TIME, and one without is a DATE.
    """
    if type_of_rule in ("DURATION", "SET"):
        return type_of_rule
    if value.startswith("P") and not value.endswith("_REF"):
        return "DURATION"
    return "TIME" if _WITH_CLOCK.match(value) or (type_of_rule == "TIME" and not value) else "DATE"


def _resolve_next(discourse: Discourse, reading: DateReading) -> Timex:
    """The value of the next expression, which becomes the time that was named last."""
    rule = reading.rule
    fields = reading.fields
    try:
        found = INTERPRETATIONS[rule.read](discourse, reading)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        # The time is before the year 1 or after the year 9999, the day is one that no month has, or the
        # rule did not foresee the case. One date without a value must not stop a screen or an export.
        found = UNKNOWN
    kind = _type_of(found.value, rule.type)
    value = "" if validate(kind, found.value) else found.value
    mod = found.mod or fields.edge or fields.later or fields.about or ""
    if kind in ("DATE", "TIME") and (first_day(value) or value.startswith("BC")):
        discourse.remember(reading, value, mod)
        discourse.reference_end = reading.end
    others = dict.fromkeys(a for a in found.alternatives if a != value and not validate(kind, a))
    return Timex(
        kind,
        value,
        "rule",
        rule.name,
        found.anchor,
        tuple(others),
        mod,
        found.quant,
        found.freq,
        discourse.stated_tense(reading),
    )
