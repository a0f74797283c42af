"""Weekdays, and words for days such as "yesterday"."""

from datetime import timedelta
from typing import Literal

from annotations.dates.calendar_value import first_day, granularity, weekday_beside
from annotations.dates.discourse import Story
from annotations.dates.interpretations.clock import clock_value
from annotations.dates.interpretations.resolution import Found
from annotations.dates.interpretations.years import STEPS
from annotations.dates.language import Fields
from annotations.dates.reading import Reading


def weekday_date(story: Story, reading: Reading, fields: Fields) -> Found:
    """The day that a weekday means, by the date of the article or the day named last."""
    weekday = int(fields["weekday"])
    clock = clock_value(fields)
    if "told" in fields or (story.narrative and "which" not in fields):
        reference = first_day(story.reference) if granularity(story.reference) == "D" else None
        if reference:
            direction: Literal[-1, 1] = -1 if fields.get("told") == "previous" else 1
            if fields.get("told") == "same":
                day = weekday_beside(reference, weekday, 1)
            else:
                day = weekday_beside(reference + timedelta(days=direction), weekday, direction)
            return Found(day.isoformat() + clock, (), story.reference)
        if story.narrative:
            return Found("")
    today = story.today
    if today is None:
        return Found("")
    anchor = today.isoformat()
    if "week_which" in fields:
        monday = weekday_beside(today, 1, -1) + timedelta(weeks=STEPS[fields["week_which"]])
        return Found((monday + timedelta(days=weekday - 1)).isoformat() + clock, (), anchor)
    before = weekday_beside(today, weekday, -1)
    behind = weekday_beside(today, weekday, 1)
    week = timedelta(weeks=1)
    match fields.get("which"):
        case "last":
            before = before if before < today else before - week
            return Found(before.isoformat() + clock, ((before - week).isoformat() + clock,), anchor)
        case "next":
            behind = behind if behind > today else behind + week
            return Found(behind.isoformat() + clock, ((behind + week).isoformat() + clock,), anchor)
        case "this" if story.direction(reading) != "past":
            return Found(behind.isoformat() + clock, (before.isoformat() + clock,), anchor)
    if story.direction(reading) == "future":
        return Found(behind.isoformat() + clock, (before.isoformat() + clock,), anchor)
    return Found(before.isoformat() + clock, (behind.isoformat() + clock,), anchor)


def dayword_date(story: Story, reading: Reading, fields: Fields) -> Found:
    """The day that "today", "yesterday" and the like mean."""
    if story.today is None:
        return Found("")
    day = story.today + timedelta(days=int(fields["dayword"]))
    alternatives = ("PRESENT_REF",) if fields["dayword"] == 0 and not clock_value(fields) else ()
    return Found(day.isoformat() + clock_value(fields), alternatives, story.today.isoformat())
