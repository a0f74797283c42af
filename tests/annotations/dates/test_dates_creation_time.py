"""Where the article's own date is found, and where a date is not the article's own."""

from datetime import datetime

import pytest

from annotations.dates.creation_time import CreationTime, find_creation_time, parse_creation_time
from annotations.dates.matcher import find_dates
from annotations.dates.resolver import resolve, why_empty
from annotations.model.errors import AnnotateError


@pytest.mark.parametrize(
    ("text", "path", "value", "origin"),
    [
        (" date 2021-04-08 The talks were held in Baghdad.", "", "2021-04-08", "dateline"),
        ("2021-04-08\n\nThe talks were held.", "", "2021-04-08", "dateline"),
        ("Talks held\n\nBy Ann Lee\n\nApril 8, 2021\n\nThe talks.", "", "2021-04-08", "dateline"),
        ("Talks held\r\n\r\nThursday, April 8, 2021\r\n\r\nThe talks.", "", "2021-04-08", "dateline"),
        (
            "LONDON, April 8, 2021 (Wire) — Talks were held.",
            "",
            "2021-04-08",
            "dateline",
        ),
        ("BAGHDAD (8 April 2021) - The talks were held.", "", "2021-04-08", "dateline"),
        ("Published: 8 April 2021\nThe talks.", "", "2021-04-08", "dateline"),
        ("Madrid, 8 de abril de 2021\n\nEl ministro.", "", "2021-04-08", "dateline"),
        ("---\ntitle: Talks\ndate: 2021-04-08\n---\nThe talks.", "", "2021-04-08", "front matter"),
        (
            "\ufeff---\r\ndate: 2021-04-08T10:30:00Z\r\n---\r\nThe talks.",
            "",
            "2021-04-08T10:30:00Z",
            "front matter",
        ),
        ('+++\ndate = "2021-04-08"\n+++\nThe talks.', "", "2021-04-08", "front matter"),
        (
            '<DCT><TIMEX3 type="DATE" value="2021-04-08" functionInDocument="CREATION_TIME">x</TIMEX3>',
            "",
            "2021-04-08",
            "TimeML",
        ),
        ("The talks.", "/news/2021-04-08-talks.txt", "2021-04-08", "file name"),
        ("The talks.", "/news/talks_20210408.txt", "2021-04-08", "file name"),
        ("The talks.", "/news/2021/04/08/talks.txt", "2021-04-08", "file name"),
        ("2020-01-02\n\nThe talks.", "/news/2021-04-08-talks.txt", "2020-01-02", "dateline"),
    ],
)
def test_found(text: str, path: str, value: str, origin: str) -> None:
    created = find_creation_time(text, path, datetime(1999, 1, 1))
    assert created is not None
    assert (created.value, created.origin) == (value, origin)
    assert created.trusted
    if created.start is not None:
        assert value[:4] in text[created.start : created.end]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ""),
        (
            "The talks were held in Baghdad on April 8, 2021, they said. More came.",
            "",
        ),
        ("The talks.", "-"),
        ("The talks.", "/news/1234567890.txt"),
        ("2021-02-30\n\nThe talks.", "/news/2021-02-30.txt"),
        ("Talks\n" * 50 + "2021-04-08\n", ""),
    ],
)
def test_not_found(text: str, path: str) -> None:
    assert find_creation_time(text, path) is None


def test_when_a_file_was_written_is_offered_but_never_used() -> None:
    text = "He came on Tuesday."
    created = find_creation_time(text, "talks.txt", datetime(2021, 4, 8, 12))
    assert created == CreationTime("2021-04-08", "file date")
    assert not created.trusted
    (timex,) = resolve(text, find_dates(text), created)
    assert timex.value == ""
    assert why_empty(timex) == "needs the article's date"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2021-04-08", "2021-04-08"),
        (" 2021-04-08T10:30 ", "2021-04-08T10:30"),
        ("20210408", "2021-04-08"),
        ("8 April 2021", "2021-04-08"),
        ("April 8, 2021", "2021-04-08"),
        ("Thursday, April 8, 2021", "2021-04-08"),
    ],
)
def test_typed(typed: str, value: str) -> None:
    assert parse_creation_time(typed) == CreationTime(value, "given")


@pytest.mark.parametrize(
    "typed",
    ["", "yesterday", "2021-02-30", "2021", "04/2021", "April 8", "2021-04-08 or so", "x" * 999],
)
def test_typed_in_vain(typed: str) -> None:
    with pytest.raises(AnnotateError, match="is not a date; write it as"):
        parse_creation_time(typed)
