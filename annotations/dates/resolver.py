"""What each kind of expression means: from the parts of an expression to a TIMEX3 value.

A rule's `read` names one of `INTERPRETATIONS`; each knows the calendar and no language. TimeML 1.2.1
says what a value looks like (Saurí et al. 2006, the TIMEX3 tag).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import Literal

from annotations.dates.calendar_value import (
    Unit,
    add,
    days_in_month,
    first_day,
    granularity,
    holiday,
    shift,
    value_of,
    weekday_beside,
)
from annotations.dates.discourse import BREATH, Story
from annotations.dates.language import Fields
from annotations.dates.reading import Reading, number_value

_JUST = 1
"""How many months off a day is so near that it is meant, whatever the tense beside it."""
_LAST = -1
"""How the last one of several is told."""
_EVERY_MONTH_HAS = 28
_HALF_WEEK = 3
_MOST_WEEKS = 5
_YEAR_TURNS = 8
"""How many months back in the calendar means the next year of a narrative."""


@dataclass
class Found:
    """A value before it becomes a `Timex`."""

    value: str
    alternatives: tuple[str, ...] = ()
    anchor: str = ""
    mod: str = ""
    quant: str = ""
    freq: str = ""


def _clock(fields: Fields) -> str:
    """`T09:30` and the like from the clock's parts, `TMO` from a part of the day, else nothing."""
    part = fields.get("part")
    if "noon" in fields:
        return f"T{fields['noon']}{fields.get('zone', '')}"
    hour = fields.get("hour12", fields.get("hour"))
    if hour is None:
        return f"T{part}" if part else ""
    hour = int(number_value(hour))
    meridiem = str(fields.get("meridiem", ""))[:1].lower()
    if not meridiem and hour <= 12 and part:
        meridiem = "a" if part == "MO" else "p"
    if meridiem == "p" and hour < 12:
        hour += 12
    elif meridiem == "a" and hour == 12:
        hour = 0
    seconds = (
        f":{fields['second']:02}"
        if isinstance(fields.get("second"), int) and "hour12" not in fields
        else ""
    )
    zone = str(fields.get("zone", ""))
    return f"T{hour:02}:{int(fields.get('minute', 0)):02}{seconds}{zone}"


def _calendar(story: Story, reading: Reading, fields: Fields) -> Found:
    year = _year(story, fields)
    clock = _clock(fields)
    if "era" in fields and ("number" in fields or "year" in fields):
        bc = f"BC{int(number_value(fields.get('year', fields.get('number')))):04}"
        if "season" in fields:
            return Found(f"{bc}-{fields['season']}")
        return Found(f"{bc}-{fields['month']:02}" if "month" in fields else bc)
    if "century" in fields:
        number = int(number_value(fields["century"]))
        if "era" in fields:
            return Found(f"BC{number - 1:02}")
        return Found(f"{number - 1:02}") if number > 0 else Found("")
    if "decade" in fields:
        return _decade(story, fields)
    if "holiday" in fields:
        return _holiday(story, reading, fields, year)
    if "quarter" in fields:
        return _part_of_year(story, reading, "Q", int(number_value(fields["quarter"])), year)
    if "halfyear" in fields or "latter" in fields:
        half = 2 if "latter" in fields else int(number_value(fields["halfyear"]))
        return _part_of_year(story, reading, "H", half, year)
    if "season" in fields:
        return _season(story, reading, fields, year)
    if "month" not in fields and "day" in fields:
        return _day_of_month(story, reading, fields, year)
    if year is None and ("year_which" in fields or "year_told" in fields):
        return Found("")
    if year is None and "month" in fields and story.reference.startswith("BC"):
        return Found(f"{story.reference[:6]}-{fields['month']:02}", (), story.reference)
    if "nth" in fields or fields.get("day") == _LAST:
        return _counted_off(story, reading, fields, year)
    if "month" not in fields:
        if year is None:
            return Found("")
        return Found(f"FY{year:04}" if "fiscal" in fields else f"{year:04}")
    month = int(fields["month"])
    day = int(number_value(fields["day"])) if "day" in fields else None
    if day is not None and not 1 <= day <= 31:
        return Found("")
    anchor = ""
    alternatives: tuple[str, ...] = ()
    if year is None:
        year, other, anchor = _year_of_month(story, reading, fields, month, day)
        if year is None:
            return Found("")
        if day is not None and "weekday" in fields:
            reference = first_day(story.reference)
            years = (year, other, reference.year if reference else None, year + 1, year - 1)
            told = _with_weekday(years, month, day, fields["weekday"])
            year, other = told or year, (year if told not in (None, year) else other)
        if other is not None:
            alternatives = (_written(other, month, day) + clock,)
    elif "year_which" in fields or "year_told" in fields:
        anchor = story.today.isoformat() if story.today and "year_which" in fields else story.reference
    if day is not None and day > days_in_month(year, month):
        return Found("")
    value = _written(year, month, day) + clock
    if "granularity" in fields:
        value = shift(value, 0, fields["granularity"])
    return Found(value, alternatives, anchor)


