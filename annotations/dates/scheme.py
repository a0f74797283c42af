"""Which kinds of expressions of time a project marks, and in which language a document is read.

Projects differ in what they mark: TimeML marks everything that says when or how long. News desks mark
what lies in the calendar, but not ages, "now" and words such as "monthly".
"""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

DateKind = Literal["date", "time", "duration", "set", "age", "now", "adjective"]
"""A place in the calendar; a time of day; a length of time; a time that recurs; an age; the present, past or
future as such ("now", "recently"); an adjective or adverb of frequency ("monthly")."""
DATE_KINDS: tuple[DateKind, ...] = get_args(DateKind)
Stamp = tuple[bool, bool]
"""The form of a time stamp: whether it has fractions of a second, and a.m. or p.m."""
SchemeName = Literal["timex3", "news"]
SCHEMES: Mapping[SchemeName, frozenset[DateKind]] = {
    "timex3": frozenset(DATE_KINDS),
    "news": frozenset(DATE_KINDS) - {"age", "now", "adjective"},
}
"""The kinds that each scheme marks."""
DEFAULT_SCHEME: SchemeName = "news"


class DateSettings(Struct, frozen=True):
    """How the dates of one document are to be read."""

    language: str = ""
    """The code of its language; empty for that of the pipeline, or English without one."""
    kinds: frozenset[DateKind] = SCHEMES[DEFAULT_SCHEME]
    """The kinds that are marked."""
    stamps: tuple[Stamp, ...] | None = None
    """The forms of time stamps that the document is full of; `None`: find them in the text that is read."""


DEFAULT_DATES = DateSettings()
