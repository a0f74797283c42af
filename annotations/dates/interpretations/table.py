"""Which function interprets each kind of expression; the `read` of a rule names the kind.

The functions know the calendar; the words of a language are in its tables. TimeML 1.2.1 defines the
form of values (Saurí et al. 2006, the TIMEX3 tag).
"""

from collections.abc import Callable
from datetime import timedelta

from annotations.dates.calendar_value import first_day, granularity
from annotations.dates.discourse import Discourse
from annotations.dates.interpretations.calendar_dates import calendar_date, month_or_years, slash_date
from annotations.dates.interpretations.clock import clock_value, other_half
from annotations.dates.interpretations.days import day_named, dayword_date, weekday_date
from annotations.dates.interpretations.durations import (
    duration_value,
    recurrence,
    reference_value,
    time_at_distance,
)
from annotations.dates.interpretations.offsets import offset_from_day
from annotations.dates.interpretations.periods import (
    period_before,
    period_named,
    period_to,
    period_value,
)
from annotations.dates.interpretations.resolution import UNKNOWN, Resolution
from annotations.dates.interpretations.years import STEPS, two_years
from annotations.dates.language_tables import ReadName
from annotations.dates.reading import DateReading

Interpretation = Callable[[Discourse, DateReading], Resolution]


def _time_of_day(discourse: Discourse, reading: DateReading) -> Resolution:
    """A part of a day, or a time by the clock. It is on the day that follows closely in the text, else
    on the day that the text named last or the article's own.
    """
    fields, clock = reading.fields, clock_value(reading.fields)
    other = other_half(clock, fields) if reading.rule.read == "spoken clock" else ""
    near = discourse.near_reference(reading.start) and granularity(discourse.reference) == "D"
    of_reference = near or discourse.narrative
    behind = discourse.followed_by(reading, "month", "day")
    behind = behind or discourse.followed_by(reading, "weekday")
    behind = behind or discourse.followed_by(reading, "dayword")
    if behind and fields.relation is None:
        value = INTERPRETATIONS[behind.rule.read](discourse, behind).value
        if granularity(value) == "D":
            return Resolution(value[:10] + clock, (value[:10] + other,) if other else (), value)
    day = first_day(discourse.reference) if of_reference else discourse.today
    day = day or first_day(discourse.day_reference)
    if day is None:
        return UNKNOWN
    anchor = discourse.reference if of_reference else day.isoformat()
    value = (day + timedelta(days=STEPS[fields.relation or "same"])).isoformat()
    return Resolution(value + clock, (value + other,) if other else (), anchor)


INTERPRETATIONS: dict[ReadName, Interpretation] = {
    "calendar": calendar_date,
    "month or years": month_or_years,
    "slash": slash_date,
    "weekday": weekday_date,
    "dayword": dayword_date,
    "day named": day_named,
    "time of day": _time_of_day,
    "spoken clock": _time_of_day,
    "years": two_years,
    "offset": offset_from_day,
    "period": period_value,
    "period named": period_named,
    "period before": period_before,
    "period to": period_to,
    "shift": time_at_distance,
    "duration": duration_value,
    "set": recurrence,
    "reference": reference_value,
}
