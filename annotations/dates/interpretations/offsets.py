"""Days that lie so long before or behind a day that the expression names: "a week from Tuesday".

One grammar for all of them: a length, a direction, and a day as any other expression names it.
"""

from dataclasses import replace as replace_reading

from msgspec.structs import replace

from annotations.dates.calendar_value import first_day, granularity, shift
from annotations.dates.discourse import Discourse
from annotations.dates.interpretations.calendar_dates import calendar_date
from annotations.dates.interpretations.days import dayword_date, weekday_date
from annotations.dates.interpretations.durations import amount_of, calendar_unit, moved, sized, unit_of
from annotations.dates.interpretations.resolution import UNKNOWN, Resolution
from annotations.dates.reading import DateReading


def offset_from_day(discourse: Discourse, reading: DateReading) -> Resolution:
    """The day, or with "the week before" the week, that lies beside a day of the same expression."""
    fields = reading.fields
    day = _named_day(discourse, reading)
    if first_day(day) is None or granularity(day) != "D":
        return UNKNOWN
    sign = -1 if fields.direction == "earlier" else 1
    if fields.period is not None:
        unit = calendar_unit(fields.period)
        return Resolution(shift(day, sign, unit), (), day) if unit else UNKNOWN
    amount = amount_of(fields)
    size, unit_name = sized(unit_of(fields))
    if amount is None:
        return UNKNOWN
    found = moved(day, sign * amount * size, unit_name, "")
    to_the_day = next((other for other in found.alternatives if granularity(other) == "D"), "")
    return (
        replace(found, value=to_the_day or found.value, alternatives=(found.value,))
        if to_the_day
        else found
    )


def _named_day(discourse: Discourse, reading: DateReading) -> str:
    """The value of the day that the length is counted from."""
    fields = replace(
        reading.fields, number=None, unit=None, plural=None, period=None, half=None, direction=None
    )
    if fields.weekday is not None and reading.fields.direction != "earlier" and fields.which is None:
        fields = replace(fields, which="next")
    if fields.holiday is not None and fields.which is None and discourse.direction(reading) != "past":
        fields = replace(fields, which="next")
    bare = replace_reading(reading, fields=fields)
    if fields.weekday is not None:
        return weekday_date(discourse, bare).value
    if fields.dayword is not None:
        return dayword_date(discourse, bare).value
    return calendar_date(discourse, bare).value
