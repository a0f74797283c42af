"""What the parts of a date expression mean: the fields that the tables of every language fill.

"last June 12" is month 6, day 12 and `which` "last", in any language. A field that the expression does
not have is `None`.
"""

from typing import Literal, TypeVar

from msgspec import Struct

Number = int | float
Which = Literal["before last", "last", "this", "next", "after next", "near"]
"""A position relative to the article's date; with "near" the verb decides between the last and the next."""
Relation = Literal["previous", "same", "following"]
"""A position relative to the time that the text named last, as in "the following year"."""
TimeDirection = Literal["ago", "earlier", "later", "hence"]
"""The direction in which a length of time is counted: "ago" and "hence" from the article's date, the others
from the time that the text named last."""
FieldName = Literal["year", "month", "day", "weekday", "dayword"]
"""The fields that one expression looks for in another."""
HALF: Literal["H"] = "H"
"""The `period` that means half a year."""
FieldValue = str | int | float | bool
Meaning = dict[str, FieldValue | dict[str, str]]
"""What a token can mean, by class; for a token that is recognised by its form, its parts by name."""

_Said = TypeVar("_Said")


class Fields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What one expression means, as its rule reads it."""

    year: Number | None = None
    """With its century; a year below 100 is without it."""
    shortyear: Number | None = None
    """A year without its century."""
    year_which: Which | None = None
    year_relation: Relation | None = None
    fiscal: bool = False
    era: Literal["BC", "AD"] | None = None
    century: Number | None = None
    """Its number: 19 for the 19th century."""
    hundreds: Number | None = None
    """The first two digits of the years of a decade."""
    decade: int | None = None
    """The third digit of the years of a decade."""
    halfyear: Number | None = None
    latter: Number | None = None
    """Set for the second of two halves."""
    quarter: Number | None = None
    season: Literal["SP", "SU", "FA", "WI"] | None = None
    holiday: str | None = None
    """A day as `calendar_value.holiday` reads it."""

    month: int | None = None
    yearday: int | None = None
    """A day counted from the beginning of its year."""
    week: Number | None = None
    """A week counted from the beginning of its year, as ISO 8601 does."""
    day: Number | None = None
    """A day of a month; -1 is the last one."""
    weekday: int | None = None
    """1 is Monday."""
    nth: Number | None = None
    """Which weekday or week of the month, such as 2 for the second; -1 is the last one."""
    dayword: int | None = None
    """How many days after the article's own date; negative before it."""
    beside_weekday: int | None = None
    """A weekday before or after the day that is named: "the Sunday before Christmas"."""
    range: Literal["first", "last"] | None = None
    """Which end of a range the expression is."""
    granularity: Literal["W", "Q"] | None = None
    """The unit that contains the day and is meant instead of it."""
    first: int | None = None
    """The first number of a date in figures, which can be the day or the month."""
    second: int | None = None
    """The second number of a date in figures, or the seconds of a clock."""
    sign: str | None = None
    """The sign between the numbers of a date in figures."""

    hour: Number | None = None
    hour12: Number | None = None
    """An hour of a twelve-hour clock."""
    minute: Number | None = None
    """Negative for minutes before the hour."""
    meridiem: str | None = None
    """Begins with "a" or "p"."""
    noon: str | None = None
    """The time of noon or midnight by the clock, such as `12:00`."""
    part: str | None = None
    """A part of the day: `MO`, `MI`, `AF`, `EV`, `NI`."""
    zone: str | None = None

    which: Which | None = None
    relation: Relation | None = None
    week_which: Which | None = None
    """Which week a weekday is in."""
    period: str | None = None
    """The unit of a period of the calendar, such as the week in "last week"."""
    beside: bool = False
    """Set for a period "before" or "after"; the text shows which."""
    edge: str | None = None
    """TIMEX3 `mod` of "early", "mid" and "late"."""
    later: str | None = None
    """TIMEX3 `mod` of "earlier this …" and "later this …"."""
    bound: str | None = None
    """TIMEX3 `mod` of "the beginning of", "the end of"."""

    number: Number | None = None
    number2: Number | None = None
    low: Number | None = None
    """The lower of two numbers: "two to three years"."""
    half: Number | None = None
    """The part of a unit that is added: .5 for "and a half"."""
    vague: str | None = None
    """Set where the number is left open: "a few years"."""
    unit: str | None = None
    """The unit in the singular: `D`, or with a number, `2W`."""
    plural: str | None = None
    """The unit in the plural."""
    unit2: str | None = None
    long: str | None = None
    """A length in one word, such as `1M` for "monthlong"."""
    about: str | None = None
    """TIMEX3 `mod` of "about", "nearly" and the like."""
    direction: TimeDirection | None = None
    times: Number | None = None
    """How many times in each unit."""
    quant: str | None = None
    """TIMEX3 `quant`."""
    always: str | None = None
    """The time after which something happens again, given in one word: "weekly"."""
    value: str | None = None
    """The TIMEX3 value itself: `PAST_REF`."""

    def says(self, *names: FieldName) -> bool:
        """Whether the expression has all of these fields."""
        return all(getattr(self, name) is not None for name in names)


FIELD_NAMES = frozenset(Fields.__struct_fields__)


def required(value: _Said | None) -> _Said:
    """The value of a field that this kind of expression must have.

    Raises `ValueError` when the rule has not filled it.
    """
    if value is None:
        raise ValueError("a part of the expression is missing")
    return value
