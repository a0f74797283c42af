"""Time stamps of subtitles, transcripts and chats: they are marks in the file, not times that its text names.

Where a text has many of one form, they are not suggested as dates, and a person is asked about all of them at once.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from annotations.dates.scheme import Stamp
from annotations.text.text_range import Range

_LEAST = 12
"""At least this many times of day at the beginning of lines are time stamps."""
_CLOCK = re.compile(
    r"[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?(?P<part>[.,][0-9]{1,3})?"
    r"(?P<half>[ \u00a0\u202f]?[aApP]\.?[mM]\b\.?)?(?![0-9:])"
)
_BEFORE = re.compile(r"(?:(?:\A|[\r\n])[ \t]{0,8}[\[(<]?[ \t]?|-->[ \t]{0,4})\Z")
"""What is before a stamp: the beginning of its line, perhaps a bracket, or the arrow of a subtitle."""
_NEAR = 16


@dataclass(frozen=True, slots=True)
class StampForm:
    """The time stamps of one form that a text is full of."""

    form: Stamp
    places: tuple[Range, ...]
    """Where they are, in reading order: code points, end exclusive."""
    example: str
    """The first of them."""


class _Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def kind(self) -> str: ...


_Reading = TypeVar("_Reading", bound=_Placed)


def time_stamps(text: str, stamps: tuple[Stamp, ...] | None = None) -> tuple[StampForm, ...]:
    """The forms of time stamps that a text is full of, the most frequent first; empty where it has few.

    `0:31`, `12:05` and `1:00:10` have one form, because a talk can be longer than an hour; a stamp with
    fractions of a second, or with a.m. or p.m., has another. For a part of a document, `stamps` are the
    forms that the whole document is full of: then these count, however few are in the part.
    """
    if stamps == () or (stamps is None and text.count(":") < _LEAST):
        return ()
    return _time_stamps(text, stamps)


@lru_cache(maxsize=4)
def _time_stamps(text: str, stamps: tuple[Stamp, ...] | None) -> tuple[StampForm, ...]:
    """Cached for the last texts: the rules, the suggestions and the question to the person all need it."""
    by_form: defaultdict[Stamp, list[Range]] = defaultdict(list)
    for match in _CLOCK.finditer(text):
        start = match.start()
        if _BEFORE.search(text, max(0, start - _NEAR), start):
            by_form[match["part"] is not None, match["half"] is not None].append(match.span())
    often = [
        (form, places)
        for form, places in by_form.items()
        if (len(places) >= _LEAST if stamps is None else form in stamps)
    ]
    often.sort(key=lambda one: -len(one[1]))
    return tuple(StampForm(form, tuple(places), text[slice(*places[0])]) for form, places in often)


def stamps_of(text: str) -> tuple[Stamp, ...]:
    """The forms of time stamps that a whole document is full of."""
    return tuple(form.form for form in time_stamps(text))


def without_time_stamps(
    text: str, readings: Sequence[_Reading], stamps_of_document: tuple[Stamp, ...] | None
) -> list[_Reading]:
    """The readings, without those of the time stamps that the text or its whole document is full of."""
    stamps = all_places(time_stamps(text, stamps_of_document))
    if not stamps:
        return list(readings)
    return [r for r in readings if r.kind != "time" or not is_stamp(stamps, r.start, r.end)]


def is_stamp(stamps: Sequence[Range], start: int, end: int) -> bool:
    """Whether an extent overlaps one of the stamps, which are in reading order and do not overlap."""
    following = bisect_left(stamps, (end, end))
    return following > 0 and stamps[following - 1][1] > start


def all_places(forms: Iterable[StampForm]) -> list[Range]:
    """The places of all forms in reading order."""
    return sorted(place for form in forms for place in form.places)