def _counted_off(story: Story, reading: Reading, fields: Fields, year: int | None) -> Found:
    """The last day, the third week, the first Monday of a month; of a year, of its first or last month."""
    place = int(number_value(fields.get("nth", _LAST)))
    month = int(fields.get("month", 12 if place == _LAST else 1))
    other, anchor = None, ""
    if year is None:
        week = _EVERY_MONTH_HAS if place == _LAST else 7 * place - _HALF_WEEK
        roughly = None if "weekday" in fields else week
        year, other, anchor = _year_of_month(story, reading, fields, month, roughly)
    values = [_place_in_month(y, month, place, fields) for y in (year, other) if y is not None]
    if not values or not values[0]:
        return Found("")
    return Found(values[0], tuple(value for value in values[1:] if value), anchor)


def _place_in_month(year: int, month: int, place: int, fields: Fields) -> str:
    """The day or week, the week being the one that holds the middle of so many times seven days."""
    length = days_in_month(year, month)
    if place > _MOST_WEEKS:
        return ""
    if "weekday" in fields:
        which = "last" if place == _LAST else f"{place}th"
        day = holiday(f"{month}-{which}-{fields['weekday']}", year)
        return day.isoformat() if day.month == month else ""
    if "nth" not in fields:
        return _written(year, month, length)
    middle = length - _HALF_WEEK if place == _LAST else 7 * place - _HALF_WEEK
    return shift(_written(year, month, middle), 0, "W") if middle <= length else ""


def _with_weekday(years: Sequence[int | None], month: int, day: int, weekday: int) -> int | None:
    """The first of the years in which that day falls on that weekday."""
    for year in years:
        if not year or year > MAXYEAR or day > days_in_month(year, month):
            continue
        if date(year, month, day).isoweekday() == weekday:
            return year
    return None


def _written(year: int, month: int, day: int | None) -> str:
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")


def _year(story: Story, fields: Fields) -> int | None:
    if "year" in fields:
        year = int(number_value(fields["year"]))
        return _full_year(year, story.today) if year < 100 else year
    if "shortyear" in fields:
        short = int(number_value(fields["shortyear"]))
        return _second_year(story, short) if "range" in fields else _full_year(short, story.today)
    if "year_which" in fields and story.today:
        return story.today.year + _STEPS[fields["year_which"]]
    if "year_told" in fields:
        anchor = story.anchor_day()
        return anchor.year + _STEPS[fields["year_told"]] if anchor else None
    return None


_STEPS = {
    "before last": -2,
    "last": -1,
    "this": 0,
    "next": 1,
    "previous": -1,
    "same": 0,
    "following": 1,
}


