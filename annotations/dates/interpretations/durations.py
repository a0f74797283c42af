"""Lengths of time, times that lie a length of time away, and times that recur."""

import re
from datetime import datetime, timedelta

from msgspec.structs import replace

from annotations.dates.calendar_value import (
    Unit,
    add,
    first_day,
    granularity,
    shift,
    value_of,
    weekday_beside,
)
from annotations.dates.discourse import Discourse
from annotations.dates.fields import Fields, Number, required
from annotations.dates.interpretations.resolution import Resolution
from annotations.dates.reading import DateReading

_CALENDAR_UNITS: tuple[Unit, ...] = ("D", "W", "WE", "M", "Q", "Y", "DE", "CE")
_IN_AN_HOUR = {"H": 1, "MIN": 60, "S": 3600}
_FINER: dict[Unit, tuple[Unit, int]] = {
    "Y": ("M", 12),
    "DE": ("Y", 10),
    "CE": ("Y", 100),
    "W": ("D", 7),
}
"""For a unit, the smaller unit that its fractions are counted in, and how many of those it has."""
_HOURS_OF_DAY = 24
_CLOCK = re.compile(r"[\d-]+T(\d\d):(\d\d)")
_SIZED = re.compile(r"(\d*)([A-Z]+)")
_MOST_WRITTEN_SHORT = 1e6
_MOD_BEFORE = {"APPROX": "APPROX", "MORE_THAN": "BEFORE", "LESS_THAN": "AFTER"}
"""The TIMEX3 `mod` of a past time "about", "more than" … years ago; a future time has the reverse."""
_REVERSE = {"BEFORE": "AFTER", "AFTER": "BEFORE"}


def calendar_unit(unit: str) -> Unit | None:
    """The calendar unit with this code; `None` for hours, minutes and the like."""
    return next((own for own in _CALENDAR_UNITS if own == unit), None)


def time_at_distance(discourse: Discourse, reading: DateReading) -> Resolution:
    """The time that lies a length of time before or after another: "two weeks ago", "a year later"."""
    fields = reading.fields
    backwards = fields.direction in ("ago", "earlier")
    mod = _MOD_BEFORE.get(fields.about or "", "")
    if not backwards:
        mod = _REVERSE.get(mod, mod)
    size, unit = sized(unit_of(fields) if fields.long is None else fields.long)
    amount = amount_of(fields) if fields.long is None else 1.0
    if amount is None:
        return Resolution("PAST_REF" if backwards else "FUTURE_REF", mod=mod)
    count = amount * size
    today = discourse.today
    if fields.weekday is not None and today:
        day = weekday_beside(today, fields.weekday, -1) - timedelta(days=7 * int(count))
        return Resolution(day.isoformat(), (), today.isoformat())
    anchor = _anchor(discourse, reading, unit)
    if not anchor:
        return Resolution("", mod=mod)
    found = moved(anchor, -count if backwards else count, unit, mod)
    if size > 1 and unit == "W" and found.alternatives:
        # A fortnight is not a unit of the calendar, so the exact day is preferred to the week.
        return replace(found, value=found.alternatives[0], alternatives=(found.value,))
    return found


def _anchor(discourse: Discourse, reading: DateReading, unit: str) -> str:
    """The value that the length of time is counted from; empty where there is none."""
    today = discourse.today.isoformat() if discourse.today else ""
    if reading.fields.direction in ("ago", "hence") and (today or not discourse.narrative):
        return today
    if discourse.narrative:
        return discourse.anchor(unit)
    if today and not discourse.near_reference(reading.start):
        return today
    return discourse.anchor(unit)


def moved(anchor: str, count: float, unit: str, mod: str) -> Resolution:
    """The value that lies `count` units after another one (negative: before it)."""
    unknown = Resolution("", anchor=anchor, mod=mod)
    if unit in _IN_AN_HOUR:
        return _moved_by_hours(anchor, count, unit, mod)
    step = calendar_unit(unit)
    if step is None:
        return unknown
    if count != int(count):
        if step not in _FINER:
            return unknown
        step, factor = _FINER[step]
        count = int(count * factor)
    whole = int(count)
    own = granularity(anchor)
    if step == "DE" and own == "D":
        return Resolution(shift(anchor, whole * 10, "Y"), (shift(anchor, whole, "DE"),), anchor, mod=mod)
    day = first_day(anchor)
    others: tuple[str, ...] = ()
    if own == "D" and day is not None and step in ("W", "M", "Y"):
        try:
            moved = add(day, whole, step)
            others = (moved.isoformat(), value_of(moved, "M"))
        except OverflowError:
            others = ()
    return Resolution(shift(anchor, whole, step), others, anchor, mod=mod)


