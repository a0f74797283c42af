"""Which TIMEX3 values are well formed, and what they are in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.dates.timex_value import in_words, validate
from annotations.model.value import Timex, TimexType

IN_WORDS: list[tuple[TimexType, str, str]] = [
    ("DATE", "2021-04-07", "Wednesday 7 April 2021"),
    ("DATE", "2020-02", "February 2020"),
    ("DATE", "2008", "2008"),
    ("DATE", "199", "the 1990s"),
    ("DATE", "18", "19th century"),
    ("DATE", "2013-W11", "week 11 of 2013"),
    ("DATE", "2013-W11-WE", "the weekend of week 11 of 2013"),
    ("DATE", "2013-W11-3", "Wednesday 13 March 2013"),
    ("DATE", "2021-Q1", "1st quarter of 2021"),
    ("DATE", "2012-H2", "2nd half of 2012"),
    ("DATE", "2012-SU", "summer 2012"),
    ("DATE", "FY2013", "fiscal year 2013"),
    ("DATE", "BC0490", "490 BC"),
    ("DATE", "PRESENT_REF", "now"),
    ("DATE", "XXXX-06-12", "12 June of some year"),
    ("TIME", "2021-04-07TEV", "Wednesday 7 April 2021, evening"),
    ("TIME", "2021-04-07T09:30", "Wednesday 7 April 2021, 09:30"),
    ("TIME", "2021-04-07T09:30Z", "Wednesday 7 April 2021, 09:30 UTC"),
    ("DURATION", "P10Y", "10 years"),
    ("DURATION", "P1W", "1 week"),
    ("DURATION", "PXD", "some days"),
    ("DURATION", "PT1H30M", "1 hour and 30 minutes"),
    ("DURATION", "P2CE", "2 centuries"),
    ("SET", "XXXX-WXX-1", "every Monday"),
    ("SET", "P1D", "every day"),
    ("SET", "P2D", "every 2 days"),
    ("SET", "XXXX-XX-XXTMO", "every morning"),
]


@pytest.mark.parametrize(("type_", "value", "words"), IN_WORDS)
def test_in_words(type_: TimexType, value: str, words: str) -> None:
    assert validate(type_, value) is None
    assert in_words(Timex(type_, value)) == words


def test_in_words_with_modifiers() -> None:
    assert in_words(Timex("DURATION", "P2DE", mod="LESS_THAN")) == "less than 2 decades"
    assert in_words(Timex("DATE", "2013", mod="END")) == "late 2013"
    assert in_words(Timex("SET", "P1W", freq="2X")) == "twice every week"
    assert in_words(Timex("DATE", "")) == ""
    assert in_words(Timex("DATE", "nonsense")) == "nonsense"


@pytest.mark.parametrize(
    ("type_", "value", "part"),
    [
        ("DATE", "", "no value yet"),
        ("DATE", "2021-02-29", "has 28 days"),
        ("DATE", "2021-13-01", "not a date of the calendar"),
        ("DATE", "2021-4-8", "2021-04-08"),
        ("DATE", "2021-W53", "has 52 weeks"),
        ("DATE", "0000-01-01", "no year 0"),
        ("DATE", "P3D", "DURATION"),
        ("DATE", "tomorrow", "not a value"),
        ("DATE", "2021-04-08T25:00", "not a time of day"),
        ("DATE", "2021T10:00", "not a day"),
        ("DATE", "x" * 100, "too long"),
        ("TIME", "2021-04-08", "no time of day"),
        ("TIME", "T10:00", "needs a day"),
        ("TIME", "2021-04-08T24:30", "not a time of day"),
        ("DURATION", "2021", "not a length of time"),
        ("DURATION", "P", "not a length of time"),
        ("DURATION", "PT", "not a length of time"),
        ("SET", "PAST_REF", "a single time"),
        ("DAY", "2021", "no type DAY"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(type_: str, value: str, part: str) -> None:
    error = validate(type_, value)
    assert error is not None
    assert part in error
    assert error.endswith(".")


@given(st.dates(date(1, 1, 1)))
def test_every_day_is_well_formed(day: date) -> None:
    assert validate("DATE", day.isoformat()) is None
    year, week, weekday = day.isocalendar()
    assert validate("DATE", f"{year:04}-W{week:02}-{weekday}") is None
    assert str(day.day) in in_words(Timex("DATE", day.isoformat()))


@given(
    st.sampled_from(["DATE", "TIME", "DURATION", "SET"]),
    st.text("0123456789-XWPTYMDHQ:REF_", max_size=14),
)
def test_a_well_formed_value_can_be_said(type_: TimexType, value: str) -> None:
    if validate(type_, value) is None:
        assert in_words(Timex(type_, value))