def _full_year(short: int, today: date | None) -> int:
    """`'99` as the year nearest before some ten years from now."""
    limit = (today.year if today else 2030) + 10
    year = limit - limit % 100 + short
    return year if year <= limit else year - 100


def _second_year(story: Story, short: int) -> int | None:
    """The `18` of `1914-18`."""
    first = first_day(story.reference)
    if first is None or not first.year % 100 < short < 100:
        return None
    return first.year - first.year % 100 + short


def _decade(story: Story, fields: Fields) -> Found:
    decade = int(fields["decade"])
    if "hundreds" in fields:
        return Found(f"{fields['hundreds']:02}{decade}")
    today = story.today or date(2030, 1, 1)
    hundreds = today.year // 100
    if decade > today.year // 10 % 10:
        hundreds -= 1
    if hundreds < 1:
        return Found("")
    return Found(f"{hundreds:02}{decade}", (f"{hundreds - 1:02}{decade}",))


def _year_of_month(
    story: Story, reading: Reading, fields: Fields, month: int, day: int | None
) -> tuple[int | None, int | None, str]:
    """The year that a month, or a day of a month, without one belongs to; a second best; the anchor."""
    today = story.today
    which = fields.get("which")
    companion = story.followed_by(reading, "month", "year") or story.followed_by(reading, "day", "year")
    if companion and not which and companion.start - reading.end <= BREATH // 2:
        year = int(number_value(companion.fields["year"]))
        return year - (month > int(companion.fields.get("month", month))), None, ""
    reference = first_day(story.month_reference)
    far = reference and (today is None or reference.year != today.year)
    near = (
        far
        and story.near_reference(reading.start)
        and (today is None or (reference is not None and reference < today))
        and story.direction(reading) != "future"
    )
    if reference and not which and (story.narrative or near):
        year = reference.year
        if granularity(story.month_reference) != "Y" and reference.month - month > _YEAR_TURNS:
            year += 1
        return year, year - 1, story.month_reference
    if today is None:
        return None, None, ""
    here = (today.month, today.day if day is not None else 0)
    there = (month, day or 0)
    before = today.year if there <= here else today.year - 1
    behind = today.year if there >= here else today.year + 1
    anchor = today.isoformat()
    if which == "last":
        year = before if there != here else today.year - 1
        return year, year - 1, anchor
    if which == "next":
        year = behind if there != here else today.year + 1
        return year, year + 1, anchor
    if which == "this":
        return today.year, None, anchor
    back = (today.month - month) % 12
    if back == 0 and there > here:
        back = 12
    direction = story.direction(reading)
    if (day is not None and back <= _JUST and direction == "future") or (
        day is not None and 12 - back <= _JUST and direction == "past"
    ):
        direction = ""
    forwards = direction == "future" or (not direction and back > 6)
    year, other = (behind, before) if forwards else (before, behind)
    return year, other if other != year else None, anchor


def _day_of_month(story: Story, reading: Reading, fields: Fields, year: int | None) -> Found:
    """The first day of a range is of the month behind the last one; others of the month told last."""
    day = int(number_value(fields["day"]))
    companion = story.followed_by(reading, "month", "day") if "range" in fields else None
    if companion is not None:
        month = int(companion.fields["month"])
        year = _year(story, companion.fields)
        if year is None:
            last = int(number_value(companion.fields["day"]))
            year, _, _ = _year_of_month(story, companion, companion.fields, month, last)
        if year is None or not 1 <= day <= days_in_month(year, month):
            return Found("")
        return Found(f"{year:04}-{month:02}-{day:02}")
    anchor = story.anchor_day()
    if anchor is None or not 1 <= day <= days_in_month(year or anchor.year, anchor.month):
        return Found("")
    return Found(
        f"{year or anchor.year:04}-{anchor.month:02}-{day:02}",
        (),
        story.reference or anchor.isoformat(),
    )


