"""From what an expression says to its TIMEX3 value, with the article's date and what was told before.

A rule's `read` names one of the readings at the end of this module; each knows the calendar and no
language. TimeML 1.2.1 says what a value looks like (Saurí et al. 2006, the TIMEX3 tag). How the narrative
is followed is the idea of HeidelTime's two strategies (Strötgen and Gertz, "Multilingual and cross-domain
temporal tagging", 2013): news is anchored at the article's date, a narrative at the dates told before.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
from annotations.dates.creation_time import CreationTime
from annotations.dates.language import Fields, Language, load_language
from annotations.dates.reading import Reading, number_value, read, read_given
from annotations.dates.tense import tense
from annotations.span import Span
from annotations.value import Timex, TimexType

DATE_LABELS = frozenset({"DATE", "TIME"})


def resolve(
    text: str, spans: Iterable[Span], creation_time: CreationTime | None, language: str = "en"
) -> list[Timex]:
    """The value of each span, in the order of the spans, read in the order of the text.

    A span need not be one the recogniser finds: any extent is read as far as it can be. What cannot be
    resolved gets an empty value; `why_empty` says why. Costs one reading of the text (kept from one call
    to the next), so it may be called again for the whole document whenever its date changes.

    Raises `AnnotateError` for a language there are no rules for.
    """
    spans = list(spans)
    tables = load_language(language)
    readings = read(text, tables)
    known = {(r.start, r.end): r for r in readings}
    asked = {
        (s.start, s.end): known.get((s.start, s.end)) or read_given(text, s.start, s.end, tables)
        for s in spans
    }
    places = sorted(set(known) | set(asked))
    story = _Story(text, tables, _day(creation_time), readings)
    values: dict[tuple[int, int], Timex] = {}
    for place in places:
        reading = asked.get(place) or known.get(place)
        if reading:
            values[place] = story.tell(reading)
    return [values.get((s.start, s.end), _UNKNOWN) for s in spans]


def resolve_one(
    text: str, start: int, end: int, creation_time: CreationTime | None, language: str = "en"
) -> Timex:
    """The value of one extent, for a date that a person has just marked or resized."""
    return resolve(text, [Span(start, end, "DATE")], creation_time, language)[0]


def why_empty(timex: Timex) -> str:
    """Why a date has no value, in words for the screen; empty when it has one."""
    if timex.value:
        return ""
    return "needs the article's date" if timex.rule else "no rule reads this; type its value"


_UNKNOWN = Timex("DATE", "")


def _day(creation_time: CreationTime | None) -> date | None:
    if creation_time is None or not creation_time.trusted:
        return None
    return first_day(creation_time.value)


@dataclass
class _Found:
    """A value before it becomes a `Timex`."""

    value: str
    alternatives: tuple[str, ...] = ()
    anchor: str = ""
    type: TimexType | None = None
    mod: str = ""
    quant: str = ""
    freq: str = ""


_FAR_YEARS = 1
_NARRATIVE_DATES = 5


class _Story:
    """A text as it is told: the article's date, and the last time that was spoken of."""

    def __init__(
        self, text: str, language: Language, today: date | None, readings: Sequence[Reading]
    ) -> None:
        self.text = text
        self.language = language
        self.today = today
        self.reference = ""
        """The last calendar value told."""
        self.reference_end = 0
        self.narrative = today is None or _is_narrative(readings, today)
        self.day_first = _is_day_first(readings, language)

    def tell(self, reading: Reading) -> Timex:
        """The value of the next expression; it becomes the time that is spoken of."""
        rule = reading.rule
        fields = reading.fields
        found = _READINGS[rule.read](self, reading, fields)
        kind = found.type or _TYPES[rule.type]
        if kind == "DATE" and "T" in found.value and not found.value.startswith("P"):
            kind = "TIME"
        mod = found.mod or fields.get("edge") or fields.get("about") or ""
        if found.value and kind in ("DATE", "TIME") and first_day(found.value):
            self.reference, self.reference_end = found.value, reading.end
        alternatives = tuple(dict.fromkeys(a for a in found.alternatives if a and a != found.value))
        return Timex(
            kind,
            found.value,
            "rule",
            rule.name,
            found.anchor,
            alternatives,
            str(mod),
            found.quant,
            found.freq,
        )

    def direction(self, reading: Reading) -> Literal["past", "future", ""]:
        """Whether the clause tells of the past or of what is to come."""
        return tense(self.text, reading.start, reading.end, self.language)

    def near_reference(self, start: int) -> bool:
        """Whether the last time told stands in the same paragraph."""
        return bool(self.reference) and not re.search(r"\n\s*\n", self.text[self.reference_end : start])

    def anchor_day(self) -> date | None:
        """The day that relative expressions of a narrative start from."""
        return first_day(self.reference) or self.today


