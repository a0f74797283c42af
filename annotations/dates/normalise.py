"""From what an expression says to its TIMEX3 value, with the article's date and what was told before.

A rule's `read` names one of the readings at the end of this module; each knows the calendar and no
language. TimeML 1.2.1 says what a value looks like (Saurí et al. 2006, the TIMEX3 tag). How the
narrative is followed is the idea of HeidelTime's two strategies (Strötgen and Gertz, "Multilingual and
cross-domain temporal tagging", 2013): news is anchored at the article's date, a narrative at the dates
told before.
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
from annotations.dates.timex_value import validate
from annotations.span import Span
from annotations.value import Timex, TimexType

DATE_LABELS = frozenset({"DATE", "TIME"})


def resolve(
    text: str, spans: Iterable[Span], creation_time: CreationTime | None, language: str = "en"
) -> list[Timex]:
    """The value of each span, in the order of the spans, read in the order of the text.

    A value that a person set or that was imported is given back as it is, and what follows starts from
    it. A span need not be one the recogniser finds: any extent is read as far as it can be. What
    cannot be resolved gets an empty value; `why_empty` says why. Costs one reading of the text (kept
    from one call to the next), so it may be called again for the whole document whenever its date
    changes.

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
    decided = {
        (s.start, s.end): s.value
        for s in spans
        if isinstance(s.value, Timex) and s.value.origin != "rule"
    }
    values: dict[tuple[int, int], Timex] = dict(decided)
    told = [(place, reading) for place in places if (reading := asked.get(place) or known.get(place))]
    for index, (place, reading) in enumerate(told):
        story.following = told[index + 1][1] if index + 1 < len(told) else None
        if place in decided:
            story.accept(reading, decided[place])
        else:
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
    if not timex.rule:
        return "no rule reads this; type its value"
    return "starts from a time that is not known" if timex.anchor else "needs the article's date"


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


