"""Arithmetic on TIMEX3 calendar values, which keep their granularity: `2021`, `2021-W14`, `2021-Q1`.

Weeks are those of ISO 8601: they begin on Monday, and week 1 contains the year's first Thursday, so the
year of a week can differ from the year of some of its days. The calendar is the Gregorian calendar, years 1
to 9999.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Unit = Literal["D", "W", "WE", "M", "Q", "H", "Y", "DE", "CE", "S"]
"""Day, week, weekend, month, quarter, half-year, year, decade, century, season."""

_KEPT = 4096
"""How many values each cache keeps: a text names the same ones again and again."""
SEASONS = ("WI", "SP", "SU", "FA")
_SEASON_MONTH = {"WI": 12, "SP": 3, "SU": 6, "FA": 9}
_FORMS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("D", re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")),
    ("WE", re.compile(r"(\d{4})-W(\d\d)-WE")),
    ("D", re.compile(r"(\d{4})-W(\d\d)-([1-7])")),
    ("W", re.compile(r"(\d{4})-W(\d\d)")),
    ("M", re.compile(r"(\d{4})-(\d\d)")),
    ("Q", re.compile(r"(\d{4})-Q([1-4])")),
    ("H", re.compile(r"(\d{4})-H([12])")),
    ("S", re.compile(r"(\d{4})-(SP|SU|FA|WI)")),
    ("Y", re.compile(r"(\d{4})")),
    ("DE", re.compile(r"(\d{3})")),
    ("CE", re.compile(r"(\d\d)")),
)


@lru_cache(maxsize=_KEPT)
def granularity(value: str) -> Unit | None:
    """The unit of a calendar value, or `None` for a value that is not a place in the calendar."""
    return next((unit for unit, form in _FORMS if form.fullmatch(value)), None)


@lru_cache(maxsize=_KEPT)
def first_day(value: str) -> date | None:
    """The first day of the time that a value names, or `None` where the calendar has no such time.

    A winter begins in December of the year its value names.
    """
    for unit, form in _FORMS:
        match = form.fullmatch(value)
        if match:
            try:
                return _first_day(unit, value, *match.groups())
            except (ValueError, OverflowError):
                return None
    return None


def _first_day(unit: Unit, value: str, first: str, second: str = "", third: str = "") -> date:
    year = int(first)
    match unit:
        case "D" if "W" in value:
            return date.fromisocalendar(year, int(second), int(third))
        case "D":
            return date(year, int(second), int(third))
        case "W":
            return date.fromisocalendar(year, int(second), 1)
        case "WE":
            return date.fromisocalendar(year, int(second), 6)
        case "M":
            return date(year, int(second), 1)
        case "Q":
            return date(year, 3 * int(second) - 2, 1)
        case "H":
            return date(year, 6 * int(second) - 5, 1)
        case "S":
            return date(year, _SEASON_MONTH[second], 1)
        case "Y":
            return date(year, 1, 1)
        case "DE":
            return date(max(1, year * 10), 1, 1)
        case "CE":
            return date(max(1, year * 100), 1, 1)


def value_of(day: date, unit: Unit) -> str:
    """The value of the day, week, month, … that contains a day."""
    match unit:
        case "D":
            return day.isoformat()
        case "W" | "WE":
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
        case "M":
            return f"{day.year:04}-{day.month:02}"
        case "Q":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "H":
            return f"{day.year:04}-H{(day.month + 5) // 6}"
        case "S":
            season = SEASONS[day.month % 12 // 3]
            return f"{day.year - (season == 'WI' and day.month < 3):04}-{season}"
        case "Y":
            return f"{day.year:04}"
        case "DE":
            return f"{day.year // 10:03}"
        case "CE":
            return f"{day.year // 100:02}"


def add_months(day: date, months: int) -> date:
    """The same day `months` later (negative: earlier); where that month has no such day, its last day.

    Raises `OverflowError` outside of the years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("the year is outside of the calendar")
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """How many days the month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


_MONTHS: dict[Unit, int] = {"M": 1, "Q": 3, "S": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}
_DAYS: dict[Unit, int] = {"D": 1, "W": 7, "WE": 7}


def add(day: date, count: int, unit: Unit) -> date:
    """The day `count` units later (negative: earlier).

    Raises `OverflowError` outside of the years 1 to 9999.
    """
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    return add_months(day, count * _MONTHS[unit])


def shift(value: str, count: int, unit: Unit) -> str:
    """The value `count` units later (negative: earlier).

    The coarser one of its unit and `unit` counts: `shift("2021-04-08", -1, "W")` is `2021-W13`. But a value coarser
    than a day keeps its unit when it is shifted by years: `shift("2012-Q4", -1, "Y")` is `2011-Q4`. Empty
    for a value that is not a place in the calendar, or a result outside of the years 1 to 9999.
    """
    start, own = first_day(value), granularity(value)
    if start is None or own is None:
        return ""
    try:
        moved = add(start, count, unit)
    except OverflowError:
        return ""
    if own == "D":
        return value_of(moved, unit)
    return value_of(moved, own if _COARSENESS[own] >= _COARSENESS[unit] or unit == "Y" else unit)


_COARSENESS: dict[Unit, int] = {
    "D": 0, "WE": 1, "W": 2, "M": 3, "Q": 4, "S": 4, "H": 5, "Y": 6, "DE": 7, "CE": 8,
}  # fmt: skip


def weekday_beside(day: date, weekday: int, direction: Literal[-1, 1]) -> date:
    """The nearest such weekday (1 is Monday) on or before the day (direction -1), or on or after it (1)."""
    if direction < 0:
        return day - timedelta(days=(day.isoweekday() - weekday) % 7)
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the western churches (Meeus, "Astronomical Algorithms", chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)


def holiday(spec: str, year: int) -> date:
    """The day of a holiday in a year.

    `spec` is a month and a day (`12-25`), or a month and which weekday of it (`11-4th-4` is the fourth
    Thursday of November, `11-4th-4+1` the day after it, `05-last-1` the last Monday of May), or days from
    Easter Sunday (`easter-2`), or weeks from the first Sunday of Advent (`advent+3`).
    """
    if spec.startswith("advent"):
        fourth = weekday_beside(date(year, 12, 24), 7, -1)
        return fourth + timedelta(weeks=int(spec[len("advent") :]) - 3)
    if spec.startswith("easter"):
        return easter(year) + timedelta(days=int(spec[len("easter") :]))
    spec, _, days = spec.partition("+")
    month, *rest = spec.split("-")
    if len(rest) == 1:
        return date(year, int(month), int(rest[0]))
    place, weekday = rest
    if place == "last":
        last = date(year, int(month), days_in_month(year, int(month)))
        return weekday_beside(last, int(weekday), -1)
    first = weekday_beside(date(year, int(month), 1), int(weekday), 1)
    return first + timedelta(weeks=int(place[0]) - 1, days=int(days or 0))
