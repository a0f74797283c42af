"""Weeks, months, years and other periods by their place beside another one."""

from datetime import date

from msgspec.structs import replace

from annotations.dates.calendar_value import Unit, add, first_day, shift, value_of
from annotations.dates.discourse import Discourse
from annotations.dates.fields import required
from annotations.dates.interpretations.durations import calendar_unit
from annotations.dates.interpretations.resolution import Resolution
from annotations.dates.interpretations.years import STEPS, stated_year
from annotations.dates.reading import DateReading

_THURSDAY, _SATURDAY = 4, 6


def period_value(discourse: Discourse, reading: DateReading) -> Resolution:
    """A week, a month, a year and the like by its place: "last week", "the following year"."""
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
    if discourse.today is None:
        return Resolution("", mod=mod)
    step = STEPS.get(fields.which or "", 0)
    if discourse.narrative and fields.which != "near":
        return _beside_reference(discourse, step, unit, mod)
    if unit == "WE":
        return _weekend(discourse, reading, discourse.today, step, mod)
    anchor = discourse.today.isoformat()
    return Resolution(shift(anchor, step, unit), (), anchor, mod=mod)


def _weekend(discourse: Discourse, reading: DateReading, today: date, step: int, mod: str) -> Resolution:
    """A weekend, seen from the article's own date; early in a week the verb says which one "this" is."""
    anchor = today.isoformat()
    if reading.fields.which == "near":
        future = discourse.direction(reading) == "future" or today.isoweekday() >= _SATURDAY
        step = 0 if future else -1
        return Resolution(shift(anchor, step, "WE"), (shift(anchor, -1 - step, "WE"),), anchor, mod=mod)
    if step == 0 and today.isoweekday() < _THURSDAY and discourse.direction(reading) == "past":
        step = -1
    return Resolution(shift(anchor, step, "WE"), (), anchor, mod=mod)


def _beside_reference(discourse: Discourse, step: int, unit: Unit, mod: str) -> Resolution:
    """A period by its place beside the time named last."""
    anchor = discourse.anchor(unit)
    start = first_day(anchor)
    if start is None:
        return Resolution("", anchor=anchor, mod=mod)
    try:
        return Resolution(value_of(add(start, step, unit), unit), (), anchor, mod=mod)
    except OverflowError:
        return Resolution("", anchor=anchor, mod=mod)
