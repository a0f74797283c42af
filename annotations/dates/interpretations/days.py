"""Weekdays, and words for days such as "yesterday"."""

from datetime import date, timedelta
from typing import Literal

from annotations.dates.calendar_value import first_day, granularity, weekday_beside
from annotations.dates.discourse import Discourse
from annotations.dates.fields import required
from annotations.dates.interpretations.clock import clock_value
from annotations.dates.interpretations.resolution import UNKNOWN, Resolution
from annotations.dates.interpretations.years import STEPS
from annotations.dates.reading import DateReading

_WEEK = timedelta(weeks=1)
_DAY = len("2021-04-08")


def weekday_date(discourse: Discourse, reading: DateReading) -> Resolution:
    """The day that a weekday means, counted from the article's date or from the day named last."""
    fields = reading.fields
    if fields.relation is not None or discourse.today is None:
        reference = first_day(discourse.reference) if granularity(discourse.reference) == "D" else None
        if reference and (fields.relation is not None or discourse.narrative):
            return _weekday_beside_reference(discourse, reading, reference)
    if discourse.today is None:
        return UNKNOWN
    return _weekday_by_article(discourse, reading, discourse.today)


def _weekday_beside_reference(discourse: Discourse, reading: DateReading, reference: date) -> Resolution:
    """The weekday before or after the day that the text named last."""
    weekday, relation = required(reading.fields.weekday), reading.fields.relation
    direction: Literal[-1, 1] = -1 if relation == "previous" else 1
    start = reference if relation == "same" else reference + timedelta(days=direction)
    day = weekday_beside(start, weekday, direction)
    return Resolution(day.isoformat() + clock_value(reading.fields), (), discourse.reference)


def _weekday_by_article(discourse: Discourse, reading: DateReading, today: date) -> Resolution:
    """The last or the next such weekday, counted from the article's own date."""
    fields = reading.fields
    weekday = required(fields.weekday)
    if fields.week_which is not None:
        monday = weekday_beside(today, 1, -1) + timedelta(weeks=STEPS[fields.week_which])
        days = [monday + timedelta(days=weekday - 1)]
    else:
        days = _days_by_article(discourse, reading, today, weekday)
    first, *others = (day.isoformat() + clock_value(fields) for day in days)
    return Resolution(first, tuple(others), today.isoformat())


def _days_by_article(
    discourse: Discourse, reading: DateReading, today: date, weekday: int
) -> list[date]:
    """The day that is most likely meant, perhaps followed by a second choice."""
    before = weekday_beside(today, weekday, -1)
    behind = weekday_beside(today, weekday, 1)
    match reading.fields.which:
        case "before last" | "last":
            before = before if before < today else before - _WEEK
            return (
                [before - _WEEK] if reading.fields.which == "before last" else [before, before - _WEEK]
            )
        case "after next" | "next":
            behind = behind if behind > today else behind + _WEEK
            return [behind + _WEEK] if reading.fields.which == "after next" else [behind, behind + _WEEK]
        case which:
            direction = discourse.direction(reading)
            coming = direction == "future" or (which == "this" and direction != "past")
            return [behind, before] if coming else [before, behind]


def dayword_date(discourse: Discourse, reading: DateReading) -> Resolution:
    """The day that "today", "yesterday" and the like mean."""
    if discourse.today is None:
        return UNKNOWN
    days_on, clock = required(reading.fields.dayword), clock_value(reading.fields)
    day = discourse.today + timedelta(days=days_on)
    others = ("PRESENT_REF",) if days_on == 0 and not clock else ()
    if others and discourse.language.settings.today_is_approximate and not discourse.speaks_of_days:
        return Resolution("PRESENT_REF", (day.isoformat(),), discourse.today.isoformat())
    return Resolution(day.isoformat() + clock, others, discourse.today.isoformat())


def day_named(discourse: Discourse, reading: DateReading) -> Resolution:
    """The day that the text named last, for expressions such as "on that date"."""
    day = discourse.day_reference
    return Resolution(day[:_DAY], (), day)
