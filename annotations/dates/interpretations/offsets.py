"""Times that lie a length of time before or after a day in the same expression: "a week from Tuesday".

All of them have the same parts: a length, a direction, and a day that is read as in any other expression.
"""

from dataclasses import replace as replace_reading
from datetime import timedelta
from typing import Literal

from msgspec.structs import replace

from annotations.dates.calendar_value import first_day, granularity, shift, weekday_beside
from annotations.dates.discourse import Discourse
from annotations.dates.fields import required
from annotations.dates.interpretations.calendar_dates import calendar_date
from annotations.dates.interpretations.clock import clock_value
from annotations.dates.interpretations.days import dayword_date, weekday_date
from annotations.dates.interpretations.durations import amount_of, calendar_unit, moved, sized, unit_of
from annotations.dates.interpretations.resolution import UNKNOWN, Resolution
from annotations.dates.interpretations.years import STEPS
from annotations.dates.reading import DateReading

_FINE = {"D": 0, "W": 1, "M": 2, "Q": 3, "Y": 4}
"""The units in order, from the finest to the coarsest."""


def offset_from_day(discourse: Discourse, reading: DateReading) -> Resolution:
    """The time that lies a length of time before or after a time in the same expression, and is as
    exact as that time. "The week before" gives the week, "the Monday after" the Monday.
    """
    fields = reading.fields
    anchor = _named_time(discourse, reading)
    day, own = first_day(anchor), granularity(anchor)
    if day is None or own is None:
        return UNKNOWN
    backwards = fields.direction == "earlier" or fields.which == "last"
    sign: Literal[-1, 1] = -1 if backwards else 1
    if fields.beside_weekday is not None:
        start = day + timedelta(days=sign)
        return Resolution(weekday_beside(start, fields.beside_weekday, sign).isoformat(), (), anchor)
    if fields.unit is None and fields.plural is None and fields.long is None:
        unit = calendar_unit(required(fields.period))
        return Resolution(shift(anchor, sign, unit), (), anchor) if unit else UNKNOWN
    size, unit_name = sized(fields.long or unit_of(fields))
    amount = 1.0 if fields.long is not None else amount_of(fields)
    if amount is None or _FINE.get(unit_name, _FINE["Y"]) < _FINE.get(own, 0):
        return Resolution("", (), anchor)
    found = moved(anchor, sign * amount * size, unit_name, "")
    if fields.part is not None and own == "D":
        # "the night to Sunday": a part of the day before
        return replace(found, value=found.value + clock_value(fields), alternatives=())
    to_the_day = next((other for other in found.alternatives if granularity(other) == "D"), "")
    return replace(found, value=to_the_day, alternatives=(found.value,)) if to_the_day else found


def _named_time(discourse: Discourse, reading: DateReading) -> str:
    """The value of the time that the length is counted from."""
    said = reading.fields
    fields = replace(said, number=None, unit=None, plural=None, half=None, direction=None, long=None)
    fields = replace(fields, part=None)
    counted = said.unit is not None or said.plural is not None or said.long is not None
    if fields.period is not None and counted and discourse.today is not None:
        # "three years ago this month"
        unit = calendar_unit(fields.period)
        step = STEPS.get(fields.which or "", 0)
        return shift(discourse.today.isoformat(), step, unit) if unit else ""
    back = said.direction == "earlier"
    if fields.weekday is not None and fields.month is None and not back and fields.which is None:
        fields = replace(fields, which="next")
    bare = replace_reading(reading, fields=replace(fields, period=None))
    if fields.dayword is not None:
        found = dayword_date(discourse, bare)
        # In an essay "heute" alone can mean "these days"; with a length of time beside it, it is the day.
        return next((day for day in (found.value, *found.alternatives) if first_day(day)), "")
    if fields.weekday is not None and fields.month is None:
        return weekday_date(discourse, bare).value
    return calendar_date(discourse, bare).value
