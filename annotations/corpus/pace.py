"""The pace of the work: documents done today, minutes for each, and the remaining time.

Minutes are minutes of work: longer pauses between two keys are left out where they are counted
(`annotations.editing.effort`).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from statistics import mean, quantiles

from annotations.text.plural import counted

ENOUGH = 5
"""How many documents must be done before the remaining time is estimated."""
LATEST = 20
"""How many of the documents done last are used to compute the pace."""
HOUR = 60.0


@dataclass(frozen=True)
class Pace:
    """The pace of the work."""

    today: int
    """How many documents were done today."""
    each: float | None
    """Minutes per document, the average of the latest; `None` if there was no work in them."""
    left: tuple[float, float] | None
    """Minutes that the remaining documents will take, as a range; `None` if too few are done, or if none is left."""


def pace_of(
    finished: Sequence[tuple[int, float]], left: int, today: date, zone: tzinfo | None = None
) -> Pace:
    """The pace of the work, with a given number of documents left.

    `finished` has for each done document the time when it was marked as done, in milliseconds since
    1970, and the seconds of work in it; the earliest comes first. `today` is the day in the time zone
    `zone`; `None` means the time zone of this machine.

    A document that was marked as done without any work in it, for example by a command, does not count
    for the time per document. The range goes from the first to the third quartile of the latest
    documents, and it always includes their average.
    """
    begin, end = (_midnight(day, zone).timestamp() * 1000 for day in (today, today + timedelta(days=1)))
    done_today = bisect_left(finished, (end,)) - bisect_left(finished, (begin,))
    latest = islice((one for one in reversed(finished) if one[1] > 0), LATEST)
    minutes = [seconds / 60 for _, seconds in latest]
    if not minutes:
        return Pace(done_today, None, None)
    each = mean(minutes)
    if len(minutes) < ENOUGH or not left:
        return Pace(done_today, each, None)
    low, _, high = quantiles(minutes, n=4, method="inclusive")
    return Pace(done_today, each, (min(low, each) * left, max(high, each) * left))


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    """When a day begins in a time zone, or on this machine."""
    begin = datetime.combine(day, time.min, zone)
    return begin if zone is not None else begin.astimezone()


def pace_words(pace: Pace) -> list[str]:
    """The text for the list, the most important part first: `9 documents done today`, `3.1 min each`."""
    words = [f"{counted(pace.today, 'document')} done today"]
    if pace.each is not None:
        words.append(f"{minutes_words(pace.each)} each")
    if pace.left is not None:
        words.append(f"{_range_words(*pace.left)} left")
    return words


def minutes_words(minutes: float) -> str:
    """A time in words, in minutes up to an hour and a half: `3.1 min`, `24 min`, `9 h 40 min`."""
    if minutes < 0.95 / 6:
        return "less than 10 s"
    if minutes < 9.95:
        return f"{minutes:.1f} min"
    whole = round(minutes)
    if whole < 1.5 * HOUR:
        return f"{whole} min"
    hours, rest = divmod(whole, int(HOUR))
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def seconds_words(seconds: float) -> str:
    """A time in words, with seconds up to an hour and a half, then without: `12 s`, `4 min 12 s`, `1 h 40 min`."""
    whole = round(seconds)
    if whole >= 90 * 60:
        return minutes_words(seconds / 60)
    minutes, rest = divmod(whole, 60)
    parts = [f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else ""]
    return " ".join(part for part in parts if part)


def _range_words(low: float, high: float) -> str:
    """A range of times in words, rounded as an estimate; the times are in minutes."""
    if round(high) < 1:
        return "less than a minute"
    unit, size = ("min", 1.0) if high < 1.5 * HOUR else ("h", HOUR)
    first, last = round(low / size), round(high / size)
    if first == last:
        return f"about {last} {unit}"
    if not first:
        # The lower time is less than half a unit: give it in minutes, or give only the upper time.
        minutes = round(low)
        return f"{minutes} min to {last} h" if unit == "h" and minutes else f"up to {last} {unit}"
    return f"{first} to {last} {unit}"
