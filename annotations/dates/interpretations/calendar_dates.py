"""Dates of the calendar: years, months and days, also counted off ("the third week of May")."""

from collections.abc import Sequence
from datetime import MAXYEAR, date

from annotations.dates.calendar_value import days_in_month, first_day, holiday, shift
from annotations.dates.discourse import Story
from annotations.dates.interpretations.clock import clock_value
from annotations.dates.interpretations.parts_of_year import holiday_date, part_of_year, season_value
from annotations.dates.interpretations.resolution import Found
from annotations.dates.interpretations.years import decade_value, full_year, stated_year, year_of_month
from annotations.dates.language import Fields
from annotations.dates.reading import Reading
from annotations.dates.tokens import number_value

_LAST = -1
"""How the last one of several is told."""


_EVERY_MONTH_HAS = 28


_HALF_WEEK = 3


_MOST_WEEKS = 5


def calendar_date(story: Story, reading: Reading, fields: Fields) -> Found:
    """What an expression with a year, a month, a day or a part of one means."""
    year = stated_year(story, fields)
    clock = clock_value(fields)
    if "era" in fields and ("number" in fields or "year" in fields):
        bc = f"BC{int(number_value(fields.get('year', fields.get('number')))):04}"
        if "season" in fields:
            return Found(f"{bc}-{fields['season']}")
        return Found(f"{bc}-{fields['month']:02}" if "month" in fields else bc)
    if "century" in fields:
        number = int(number_value(fields["century"]))
        if "era" in fields:
            return Found(f"BC{number - 1:02}")
        return Found(f"{number - 1:02}") if number > 0 else Found("")
    if "decade" in fields:
        return decade_value(story, fields)
    if "holiday" in fields:
        return holiday_date(story, reading, fields, year)
    if "quarter" in fields:
        return part_of_year(story, reading, "Q", int(number_value(fields["quarter"])), year)
    if "halfyear" in fields or "latter" in fields:
        half = 2 if "latter" in fields else int(number_value(fields["halfyear"]))
        return part_of_year(story, reading, "H", half, year)
    if "season" in fields:
        return season_value(story, reading, fields, year)
    if "month" not in fields and "day" in fields:
        return _day_of_month(story, reading, fields, year)
    if year is None and ("year_which" in fields or "year_told" in fields):
        return Found("")
    if year is None and "month" in fields and story.reference.startswith("BC"):
        return Found(f"{story.reference[:6]}-{fields['month']:02}", (), story.reference)
    if "nth" in fields or fields.get("day") == _LAST:
        return _counted_off(story, reading, fields, year)
    if "month" not in fields:
        if year is None:
            return Found("")
        return Found(f"FY{year:04}" if "fiscal" in fields else f"{year:04}")
    month = int(fields["month"])
    day = int(number_value(fields["day"])) if "day" in fields else None
    if day is not None and not 1 <= day <= 31:
        return Found("")
    anchor = ""
    alternatives: tuple[str, ...] = ()
    if year is None:
        year, other, anchor = year_of_month(story, reading, fields, month, day)
        if year is None:
            return Found("")
        if day is not None and "weekday" in fields:
            reference = first_day(story.reference)
            years = (year, other, reference.year if reference else None, year + 1, year - 1)
            told = _with_weekday(years, month, day, fields["weekday"])
            year, other = told or year, (year if told not in (None, year) else other)
        if other is not None:
            alternatives = (_written(other, month, day) + clock,)
    elif "year_which" in fields or "year_told" in fields:
        anchor = story.today.isoformat() if story.today and "year_which" in fields else story.reference
    if day is not None and day > days_in_month(year, month):
        return Found("")
    value = _written(year, month, day) + clock
    if "granularity" in fields:
        value = shift(value, 0, fields["granularity"])
    return Found(value, alternatives, anchor)


