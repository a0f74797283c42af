"""The document creation time (DCT): the article's own date, from which relative dates are worked out.

TimeML marks it with `functionInDocument="CREATION_TIME"`. It is searched for in the text, the most reliable
places first, then in the file's name. The file's modification time is only suggested, and never used unless
a person accepts it.
"""

import re
from datetime import date, datetime
from pathlib import PurePath
from typing import Literal

from msgspec import Struct

from annotations.dates.document_language import ENGLISH
from annotations.model.errors import AnnotateError

CreationTimeOrigin = Literal[
    "TimeML", "front matter", "dateline", "file name", "given", "column", "file date"
]


class CreationTime(Struct, frozen=True):
    """The article's own date and where it was found.

    `value` is an ISO 8601 date, or a date and time. `start` and `end` are where it is in the text, in code
    points, end exclusive; `None` when it came from elsewhere.
    """

    value: str
    origin: CreationTimeOrigin
    start: int | None = None
    end: int | None = None

    @property
    def trusted(self) -> bool:
        """Whether relative dates may be worked out from it.

        The time when a file was last changed says little about the date of its article. Such a date is only
        suggested, and is used only after a person has accepted it (then its origin is `given`).
        """
        return self.origin != "file date"

    @property
    def day(self) -> date:
        """The calendar day."""
        return date.fromisoformat(self.value[:10])


_HEAD = 2000
"""How much of the beginning of a text is searched for a dateline, in code points."""
_HEAD_PARAGRAPHS = 4
_LONGEST_DATELINE = 120
"""How many code points into a paragraph the article's date may begin at most."""

_LONGEST_DATE = 60
_DAY = len("2021-04-08")
_A_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")

# `_TIMEML` and `_FIELD` are large. They are compiled only with the first text that is searched, after it is
# on the screen; Python's `re` module keeps the compiled forms.
_TIMEML = (
    r"""<TIMEX3\b(?=[^>]{0,500}functionInDocument\s{0,3}=\s{0,3}["'](?:CREATION|PUBLICATION)_TIME["'])"""
    r"""[^>]{0,500}?\bvalue\s{0,3}=\s{0,3}["']([^"']{4,40})["']"""
)
_ISO = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
_FRONT_MATTER = re.compile(r"\ufeff?\s{0,20}(?:---|\+\+\+)[ \t]{0,20}\r?\n")
_FIELD = (
    r"(?im)^\ufeff?[ \t]{0,8}[\"']?(?:date|published|publication[ _-]?date|date[ _-]?published|pub[ _-]?date"
    r"|created|updated|dateline|posted|fecha)[\"']?[ \t]{0,8}"
    r"(?:[:=][ \t]{0,8}|(?:on|at)?[ \t]{1,8})[\"']?(?P<date>[^\r\n\"']{6,60})"
)
_PLAIN_ISO = re.compile(rf"(?<![\w/.-]){_ISO}(?![\w-])")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def find_creation_time(
    text: str, path: str = "", modified: datetime | None = None, language: str = ""
) -> CreationTime | None:
    """The article's own date and where it was found, or `None` when nothing gives it.

    The places are tried in this order: a TimeML creation time, front matter (`date: 2021-04-08`), a
    dateline near the top (an ISO or written date, as in `date 2021-04-08` or `LONDON, March 3, 2021 —`),
    the file's name or folder (`2021-04-08-talks.txt`). `modified` is when the file was last changed: when
    nothing else is found, it is returned with the origin `file date`, which `resolve` does not use. A date
    in words is read in the language with the code `language`, else in English; without a code, in any
    language that has rules.
    """
    found = _in_timeml(text) or _in_front_matter(text, language)
    found = found or _in_dateline(text, language) or _in_name(path)
    if found is None and modified is not None:
        return CreationTime(modified.date().isoformat(), "file date")
    return found


def parse_creation_time(text: str) -> CreationTime:
    """The article's date as a user types it: `2021-04-08`, `8 April 2021`, `April 8, 2021`.

    Raises `AnnotateError` for anything that is not one day of the calendar.
    """
    value = _one_date(text.strip())
    if value is None:
        raise AnnotateError(
            f"{text.strip()!r} is not a date; write it as year-month-day, such as 2021-04-08."
        )
    return CreationTime(value, "given")


def creation_time_in_column(written: str) -> CreationTime | None:
    """The article's date from a column of a table; of a moment with fractions of a second, only the day.

    `None` for text that does not give a day of the calendar.
    """
    value = _one_date(written.strip()) or _one_date(written.strip()[:_DAY])
    return CreationTime(value, "column") if value else None


def _in_timeml(text: str) -> CreationTime | None:
    match = re.compile(_TIMEML).search(text, 0, 20_000)
    value = _one_date(match[1]) if match else None
    return CreationTime(value, "TimeML", match.start(1), match.end(1)) if match and value else None