_TYPES: dict[str, TimexType] = {"DATE": "DATE", "TIME": "TIME", "DURATION": "DURATION", "SET": "SET"}


def _is_narrative(readings: Sequence[Reading], today: date) -> bool:
    far = near = 0
    for reading in readings:
        year = reading.fields.get("year")
        if isinstance(year, int) and reading.rule.read == "calendar":
            if abs(year - today.year) > _FAR_YEARS:
                far += 1
            else:
                near += 1
        elif reading.rule.read in ("weekday", "dayword") or reading.fields.get("direction") == "ago":
            near += 1
    return far >= _NARRATIVE_DATES and far > 3 * near


def _is_day_first(readings: Sequence[Reading], language: Language) -> bool:
    """What the text itself shows: `25/12/2020` can only begin with the day."""
    for reading in readings:
        if reading.rule.read == "slash":
            first, second = int(reading.fields["first"]), int(reading.fields["second"])
            if (first > 12) != (second > 12):
                return first > 12
    return bool(language.settings.get("first_in_slash_date") == "day")


# ---- parts of a day


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


# ---- readings


def _calendar(story: _Story, reading: Reading, fields: Fields) -> _Found:
    year = _year(story, fields)
    clock = _clock(fields)
    if "era" in fields and ("number" in fields or "year" in fields):
        bc = f"BC{int(number_value(fields.get('year', fields.get('number')))):04}"
        if "season" in fields:
            return _Found(f"{bc}-{fields['season']}")
        return _Found(f"{bc}-{fields['month']:02}" if "month" in fields else bc)
    if "century" in fields:
        number = int(number_value(fields["century"]))
        if "era" in fields:
            return _Found(f"BC{number - 1:02}")
        return _Found(f"{number - 1:02}") if number > 0 else _Found("")
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
        return _day_of_month(story, fields)
    if "month" not in fields:
        if year is None:
            return _Found("")
        return _Found(f"FY{year:04}" if "fiscal" in fields else f"{year:04}")
    month = int(fields["month"])
    day = int(number_value(fields["day"])) if "day" in fields else None
    if day is not None and not 1 <= day <= 31:
        return _Found("")
    anchor = ""
    alternatives: tuple[str, ...] = ()
    if year is None:
        year, other, anchor = _year_of_month(story, reading, fields, month, day)
        if year is None:
            return _Found("")
        if other is not None:
            alternatives = (_written(other, month, day) + clock,)
    elif "year_which" in fields or "year_told" in fields:
        anchor = story.today.isoformat() if story.today and "year_which" in fields else story.reference
    if day is not None and day > days_in_month(year, month):
        return _Found("")
    return _Found(_written(year, month, day) + clock, alternatives, anchor)


def _written(year: int, month: int, day: int | None) -> str:
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")


def _year(story: _Story, fields: Fields) -> int | None:
    if "year" in fields:
        year = int(number_value(fields["year"]))
        return _full_year(year, story.today) if year < 100 else year
    if "shortyear" in fields:
        return _full_year(int(number_value(fields["shortyear"])), story.today)
    if "year_which" in fields and story.today:
        return story.today.year + _STEPS[fields["year_which"]]
    if "year_told" in fields:
        anchor = story.anchor_day()
        return anchor.year + _STEPS[fields["year_told"]] if anchor else None
    return None


_STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1, "same": 0, "following": 1}


def _full_year(short: int, today: date | None) -> int:
    """`'99` as the year nearest before some ten years from now."""
    limit = (today.year if today else 2030) + 10
    year = limit - limit % 100 + short
    return year if year <= limit else year - 100


def _decade(story: _Story, fields: Fields) -> _Found:
    decade = int(fields["decade"])
    if "hundreds" in fields:
        return _Found(f"{fields['hundreds']:02}{decade}")
    today = story.today or date(2030, 1, 1)
    hundreds = today.year // 100
    if decade > today.year // 10 % 10:
        hundreds -= 1
    return _Found(f"{hundreds:02}{decade}", (f"{hundreds - 1:02}{decade}",))