_OPENING = 24
"""How near to the beginning of its sentence an expression sets the time of it, in code points."""
_OUTSIDE_THE_CALENDAR = _Found("")
"""For what leads before the year 1 or behind the year 9999, or names a day that no month has."""
_LONGEST_PARAGRAPH = 2000
_PARAGRAPH_END = re.compile(r"\n[ \t\r]{0,20}\n")
_BREATH = 25
"""How far apart two expressions can be and still share a year or a day, in code points."""
_STOP = re.compile(r"[.;:!?\n(]")
_JUST = 1
"""How many months off a day is so near that it is meant, whatever the tense beside it."""
_YEAR_TURNS = 8
"""How many months back in the calendar means the next year of a narrative."""
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
        self.day_reference = ""
        """The last single day told."""
        self.month_reference = ""
        """The time that a month without a year belongs to."""
        self.following: Reading | None = None
        """The expression behind the one that is being told."""
        self.narrative = _is_narrative(readings, today)
        self.day_first = _is_day_first(readings, language)

    def tell(self, reading: Reading) -> Timex:
        """The value of the next expression; it becomes the time that is spoken of."""
        rule = reading.rule
        fields = reading.fields
        try:
            found = _READINGS[rule.read](self, reading, fields)
        except (OverflowError, ValueError):
            found = _OUTSIDE_THE_CALENDAR
        value, kind = found.value, found.type or _TYPES[rule.type]
        if kind in ("DATE", "TIME"):
            kind = (
                "TIME" if re.match(r"[\dX-]+T", value) or (rule.type == "TIME" and not value) else "DATE"
            )
        if value and validate(kind, value):
            value = ""
        mod = str(found.mod or fields.get("edge") or fields.get("later") or fields.get("about") or "")
        if kind in ("DATE", "TIME") and (first_day(value) or value.startswith("BC")):
            self.remember(reading, value, mod)
            self.reference_end = reading.end
        others = dict.fromkeys(a for a in found.alternatives if a != value and not validate(kind, a))
        return Timex(
            kind, value, "rule", rule.name, found.anchor, tuple(others), mod, found.quant, found.freq
        )

    def accept(self, reading: Reading, timex: Timex) -> None:
        """Take the value that somebody gave an expression as the time that is spoken of."""
        if first_day(timex.value) or timex.value.startswith("BC"):
            self.remember(reading, timex.value, timex.mod)
            self.reference_end = reading.end

    def remember(self, reading: Reading, value: str, mod: str) -> None:
        """Take a value as the time that is spoken of, and as what months without a year belong to.

        The end of a year is followed by the next. A year named in passing, in the middle of a sentence,
        moves the narrative only one year on. In news only a full date does, as in "on March 3, 2019".
        """
        unit = granularity(value)
        if mod == "END" and unit == "Y":
            value = f"{value}-12"
        self.reference = value
        if unit == "D":
            self.day_reference = value
        if not self.narrative and (unit not in ("D", "M") or "month" not in reading.fields):
            return
        told, new = first_day(self.month_reference), first_day(value)
        if unit in ("Y", "S", "Q", "H") and told and new and mod != "END":
            passing = not self.opens_sentence(reading.start)
            if new.year == told.year or (passing and new.year != told.year + 1):
                return
        if unit not in ("DE", "CE"):
            self.month_reference = value

    def opens_sentence(self, start: int) -> bool:
        """Whether only a word or two stand between the beginning of the sentence and an offset."""
        before = self.text[max(0, start - _OPENING) : start]
        return start < _OPENING or bool(
            re.search(r"[.!?:;\n][^.!?;:\n\w]*$|[.!?:\n]\W*\w+\W+(?:\w+\W+)?$", before)
        )

    def direction(self, reading: Reading) -> Literal["past", "future", ""]:
        """Whether the clause tells of the past or of what is to come."""
        return tense(self.text, reading.start, reading.end, self.language)

    def followed_by(self, reading: Reading, *fields: str) -> Reading | None:
        """The expression that follows in the same breath, if it says all of these fields."""
        behind = self.following
        if behind is None or not all(field in behind.fields for field in fields):
            return None
        between = self.text[reading.end : behind.start]
        return behind if len(between) <= _BREATH and not _STOP.search(between) else None

    def near_reference(self, start: int) -> bool:
        """Whether the last time told stands in the same paragraph, and not too far back."""
        between = start - self.reference_end
        if not self.reference or between > _LONGEST_PARAGRAPH:
            return False
        return not _PARAGRAPH_END.search(self.text, self.reference_end, start)

    def anchor(self, unit: str) -> str:
        """The value that "later", "the next" and the like of a unit start from; days start from a
        day."""
        today = self.today.isoformat() if self.today else ""
        if unit not in ("D", "H", "MIN", "S"):
            return self.reference or today
        return self.day_reference or today

    def anchor_day(self) -> date | None:
        """The day that relative expressions of a narrative start from."""
        return None if self.reference.startswith("BC") else first_day(self.reference) or self.today


_TYPES: dict[str, TimexType] = {"DATE": "DATE", "TIME": "TIME", "DURATION": "DURATION", "SET": "SET"}


def _is_narrative(readings: Sequence[Reading], today: date | None) -> bool:
    """Whether a text tells of times far from its own, so that months belong to the years told.

    News speaks of weekdays, of yesterday and of years ago; each of these weighs as much as three years.
    """
    far = near = 0
    for reading in readings:
        year = reading.fields.get("year")
        if isinstance(year, int) and reading.rule.read == "calendar":
            if today is None or abs(year - today.year) > _FAR_YEARS:
                far += 1
            else:
                near += 1
        elif reading.rule.read in ("weekday", "dayword") or reading.fields.get("direction") == "ago":
            near += 3
    return far >= _NARRATIVE_DATES and far > near


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
    if year is None and ("year_which" in fields or "year_told" in fields):
        return _Found("")
    if year is None and story.reference.startswith("BC"):
        return _Found(f"{story.reference[:6]}-{fields['month']:02}", (), story.reference)
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
    value = _written(year, month, day) + clock
    if "granularity" in fields:
        value = shift(value, 0, fields["granularity"])
    return _Found(value, alternatives, anchor)


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