def _in_front_matter(text: str, language: str) -> CreationTime | None:
    opening = _FRONT_MATTER.match(text)
    if opening is None:
        return None
    fence = text[opening.start() : opening.end()].strip("\ufeff \t\r\n")
    closing = text.find("\n" + fence, opening.end(), opening.end() + 10_000)
    if closing < 0:
        return None
    match = re.compile(_FIELD).search(text, opening.end(), closing + 1)
    if match is None:
        return None
    return _written(text, match.start("date"), match.end("date"), "front matter", language=language)


def _in_dateline(text: str, language: str) -> CreationTime | None:
    head = text[:_HEAD]
    for match in re.compile(_FIELD).finditer(head):
        begin, end = match.span("date")
        found = _written(text, begin, end, "dateline", first_only=True, language=language)
        if found:
            return found
    start = 0
    for _ in range(_HEAD_PARAGRAPHS):
        gap = re.compile(r"(?:\r?\n|\r)\s*").search(head, start)
        end = gap.start() if gap else len(head)
        found = _written(text, start, end, "dateline", reach=_LONGEST_DATELINE, language=language)
        if found and _is_separate(text, start, end, found):
            return found
        if gap is None:
            return None
        start = gap.end()
    return None


def _is_separate(text: str, start: int, end: int, found: CreationTime) -> bool:
    """Whether a date stands alone in its line and is not part of a sentence.

    Either the line is short, and the date begins it or follows a place, a by-line or a sign; or a dash, a
    colon or a bracket follows the date, which begins the line or follows a place in capitals; or the line
    begins with a date such as `2021-04-08`.
    """
    begins, ends = found.start or start, found.end or start
    before, after = text[start:begins].strip(), text[ends:end].strip()
    if len(before) + len(after) <= 60 and not re.search(r"[.!?]\s", before + " " + after):
        words = re.findall(r"[^\W\d_]+", before)
        return (
            not before or before[-1] in ",-–—|(:·•/" or all(w.isupper() or w[0].isupper() for w in words)
        )
    place = re.fullmatch(r"[^\W\d_][^\d]{0,50}[,(–—-]?", before) and before.split(",")[0].isupper()
    return bool((not before or place) and re.match(r"[-–—):|(]", after)) or (
        not before and found.value[:10] == text[begins : begins + 10]
    )


def _written(
    text: str,
    start: int,
    end: int,
    origin: CreationTimeOrigin,
    first_only: bool = False,
    reach: int = 10**9,
    language: str = "",
) -> CreationTime | None:
    """The first full date between two offsets of a text, in figures or in words of the language or of
    English; without a language, in words of any language that has rules."""
    from annotations.dates.language import languages, load_language
    from annotations.dates.reading import date_readings

    iso = _PLAIN_ISO.search(text, start, min(end, start + reach))
    if iso and (value := _iso(iso[0])):
        return CreationTime(value, origin, iso.start(), iso.end())
    line = text[start : min(end, start + reach + _LONGEST_DATE)]
    if not _A_YEAR.search(line):
        return None
    codes = (language, ENGLISH) if language else (ENGLISH, *languages())
    for code in dict.fromkeys(code for code in codes if code in languages()):
        for reading in date_readings(line, load_language(code)):
            fields = reading.fields
            year, month, day = fields.year, fields.month, fields.day
            if year is not None and month is not None and day is not None and reading.start <= reach:
                value = _calendar_day(int(year), month, int(day))
                if value:
                    return CreationTime(value, origin, start + reading.start, start + reading.end)
            if first_only:
                break
    return None


def _in_name(path: str) -> CreationTime | None:
    if not path or path == "-":
        return None
    for part in reversed(PurePath(path).parts[-4:]):
        match = _IN_NAME.search(part)
        value = _calendar_day(int(match[1]), int(match[3]), int(match[4])) if match else None
        if value:
            return CreationTime(value, "file name")
    folders = re.search(
        r"(?:^|[/\\])((?:19|20)\d\d)[/\\](0?[1-9]|1[0-2])[/\\](0?[1-9]|[12]\d|3[01])(?:[/\\]|$)", path
    )
    value = _calendar_day(*(int(g) for g in folders.groups())) if folders else None
    return CreationTime(value, "file name") if value else None


def _one_date(text: str) -> str | None:
    if value := _iso(text):
        return value
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    if compact:
        return _calendar_day(*(int(g) for g in compact.groups()))
    if not text or len(text) > 80:
        return None
    found = _written(text, 0, len(text), "given")
    return found.value if found and (found.start, found.end) == (0, len(text)) else None


def _iso(text: str) -> str | None:
    if not re.fullmatch(_ISO, text):
        return None
    try:
        datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        return None
    return text.replace(" ", "T")


def _calendar_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


__all__ = [
    "CreationTime",
    "CreationTimeOrigin",
    "creation_time_in_column",
    "find_creation_time",
    "parse_creation_time",
]
