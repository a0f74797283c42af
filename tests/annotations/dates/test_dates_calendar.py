"""Calendar arithmetic with TIMEX3 values: ends of months, leap days, ISO week years, shifts back and forth."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.dates.calendar_value import (
    Unit,
    add,
    add_months,
    days_in_month,
    easter,
    first_day,
    granularity,
    holiday,
    shift,
    value_of,
    weekday_beside,
)

UNITS: tuple[Unit, ...] = ("D", "W", "WE", "M", "Q", "H", "Y", "DE", "CE", "S")
days = st.dates(date(101, 1, 1), date(9800, 12, 31))
units = st.sampled_from(UNITS)


@given(days, units)
def test_the_value_of_a_day_holds_it(day: date, unit: Unit) -> None:
    value = value_of(day, unit)
    assert granularity(value) == unit
    start = first_day(value)
    assert start is not None
    if unit == "WE":
        assert start.isocalendar()[:2] == day.isocalendar()[:2]
    else:
        assert start <= day
        assert value_of(start, unit) == value


@given(days, st.integers(-1200, 1200))
def test_months_there_and_back_lose_at_most_the_end_of_a_month(day: date, months: int) -> None:
    there = add_months(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == min(day.day, days_in_month(there.year, there.month))
    assert add_months(there, -months).day == min(there.day, days_in_month(day.year, day.month))


@given(days, st.integers(-3000, 3000))
def test_days_and_weeks_there_and_back(day: date, count: int) -> None:
    assert add(add(day, count, "D"), -count, "D") == day
    assert add(add(day, count, "W"), -count, "W") == day
    assert add(day, count, "W") - day == timedelta(weeks=count)


@given(days, units, st.integers(-50, 50))
def test_shifting_a_coarse_value_there_and_back(day: date, unit: Unit, count: int) -> None:
    if unit in ("DE", "CE"):
        count %= 3
    value = value_of(day, unit)
    there = shift(value, count, unit)
    assert granularity(there) == unit
    assert shift(there, -count, unit) == value


@given(days, st.integers(1, 7))
def test_weekday_beside_is_within_a_week(day: date, weekday: int) -> None:
    before, behind = weekday_beside(day, weekday, -1), weekday_beside(day, weekday, 1)
    assert before.isoweekday() == behind.isoweekday() == weekday
    assert timedelta(0) <= day - before < timedelta(7)
    assert timedelta(0) <= behind - day < timedelta(7)


@given(st.integers(1, 9999))
def test_month_lengths_make_a_year(year: int) -> None:
    total = sum(days_in_month(year, month) for month in range(1, 13))
    assert total == date(year, 12, 31).timetuple().tm_yday


@pytest.mark.parametrize(
    ("value", "count", "unit", "expected"),
    [
        ("2021-01-31", 1, "M", "2021-02"),
        ("2020-02-29", -1, "Y", "2019"),
        ("2021-01-03", -1, "W", "2020-W52"),
        ("2020-12-31", 1, "W", "2021-W01"),
        ("2012-Q4", -1, "Y", "2011-Q4"),
        ("2013-Q1", -1, "Q", "2012-Q4"),
        ("2013-W01", -1, "W", "2012-W52"),
        ("2013-02", -1, "Y", "2012-02"),
        ("2013-02-28", 1, "D", "2013-03-01"),
        ("2013", -1, "DE", "200"),
        ("9999-12-31", 1, "D", ""),
        ("0001", -1, "Y", ""),
        ("PRESENT_REF", 1, "D", ""),
        ("2013-02-30", 1, "D", ""),
    ],
)
def test_shift(value: str, count: int, unit: Unit, expected: str) -> None:
    assert shift(value, count, unit) == expected


def test_days_and_weeks_at_the_turn_of_the_year() -> None:
    assert value_of(date(2021, 1, 3), "W") == "2020-W53"
    assert value_of(date(2019, 12, 30), "W") == "2020-W01"
    assert first_day("2020-W53") == date(2020, 12, 28)
    assert first_day("2021-W53") is None
    assert value_of(date(2021, 1, 15), "S") == "2020-WI"


def test_add_months_outside_of_the_calendar() -> None:
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("spec", "year", "expected"),
    [
        ("12-25", 2012, date(2012, 12, 25)),
        ("11-4th-4", 2012, date(2012, 11, 22)),
        ("05-last-1", 2013, date(2013, 5, 27)),
        ("09-1st-1", 2014, date(2014, 9, 1)),
        ("11-4th-4+1", 2013, date(2013, 11, 29)),
        ("11-1st-1+1", 2016, date(2016, 11, 8)),
        ("easter-2", 2013, date(2013, 3, 29)),
        ("easter+1", 2013, date(2013, 4, 1)),
    ],
)
def test_holiday(spec: str, year: int, expected: date) -> None:
    assert holiday(spec, year) == expected


@pytest.mark.parametrize(
    "day",
    [date(1818, 3, 22), date(1943, 4, 25), date(2000, 4, 23), date(2024, 3, 31), date(2038, 4, 25)],
)
def test_easter(day: date) -> None:
    assert easter(day.year) == day