def _season(story: Story, reading: Reading, fields: Fields, year: int | None) -> Found:
    season = str(fields["season"])
    if year is not None:
        return Found(f"{year:04}-{season}")
    which, told = fields.get("which"), fields.get("told")
    if story.reference.startswith("BC"):
        return Found(f"{story.reference[:6]}-{season}", (), story.reference)
    anchor = story.anchor_day() if story.narrative or told else story.today
    if anchor is None:
        return Found("")
    origin = (story.reference or anchor.isoformat()) if story.narrative or told else anchor.isoformat()
    year = anchor.year
    now = value_of(anchor, "S")
    if story.narrative or told:
        step = _STEPS.get(str(told or which), 0)
        return Found(f"{year + step:04}-{season}", (f"{year + step - 1:04}-{season}",), origin)
    month = {"WI": 12, "SP": 3, "SU": 6, "FA": 9}[season]
    begun = year if anchor.month >= month else year - 1
    if which == "last" or (not which and story.direction(reading) != "future"):
        value = f"{begun:04}-{season}"
        if which == "last" and value == now:
            value = f"{begun - 1:04}-{season}"
    elif which == "this":
        value = now if now.endswith(season) else f"{year:04}-{season}"
    else:
        value = f"{begun + 1:04}-{season}"
    return Found(value, (shift(value, 1, "Y"), shift(value, -1, "Y")), origin)


def _part_of_year(story: Story, reading: Reading, unit: str, number: int, year: int | None) -> Found:
    if not 1 <= number <= (4 if unit == "Q" else 2):
        return Found("")
    if year is not None:
        return Found(f"{year:04}-{unit}{number}")
    anchor = story.anchor_day() if story.narrative else story.today
    if anchor is None:
        return Found("")
    year = anchor.year
    length = 3 if unit == "Q" else 6
    begins = (number - 1) * length + 1
    future = story.direction(reading) == "future"
    if begins > anchor.month and not future:
        year -= 1
    elif begins + length - 1 < anchor.month and future:
        year += 1
    return Found(
        f"{year:04}-{unit}{number}", (f"{year - 1:04}-{unit}{number}", f"{year + 1:04}-{unit}{number}"),
        anchor.isoformat(),
    )  # fmt: skip


def _holiday(story: Story, reading: Reading, fields: Fields, year: int | None) -> Found:
    spec = str(fields["holiday"])
    if year is not None:
        return Found(holiday(spec, year).isoformat()) if 1 <= year <= 9999 else Found("")
    anchor = story.anchor_day() if story.narrative else story.today
    if anchor is None or not 1 < anchor.year < 9999:
        return Found("")
    here = holiday(spec, anchor.year)
    before = here if here <= anchor else holiday(spec, anchor.year - 1)
    behind = here if here >= anchor else holiday(spec, anchor.year + 1)
    which = fields.get("which")
    if which == "this":
        best, other = here, before
    elif which == "next" or (not which and story.direction(reading) == "future"):
        best, other = behind, before
    elif which == "last" or story.direction(reading) == "past" or anchor - before <= behind - anchor:
        best, other = before, behind
    else:
        best, other = behind, before
    return Found(best.isoformat(), (other.isoformat(),), anchor.isoformat())


def _month_or_years(story: Story, reading: Reading, fields: Fields) -> Found:
    """`2012-11` is a month, `2011-12` more likely a season of two years, which the first stands for."""
    year, month = int(fields["year"]), int(fields["month"])
    value = f"{year:04}-{month:02}"
    return Found(f"{year:04}", (value,)) if (year + 1) % 100 == month else Found(value)


def _slash(story: Story, reading: Reading, fields: Fields) -> Found:
    first, second, year = int(fields["first"]), int(fields["second"]), int(fields["year"])
    if year < 100:
        year = _full_year(year, story.today)
    readings = (
        [(second, first), (first, second)] if story.day_first else [(first, second), (second, first)]
    )
    if fields.get("sign") == ".":
        readings = [(second, first)]
    values = [
        f"{year:04}-{month:02}-{day:02}"
        for month, day in readings
        if 1 <= month <= 12 and year and 1 <= day <= days_in_month(year, month)
    ]
    return Found(values[0], tuple(values[1:])) if values else Found("")


