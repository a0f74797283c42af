"""The dates of a document in chronological order, and those that have no place in this order."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from annotations.dates.calendar_value import first_day
from annotations.dates.creation_time import CreationTime
from annotations.dates.distance import MONTH, length
from annotations.dates.document_dates import is_date
from annotations.model.span import Span, SpanKey
from annotations.model.value import Timex

DateState = Literal["undecided", "decided", "article"]
DAYS_IN_YEAR = MONTH * 12
GAP = 31
"""Two dates up to this many days apart are shown without a gap between them."""
_BEFORE_CHRIST = re.compile(r"BC0*(\d+)(?:-.*)?")


class TimelineDate(Struct, frozen=True):
    """A date in the document, or the article's own date."""

    timex: Timex
    words: str
    """The words in the text, on one line; empty for the article's own date."""
    state: DateState
    day: int | None
    """The day on which it begins, counted from 1 January of the year 1; `None` if it has no place in time."""
    span: SpanKey | None
    """`None` for the article's own date."""
    doubtful: bool = False


class Timeline(Struct, frozen=True):
    """The dates in chronological order, and those that have no place in it."""

    placed: Sequence[TimelineDate] = ()
    unplaced: Sequence[TimelineDate] = ()
    """Durations, sets, references and dates without a value, in the order of the text."""


def day_number(value: str) -> int | None:
    """The day on which a value begins, counted from 1 January of the year 1; `None` for what has no place in time."""
    if match := _BEFORE_CHRIST.fullmatch(value):
        return -round(int(match[1]) * DAYS_IN_YEAR)
    begins = first_day(value)
    return begins.toordinal() if begins else None


def year_of(day: int) -> int:
    """The year that contains a day; -44 is 44 BC."""
    return date.fromordinal(day).year if day > 0 else round(day / DAYS_IN_YEAR)


def gap_between(one: TimelineDate, other: TimelineDate) -> str:
    """The time from one date to the next in words; empty if it is not longer than a month."""
    if one.day is None or other.day is None or other.day - one.day <= GAP:
        return ""
    return length(other.day - one.day)


def timeline(
    text: str,
    spans: Iterable[Span],
    creation_time: CreationTime | None,
    stops_at: Callable[[Span], bool],
    value_of: Callable[[Span], Timex],
) -> Timeline:
    """The dates that are not rejected, and the article's own date; `stops_at` says which to check, and
    `value_of` gives the value of each.
    """
    dates = [span for span in spans if is_date(span) and not span.rejected]
    entries = [entry_of(text, span, value_of(span), doubtful=stops_at(span)) for span in dates]
    placed = [entry for entry in entries if entry.day is not None]
    if creation_time is not None and creation_time.trusted:
        day = creation_time.day.toordinal()
        own = TimelineDate(Timex("DATE", creation_time.value[:10]), "", "article", day, None)
        placed.append(own)
    placed.sort(key=lambda e: (e.day or 0, e.span is None, e.span or ()))
    return Timeline(placed, [entry for entry in entries if entry.day is None])


def entry_of(text: str, span: Span, timex: Timex, *, doubtful: bool) -> TimelineDate:
    """One date of the document; `doubtful` says whether there is a reason to check it."""
    return TimelineDate(
        timex,
        " ".join(text[span.start : span.end].split()),
        "decided" if span.decided else "undecided",
        None if timex.type in ("DURATION", "SET") else day_number(timex.value),
        span.key,
        doubtful,
    )


def heights(days: Sequence[int], cells: int, levels: int) -> list[int]:
    """The height of a bar for each of `cells` periods of the same length, from the first to the last
    year of these days.

    0 for a period without days, otherwise 1 to `levels`, the highest for the period with most days.
    """
    if not days or cells < 1:
        return []
    first, last = min(days), max(days)
    if first > 0:
        first = date(year_of(first), 1, 1).toordinal()
    if last > 0:
        last = date(year_of(last), 12, 31).toordinal()
    counts = [0] * cells
    for day in days:
        counts[(day - first) * cells // (last - first + 1)] += 1
    most = max(counts)
    return [0 if not count else 1 + (count - 1) * (levels - 1) // max(most - 1, 1) for count in counts]
