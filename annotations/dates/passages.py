"""Which passages of a text are narrative, that is, about times far from the text's own date.

In such a passage a month without a year belongs to the year that the passage names. News can tell of
old times in one paragraph, and a history can end with events of the coming month, so each paragraph and
each sentence is decided by itself. Counting from the text's own date in news, and from the dates named
in a narrative, is the idea of HeidelTime's two strategies (Strötgen and Gertz, "Multilingual and
cross-domain temporal tagging", 2013).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Literal

from annotations.dates.reading import DateReading
from annotations.text.segmentation import PARAGRAPH_END

_FAR_YEARS = 1
_DATES_OF_A_NARRATIVE = 5
_DATES_OF_A_PASSAGE = 3
_WEIGHT = 3
"""A weekday, "yesterday" or "years ago" counts like this many years near the text's own date."""
_SENTENCE_END = re.compile(r"[.!?][\"”’)]{0,2}\s{1,3}(?=[\"“‘(]?[^\W\d_a-z])|\n")


PassageTime = Literal["narrative", "article", ""]
"""Whether a passage is narrative or about the article's own time; empty for neither."""


class Passages:
    """The narrative passages of a text, found from its date expressions and the article's date `today`."""

    def __init__(self, text: str, readings: Sequence[DateReading], today: date | None) -> None:
        self.whole = is_narrative(readings, today)
        """Whether the text as a whole is narrative."""
        self._starts: list[int] = []
        self._times: list[PassageTime] = []
        if today is None or not any(_is_far(reading, today) for reading in readings):
            return
        paragraphs = [m.start() for m in PARAGRAPH_END.finditer(text)]
        sentences = [m.end() for m in _SENTENCE_END.finditer(text)]
        for _, group in groupby(readings, lambda r: bisect_right(paragraphs, r.start)):
            in_paragraph = list(group)
            narrative = self.whole or _is_passage(in_paragraph, today)
            self._starts.append(in_paragraph[0].start)
            self._times.append("narrative" if narrative else "")
            self._mark_sentences(in_paragraph, sentences, today)

    def _mark_sentences(
        self, readings: Sequence[DateReading], sentences: list[int], today: date
    ) -> None:
        """Mark sentences about the article's own time, and what follows them up to the next far year."""
        otherwise = self._times[-1]
        for _, group in groupby(readings, lambda r: bisect_right(sentences, r.start)):
            in_sentence = list(group)
            if any(map(starts_from_article, in_sentence)):
                self._starts.append(in_sentence[0].start)
                self._times.append("article")
            elif far := next((r for r in in_sentence if _is_far(r, today)), None):
                self._starts.append(far.start)
                self._times.append(otherwise)

    def time_at(self, start: int) -> PassageTime:
        """Whether the passage at an offset is narrative or about the article's own time; empty for neither."""
        place = bisect_right(self._starts, start)
        return self._times[place - 1] if place else "narrative" if self.whole else ""


def is_narrative(readings: Sequence[DateReading], today: date | None) -> bool:
    """Whether a whole text is about times far from its own date."""
    count = _counts(readings, today)
    return count["far"] >= _DATES_OF_A_NARRATIVE and count["far"] > count["near"]


def _is_passage(readings: Sequence[DateReading], today: date) -> bool:
    """Whether a paragraph is narrative in a text that as a whole is not."""
    return sum(_is_far(reading, today) for reading in readings) >= _DATES_OF_A_PASSAGE


def _counts(readings: Sequence[DateReading], today: date | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    for reading in readings:
        year = reading.fields.year
        if isinstance(year, int) and reading.rule.read == "calendar":
            counts["far" if _is_far(reading, today) else "near"] += 1
        elif reading.rule.read in ("weekday", "dayword") or reading.fields.direction == "ago":
            counts["near"] += _WEIGHT
    return counts


def _is_far(reading: DateReading, today: date | None) -> bool:
    year = reading.fields.year
    if not isinstance(year, int) or reading.rule.read != "calendar":
        return False
    return today is None or abs(year - today.year) > _FAR_YEARS


def starts_from_article(reading: DateReading) -> bool:
    """Whether an expression is counted from the article's own date, whatever passage it is in."""
    fields = reading.fields
    if fields.which in ("last", "this", "next"):
        return fields.period not in ("D", "DE", "CE")
    return (
        bool(fields.dayword)
        or fields.year_which is not None
        or fields.week_which is not None
        or fields.direction in ("ago", "hence")
        or (reading.rule.read == "weekday" and fields.relation is None)
    )