def _year_of_month(
    story: _Story, reading: Reading, fields: Fields, month: int, day: int | None
) -> tuple[int | None, int | None, str]:
    """The year that a month, or a day of a month, without one belongs to; a second best; the anchor."""
    today = story.today
    which = fields.get("which")
    reference = first_day(story.reference)
    told = reference and (story.narrative or (today and abs(reference.year - today.year) >= 1))
    if reference and told and not which and (story.narrative or story.near_reference(reading.start)):
        year = reference.year
        if granularity(story.reference) != "Y" and reference.month - month > 8:
            year += 1
        return year, year - 1, story.reference
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
    match story.direction(reading):
        case "future":
            return behind, before if before != behind else None, anchor
        case "past":
            return before, behind if before != behind else None, anchor
    back = (here[0] - month) % 12
    year, other = (before, behind) if back <= 6 else (behind, before)
    return year, other if other != year else None, anchor


def _day_of_month(story: _Story, fields: Fields) -> _Found:
    anchor = story.anchor_day()
    day = int(number_value(fields["day"]))
    if anchor is None or not 1 <= day <= days_in_month(anchor.year, anchor.month):
        return _Found("")
    return _Found(
        f"{anchor.year:04}-{anchor.month:02}-{day:02}", (), story.reference or anchor.isoformat()
    )


def _season(story: _Story, reading: Reading, fields: Fields, year: int | None) -> _Found:
    season = str(fields["season"])
    if year is not None:
        return _Found(f"{year:04}-{season}")
    which, told = fields.get("which"), fields.get("told")
    anchor = story.anchor_day() if story.narrative or told else story.today
    if anchor is None:
        return _Found("")
    origin = (story.reference or anchor.isoformat()) if story.narrative or told else anchor.isoformat()
    year = anchor.year
    now = value_of(anchor, "S")
    if story.narrative or told:
        step = _STEPS.get(str(told), 0)
        return _Found(f"{year + step:04}-{season}", (f"{year + step - 1:04}-{season}",), origin)
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
    return _Found(value, (shift(value, 1, "Y"), shift(value, -1, "Y")), origin)


def _part_of_year(story: _Story, reading: Reading, unit: str, number: int, year: int | None) -> _Found:
    if not 1 <= number <= (4 if unit == "Q" else 2):
        return _Found("")
    if year is not None:
        return _Found(f"{year:04}-{unit}{number}")
    anchor = story.anchor_day() if story.narrative else story.today
    if anchor is None:
        return _Found("")
    year = anchor.year
    length = 3 if unit == "Q" else 6
    begins = (number - 1) * length + 1
    future = story.direction(reading) == "future"
    if begins > anchor.month and not future:
        year -= 1
    elif begins + length - 1 < anchor.month and future:
        year += 1
    return _Found(
        f"{year:04}-{unit}{number}", (f"{year - 1:04}-{unit}{number}", f"{year + 1:04}-{unit}{number}"),
        anchor.isoformat(),
    )  # fmt: skip


def _holiday(story: _Story, reading: Reading, fields: Fields, year: int | None) -> _Found:
    spec = str(fields["holiday"])
    if year is not None:
        return _Found(holiday(spec, year).isoformat()) if 1 <= year <= 9999 else _Found("")
    anchor = story.anchor_day() if story.narrative else story.today
    if anchor is None or not 1 < anchor.year < 9999:
        return _Found("")
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
    return _Found(best.isoformat(), (other.isoformat(),), anchor.isoformat())


def _slash(story: _Story, reading: Reading, fields: Fields) -> _Found:
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
    return _Found(values[0], tuple(values[1:])) if values else _Found("")


