from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from annotations.corpus.pace import (
    Pace,
    minutes_words,
    pace_of,
    pace_words,
)

TODAY = date(2026, 3, 29)
NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)


def finished(*minutes: float, at: datetime = NOON) -> list[tuple[int, float]]:
    return [(moment(at) + number * 1000, each * 60) for number, each in enumerate(minutes)]


def moment(at: datetime) -> int:
    """A time in milliseconds since 1970."""
    return int(at.timestamp() * 1000)


def test_nothing_is_guessed_before_five_are_done() -> None:
    assert pace_of([], 9, TODAY, UTC) == Pace(0, None, None)
    assert pace_of(finished(1, 2, 3, 2), 9, TODAY, UTC) == Pace(4, 2.0, None)
    assert pace_of(finished(1, 2, 3, 2, 2), 9, TODAY, UTC).left is not None
    assert pace_of(finished(1, 2, 3, 2, 2), 0, TODAY, UTC) == Pace(5, 2.0, None)


def test_the_time_left_is_the_middle_half_of_the_latest_twenty() -> None:
    slow_ones_before = finished(*[90.0] * 30, at=NOON - timedelta(hours=1))
    latest = finished(*[1.0, 2.0, 3.0, 4.0, 5.0] * 4)
    assert pace_of([*slow_ones_before, *latest], 100, TODAY, UTC) == Pace(50, 3.0, (200.0, 400.0))


def test_a_few_long_ones_are_not_left_out_of_what_is_left() -> None:
    pace = pace_of(finished(1, 1, 1, 1, 96), 10, TODAY, UTC)
    assert pace.each == 20
    assert pace.left == (10.0, 200.0)


def test_what_was_marked_without_work_is_done_and_says_nothing_about_minutes() -> None:
    assert pace_of(finished(0, 0, 0, 0, 0, 0, 2), 9, TODAY, UTC) == Pace(7, 2.0, None)


@pytest.mark.parametrize(
    ("at", "zone", "today"),
    [
        ("2026-03-28T23:30:00+00:00", timezone(timedelta(hours=1)), True),
        ("2026-03-28T22:30:00+00:00", timezone(timedelta(hours=1)), False),
        ("2026-03-29T22:30:00+00:00", timezone(timedelta(hours=1)), True),
        ("2026-03-29T23:30:00+00:00", timezone(timedelta(hours=1)), False),
        ("2026-03-30T03:30:00+00:00", timezone(timedelta(hours=-5)), True),
        # Clocks went forward that night: the day began at 23:00 UTC and ended at 22:00 UTC.
        ("2026-03-28T22:59:59+00:00", ZoneInfo("Europe/Madrid"), False),
        ("2026-03-28T23:00:00+00:00", ZoneInfo("Europe/Madrid"), True),
        ("2026-03-29T21:59:59+00:00", ZoneInfo("Europe/Madrid"), True),
        ("2026-03-29T22:00:00+00:00", ZoneInfo("Europe/Madrid"), False),
    ],
)
def test_today_is_the_day_where_the_person_is(at: str, zone: ZoneInfo, today: bool) -> None:
    done = [(moment(datetime.fromisoformat(at)), 60.0)]
    assert pace_of(done, 1, TODAY, zone).today == today


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (Pace(0, None, None), ["0 documents done today"]),
        (Pace(1, 3.14, None), ["1 document done today", "3.1 min each"]),
        (Pace(9, 3.1, (720.0, 900.0)), ["9 documents done today", "3.1 min each", "12 to 15 h left"]),
        (Pace(9, 3.1, (20.0, 35.0)), ["9 documents done today", "3.1 min each", "20 to 35 min left"]),
        (Pace(2, 0.1, (0.2, 0.4)), ["2 documents done today", "less than 10 s each", "less than a minute left"]),
        (Pace(2, 0.1, (0.2, 2.4)), ["2 documents done today", "less than 10 s each", "up to 2 min left"]),
        (Pace(2, 2.0, (19.9, 20.2)), ["2 documents done today", "2.0 min each", "about 20 min left"]),
        (Pace(2, 2.0, (25.0, 130.0)), ["2 documents done today", "2.0 min each", "25 min to 2 h left"]),
        (Pace(2, 2.0, (0.1, 130.0)), ["2 documents done today", "2.0 min each", "up to 2 h left"]),
        (Pace(2, 2.0, (175.0, 181.0)), ["2 documents done today", "2.0 min each", "about 3 h left"]),
    ],
)  # fmt: skip
def test_the_words(pace: Pace, words: list[str]) -> None:
    assert pace_words(pace) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.0, "less than 10 s"),
        (0.5, "0.5 min"),
        (9.94, "9.9 min"),
        (9.96, "10 min"),
        (89.4, "89 min"),
        (89.6, "1 h 30 min"),
        (120.0, "2 h"),
        (580.2, "9 h 40 min"),
    ],
)
def test_times(minutes: float, words: str) -> None:
    assert minutes_words(minutes) == words
