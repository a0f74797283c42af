"""Lengths of time, what lies a length of time away, and what returns after one."""

import re
from datetime import timedelta

from annotations.dates.calendar_value import (
    Unit,
    add,
    first_day,
    granularity,
    shift,
    value_of,
    weekday_beside,
)
from annotations.dates.discourse import Story
from annotations.dates.interpretations.periods import CALENDAR_UNITS
from annotations.dates.interpretations.resolution import Found
from annotations.dates.language import Fields
from annotations.dates.reading import Reading
from annotations.dates.tokens import number_value


def time_away(story: Story, reading: Reading, fields: Fields) -> Found:
    """What lies a length of time before or behind another time: "two weeks ago", "a year later"."""
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
    if unit not in CALENDAR_UNITS:
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


def duration_value(story: Story, reading: Reading, fields: Fields) -> Found:
    """A length of time."""
    if "long" in fields:
        return Found(_duration_value(1, str(fields["long"])))
    value = _duration_value(_amount(fields), _unit(fields))
    if "number2" in fields and "unit2" in fields:
        second = _duration_value(number_value(fields["number2"]), str(fields["unit2"]))
        value += second[1:] if "T" not in value else second[2:] if "T" in second else ""
    if "low" in fields:
        return Found(value, (_duration_value(number_value(fields["low"]), _unit(fields)),))
    return Found(value)


def recurrence(story: Story, reading: Reading, fields: Fields) -> Found:
    """What returns: "every Monday", "twice a week"."""
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


def _unit(fields: Fields) -> str:
    return str(fields.get("unit") or fields["plural"])


def _amount(fields: Fields) -> float | None:
    """How many, or `None` where the text does not say."""
    if "vague" in fields or ("plural" in fields and "number" not in fields):
        return None
    number = number_value(fields["number"]) if "number" in fields else 1.0
    return number + (0.5 if "half" in fields else 0.0)


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