def _weekday(story: Story, reading: Reading, fields: Fields) -> Found:
    weekday = int(fields["weekday"])
    clock = _clock(fields)
    if "told" in fields or (story.narrative and "which" not in fields):
        reference = first_day(story.reference) if granularity(story.reference) == "D" else None
        if reference:
            direction: Literal[-1, 1] = -1 if fields.get("told") == "previous" else 1
            if fields.get("told") == "same":
                day = weekday_beside(reference, weekday, 1)
            else:
                day = weekday_beside(reference + timedelta(days=direction), weekday, direction)
            return Found(day.isoformat() + clock, (), story.reference)
        if story.narrative:
            return Found("")
    today = story.today
    if today is None:
        return Found("")
    anchor = today.isoformat()
    if "week_which" in fields:
        monday = weekday_beside(today, 1, -1) + timedelta(weeks=_STEPS[fields["week_which"]])
        return Found((monday + timedelta(days=weekday - 1)).isoformat() + clock, (), anchor)
    before = weekday_beside(today, weekday, -1)
    behind = weekday_beside(today, weekday, 1)
    week = timedelta(weeks=1)
    match fields.get("which"):
        case "last":
            before = before if before < today else before - week
            return Found(before.isoformat() + clock, ((before - week).isoformat() + clock,), anchor)
        case "next":
            behind = behind if behind > today else behind + week
            return Found(behind.isoformat() + clock, ((behind + week).isoformat() + clock,), anchor)
        case "this" if story.direction(reading) != "past":
            return Found(behind.isoformat() + clock, (before.isoformat() + clock,), anchor)
    if story.direction(reading) == "future":
        return Found(behind.isoformat() + clock, (before.isoformat() + clock,), anchor)
    return Found(before.isoformat() + clock, (behind.isoformat() + clock,), anchor)


def _dayword(story: Story, reading: Reading, fields: Fields) -> Found:
    if story.today is None:
        return Found("")
    day = story.today + timedelta(days=int(fields["dayword"]))
    alternatives = ("PRESENT_REF",) if fields["dayword"] == 0 and not _clock(fields) else ()
    return Found(day.isoformat() + _clock(fields), alternatives, story.today.isoformat())


def _told_part(story: Story, reading: Reading, fields: Fields) -> Found:
    near = story.near_reference(reading.start) and granularity(story.reference) == "D"
    day = first_day(story.reference) if near or story.narrative else story.today
    behind = story.followed_by(reading, "month", "day") or story.followed_by(reading, "weekday")
    behind = behind or story.followed_by(reading, "dayword")
    if behind and "told" not in fields:
        value = INTERPRETATIONS[behind.rule.read](story, behind, behind.fields).value
        if granularity(value) == "D":
            return Found(value[:10] + _clock(fields), (), value)
    if day is None:
        return Found("")
    anchor = story.reference if near or story.narrative else day.isoformat()
    day += timedelta(days=_STEPS.get(str(fields.get("told", "same")), 0))
    return Found(day.isoformat() + _clock(fields), (), anchor)