def _weekday(story: _Story, reading: Reading, fields: Fields) -> _Found:
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
            return _Found(day.isoformat() + clock, (), story.reference)
        if story.narrative:
            return _Found("")
    today = story.today
    if today is None:
        return _Found("")
    anchor = today.isoformat()
    if "week_which" in fields:
        monday = weekday_beside(today, 1, -1) + timedelta(weeks=_STEPS[fields["week_which"]])
        return _Found((monday + timedelta(days=weekday - 1)).isoformat() + clock, (), anchor)
    before = weekday_beside(today, weekday, -1)
    behind = weekday_beside(today, weekday, 1)
    week = timedelta(weeks=1)
    match fields.get("which"):
        case "last":
            before = before if before < today else before - week
            return _Found(before.isoformat() + clock, ((before - week).isoformat() + clock,), anchor)
        case "next":
            behind = behind if behind > today else behind + week
            return _Found(behind.isoformat() + clock, ((behind + week).isoformat() + clock,), anchor)
        case "this" if story.direction(reading) != "past":
            return _Found(behind.isoformat() + clock, (before.isoformat() + clock,), anchor)
    if story.direction(reading) == "future":
        return _Found(behind.isoformat() + clock, (before.isoformat() + clock,), anchor)
    return _Found(before.isoformat() + clock, (behind.isoformat() + clock,), anchor)


def _dayword(story: _Story, reading: Reading, fields: Fields) -> _Found:
    if story.today is None:
        return _Found("")
    day = story.today + timedelta(days=int(fields["dayword"]))
    alternatives = ("PRESENT_REF",) if fields["dayword"] == 0 and not _clock(fields) else ()
    return _Found(day.isoformat() + _clock(fields), alternatives, story.today.isoformat())


def _told_part(story: _Story, reading: Reading, fields: Fields) -> _Found:
    near = story.near_reference(reading.start) and granularity(story.reference) == "D"
    day = first_day(story.reference) if near or story.narrative else story.today
    if day is None:
        return _Found("")
    anchor = story.reference if near or story.narrative else day.isoformat()
    day += timedelta(days=_STEPS.get(str(fields.get("told", "same")), 0))
    return _Found(day.isoformat() + _clock(fields), (), anchor)


def _period(story: _Story, reading: Reading, fields: Fields) -> _Found:
    unit: Unit = fields.get("period") or fields["unit"]
    mod = str(fields.get("later") or fields.get("bound") or "")
    if unit not in _CALENDAR_UNITS:
        return _Found("", mod=mod)
    if "beside" in fields:
        words = story.text[reading.start : reading.end].lower()
        earlier = any(words.endswith(w) for w in story.language.settings["earlier_words"])
        return _told(story, -1 if earlier else 1, unit, mod)
    if "told" in fields:
        return _told(story, _STEPS[fields["told"]], unit, mod)
    if story.today is None:
        return _Found("", mod=mod)
    which = fields.get("which")
    anchor = story.today.isoformat()
    if which is None and story.narrative:
        return _told(story, 0, unit, mod)
    if which == "near" and unit == "WE":
        future = story.direction(reading) == "future" or story.today.isoweekday() >= 6
        step = 0 if future else -1
        value = shift(anchor, step, unit)
        return _Found(value, (shift(anchor, -1 - step, unit),), anchor, mod=mod)
    step = _STEPS.get(str(which), 0)
    value = shift(anchor, step, unit)
    if (
        unit == "WE"
        and step == 0
        and story.today.isoweekday() < 4
        and story.direction(reading) == "past"
    ):
        value = shift(anchor, -1, unit)
    return _Found(value, (), anchor, mod=mod)


_CALENDAR_UNITS = ("D", "W", "WE", "M", "Q", "Y", "DE", "CE")


def _told(story: _Story, step: int, unit: Unit, mod: str) -> _Found:
    """A period by its place beside the time told last."""
    anchor = story.reference or (story.today.isoformat() if story.today else "")
    own = granularity(anchor)
    if own is None or (unit == "D" and own != "D"):
        return _Found("", anchor=anchor, mod=mod)
    start = first_day(anchor)
    if start is None:
        return _Found("", anchor=anchor, mod=mod)
    try:
        return _Found(value_of(add(start, step, unit), unit), (), anchor, mod=mod)
    except OverflowError:
        return _Found("", anchor=anchor, mod=mod)


def _amount(fields: Fields) -> float | None:
    """How many, or `None` where the text does not say."""
    if "vague" in fields:
        return None
    number = number_value(fields["number"]) if "number" in fields else 1.0
    return number + (0.5 if "half" in fields else 0.0)