def _moved_by_hours(anchor: str, count: float, unit: str, mod: str) -> Resolution:
    """The time that lies `count` hours, minutes or seconds after another one (negative: before it), to the minute.

    Where the other time is a day without an hour, the result is a day for 24 hours or more, and only
    the length of time for less.
    """
    day = first_day(anchor)
    if day is None or granularity(anchor) != "D":
        return Resolution("", anchor=anchor, mod=mod)
    clock = _CLOCK.match(anchor)
    hours = count / _IN_AN_HOUR[unit]
    try:
        if clock:
            start = datetime(day.year, day.month, day.day) + timedelta(
                hours=int(clock[1]) + hours, minutes=int(clock[2])
            )
            return Resolution(start.isoformat(timespec="minutes"), (), anchor, mod=mod)
        if abs(hours) < _HOURS_OF_DAY:
            return Resolution(_length(abs(count), unit), anchor=anchor, mod=mod)
        return Resolution((day + timedelta(days=int(hours / 24))).isoformat(), (), anchor, mod=mod)
    except OverflowError:
        return Resolution("", anchor=anchor, mod=mod)


def duration_value(discourse: Discourse, reading: DateReading) -> Resolution:
    """A length of time."""
    fields = reading.fields
    if fields.long is not None:
        return Resolution(_length(1, fields.long))
    unit = unit_of(fields)
    value = _length(amount_of(fields), unit)
    if fields.number2 is not None and fields.unit2 is not None:
        second = _length(fields.number2, fields.unit2)
        value += second[1:] if "T" not in value else second[2:] if "T" in second else ""
    return Resolution(value, (_length(fields.low, unit),) if fields.low is not None else ())


def recurrence(discourse: Discourse, reading: DateReading) -> Resolution:
    """A time that recurs: "every Monday", "twice a week"."""
    fields = reading.fields
    quant = fields.quant or ""
    if fields.always is not None:
        return Resolution(fields.always, quant=quant)
    if fields.weekday is not None:
        part = f"T{fields.part}" if fields.part is not None else ""
        return Resolution(f"XXXX-WXX-{fields.weekday}{part}", quant=quant)
    if fields.month is not None:
        return Resolution(f"XXXX-{fields.month:02}", quant=quant)
    if fields.season is not None:
        return Resolution(f"XXXX-{fields.season}", quant=quant)
    if fields.part is not None:
        return Resolution(f"XXXX-XX-XXT{fields.part}", quant=quant)
    count: Number | None = 1 if fields.number is None else fields.number
    words = discourse.text[reading.start : reading.end].lower().split()
    if any(word in words for word in discourse.language.settings.other_words):
        count = 2
    elif fields.vague is not None:
        count = None
    freq = f"{int(fields.times)}X" if fields.times is not None else ""
    return Resolution(_length(count, unit_of(fields)), quant=quant, freq=freq)


def reference_value(discourse: Discourse, reading: DateReading) -> Resolution:
    """A value that the rule itself states: `PAST_REF` and the like."""
    return Resolution(required(reading.fields.value))


def unit_of(fields: Fields) -> str:
    """The unit of a length. Raises `ValueError` where there is none."""
    return fields.unit or required(fields.plural)


def amount_of(fields: Fields) -> float | None:
    """How many units, or `None` where the text does not say."""
    if fields.vague is not None or (fields.plural is not None and fields.number is None):
        return None
    number = 1.0 if fields.number is None else float(fields.number)
    return number + float(fields.half or 0)


def sized(unit: str) -> tuple[int, str]:
    """The size and the base of a unit in the tables: `2W` is two weeks."""
    match = _SIZED.fullmatch(unit)
    if match is None:
        raise ValueError(f"{unit!r}, the unit of a rule, is not a unit of time")
    return int(match[1] or 1), match[2]


def _length(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time; without a `count` its number is left open."""
    size, base = sized(unit)
    if count is None:
        amount = "X"
    else:
        length = float(count) * size
        if length < 1 and base in ("DE", "CE"):
            # "half a century"
            length, base = length * (10 if base == "DE" else 100), "Y"
        amount = f"{length:g}" if length < _MOST_WRITTEN_SHORT else str(int(length))
    if base in ("H", "MIN", "S"):
        return f"PT{amount}{base[0]}"
    return f"P{amount}{'D' if base == 'NI' else base}"
