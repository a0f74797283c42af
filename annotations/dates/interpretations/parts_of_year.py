"""Seasons, quarters, halves of a year and holidays."""

from datetime import date
from typing import Literal

from annotations.dates.calendar_value import holiday, shift, value_of
from annotations.dates.discourse import Discourse
from annotations.dates.fields import Which, required
from annotations.dates.interpretations.resolution import UNKNOWN, Resolution
from annotations.dates.interpretations.years import STEPS
from annotations.dates.reading import DateReading

_LAST = -1
"""The place of the last of several, as in "the last quarter"."""
_SEASON_BEGINS = {"WI": 12, "SP": 3, "SU": 6, "FA": 9}


def part_of_year(discourse: Discourse, reading: DateReading, year: int | None) -> Resolution | None:
    """A holiday, quarter, half-year or season, with or without a year; `None` for any other expression."""
    fields = reading.fields
    if fields.holiday is not None:
        return _holiday(discourse, reading, year)
    if fields.quarter is not None:
        return _fraction(discourse, reading, "Q", int(fields.quarter), year)
    if fields.latter is not None:
        return _fraction(discourse, reading, "H", 2, year)
    if fields.halfyear is not None:
        return _fraction(discourse, reading, "H", int(fields.halfyear), year)
    if fields.season is not None:
        return _season(discourse, reading, year)
    return None


def _season(discourse: Discourse, reading: DateReading, year: int | None) -> Resolution:
    season = required(reading.fields.season)
    if year is not None:
        return Resolution(f"{year:04}-{season}")
    if discourse.reference.startswith("BC"):
        return Resolution(f"{discourse.reference[:6]}-{season}", (), discourse.reference)
    if discourse.narrative or reading.fields.relation:
        return _season_beside_reference(discourse, reading, season)
    return _season_by_article(discourse, reading, season)


def _season_beside_reference(discourse: Discourse, reading: DateReading, season: str) -> Resolution:
    """The season in the year that the text named last, or in a year before or after it."""
    anchor = discourse.anchor_day()
    if anchor is None:
        return UNKNOWN
    year = anchor.year + STEPS.get(reading.fields.relation or reading.fields.which or "", 0)
    origin = discourse.reference or anchor.isoformat()
    return Resolution(f"{year:04}-{season}", (f"{year - 1:04}-{season}",), origin)


def _season_by_article(discourse: Discourse, reading: DateReading, season: str) -> Resolution:
    """The last or the next such season, counted from the article's own date."""
    today = discourse.today
    if today is None:
        return UNKNOWN
    which = reading.fields.which
    now = value_of(today, "S")
    begun = today.year if today.month >= _SEASON_BEGINS[season] else today.year - 1
    if which == "last" or (not which and discourse.direction(reading) != "future"):
        year = begun - 1 if which == "last" and now == f"{begun:04}-{season}" else begun
        value = f"{year:04}-{season}"
    elif which == "this":
        value = now if now.endswith(season) else f"{today.year:04}-{season}"
    else:
        value = f"{begun + 1:04}-{season}"
    return Resolution(value, (shift(value, 1, "Y"), shift(value, -1, "Y")), today.isoformat())


def _fraction(
    discourse: Discourse, reading: DateReading, unit: Literal["Q", "H"], number: int, year: int | None
) -> Resolution:
    """A quarter (`Q`) or a half (`H`) of a year."""
    if number == _LAST:
        if year is None and discourse.today is not None:
            return Resolution(
                shift(discourse.today.isoformat(), -1, unit), (), discourse.today.isoformat()
            )
        number = 4 if unit == "Q" else 2
    if not 1 <= number <= (4 if unit == "Q" else 2):
        return UNKNOWN
    if year is not None:
        return Resolution(f"{year:04}-{unit}{number}")
    anchor = _anchor(discourse)
    if anchor is None:
        return UNKNOWN
    year = anchor.year
    length = 3 if unit == "Q" else 6
    begins = (number - 1) * length + 1
    direction = discourse.direction(reading)
    future, past = direction == "future", direction == "past"
    # Nobody looks back on a quarter that has only just begun.
    if (begins > anchor.month and not future) or (begins == anchor.month and past):
        year -= 1
    elif begins + length - 1 < anchor.month and future:
        year += 1
    others = (f"{year - 1:04}-{unit}{number}", f"{year + 1:04}-{unit}{number}")
    return Resolution(f"{year:04}-{unit}{number}", others, anchor.isoformat())


def _holiday(discourse: Discourse, reading: DateReading, year: int | None) -> Resolution:
    spec = required(reading.fields.holiday)
    if year is not None:
        return Resolution(holiday(spec, year).isoformat()) if 1 <= year <= 9999 else UNKNOWN
    anchor = _anchor(discourse)
    if anchor is None or not 1 < anchor.year < 9999:
        return UNKNOWN
    here = holiday(spec, anchor.year)
    before = here if here <= anchor else holiday(spec, anchor.year - 1)
    behind = here if here >= anchor else holiday(spec, anchor.year + 1)
    which = reading.fields.which
    if which == "this":
        best, other = here, before
    elif _is_coming(discourse, reading, which, nearer=behind - anchor < anchor - before):
        best, other = behind, before
    else:
        best, other = before, behind
    return Resolution(best.isoformat(), (other.isoformat(),), anchor.isoformat())


def _is_coming(discourse: Discourse, reading: DateReading, which: Which | None, nearer: bool) -> bool:
    """Whether the coming holiday is meant: "last" or "next" decides, then the tense, then which is nearer."""
    if which in ("last", "next"):
        return which == "next"
    direction = discourse.direction(reading)
    if direction == "future" and not which:
        return True
    return direction != "past" and nearer


def _anchor(discourse: Discourse) -> date | None:
    return discourse.anchor_day() if discourse.narrative else discourse.today