def _shift(story: _Story, reading: Reading, fields: Fields) -> _Found:
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
        size, unit = _sized(str(fields["unit"]))
        if (
            "number" not in fields
            and "vague" not in fields
            and story.text[reading.start : reading.end].split()[0][-1:] == "s"
        ):
            amount = None
    if amount is None:
        return _Found("PAST_REF" if backwards else "FUTURE_REF", mod=mod)
    count = amount * size
    if "weekday" in fields and story.today:
        day = weekday_beside(story.today, int(fields["weekday"]), -1) - timedelta(days=7 * int(count))
        return _Found(day.isoformat(), (), story.today.isoformat())
    if direction in ("ago", "hence"):
        anchor = story.today.isoformat() if story.today else ""
    else:
        anchor = story.reference or (story.today.isoformat() if story.today else "")
        if not story.narrative and story.today and not story.near_reference(reading.start):
            anchor = story.today.isoformat()
    if not anchor:
        return _Found("", mod=mod)
    return _moved(anchor, -count if backwards else count, unit, mod)


def _moved(anchor: str, count: float, unit: str, mod: str) -> _Found:
    if unit in ("H", "MIN", "S"):
        day = first_day(anchor)
        hours = count / {"H": 1, "MIN": 60, "S": 3600}[unit]
        if day is None or granularity(anchor) != "D":
            return _Found("", anchor=anchor, mod=mod)
        try:
            return _Found((day + timedelta(days=int(hours / 24))).isoformat(), (), anchor, mod=mod)
        except OverflowError:
            return _Found("", anchor=anchor, mod=mod)
    finer: dict[str, tuple[Unit, int]] = {
        "Y": ("M", 12),
        "DE": ("Y", 10),
        "CE": ("Y", 100),
        "W": ("D", 7),
    }
    if count != int(count):
        if unit not in finer:
            return _Found("", anchor=anchor, mod=mod)
        unit, factor = finer[unit]
        count = int(count * factor)
    if unit == "DE" and granularity(anchor) == "D":
        return _Found(
            shift(anchor, int(count) * 10, "Y"), (shift(anchor, int(count), "DE"),), anchor, mod=mod
        )
    if unit not in _CALENDAR_UNITS:
        return _Found("", anchor=anchor, mod=mod)
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
    return _Found(value, tuple(others), anchor, mod=mod)


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


def _duration(story: _Story, reading: Reading, fields: Fields) -> _Found:
    if "long" in fields:
        return _Found(_duration_value(1, str(fields["long"])))
    plural = "number" not in fields and "vague" not in fields and fields["unit"] is not None
    count = _amount(fields)
    if plural and reading.rule.given.get("plural"):
        count = None
    if "number" not in fields and "vague" not in fields and _is_plural(story, reading):
        count = None
    value = _duration_value(count, str(fields["unit"]))
    if "number2" in fields and "unit2" in fields:
        second = _duration_value(number_value(fields["number2"]), str(fields["unit2"]))
        value += second[1:] if "T" not in value else second[2:] if "T" in second else ""
    return _Found(value)


def _is_plural(story: _Story, reading: Reading) -> bool:
    plurals = story.language.words
    words = re.findall(r"[^\W\d_]+", story.text[reading.start : reading.end].lower())
    return any("units" in plurals.get(word, {}) for word in words)


def _set(story: _Story, reading: Reading, fields: Fields) -> _Found:
    quant = str(fields.get("quant", ""))
    if "always" in fields:
        return _Found(str(fields["always"]), quant=quant)
    if "weekday" in fields:
        part = f"T{fields['part']}" if "part" in fields else ""
        return _Found(f"XXXX-WXX-{fields['weekday']}{part}", quant=quant)
    if "month" in fields:
        return _Found(f"XXXX-{fields['month']:02}", quant=quant)
    if "season" in fields:
        return _Found(f"XXXX-{fields['season']}", quant=quant)
    if "part" in fields:
        return _Found(f"XXXX-XX-XXT{fields['part']}", quant=quant)
    count = number_value(fields["number"]) if "number" in fields else 1
    words = story.text[reading.start : reading.end].lower().split()
    if any(word in words for word in story.language.settings["other_words"]):
        count = 2
    times = fields.get("times")
    freq = f"{int(number_value(times))}X" if times is not None else ""
    return _Found(_duration_value(count, str(fields["unit"])), quant=quant, freq=freq)


def _reference(story: _Story, reading: Reading, fields: Fields) -> _Found:
    return _Found(str(fields["value"]))


_READINGS: dict[str, Callable[[_Story, Reading, Fields], _Found]] = {
    "calendar": _calendar,
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
