"""Calendar dates: years, months and days, also those named by a number ("the third week of May")."""

from collections.abc import Sequence
from datetime import MAXYEAR, date, timedelta

from msgspec.structs import replace

from annotations.dates.calendar_value import days_in_month, first_day, holiday, shift
from annotations.dates.discourse import Discourse
from annotations.dates.fields import Fields, required
from annotations.dates.interpretations.clock import clock_value
from annotations.dates.interpretations.parts_of_year import part_of_year
from annotations.dates.interpretations.resolution import UNKNOWN, Resolution, first_and_others
from annotations.dates.interpretations.years import (
    YearChoice,
    century_value,
    decade_value,
    full_year,
    stated_year,
    year_of_era,
    year_of_month,
    year_value,
)
from annotations.dates.reading import DateReading

_LAST = -1
"""The place of the last of several, as in "the last day"."""
_EVERY_MONTH_HAS = 28
_HALF_WEEK = 3
_MOST_WEEKS = 5


def calendar_date(discourse: Discourse, reading: DateReading) -> Resolution:
    """The value of an expression that names a year, a month, a day or a part of a year."""
    fields = reading.fields
    number = fields.number if fields.year is None else fields.year
    if fields.era is not None and number is not None:
        return year_of_era(fields, number)
    if fields.decade is not None:
        return decade_value(discourse, fields)
    if fields.century is not None:
        return century_value(fields)
    if fields.hundreds is not None:
        return Resolution(f"{int(fields.hundreds):02}")
    year = stated_year(discourse, fields)
    if year is not None and (fields.yearday is not None or fields.week is not None):
        return _day_or_week_of_year(year, fields)
    part = part_of_year(discourse, reading, year)
    if part is not None:
        return part
    if fields.month is None and fields.day is not None:
        return _day_of_month(discourse, reading, int(fields.day), year)
    if year is None and (fields.year_which is not None or fields.year_relation is not None):
        return UNKNOWN
    if year is None and fields.month is not None and discourse.reference.startswith("BC"):
        return Resolution(f"{discourse.reference[:6]}-{fields.month:02}", (), discourse.reference)
    if fields.nth is not None or fields.day == _LAST:
        return _nth_in_month(discourse, reading, year)
    if fields.month is None:
        return year_value(fields, year)
    return _month_or_day(discourse, reading, fields.month, year)


def _month_or_day(
    discourse: Discourse, reading: DateReading, month: int, year: int | None
) -> Resolution:
    """A month, or a day of it, perhaps with a time of day."""
    fields = reading.fields
    day = int(fields.day) if fields.day is not None else None
    if day is not None and not 1 <= day <= 31:
        return UNKNOWN
    if year is None:
        choice = year_of_month(discourse, reading, month, day)
        if choice is not None and day is not None and fields.weekday is not None:
            choice = _agreeing_with_weekday(discourse, choice, month, day, fields.weekday)
    else:
        choice = YearChoice(year, None, _anchor_of_year(discourse, fields))
    if choice is None or (day is not None and day > days_in_month(choice.year, month)):
        return UNKNOWN
    clock = clock_value(fields)
    value = _written(choice.year, month, day) + clock
    if fields.granularity is not None:
        value = shift(value, 0, fields.granularity)
    others = () if choice.other is None else (_written(choice.other, month, day) + clock,)
    return Resolution(value, others, choice.anchor)


def _day_or_week_of_year(year: int, fields: Fields) -> Resolution:
    """The 322nd day of a year, or its tenth week."""
    if fields.yearday is None:
        value = f"{year:04}-W{int(required(fields.week)):02}"
        return Resolution(value) if first_day(value) else UNKNOWN
    day = date(year, 1, 1) + timedelta(days=fields.yearday - 1)
    return Resolution(day.isoformat()) if day.year == year else UNKNOWN


def _anchor_of_year(discourse: Discourse, fields: Fields) -> str:
    """The value that the year is counted from; empty where the year is written in figures."""
    if fields.year_which is not None and discourse.today:
        return discourse.today.isoformat()
    relative = fields.year_which is not None or fields.year_relation is not None
    return discourse.reference if relative else ""


def _agreeing_with_weekday(
    discourse: Discourse, choice: YearChoice, month: int, day: int, weekday: int
) -> YearChoice:
    """The choice, or another one with a nearby year in which the day falls on the weekday."""
    reference = first_day(discourse.reference)
    years = (
        choice.year,
        choice.other,
        reference.year if reference else None,
        choice.year + 1,
        choice.year - 1,
    )
    year = _with_weekday(years, month, day, weekday)
    if year is None or year == choice.year:
        return choice
    return YearChoice(year, choice.year, choice.anchor)


