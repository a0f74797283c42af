"""What dates need to know of the text before them: its date, the time named last, and what it is about."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from annotations.dates.calendar_value import first_day, granularity
from annotations.dates.fields import FieldName
from annotations.dates.language_tables import Language
from annotations.dates.passages import Passages, PassageTime
from annotations.dates.reading import DateReading
from annotations.dates.tense import is_to_come, tense_of
from annotations.model.value import Tense, Timex
from annotations.text.segmentation import PARAGRAPH_END
from annotations.text.text_range import Range

_OPENING = 24
"""How many code points before an expression are searched for the beginning of its sentence."""
_OPENS = re.compile(r"[.!?:;\n][^.!?;:\n\w]*$|[.!?:\n]\W*\w+\W+(?:\w+\W+)?$")
_LONGEST_PARAGRAPH = 2000
CLOSE = 25
"""How far apart two expressions can be and still share a year or a day, in code points."""
_STOP = re.compile(r"[.;:!?\n(]")


class Discourse:
    """A text, read from its beginning: the article's date, and the time that was named last."""

    def __init__(
        self,
        text: str,
        language: Language,
        today: date | None,
        readings: Sequence[DateReading],
        tenses: Mapping[Range, Tense],
    ) -> None:
        """`today` is the article's date; `tenses` are those that a pipeline found for some expressions."""
        self._stated = tenses
        self._tenses = dict(tenses)
        """The tenses that are known so far, by the place of the expression."""
        self.text = text
        self.language = language
        self.today = today
        self.reference = ""
        """The last calendar value that the text named."""
        self.reference_end = 0
        self.day_reference = ""
        """The last single day that the text named."""
        self.month_reference = ""
        """The time that gives a month without a year its year."""
        self.following: DateReading | None = None
        """The expression after the one that is being resolved."""
        self._current: DateReading | None = None
        self._time: PassageTime | None = None
        self._passages = Passages(text, readings, today)
        self.speaks_of_days = any(map(_is_of_a_near_day, readings))
        """Whether the text names days near its own date, as news does and an essay does not."""
        self.day_first = _is_day_first(readings, language)

    def enter(self, reading: DateReading, following: DateReading | None) -> None:
        """Go on to the next expression of the text; `following` is the one after it, if there is one."""
        self.following = following
        self._current = reading
        self._time = None

    @property
    def narrative(self) -> bool:
        """Whether the passage that is being resolved is about times far from the text's date."""
        return self._passage_time() == "narrative"

    @property
    def of_article(self) -> bool:
        """Whether the words around that expression show that they are about the article's own time."""
        return self._passage_time() == "article"

    def _passage_time(self) -> PassageTime:
        """What the passage is about; in a narrative, a clause about the future is about the article's time."""
        if self._time is None:
            reading = self._current
            self._time = self._passages.time_at(reading.start if reading else 0)
            asked = self._time == "narrative" and self.today is not None and reading is not None
            if asked and reading and is_to_come(self.text, reading.start, reading.end, self.language):
                self._time = "article"
        return self._time

    def name(self, reading: DateReading, timex: Timex) -> None:
        """Make a value that was given for an expression the time that was named last."""
        if first_day(timex.value) or timex.value.startswith("BC"):
            self.remember(reading, timex.value, timex.mod)
            self.reference_end = reading.end

    def remember(self, reading: DateReading, value: str, mod: str) -> None:
        """Make a value the time that was named last, and perhaps the time that gives later months their year.

        After the end of a year the next year begins. A year in the middle of a sentence changes the time for
        months only if it is the next year. In news, only a date with its month changes it, as in "on March
        3, 2019". In a narrative, a date that starts from the article's own time does not change it.
        """
        unit = granularity(value)
        if mod == "END" and unit == "Y":
            value = f"{value}-12"
        self.reference = value
        if unit == "D":
            self.day_reference = value
        if unit in ("DE", "CE") or value == self.month_reference:
            return
        # Whether the passage is narrative takes longest to find out, so that is asked last.
        fields = reading.fields
        if self._passages.whole and (fields.which is not None or not self.narrative):
            return
        if (unit not in ("D", "M") or fields.month is None) and not self.narrative:
            return
        before, new = first_day(self.month_reference), first_day(value)
        if unit in ("Y", "S", "Q", "H") and before and new and mod != "END":
            passing = not self.opens_sentence(reading.start)
            if new.year == before.year or (passing and new.year != before.year + 1):
                return
        self.month_reference = value

    def opens_sentence(self, start: int) -> bool:
        """Whether at most two words are between the beginning of the sentence and an offset."""
        before = self.text[max(0, start - _OPENING) : start]
        return start < _OPENING or _OPENS.search(before) is not None

    def direction(self, reading: DateReading) -> Tense:
        """Whether the clause of an expression is about the past or the future."""
        place = reading.start, reading.end
        if place not in self._tenses:
            self._tenses[place] = tense_of(self.text, reading, self.language)
        return self._tenses[place]

    def stated_tense(self, reading: DateReading) -> Tense | None:
        """The tense of the clause by a pipeline's tags, where it differs from the tense by the words."""
        return self._stated.get((reading.start, reading.end))

    def followed_by(self, reading: DateReading, *fields: FieldName) -> DateReading | None:
        """The next expression, if it follows closely and has all of these fields."""
        behind = self.following
        if behind is None or not behind.fields.says(*fields):
            return None
        between = self.text[reading.end : behind.start]
        return behind if len(between) <= CLOSE and not _STOP.search(between) else None

    def near_reference(self, start: int) -> bool:
        """Whether the time named last is in the same paragraph as an offset, and not too far before it."""
        between = start - self.reference_end
        if not self.reference or between > _LONGEST_PARAGRAPH:
            return False
        return not PARAGRAPH_END.search(self.text, self.reference_end, start)

    def anchor(self, unit: str) -> str:
        """The value that expressions such as "later" and "the next" start from, for a unit; days and
        shorter units start from a day."""
        today = self.today.isoformat() if self.today else ""
        if unit not in ("D", "H", "MIN", "S"):
            return self.reference or today
        return self.day_reference or today

    def anchor_day(self) -> date | None:
        """The day that relative expressions in a narrative start from."""
        return None if self.reference.startswith("BC") else first_day(self.reference) or self.today


def _is_of_a_near_day(reading: DateReading) -> bool:
    return (
        reading.rule.read == "weekday"
        or bool(reading.fields.dayword)
        or (reading.rule.read == "time of day" and reading.fields.part is None)
    )


def _is_day_first(readings: Sequence[DateReading], language: Language) -> bool:
    """Whether dates such as `03/04/2020` begin with the day, as the text itself shows (`25/12/2020` can
    only begin with it), else as is usual in the language."""
    for reading in readings:
        if reading.rule.read == "slash":
            first, second = reading.fields.first or 0, reading.fields.second or 0
            if (first > 12) != (second > 12):
                return first > 12
    return language.settings.first_in_slash_date == "day"