def _period(story: Story, reading: Reading, fields: Fields) -> Found:
    unit: Unit = fields.get("period") or fields["unit"]
    mod = str(fields.get("later") or fields.get("bound") or "")
    if unit not in _CALENDAR_UNITS:
        return Found("", mod=mod)
    if "beside" in fields:
        words = story.text[reading.start : reading.end].lower()
        earlier = any(words.endswith(w) for w in story.language.settings["earlier_words"])
        return _told(story, -1 if earlier else 1, unit, mod)
    if "told" in fields:
        found = _told(story, _STEPS[fields["told"]], unit, mod)
        year, told = _year(story, fields), first_day(found.value)
        if year and told:
            found.value = shift(found.value, year - told.year, "Y")
        return found
    if story.today is None:
        return Found("", mod=mod)
    which = fields.get("which")
    anchor = story.today.isoformat()
    if story.narrative and which != "near":
        return _told(story, _STEPS.get(str(which), 0), unit, mod)
    if which == "near" and unit == "WE":
        future = story.direction(reading) == "future" or story.today.isoweekday() >= 6
        step = 0 if future else -1
        value = shift(anchor, step, unit)
        return Found(value, (shift(anchor, -1 - step, unit),), anchor, mod=mod)
    step = _STEPS.get(str(which), 0)
    value = shift(anchor, step, unit)
    if (
        unit == "WE"
        and step == 0
        and story.today.isoweekday() < 4
        and story.direction(reading) == "past"
    ):
        value = shift(anchor, -1, unit)
    return Found(value, (), anchor, mod=mod)


_CALENDAR_UNITS = ("D", "W", "WE", "M", "Q", "Y", "DE", "CE")


def _told(story: Story, step: int, unit: Unit, mod: str) -> Found:
    """A period by its place beside the time told last."""
    anchor = story.anchor(unit)
    start = first_day(anchor)
    if start is None:
        return Found("", anchor=anchor, mod=mod)
    try:
        return Found(value_of(add(start, step, unit), unit), (), anchor, mod=mod)
    except OverflowError:
        return Found("", anchor=anchor, mod=mod)


def _unit(fields: Fields) -> str:
    return str(fields.get("unit") or fields["plural"])


def _amount(fields: Fields) -> float | None:
    """How many, or `None` where the text does not say."""
    if "vague" in fields or ("plural" in fields and "number" not in fields):
        return None
    number = number_value(fields["number"]) if "number" in fields else 1.0
    return number + (0.5 if "half" in fields else 0.0)


def _shift(story: Story, reading: Reading, fields: Fields) -> Found:
    direction = fields["direction"]
    backwards = direction in ("ago", "earlier")
    mod = {"APPROX": "APPROX", "MORE_THAN": "BEFORE", "LESS_THAN": "AFTER"}.get(
        str(fields.get("about")), ""
    )
    if not backwards:
        mod = {"BEFORE": "AFTER", "AFTER": "BEFORE"}.get(mod, mod)
    amount = _amount(fields)
    if "long" in fields:
        size, unit = _sized(str(fields["long"]))
        amount = 1.0
    else:
        size, unit = _sized(_unit(fields))
    if amount is None:
        return Found("PAST_REF" if backwards else "FUTURE_REF", mod=mod)
    count = amount * size
    if "weekday" in fields and story.today:
        day = weekday_beside(story.today, int(fields["weekday"]), -1) - timedelta(days=7 * int(count))
        return Found(day.isoformat(), (), story.today.isoformat())
    if direction in ("ago", "hence") and not story.narrative:
        anchor = story.today.isoformat() if story.today else ""
    else:
        anchor = story.anchor(unit)
        if not story.narrative and story.today and not story.near_reference(reading.start):
            anchor = story.today.isoformat()
    if not anchor:
        return Found("", mod=mod)
    return _moved(anchor, -count if backwards else count, unit, mod)