def _counted_off(story: Story, reading: Reading, fields: Fields, year: int | None) -> Found:
    """The last day, the third week, the first Monday of a month; of a year, of its first or last month."""
    place = int(number_value(fields.get("nth", _LAST)))
    month = int(fields.get("month", 12 if place == _LAST else 1))
    other, anchor = None, ""
    if year is None:
        week = _EVERY_MONTH_HAS if place == _LAST else 7 * place - _HALF_WEEK
        roughly = None if "weekday" in fields else week
        year, other, anchor = year_of_month(story, reading, fields, month, roughly)
    values = [_place_in_month(y, month, place, fields) for y in (year, other) if y is not None]
    if not values or not values[0]:
        return Found("")
    return Found(values[0], tuple(value for value in values[1:] if value), anchor)


def _place_in_month(year: int, month: int, place: int, fields: Fields) -> str:
    """The day or week, the week being the one that holds the middle of so many times seven days."""
    length = days_in_month(year, month)
    if place > _MOST_WEEKS:
        return ""
    if "weekday" in fields:
        which = "last" if place == _LAST else f"{place}th"
        day = holiday(f"{month}-{which}-{fields['weekday']}", year)
        return day.isoformat() if day.month == month else ""
    if "nth" not in fields:
        return _written(year, month, length)
    middle = length - _HALF_WEEK if place == _LAST else 7 * place - _HALF_WEEK
    return shift(_written(year, month, middle), 0, "W") if middle <= length else ""


def _with_weekday(years: Sequence[int | None], month: int, day: int, weekday: int) -> int | None:
    """The first of the years in which that day falls on that weekday."""
    for year in years:
        if not year or year > MAXYEAR or day > days_in_month(year, month):
            continue
        if date(year, month, day).isoweekday() == weekday:
            return year
    return None


def _written(year: int, month: int, day: int | None) -> str:
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")


def _day_of_month(story: Story, reading: Reading, fields: Fields, year: int | None) -> Found:
    """The first day of a range is of the month behind the last one; others of the month told last."""
    day = int(number_value(fields["day"]))
    companion = story.followed_by(reading, "month", "day") if "range" in fields else None
    if companion is not None:
        month = int(companion.fields["month"])
        year = stated_year(story, companion.fields)
        if year is None:
            last = int(number_value(companion.fields["day"]))
            year, _, _ = year_of_month(story, companion, companion.fields, month, last)
        if year is None or not 1 <= day <= days_in_month(year, month):
            return Found("")
        return Found(f"{year:04}-{month:02}-{day:02}")
    anchor = story.anchor_day()
    if anchor is None or not 1 <= day <= days_in_month(year or anchor.year, anchor.month):
        return Found("")
    return Found(
        f"{year or anchor.year:04}-{anchor.month:02}-{day:02}",
        (),
        story.reference or anchor.isoformat(),
    )


def month_or_years(story: Story, reading: Reading, fields: Fields) -> Found:
    """`2012-11` is a month, `2011-12` more likely a season of two years, which the first stands for."""
    year, month = int(fields["year"]), int(fields["month"])
    value = f"{year:04}-{month:02}"
    return Found(f"{year:04}", (value,)) if (year + 1) % 100 == month else Found(value)


def slash_date(story: Story, reading: Reading, fields: Fields) -> Found:
    """A date in figures, such as `3/4/2020`: the day or the month stands first."""
    first, second, year = int(fields["first"]), int(fields["second"]), int(fields["year"])
    if year < 100:
        year = full_year(year, story.today)
    readings = (
        [(second, first), (first, second)] if story.day_first else [(first, second), (second, first)]
    )
    if fields.get("sign") == ".":
        readings = [(second, first)]
    values = [
        f"{year:04}-{month:02}-{day:02}"
        for month, day in readings
        if 1 <= month <= 12 and year and 1 <= day <= days_in_month(year, month)
    ]
    return Found(values[0], tuple(values[1:])) if values else Found("")