def _with_weekday(years: Sequence[int | None], month: int, day: int, weekday: int) -> int | None:
    """The first of the years in which the day falls on the weekday; `None` where it does in none of them."""
    for year in years:
        if not year or year > MAXYEAR or day > days_in_month(year, month):
            continue
        if date(year, month, day).isoweekday() == weekday:
            return year
    return None


def _nth_in_month(discourse: Discourse, reading: DateReading, year: int | None) -> Resolution:
    """The last day, the third week or the first Monday of a month. For a year, it is counted in
    January, or in December for "last".
    """
    fields = reading.fields
    place = int(fields.nth) if fields.nth is not None else _LAST
    month = fields.month if fields.month is not None else 12 if place == _LAST else 1
    if year is None:
        week = _EVERY_MONTH_HAS if place == _LAST else 7 * place - _HALF_WEEK
        roughly = None if fields.weekday is not None else week
        choice = year_of_month(discourse, reading, month, roughly)
    else:
        choice = YearChoice(year)
    if choice is None:
        return UNKNOWN
    value = _place_in_month(choice.year, month, place, fields)
    if not value:
        return UNKNOWN
    other = "" if choice.other is None else _place_in_month(choice.other, month, place, fields)
    return Resolution(value, (other,) if other else (), choice.anchor)


def _place_in_month(year: int, month: int, place: int, fields: Fields) -> str:
    """A day or week of a month; the third week is the calendar week that holds the middle of days 15 to 21."""
    length = days_in_month(year, month)
    if place > _MOST_WEEKS:
        return ""
    if fields.weekday is not None:
        which = "last" if place == _LAST else f"{place}th"
        day = holiday(f"{month}-{which}-{fields.weekday}", year)
        return day.isoformat() if day.month == month else ""
    if fields.nth is None:
        return _written(year, month, length)
    middle = length - _HALF_WEEK if place == _LAST else 7 * place - _HALF_WEEK
    return shift(_written(year, month, middle), 0, "W") if middle <= length else ""


def _written(year: int, month: int, day: int | None) -> str:
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")


def _day_of_month(discourse: Discourse, reading: DateReading, day: int, year: int | None) -> Resolution:
    """A day without a month: in a range it has the month of the range's end, else the month named last."""
    companion = discourse.followed_by(reading, "month", "day") if reading.fields.range else None
    if companion is not None:
        return _day_beside(discourse, companion, day)
    anchor = discourse.anchor_day()
    if anchor is None or not 1 <= day <= days_in_month(year or anchor.year, anchor.month):
        return UNKNOWN
    value = _written(year or anchor.year, anchor.month, day)
    return Resolution(value, (), discourse.reference or anchor.isoformat())


def _day_beside(discourse: Discourse, companion: DateReading, day: int) -> Resolution:
    """The first day of a range, in the month and year of the second."""
    month = required(companion.fields.month)
    year = stated_year(discourse, companion.fields)
    if year is None:
        last = int(required(companion.fields.day))
        choice = year_of_month(discourse, companion, month, last)
        year = choice.year if choice else None
    if year is None or not 1 <= day <= days_in_month(year, month):
        return UNKNOWN
    return Resolution(_written(year, month, day))


def month_or_years(discourse: Discourse, reading: DateReading) -> Resolution:
    """`2012-11` is a month, `2011-12` more likely a season of two years, whose value is the first year."""
    year, month = int(required(reading.fields.year)), required(reading.fields.month)
    value = f"{year:04}-{month:02}"
    return Resolution(f"{year:04}", (value,)) if (year + 1) % 100 == month else Resolution(value)


def slash_date(discourse: Discourse, reading: DateReading) -> Resolution:
    """A date in figures, such as `3/4/2020`: the day or the month comes first."""
    fields = reading.fields
    first, second, year = required(fields.first), required(fields.second), int(required(fields.year))
    if year < 100:
        year = full_year(year, discourse.today)
    month_first, day_first = (first, second), (second, first)
    by_day = discourse.day_first or fields.sign == "."
    orders = [day_first, month_first] if by_day else [month_first, day_first]
    clock = clock_value(replace(fields, second=None))
    return first_and_others(
        [
            _written(year, month, day) + clock
            for month, day in orders
            if 1 <= month <= 12 and year and 1 <= day <= days_in_month(year, month)
        ]
    )
