"""The year that an expression states, or that a month without a year belongs to."""

from datetime import date
from typing import NamedTuple

from annotations.dates.calendar_value import first_day, granularity
from annotations.dates.discourse import CLOSE, Discourse
from annotations.dates.fields import Fields, Number, required
from annotations.dates.interpretations.resolution import UNKNOWN, Resolution
from annotations.dates.reading import DateReading

STEPS = {
    "before last": -2,
    "last": -1,
    "this": 0,
    "next": 1,
    "after next": 2,
    "previous": -1,
    "same": 0,
    "following": 1,
}
"""How many units these words lead away from another time."""
_NEAR = 1
"""A day at most this many months away is meant, whatever the tense of the clause."""
_HALF_YEAR = 6
_YEAR_TURNS = 8
"""In a narrative, a month that is more than this many months earlier in the calendar is of the next year."""
_THIS_MILLENNIUM = 20
"""For hundreds below this, "the 1800s" means the century, not its first ten years."""
_WITHOUT_DATE = date(2030, 1, 1)
"""The date that centuries are counted back from, where the article's own date is not known."""


class YearChoice(NamedTuple):
    """The year of an expression that states none, a second choice, and the value it is counted from."""

    year: int
    other: int | None = None
    anchor: str = ""


def stated_year(discourse: Discourse, fields: Fields) -> int | None:
    """The year that an expression states, in figures or as "last year"; else `None`."""
    if fields.year is not None:
        year = int(fields.year)
        return full_year(year, discourse.today) if year < 100 and fields.era is None else year
    if fields.shortyear is not None:
        short = int(fields.shortyear)
        if fields.range is not None:
            return _second_year(discourse, short)
        return full_year(short, discourse.today)
    if fields.year_which is not None and discourse.today:
        return discourse.today.year + STEPS[fields.year_which]
    if fields.year_relation is not None:
        anchor = discourse.anchor_day()
        return anchor.year + STEPS[fields.year_relation] if anchor else None
    return None


def full_year(short: int, today: date | None) -> int:
    """The full year of `'99` and the like: the latest one at most ten years after `today`."""
    limit = (today or _WITHOUT_DATE).year + 10
    year = limit - limit % 100 + short
    return year if year <= limit else year - 100


def _second_year(discourse: Discourse, short: int) -> int | None:
    """The second year of a range: 1918 for the `18` of `1914-18`."""
    first = first_day(discourse.reference)
    if first is None or not first.year % 100 < short < 100:
        return None
    return first.year - first.year % 100 + short


def year_value(fields: Fields, year: int | None) -> Resolution:
    """A year alone, a calendar year or a fiscal year."""
    if year is None:
        return UNKNOWN
    return Resolution(f"FY{year:04}" if fields.fiscal else f"{year:04}")


def two_years(discourse: Discourse, reading: DateReading) -> Resolution:
    """The first year of `2004/05`; the second is an alternative where it is the year after."""
    if reading.fields.fiscal:
        return year_value(reading.fields, int(required(reading.fields.year)))
    year, short = int(required(reading.fields.year)), int(required(reading.fields.shortyear))
    follows = (year + 1) % 100 == short
    return Resolution(f"{year:04}", (f"{year + 1:04}",) if follows else ())


def year_of_era(fields: Fields, year: Number) -> Resolution:
    """A year that is given with its era, BC or AD."""
    if fields.era == "BC":
        return year_before_christ(fields, year)
    return Resolution(f"{int(year):04}")


def year_before_christ(fields: Fields, year: Number) -> Resolution:
    """A year before Christ, perhaps with a month or a season."""
    value = f"BC{int(year):04}"
    if fields.season is not None:
        return Resolution(f"{value}-{fields.season}")
    return Resolution(f"{value}-{fields.month:02}" if fields.month is not None else value)


def century_value(fields: Fields) -> Resolution:
    """A century; its value is the first two digits of its years: the 19th is `18`."""
    number = int(required(fields.century))
    if fields.era == "BC":
        return Resolution(f"BC{number - 1:02}")
    return Resolution(f"{number - 1:02}") if number > 0 else UNKNOWN