def _decade(story: _Story, fields: Fields) -> _Found:
    decade = int(fields["decade"])
    if "hundreds" in fields:
        return _Found(f"{fields['hundreds']:02}{decade}")
    today = story.today or date(2030, 1, 1)
    hundreds = today.year // 100
    if decade > today.year // 10 % 10:
        hundreds -= 1
    if hundreds < 1:
        return _Found("")
    return _Found(f"{hundreds:02}{decade}", (f"{hundreds - 1:02}{decade}",))


def _year_of_month(
    story: _Story, reading: Reading, fields: Fields, month: int, day: int | None
) -> tuple[int | None, int | None, str]:
    """The year that a month, or a day of a month, without one belongs to; a second best; the anchor."""
    today = story.today
    which = fields.get("which")
    companion = story.followed_by(reading, "month", "year")
    if companion and not which and companion.start - reading.end <= _BREATH // 2:
        year = int(number_value(companion.fields["year"]))
        return year - (month > int(companion.fields["month"])), None, ""
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
    if story.reference.startswith("BC"):
        return _Found(f"{story.reference[:6]}-{season}", (), story.reference)
    anchor = story.anchor_day() if story.narrative or told else story.today
    if anchor is None:
        return _Found("")
    origin = (story.reference or anchor.isoformat()) if story.narrative or told else anchor.isoformat()
    year = anchor.year
    now = value_of(anchor, "S")
    if story.narrative or told:
        step = _STEPS.get(str(told or which), 0)
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


def _month_or_years(story: _Story, reading: Reading, fields: Fields) -> _Found:
    """`2012-11` is a month, `2011-12` more likely a season of two years, which the first stands for."""
    year, month = int(fields["year"]), int(fields["month"])
    value = f"{year:04}-{month:02}"
    return _Found(f"{year:04}", (value,)) if (year + 1) % 100 == month else _Found(value)


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
    behind = story.followed_by(reading, "month", "day") or story.followed_by(reading, "weekday")
    behind = behind or story.followed_by(reading, "dayword")
    if behind and "told" not in fields:
        value = _READINGS[behind.rule.read](story, behind, behind.fields).value
        if granularity(value) == "D":
            return _Found(value[:10] + _clock(fields), (), value)
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
    if story.narrative and which != "near":
        return _told(story, _STEPS.get(str(which), 0), unit, mod)
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
    anchor = story.anchor(unit)
    start = first_day(anchor)
    if start is None:
        return _Found("", anchor=anchor, mod=mod)
    try:
        return _Found(value_of(add(start, step, unit), unit), (), anchor, mod=mod)
    except OverflowError:
        return _Found("", anchor=anchor, mod=mod)


def _unit(fields: Fields) -> str:
    return str(fields.get("unit") or fields["plural"])


def _amount(fields: Fields) -> float | None:
    """How many, or `None` where the text does not say."""
    if "vague" in fields or ("plural" in fields and "number" not in fields):
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
        size, unit = _sized(_unit(fields))
    if amount is None:
        return _Found("PAST_REF" if backwards else "FUTURE_REF", mod=mod)
    count = amount * size
    if "weekday" in fields and story.today:
        day = weekday_beside(story.today, int(fields["weekday"]), -1) - timedelta(days=7 * int(count))
        return _Found(day.isoformat(), (), story.today.isoformat())
    if direction in ("ago", "hence") and not story.narrative:
        anchor = story.today.isoformat() if story.today else ""
    else:
        anchor = story.anchor(unit)
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
    value = _duration_value(_amount(fields), _unit(fields))
    if "number2" in fields and "unit2" in fields:
        second = _duration_value(number_value(fields["number2"]), str(fields["unit2"]))
        value += second[1:] if "T" not in value else second[2:] if "T" in second else ""
    return _Found(value)


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
    return _Found(_duration_value(count, _unit(fields)), quant=quant, freq=freq)


def _reference(story: _Story, reading: Reading, fields: Fields) -> _Found:
    return _Found(str(fields["value"]))


_READINGS: dict[str, Callable[[_Story, Reading, Fields], _Found]] = {
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
