from datetime import date

import pytest

from annotations.dates.distance import distance, length, unit_name

ARTICLE = date(2021, 4, 8)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-04-08", "the day of the article"),
        ("2021-04-07", "the day before the article"),
        ("2021-04-09", "the day after the article"),
        ("2021-04-04", "4 days before the article"),
        ("2021-05-10", "5 weeks after the article"),
        ("2020-06-12", "10 months before the article"),
        ("2008", "13 years before the article"),
        ("2021", "the year of the article"),
        ("2021-04", "the month of the article"),
        ("2021-W14", "the week of the article"),
        ("202", "the decade of the article"),
        ("2021-SP", "the season of the article"),
        ("2022", "9 months after the article"),
        ("P10Y", ""),
        ("PRESENT_REF", ""),
        ("XXXX-06-12", ""),
        ("9999-12-31", "7979 years after the article"),
    ],
)
def test_how_far_a_value_lies_from_the_article(value: str, expected: str) -> None:
    assert distance(value, ARTICLE) == expected


def test_lengths_are_as_exact_as_one_needs() -> None:
    assert [length(days) for days in (1, 13, 14, 59, 60, 700, 760)] == [
        "1 day",
        "13 days",
        "2 weeks",
        "8 weeks",
        "2 months",
        "23 months",
        "2 years",
    ]


def test_a_value_is_one_of_its_unit() -> None:
    assert [unit_name(value) for value in ("2021-04-08", "2021-04", "2021", "P1D")] == [
        "day",
        "month",
        "year",
        "",
    ]
