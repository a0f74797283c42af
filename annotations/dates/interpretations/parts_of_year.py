"""Seasons, quarters, halves of a year and holidays."""

from annotations.dates.calendar_value import holiday, shift, value_of
from annotations.dates.discourse import Story
from annotations.dates.interpretations.resolution import Found
from annotations.dates.interpretations.years import STEPS
from annotations.dates.language import Fields
from annotations.dates.reading import Reading


def season_value(story: Story, reading: Reading, fields: Fields, year: int | None) -> Found:
    """A season; without a year the one that tense and article point at."""
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
        step = STEPS.get(str(told or which), 0)
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


def part_of_year(story: Story, reading: Reading, unit: str, number: int, year: int | None) -> Found:
    """A quarter (`Q`) or a half (`H`) of a year."""
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


def holiday_date(story: Story, reading: Reading, fields: Fields, year: int | None) -> Found:
    """The day of a holiday."""
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
