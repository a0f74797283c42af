"""Which TIMEX3 values are well formed, and what a value is in words.

The forms are those of TimeML 1.2.1 (the TIMEX3 tag) and of TIDES 2005, from which TimeML took them. A
value with the form of a calendar date must be a real date.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from annotations.dates.calendar_value import days_in_month, first_day
from annotations.model.value import Timex, TimexType

TYPES = ("DATE", "TIME", "DURATION", "SET")
REFERENCES = {
    "PRESENT_REF": "now",
    "PAST_REF": "some time in the past",
    "FUTURE_REF": "some time in the future",
}
_PARTS = {
    "MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night",
    "DT": "working hours",
}  # fmt: skip
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_UNITS = {
    "Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "DE": "decade", "CE": "century",
    "Q": "quarter", "WE": "weekend", "ML": "millennium",
}  # fmt: skip
_CLOCK_UNITS = {"H": "hour", "M": "minute", "S": "second"}
_MODS = {
    "START": "early", "MID": "mid", "END": "late", "APPROX": "about", "LESS_THAN": "less than",
    "MORE_THAN": "more than", "EQUAL_OR_LESS": "at most", "EQUAL_OR_MORE": "at least",
    "BEFORE": "before", "AFTER": "after", "ON_OR_BEFORE": "on or before", "ON_OR_AFTER": "on or after",
}  # fmt: skip

_CLOCK = re.compile(
    r"(?P<part>MO|MI|AF|EV|NI|DT)"
    r"|(?P<hour>[01]\d|2[0-4]|XX)(?::(?P<minute>[0-5]\d|XX)(?::(?P<second>[0-5]\d|XX)(?:\.\d{1,9})?)?)?"
    r"(?P<zone>Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?"
)
_DAY = re.compile(r"(?P<year>\d{4}|XXXX)-(?P<month>0[1-9]|1[0-2]|XX)-(?P<day>0[1-9]|[12]\d|3[01]|XX)")
_WEEK = re.compile(
    r"(?P<year>\d{4}|XXXX)-W(?P<week>0[1-9]|[1-4]\d|5[0-3]|XX)(?:-(?P<weekday>[1-7]|WE))?"
)
_MONTH = re.compile(r"(?P<year>\d{4}|XXXX)-(?P<month>0[1-9]|1[0-2]|XX)")
_PART_OF_YEAR = re.compile(
    r"(?P<year>\d{4}|XXXX)-(?:Q(?P<quarter>[1-4X])|H(?P<half>[12X])|(?P<season>SP|SU|FA|WI))"
)
_YEAR = re.compile(r"(?P<fiscal>FY)?(?P<year>\d{4}|XXXX)")
_BC = re.compile(
    r"BC(?P<year>\d{4}|\d{3}|\d\d)(?:-(?:(?P<month>0[1-9]|1[0-2])|(?P<season>SP|SU|FA|WI)))?"
)
_DECADE = re.compile(r"\d{3}|\d\dX")
_CENTURY = re.compile(r"\d\d")
_DURATION = re.compile(
    r"P(?=.)(?P<date>(?:(?:\d+(?:\.\d+)?|X)(?:CE|DE|ML|WE|Y|Q|M|W|D)){0,6})"
    r"(?:T(?P<time>(?:(?:\d+(?:\.\d+)?|X)[HMS]){1,3}))?"
)
_PIECE = re.compile(r"(\d+(?:\.\d+)?|X)([A-Z]+)")
_LONGEST = 60
_YEAR_NOUGHT = re.compile("(?:FY|BC)?0000")
_IN_FIGURES = re.compile(r"\d{4}-\d\d?(-\d\d?)?")


@lru_cache(maxsize=4096)
def validate(type_: str, value: str) -> str | None:
    """What is wrong with a value of a TIMEX3 type, as one sentence, or `None` when it is well formed.

    `type_` is DATE, TIME, DURATION or SET. An empty value is not well formed.
    """
    if type_ not in TYPES:
        return f"There is no type {type_}; use DATE, TIME, DURATION or SET."
    if not value:
        return "There is no value yet; type one such as 2021-04-08."
    if len(value) > _LONGEST:
        return "The value is too long; it is something like 2021-04-08 or P10Y."
    if _DURATION.fullmatch(value):
        if type_ in ("DURATION", "SET"):
            return None
        return f"{value} is a length of time; make the type DURATION, or SET if it recurs."
    if type_ == "DURATION":
        return f"{value} is not a length of time; write P10Y, P2W, P3D or PT8H."
    if value in REFERENCES:
        return None if type_ != "SET" else f"{value} is a single time; make the type DATE."
    day, clock_follows, clock = value.partition("T")
    if clock_follows:
        return _clock_error(day, clock) or _calendar_error(day) or _no_day_error(day)
    if type_ == "TIME":
        return f"{value} has no time of day; write {value}T09:30, or make the type DATE."
    return _calendar_error(day)


def _clock_error(day: str, clock: str) -> str | None:
    if not _CLOCK.fullmatch(clock):
        return (
            f"T{clock} is not a time of day; write T09:30 or TMO, TAF, TEV, TNI for a part of the day."
        )
    if clock.startswith("24") and clock[2:].strip(":0"):
        return f"T{clock} is not a time of day; the last one is T24:00."
    if not day:
        return "A time of day needs a day; write 2021-04-08T09:30, or XXXX-XX-XXT09:30 for any day."
    return None


def _no_day_error(value: str) -> str | None:
    if _DAY.fullmatch(value) or _WEEK.fullmatch(value):
        return None
    return f"{value} is not a day; a time of day needs one, such as 2021-04-08T09:30."


def type_of(value: str) -> TimexType:
    """The type of a value, judged by its form: `P10Y` a DURATION, `XXXX-WXX-3` a SET, `2021-04-08TEV` a TIME."""
    if _DURATION.fullmatch(value):
        return "DURATION"
    if value.startswith("XXXX-"):
        return "SET"
    return "TIME" if "T" in value else "DATE"


def _calendar_error(value: str) -> str | None:
    if _YEAR_NOUGHT.match(value):
        return "There is no year 0; write BC0001 for the year before 0001."
    if match := _DAY.fullmatch(value):
        return _day_error(match["year"], match["month"], match["day"])
    if match := _WEEK.fullmatch(value):
        return _week_error(match["year"], match["week"], match["weekday"] or "")
    if any(form.fullmatch(value) for form in (_MONTH, _PART_OF_YEAR, _YEAR, _BC, _DECADE, _CENTURY)):
        return None
    if _IN_FIGURES.fullmatch(value):
        return f"{value} is not a date of the calendar; write year-month-day, such as 2021-04-08."
    return f"{value} is not a value; write 2021-04-08, 2021-04, 2021-W14, 2021-Q2, P10Y or PRESENT_REF."


def _day_error(year: str, month: str, day: str) -> str | None:
    if "XX" in (month, day):
        return None
    last = days_in_month(2000 if year == "XXXX" else int(year), int(month))
    if int(day) <= last:
        return None
    when = _MONTHS[int(month) - 1] + (f" {year}" if year != "XXXX" else "")
    return f"{when} has {last} days, not {int(day)}."


def _week_error(year: str, week: str, weekday: str) -> str | None:
    if "X" in year + week:
        return None
    last = date(int(year), 12, 28).isocalendar().week
    if int(week) > last:
        return f"{year} has {last} weeks, not {int(week)}."
    value = f"{year}-W{week}-{weekday}"
    if weekday and weekday != "WE" and not first_day(value):
        return f"{value} is after the last date that can be written, which is 9999-12-31."
    return None


def in_words(timex: Timex) -> str:
    """A value in English words: "Wednesday 7 April 2021", "week 11 of 2013", "10 years", "every
    Monday".

    A value that is not well formed is returned unchanged, and so is an empty one.
    """
    if not timex.value or validate(timex.type, timex.value):
        return timex.value
    words = _words(timex)
    if timex.mod in _MODS and timex.type != "SET":
        words = f"{_MODS[timex.mod]} {words}"
    if timex.freq.endswith("X"):
        count = timex.freq[:-1]
        often = {"1": "once", "2": "twice"}.get(count, f"{count} times")
        words = f"{often} {words}"
    return words


def _words(timex: Timex) -> str:
    value = timex.value
    if value in REFERENCES:
        return REFERENCES[value]
    if match := _DURATION.fullmatch(value):
        return _every(match) if timex.type == "SET" else _length(match)
    day, _, clock = value.partition("T")
    if timex.type == "SET":
        return _recurring(day, clock)
    words = next(say(match) for form, say in _SAYINGS if (match := form.fullmatch(day)))
    if not clock:
        return words
    return f"{words}, {_PARTS[clock]}" if clock in _PARTS else f"{words}, {_say_clock(clock)}"


def _say_clock(clock: str) -> str:
    match = _CLOCK.fullmatch(clock)
    zone = match["zone"] if match else None
    time = clock[: len(clock) - len(zone)] if zone else clock
    if "X" in time:
        time = time.replace("XX", "?")
    if ":" not in time and time != "?":
        time += ":00"
    return time + (" UTC" if zone in ("Z", "+00") else f" UTC{zone}" if zone else "")


def _length(match: re.Match[str]) -> str:
    pieces = [_piece(n, u, _UNITS) for n, u in _PIECE.findall(match["date"] or "")]
    pieces += [_piece(n, u, _CLOCK_UNITS) for n, u in _PIECE.findall(match["time"] or "")]
    return ", ".join(pieces[:-1]) + " and " + pieces[-1] if len(pieces) > 1 else pieces[0]


def _piece(number: str, unit: str, units: dict[str, str]) -> str:
    name = units[unit]
    if number == "1":
        return f"1 {name}"
    plural = {"century": "centuries", "millennium": "millennia"}.get(name, f"{name}s")
    return f"some {plural}" if number == "X" else f"{number} {plural}"


def _every(match: re.Match[str]) -> str:
    length = _length(match)
    return (
        f"every {length[2:]}" if length.startswith("1 ") and " and " not in length else f"every {length}"
    )


def _recurring(day: str, clock: str) -> str:
    if (match := _WEEK.fullmatch(day)) and match["weekday"] and match["week"] == "XX":
        words = (
            "every weekend"
            if match["weekday"] == "WE"
            else f"every {_WEEKDAYS[int(match['weekday']) - 1]}"
        )
    elif (match := _MONTH.fullmatch(day)) and match["month"] != "XX":
        words = f"every {_MONTHS[int(match['month']) - 1]}"
    elif (match := _DAY.fullmatch(day)) and "XX" not in (match["month"], match["day"]):
        words = f"every {int(match['day'])} {_MONTHS[int(match['month']) - 1]}"
    elif (match := _PART_OF_YEAR.fullmatch(day)) and match["season"]:
        words = f"every {_SEASONS[match['season']]}"
    elif _DAY.fullmatch(day) and clock in _PARTS:
        return f"every {_PARTS[clock]}"
    else:
        words = {"XXXX": "every year", "XXXX-XX": "every month", "XXXX-WXX": "every week"}.get(
            day, "every day"
        )
    if not clock:
        return words
    return f"{words}, {_PARTS[clock] if clock in _PARTS else _say_clock(clock)}"


def _say_day(match: re.Match[str]) -> str:
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year + month + day:
        parts = [
            "some day" if day == "XX" else str(int(day)),
            "some month" if month == "XX" else _MONTHS[int(month) - 1],
            "of some year" if year == "XXXX" else year,
        ]
        return (
            "some day"
            if parts[0] == "some day" and month == "XX" and year == "XXXX"
            else " ".join(parts)
        )
    when = date(int(year), int(month), int(day))
    return f"{_WEEKDAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"


def _say_week(match: re.Match[str]) -> str:
    year, week, weekday = match["year"], match["week"], match["weekday"]
    if week == "XX":
        which = "some week" + (f" of {year}" if year != "XXXX" else "")
    else:
        which = f"week {int(week)}" + (f" of {year}" if year != "XXXX" else "")
    if weekday is None:
        return which
    if "X" in year + week:
        name = "a weekend" if weekday == "WE" else f"a {_WEEKDAYS[int(weekday) - 1]}"
        return name if year == "XXXX" and week == "XX" else f"{name} in {which}"
    if weekday == "WE":
        return f"the weekend of {which}"
    when = date.fromisocalendar(int(year), int(week), int(weekday))
    return f"{_WEEKDAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"


def _say_month(match: re.Match[str]) -> str:
    year = "of some year" if match["year"] == "XXXX" else match["year"]
    return f"{'some month of' if match['month'] == 'XX' else _MONTHS[int(match['month']) - 1]} {year}"


def _say_part_of_year(match: re.Match[str]) -> str:
    year = "some year" if match["year"] == "XXXX" else match["year"]
    if match["season"]:
        return f"{_SEASONS[match['season']]} {year}"
    if match["quarter"]:
        which = {"1": "1st", "2": "2nd", "3": "3rd", "4": "4th", "X": "some"}[match["quarter"]]
        return f"{which} quarter of {year}"
    return f"{ {'1': '1st', '2': '2nd', 'X': 'one'}[match['half']] } half of {year}"


def _say_year(match: re.Match[str]) -> str:
    year = "some year" if match["year"] == "XXXX" else str(int(match["year"]))
    return f"fiscal year {year}" if match["fiscal"] else year


def _say_bc(match: re.Match[str]) -> str:
    year = match["year"]
    if len(year) == 2:
        return f"{_nth(int(year) + 1)} century BC"
    if len(year) == 3:
        return f"{int(year)}0s BC"
    before = (
        _MONTHS[int(match["month"]) - 1] if match["month"] else _SEASONS.get(match["season"] or "", "")
    )
    return f"{before} {int(year)} BC".strip()


def _say_century(match: re.Match[str]) -> str:
    return f"{_nth(int(match[0]) + 1)} century"


def _nth(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_SAYINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_DAY, _say_day),
    (_WEEK, _say_week),
    (_MONTH, _say_month),
    (_PART_OF_YEAR, _say_part_of_year),
    (_YEAR, _say_year),
    (_BC, _say_bc),
    (_DECADE, lambda match: f"the {match[0].rstrip('X')}0s"),
    (_CENTURY, _say_century),
)
