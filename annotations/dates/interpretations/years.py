"""The year an expression says, or the one a month without a year belongs to."""

from datetime import date

from annotations.dates.calendar_value import first_day, granularity
from annotations.dates.discourse import BREATH, Story
from annotations.dates.interpretations.resolution import Found
from annotations.dates.language import Fields
from annotations.dates.reading import Reading
from annotations.dates.tokens import number_value

STEPS = {
    "before last": -2,
    "last": -1,
    "this": 0,
    "next": 1,
    "previous": -1,
    "same": 0,
    "following": 1,
}


_JUST = 1
"""How many months off a day is so near that it is meant, whatever the tense beside it."""


_YEAR_TURNS = 8
"""How many months back in the calendar means the next year of a narrative."""


def stated_year(story: Story, fields: Fields) -> int | None:
    """The year that an expression says, in figures or as "last year", or `None`."""
    if "year" in fields:
        year = int(number_value(fields["year"]))
        return full_year(year, story.today) if year < 100 else year
    if "shortyear" in fields:
        short = int(number_value(fields["shortyear"]))
        return _second_year(story, short) if "range" in fields else full_year(short, story.today)
    if "year_which" in fields and story.today:
        return story.today.year + STEPS[fields["year_which"]]
    if "year_told" in fields:
        anchor = story.anchor_day()
        return anchor.year + STEPS[fields["year_told"]] if anchor else None
    return None


def full_year(short: int, today: date | None) -> int:
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


def decade_value(story: Story, fields: Fields) -> Found:
    """A decade; without its century it is the last one that has begun."""
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


def year_of_month(
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
