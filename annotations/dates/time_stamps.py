"""Time stamps of subtitles, transcripts and chats: they are marks of the file, no times of its text."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

_LEAST = 12
"""From how many on clocks at the beginning of lines are stamps."""
_LINE_BEGINS = re.compile(r"(?:^|[\r\n])[ \t]{0,8}[\[(<]?[ \t]?(?:\d{1,2}:)?$")
_ARROW = re.compile(r"-->[ \t]{0,4}(?:\d{1,2}:)?$")
_NEAR = 16


class _Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def kind(self) -> str: ...


_Reading = TypeVar("_Reading", bound=_Placed)


def without_time_stamps(text: str, readings: Sequence[_Reading]) -> list[_Reading]:
    """The readings without the times that lines begin with, where there are many of these."""
    stamps = {id(r) for r in readings if r.kind == "time" and _is_stamp(text, r.start)}
    return [r for r in readings if len(stamps) < _LEAST or id(r) not in stamps]


def _is_stamp(text: str, start: int) -> bool:
    left = text[max(0, start - _NEAR) : start]
    return bool(_LINE_BEGINS.search(left) or _ARROW.search(left)) and (
        start <= _NEAR or len(left) == _NEAR
    )