def _moved(anchor: str, count: float, unit: str, mod: str) -> Found:
    if unit in ("H", "MIN", "S"):
        day = first_day(anchor)
        hours = count / {"H": 1, "MIN": 60, "S": 3600}[unit]
        if day is None or granularity(anchor) != "D":
            return Found("", anchor=anchor, mod=mod)
        try:
            return Found((day + timedelta(days=int(hours / 24))).isoformat(), (), anchor, mod=mod)
        except OverflowError:
            return Found("", anchor=anchor, mod=mod)
    finer: dict[str, tuple[Unit, int]] = {
        "Y": ("M", 12),
        "DE": ("Y", 10),
        "CE": ("Y", 100),
        "W": ("D", 7),
    }
    if count != int(count):
        if unit not in finer:
            return Found("", anchor=anchor, mod=mod)
        unit, factor = finer[unit]
        count = int(count * factor)
    if unit == "DE" and granularity(anchor) == "D":
        return Found(
            shift(anchor, int(count) * 10, "Y"), (shift(anchor, int(count), "DE"),), anchor, mod=mod
        )
    if unit not in _CALENDAR_UNITS:
        return Found("", anchor=anchor, mod=mod)
    own = granularity(anchor)
    step: Unit = unit  # type: ignore[assignment]
    value = shift(anchor, int(count), step)
    others: list[str] = []
    day = first_day(anchor)
    if own == "D" and day is not None and step in ("W", "M", "Y"):
        try:
            moved = add(day, int(count), step)
            others = [moved.isoformat(), value_of(moved, "M")]
        except OverflowError:
            others = []
    return Found(value, tuple(others), anchor, mod=mod)


def _sized(unit: str) -> tuple[int, str]:
    """`2W` is two weeks: a size and a unit."""
    match = re.fullmatch(r"(\d*)([A-Z]+)", unit)
    if match is None:
        raise ValueError(f"the unit {unit!r} of a rule is none")
    return int(match[1] or 1), match[2]


def _duration_value(count: float | None, unit: str) -> str:
    size, base = _sized(unit)
    amount = (
        "X" if count is None else f"{count * size:g}" if count * size < 1e6 else str(int(count * size))
    )
    if base in ("H", "MIN", "S"):
        return f"PT{amount}{base[0]}"
    return f"P{amount}{'D' if base == 'NI' else base}"


def _duration(story: Story, reading: Reading, fields: Fields) -> Found:
    if "long" in fields:
        return Found(_duration_value(1, str(fields["long"])))
    value = _duration_value(_amount(fields), _unit(fields))
    if "number2" in fields and "unit2" in fields:
        second = _duration_value(number_value(fields["number2"]), str(fields["unit2"]))
        value += second[1:] if "T" not in value else second[2:] if "T" in second else ""
    if "low" in fields:
        return Found(value, (_duration_value(number_value(fields["low"]), _unit(fields)),))
    return Found(value)


def _set(story: Story, reading: Reading, fields: Fields) -> Found:
    quant = str(fields.get("quant", ""))
    if "always" in fields:
        return Found(str(fields["always"]), quant=quant)
    if "weekday" in fields:
        part = f"T{fields['part']}" if "part" in fields else ""
        return Found(f"XXXX-WXX-{fields['weekday']}{part}", quant=quant)
    if "month" in fields:
        return Found(f"XXXX-{fields['month']:02}", quant=quant)
    if "season" in fields:
        return Found(f"XXXX-{fields['season']}", quant=quant)
    if "part" in fields:
        return Found(f"XXXX-XX-XXT{fields['part']}", quant=quant)
    count = None if "vague" in fields else number_value(fields["number"]) if "number" in fields else 1
    words = story.text[reading.start : reading.end].lower().split()
    if any(word in words for word in story.language.settings["other_words"]):
        count = 2
    times = fields.get("times")
    freq = f"{int(number_value(times))}X" if times is not None else ""
    return Found(_duration_value(count, _unit(fields)), quant=quant, freq=freq)


def _reference(story: Story, reading: Reading, fields: Fields) -> Found:
    return Found(str(fields["value"]))


INTERPRETATIONS: dict[str, Callable[[Story, Reading, Fields], Found]] = {
    "calendar": _calendar,
    "month or years": _month_or_years,
    "slash": _slash,
    "weekday": _weekday,
    "dayword": _dayword,
    "told part": _told_part,
    "period": _period,
    "shift": _shift,
    "duration": _duration,
    "set": _set,
    "reference": _reference,
}
