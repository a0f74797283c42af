"""The distance between dates, in words that are exact enough for a person: `10 months before the article`."""

from datetime import date

from annotations.dates.calendar_value import Unit, first_day, granularity, shift
from annotations.text.plural import counted

MONTH = 365.2425 / 12
"""The average number of days in a month."""
IN_DAYS = 14
"""A distance of fewer days than this is given in days."""
IN_WEEKS = 60
"""A distance of fewer days than this is given in weeks."""
IN_MONTHS = 24
"""A distance of fewer months than this is given in months."""
_NAMES: dict[Unit, str] = {
    "D": "day",
    "W": "week",
    "WE": "weekend",
    "M": "month",
    "Q": "quarter",
    "H": "half-year",
    "S": "season",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}


def unit_name(value: str) -> str:
    """The name of a calendar value's unit: `day`, `month`; empty for a value that is not a place in the
    calendar."""
    unit = granularity(value)
    return _NAMES[unit] if unit else ""


def length(days: int) -> str:
    """A number of days in words, rounded: `3 days`, `5 weeks`, `10 months`, `12 years`."""
    days = abs(days)
    if days < IN_DAYS:
        return counted(days, "day")
    if days < IN_WEEKS:
        return counted(round(days / 7), "week")
    months = round(days / MONTH)
    return counted(months, "month") if months < IN_MONTHS else counted(round(months / 12), "year")


def distance(value: str, article: date) -> str:
    """How far a value is from the day of the article; empty for a value that is not a place in the
    calendar."""
    begins, unit = first_day(value), granularity(value)
    if begins is None or unit is None:
        return ""
    following = first_day(shift(value, 1, unit)) if unit not in ("WE", "D") else None
    if begins == article or (following is not None and begins <= article < following):
        return f"the {_NAMES[unit]} of the article"
    days = (begins - article).days
    if unit == "D" and abs(days) == 1:
        return f"the day {'after' if days > 0 else 'before'} the article"
    return f"{length(days)} {'after' if days > 0 else 'before'} the article"
