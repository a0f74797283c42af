"""Which function interprets which kind of expression: what the `read` of a rule names.

Each knows the calendar and no language. TimeML 1.2.1 says what a value looks like (Saurí et al. 2006, the
TIMEX3 tag)."""

from collections.abc import Callable
from datetime import timedelta

from annotations.dates.calendar_value import first_day, granularity
from annotations.dates.discourse import Story
from annotations.dates.interpretations.calendar_dates import calendar_date, month_or_years, slash_date
from annotations.dates.interpretations.clock import clock_value
from annotations.dates.interpretations.days import dayword_date, weekday_date
from annotations.dates.interpretations.durations import duration_value, recurrence, time_away
from annotations.dates.interpretations.periods import period_value
from annotations.dates.interpretations.resolution import Found
from annotations.dates.interpretations.years import STEPS
from annotations.dates.language import Fields
from annotations.dates.reading import Reading


def _reference(story: Story, reading: Reading, fields: Fields) -> Found:
    return Found(str(fields["value"]))


def _told_part(story: Story, reading: Reading, fields: Fields) -> Found:
    near = story.near_reference(reading.start) and granularity(story.reference) == "D"
    day = first_day(story.reference) if near or story.narrative else story.today
    behind = story.followed_by(reading, "month", "day") or story.followed_by(reading, "weekday")
    behind = behind or story.followed_by(reading, "dayword")
    if behind and "told" not in fields:
        value = INTERPRETATIONS[behind.rule.read](story, behind, behind.fields).value
        if granularity(value) == "D":
            return Found(value[:10] + clock_value(fields), (), value)
    if day is None:
        return Found("")
    anchor = story.reference if near or story.narrative else day.isoformat()
    day += timedelta(days=STEPS.get(str(fields.get("told", "same")), 0))
    return Found(day.isoformat() + clock_value(fields), (), anchor)


INTERPRETATIONS: dict[str, Callable[[Story, Reading, Fields], Found]] = {
    "calendar": calendar_date,
    "month or years": month_or_years,
    "slash": slash_date,
    "weekday": weekday_date,
    "dayword": dayword_date,
    "told part": _told_part,
    "period": period_value,
    "shift": time_away,
    "duration": duration_value,
    "set": recurrence,
    "reference": _reference,
}
