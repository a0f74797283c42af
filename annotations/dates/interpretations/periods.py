"""Weeks, months, years and other periods by their place beside another one."""

from annotations.dates.calendar_value import Unit, add, first_day, shift, value_of
from annotations.dates.discourse import Story
from annotations.dates.interpretations.resolution import Found
from annotations.dates.interpretations.years import STEPS, stated_year
from annotations.dates.language import Fields
from annotations.dates.reading import Reading

CALENDAR_UNITS = ("D", "W", "WE", "M", "Q", "Y", "DE", "CE")


def period_value(story: Story, reading: Reading, fields: Fields) -> Found:
    """A week, a month, a year and the like by its place: "last week", "the following year"."""
    unit: Unit = fields.get("period") or fields["unit"]
    mod = str(fields.get("later") or fields.get("bound") or "")
    if unit not in CALENDAR_UNITS:
        return Found("", mod=mod)
    if "beside" in fields:
        words = story.text[reading.start : reading.end].lower()
        earlier = any(words.endswith(w) for w in story.language.settings["earlier_words"])
        return _told(story, -1 if earlier else 1, unit, mod)
    if "told" in fields:
        found = _told(story, STEPS[fields["told"]], unit, mod)
        year, told = stated_year(story, fields), first_day(found.value)
        if year and told:
            found.value = shift(found.value, year - told.year, "Y")
        return found
    if story.today is None:
        return Found("", mod=mod)
    which = fields.get("which")
    anchor = story.today.isoformat()
    if story.narrative and which != "near":
        return _told(story, STEPS.get(str(which), 0), unit, mod)
    if which == "near" and unit == "WE":
        future = story.direction(reading) == "future" or story.today.isoweekday() >= 6
        step = 0 if future else -1
        value = shift(anchor, step, unit)
        return Found(value, (shift(anchor, -1 - step, unit),), anchor, mod=mod)
    step = STEPS.get(str(which), 0)
    value = shift(anchor, step, unit)
    if (
        unit == "WE"
        and step == 0
        and story.today.isoweekday() < 4
        and story.direction(reading) == "past"
    ):
        value = shift(anchor, -1, unit)
    return Found(value, (), anchor, mod=mod)


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