def decade_value(discourse: Discourse, fields: Fields) -> Resolution:
    """A decade; without its century it is the last such decade that has begun."""
    decade = required(fields.decade)
    hundreds = fields.hundreds if fields.century is None else int(fields.century) - 1
    if hundreds is not None and decade == 0 and hundreds < _THIS_MILLENNIUM:
        return Resolution(f"{int(hundreds):02}", (f"{int(hundreds):02}0",))
    if hundreds is not None:
        return Resolution(f"{int(hundreds):02}{decade}") if hundreds >= 0 else UNKNOWN
    today = discourse.today or _WITHOUT_DATE
    hundreds = today.year // 100
    if decade > today.year // 10 % 10:
        hundreds -= 1
    if hundreds < 1:
        return UNKNOWN
    return Resolution(f"{hundreds:02}{decade}", (f"{hundreds - 1:02}{decade}",))


def year_of_month(
    discourse: Discourse, reading: DateReading, month: int, day: int | None
) -> YearChoice | None:
    """The year of a month, or of a day in it, that is written without a year.

    It is the year of the date that follows closely, else the year that a narrative speaks of, else a
    year near the article's own date; `None` in a text without any of them.
    """
    choice = _year_of_companion(discourse, reading, month)
    choice = choice or _year_of_reference(discourse, reading, month)
    return choice or _year_by_article(discourse, reading, month, day)


def _year_of_companion(discourse: Discourse, reading: DateReading, month: int) -> YearChoice | None:
    """The year of the second date in "from March 3 to April 5, 2019"."""
    companion = discourse.followed_by(reading, "month", "year")
    companion = companion or discourse.followed_by(reading, "day", "year")
    if companion is None or reading.fields.which or companion.start - reading.end > CLOSE // 2:
        return None
    year = int(required(companion.fields.year))
    own = companion.fields.month
    return YearChoice(year - (own is not None and month > own))


def _year_of_reference(discourse: Discourse, reading: DateReading, month: int) -> YearChoice | None:
    """The year that the text named last, where months without a year belong to it."""
    reference = first_day(discourse.month_reference)
    if reference is None or reading.fields.which:
        return None
    if not discourse.narrative and (
        discourse.of_article or not _is_near_in_the_past(discourse, reading, reference)
    ):
        return None
    year = reference.year
    if granularity(discourse.month_reference) != "Y" and reference.month - month > _YEAR_TURNS:
        year += 1
    return YearChoice(year, year - 1, discourse.month_reference)


def _is_near_in_the_past(discourse: Discourse, reading: DateReading, reference: date) -> bool:
    """Whether the text has just named a time in an earlier year and does not turn to the future."""
    today = discourse.today
    return (
        (today is None or (reference.year != today.year and reference < today))
        and discourse.near_reference(reading.start)
        and discourse.direction(reading) != "future"
    )


def _year_by_article(
    discourse: Discourse, reading: DateReading, month: int, day: int | None
) -> YearChoice | None:
    """The year of the last or the next such month or day, counted from the article's own date."""
    today = discourse.today
    if today is None:
        return None
    here = (today.month, today.day if day is not None else 0)
    there = (month, day or 0)
    before = today.year if there <= here else today.year - 1
    behind = today.year if there >= here else today.year + 1
    anchor = today.isoformat()
    match reading.fields.which:
        case "last":
            year = before if there != here else today.year - 1
            return YearChoice(year, year - 1, anchor)
        case "next":
            year = behind if there != here else today.year + 1
            return YearChoice(year, year + 1, anchor)
        case "this":
            return YearChoice(today.year, None, anchor)
    months_back = (today.month - month) % 12
    if months_back == 0 and there > here:
        months_back = 12
    forwards = _points_forwards(discourse, reading, months_back, day is not None)
    year, other = (behind, before) if forwards else (before, behind)
    return YearChoice(year, other if other != year else None, anchor)


def _points_forwards(discourse: Discourse, reading: DateReading, months_back: int, is_day: bool) -> bool:
    """Whether the coming month or day is meant, not the past one: the tense decides, else which is nearer.

    A day at most a month before or after the article's date is meant even against the tense.
    """
    direction = discourse.direction(reading)
    months_off = {"future": months_back, "past": 12 - months_back}
    if is_day and direction and months_off[direction] <= _NEAR:
        direction = ""
    return direction == "future" or (not direction and months_back > _HALF_YEAR)
