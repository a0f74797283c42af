"""Weeks, months, years and other periods that are named relative to another time."""

import re
from dataclasses import replace as replace_reading
from datetime import date

from msgspec.structs import replace

from annotations.dates.calendar_value import Unit, add, first_day, granularity, shift, value_of
from annotations.dates.discourse import Discourse
from annotations.dates.fields import HALF, required
from annotations.dates.interpretations.calendar_dates import calendar_date
from annotations.dates.interpretations.durations import calendar_unit, duration_value, time_at_distance
from annotations.dates.interpretations.resolution import UNKNOWN, Resolution
from annotations.dates.interpretations.years import STEPS, stated_year
from annotations.dates.reading import DateReading

_THURSDAY, _SATURDAY = 4, 6
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_LONGEST_SENTENCE = 300
_DECEMBER = 12
_IN_MONTHS = {"M": 1, "Q": 3, "Y": 12}
_LONG: dict[Unit, int] = {"M": 1, "Q": 3, "H": 6, "Y": 12}
"""How many months each part of a year has."""
_PARTS_OF_A_YEAR = ("M", "Q", "H", "S")


def period_value(discourse: Discourse, reading: DateReading) -> Resolution:
    """A week, month, year or the like, relative to another time: "last week", "the following year"."""
    fields = reading.fields
    unit = calendar_unit(fields.period or required(fields.unit))
    mod = fields.later or fields.bound or ""
    if unit is None:
        return Resolution("", mod=mod)
    if fields.beside:
        words = discourse.text[reading.start : reading.end].lower()
        earlier = words.endswith(discourse.language.settings.earlier_words)
        return _beside_reference(discourse, -1 if earlier else 1, unit, mod)
    if fields.relation is not None:
        found = _beside_reference(discourse, STEPS[fields.relation], unit, mod)
        year, own = stated_year(discourse, fields), first_day(found.value)
        if year and own:
            return replace(found, value=shift(found.value, year - own.year, "Y"))
        return found
    if unit == "D" and fields.which is None:
        return replace(period_named(discourse, reading), mod=mod)
    if discourse.today is None:
        return Resolution("", mod=mod)
    step = STEPS.get(fields.which or "", 0)
    if discourse.narrative and (fields.which is None or (unit == "D" and fields.which == "this")):
        return _beside_reference(discourse, step, unit, mod)
    if unit == "WE":
        return _weekend(discourse, reading, discourse.today, step, mod)
    anchor = discourse.today.isoformat()
    value = shift(anchor, step, unit)
    return Resolution(f"FY{value}" if fields.fiscal and value else value, (), anchor, mod=mod)


def _weekend(discourse: Discourse, reading: DateReading, today: date, step: int, mod: str) -> Resolution:
    """A weekend, counted from the article's date; early in a week, "this" one can be the last, by the tense."""
    anchor = today.isoformat()
    if reading.fields.which == "near":
        future = discourse.direction(reading) == "future" or today.isoweekday() >= _SATURDAY
        step = 0 if future else -1
        return Resolution(shift(anchor, step, "WE"), (shift(anchor, -1 - step, "WE"),), anchor, mod=mod)
    if step == 0 and today.isoweekday() < _THURSDAY and discourse.direction(reading) == "past":
        step = -1
    return Resolution(shift(anchor, step, "WE"), (), anchor, mod=mod)


def period_named(discourse: Discourse, reading: DateReading) -> Resolution:
    """The period that the text named last: "profit fell in the quarter", "to end the day".

    Without one it is the period of the article's own date. A quarter or half-year is then the one
    before it, unless the clause is about the future.
    """
    period = required(reading.fields.period)
    unit: Unit | None = HALF if period == HALF else calendar_unit(period)
    near = discourse.near_reference(reading.start)
    named = discourse.day_reference if unit == "D" else discourse.reference
    if unit is None:
        return UNKNOWN
    if near and granularity(named) == unit:
        return Resolution(named[:10] if unit == "D" else named, (), named)
    if discourse.today is None:
        return UNKNOWN
    anchor = discourse.today.isoformat()
    back = unit in ("Q", HALF) and discourse.direction(reading) != "future"
    return Resolution(shift(anchor, -1 if back else 0, unit), (), anchor)


def period_before(discourse: Discourse, reading: DateReading) -> Resolution:
    """The period one year before another one in the same sentence: "up from 2 million a year ago".

    Without such a period, a year is counted back as in any other expression.
    """
    named = discourse.reference
    between = discourse.text[discourse.reference_end : reading.start]
    same_sentence = not _SENTENCE_END.search(between) and len(between) <= _LONGEST_SENTENCE
    if same_sentence and granularity(named) in _PARTS_OF_A_YEAR:
        comparing = discourse.language.settings.comparing
        words = between.lower().split()
        if reading.fields.direction is None or any(word in comparing for word in words):
            return Resolution(shift(named, -1, "Y"), (shift(named, -1, "Y")[:4],), named)
    if reading.fields.direction is not None:
        return time_at_distance(discourse, reading)
    if discourse.today is None:
        return UNKNOWN
    anchor = discourse.today.isoformat()
    unit = calendar_unit(reading.fields.period or "Y")
    return Resolution(value_of(add(discourse.today, -1, "Y"), unit or "Y"), (), anchor)


def period_to(discourse: Discourse, reading: DateReading) -> Resolution:
    """A period that ends with a month or a day. "The three months to March" is a quarter, "the year to
    June 30" is a fiscal year; where it is not a calendar period, the value is a length of time.
    """
    fields = reading.fields
    end_fields = replace(fields, number=None, vague=None, plural=None, period=None, relation=None)
    end = calendar_date(discourse, replace_reading(reading, fields=end_fields))
    last = first_day(end.value)
    if last is None:
        return Resolution("", anchor=end.anchor)
    unit, length = calendar_unit(fields.period or ""), ""
    if unit is None:
        length = duration_value(discourse, reading).value
        months = _IN_MONTHS.get(fields.plural or "", 0) * (fields.number or 0)
        unit = next(
            (own for own, size in _LONG.items() if size == months and last.month % size == 0), None
        )
    elif unit == "Y" and last.month != _DECEMBER:
        return Resolution(f"FY{last.year:04}", (), end.anchor)
    if unit is None:
        return Resolution(length, (), end.anchor)
    return Resolution(value_of(last, unit), (length,) if length else (), end.anchor)


def _beside_reference(discourse: Discourse, step: int, unit: Unit, mod: str) -> Resolution:
    """A period relative to the time named last."""
    anchor = discourse.anchor(unit)
    start = first_day(anchor)
    if start is None:
        return Resolution("", anchor=anchor, mod=mod)
    try:
        return Resolution(value_of(add(start, step, unit), unit), (), anchor, mod=mod)
    except OverflowError:
        return Resolution("", anchor=anchor, mod=mod)
