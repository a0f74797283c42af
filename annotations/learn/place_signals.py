"""Stretches of text where there may be a name that nobody suggested, and the signals that there is one.

These are what a pipeline thought possible and did not suggest (its second reading), runs of words with
capitals, and words that the person labelled elsewhere. This module runs no pipeline. Offsets are code
points, 0-based, end exclusive.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Literal, get_args

import regex
from msgspec import Struct

from annotations.learn.memory import BEGINNING, Memory, logit
from annotations.model.span import Span
from annotations.text import segmentation
from annotations.text.text_range import Range

PlaceSignal = Literal[
    "always",
    "beginning",
    "second reading",
    "in mid-sentence",
    "begins a sentence",
    "several words",
    "capitals only",
    "small elsewhere",
    "capital inside",
    "capitals around",
    "without capitals",
    "known",
    "against",
]
PLACE_SIGNALS: tuple[PlaceSignal, ...] = get_args(PlaceSignal)
WITHOUT_CAPITALS = PLACE_SIGNALS.index("without capitals")
NO_NAMES = frozenset(
    (
        *(
            "I",
            "Mr",
            "Mrs",
            "Ms",
            "Dr",
            "The",
            "A",
            "An",
            "In",
            "On",
            "At",
            "It",
            "He",
            "She",
            "We",
            "They",
        ),
        *("But", "And", "Or", "If", "This", "That", "These", "Those", "For", "From", "By", "Of", "To"),
        *("As", "With", "No", "Yes", "AM", "PM"),
    )
)
"""English words that are written with a capital and are no names by themselves."""
MOST_WORDS = 6
"""How many words a known name has at most."""
SHORT = 3
"""Words in small letters that have at most this many letters do not count as a known acronym."""
_REACH = 20_000
"""How far to each side the same words without capitals are searched for."""
_BEFORE = 8
"""How much of the text before is read to find whether a sentence begins."""
_BEHIND = 200
"""How far after a range a name that begins in it may end."""
_RUN = (
    r"(?<![\p{L}\p{N}@#/.])\p{Lu}[\p{L}\p{M}\p{N}’']*+"
    r"(?:[ \-](?:(?:of|the|de|al|bin|and|for) )?\p{Lu}[\p{L}\p{M}\p{N}]*+)*+"
)
_SENTENCE_BEGINS = r"[.!?…:]['\"”’)]*\s+$|\n\s*[“\"'(]*$|^[“\"'(\s]*$|[“\"‘'(]$|[•\-–—*]\s*$"
_FIRST_LETTERS = r"(?<![\p{L}\p{N}'’])\p{L}(?=\p{L}{2})"
_BESIDE = 60
_FEW = 4
_CAPITAL_INSIDE = r"\p{Ll}\p{Lu}|\d"
_MID_SENTENCE = r"(?<=[\p{Ll},] )\p{L}\p{Ll}"
_LEAST_WORDS = 40
_MOST_CAPITALS = 0.25
"""If more of the words inside sentences have capitals, as in German, capitals say nothing about names."""


class PossibleName(Struct, frozen=True):
    """A stretch of text that may be a name."""

    start: int
    end: int
    fixed: tuple[float, ...]
    """All signals but the last two, which come from what the person decided."""
    read_as: str = ""
    """The pipeline's label for it in its second reading."""
    beginning: float = 0.0
    """How likely the pipeline thought it that a name begins there."""


def all_signals(words: str, fixed: tuple[float, ...], memory: Memory) -> tuple[float, ...]:
    """The signals of a stretch with these words after the decisions so far, in the order of `PLACE_SIGNALS`."""
    _, times, against = memory.known_as(words)
    return (*fixed, math.log1p(times), math.log1p(against + memory.passed_over(words)))


class PossibleNames:
    """Finds the possible names in one text.

    `second_readings` is what a pipeline thought possible and did not suggest; more may be added to it. `label_for`
    gives their labels in the project, or `None` if the project has none for them.
    """

    def __init__(
        self, text: str, second_readings: Sequence[Span], label_for: Callable[[str], str | None]
    ) -> None:
        self._text = text
        self._second_readings = second_readings
        self._label_for = label_for
        self._second: dict[Range, tuple[str, float]] = {}
        self._number_read = 0
        self._small: dict[str, bool] = {}
        self._names: dict[Range, PossibleName] = {}
        self._capitals_tell: bool | None = None

    def within(self, start: int, end: int, memory: Memory, language: str = "") -> Iterator[PossibleName]:
        """The stretches that begin in a range, in reading order; some may overlap each other.

        Words are read as words of the `language` with this code.
        """
        found = {place for place in self._read() if start <= place[0] < end}
        found.update(self._runs(start, end), self._known(start, end, memory, language))
        for place in sorted(found):
            yield self.at(place)

    def at(self, place: Range) -> PossibleName:
        """One stretch of text with its signals."""
        self._read()
        known = self._names.get(place)
        if known is None:
            known = self._names[place] = self._name_at(place)
        return known

    def _name_at(self, place: Range) -> PossibleName:
        start, end = place
        signals: dict[PlaceSignal, float] = {"always": 1.0}
        label, beginning = self._read().get(place, ("", 0.0))
        if label:
            signals |= {"beginning": logit(beginning, 0.01) / 4, "second reading": 1.0}
        words = self._text[start:end]
        if words == words.lower():
            signals["without capitals"] = 1.0
        else:
            signals |= self._capitals(place)
        fixed = tuple(signals.get(name, 0.0) for name in PLACE_SIGNALS[:-2])
        return PossibleName(start, end, fixed, label, beginning)

    def beside(self, place: Range) -> Range:
        """The possible name at a name that was labelled: the first that overlaps it, otherwise its own range."""
        start, end = place
        line = max(0, self._text.rfind("\n", 0, start) + 1, start - _BEHIND)
        others = (*self._read(), *self._runs(line, end))
        return next((one for one in others if one[0] < end and start < one[1]), place)

    @property
    def number_read(self) -> int:
        """How many second readings there are now."""
        return len(self._second_readings)

    def _read(self) -> dict[Range, tuple[str, float]]:
        """The second readings so far: labels, and how likely the pipeline thought each, by extent."""
        if len(self._second_readings) < self._number_read:
            self._second, self._number_read = {}, 0
        if len(self._second_readings) != self._number_read:
            self._names.clear()
        for span in self._second_readings[self._number_read :]:
            label = self._label_for(span.label)
            if label is not None:
                self._second.setdefault((span.start, span.end), (label, span.score or 0.0))
        self._number_read = len(self._second_readings)
        return self._second

    def _runs(self, start: int, end: int) -> Iterator[Range]:
        for match in _compiled(_RUN).finditer(self._text, start, min(len(self._text), end + _BEHIND)):
            if match.start() >= end:
                return
            if match[0] not in NO_NAMES:
                yield match.span()

    def _capitals(self, place: Range) -> dict[PlaceSignal, float]:
        start, end = place
        words = self._text[start:end]
        begins = bool(_compiled(_SENTENCE_BEGINS).search(self._text[max(0, start - _BEFORE) : start]))
        return {
            "in mid-sentence": float(not begins and self._capitals_say_something()),
            "begins a sentence": float(begins),
            "several words": float(" " in words),
            "capitals only": float(words.isupper() and len(words) > 1),
            "small elsewhere": float(self._is_small_elsewhere(words.lower(), start)),
            "capital inside": float(bool(_compiled(_CAPITAL_INSIDE).search(words))),
            "capitals around": self._capitals_around(place),
        }

    def _capitals_around(self, place: Range) -> float:
        """The share of words with capitals among those beside it in its line: headings say nothing about names."""
        start, end = place
        before = self._text[max(0, start - _BESIDE) : start].rpartition("\n")[2]
        following = self._text[end : end + _BESIDE].partition("\n")[0]
        firsts: list[str] = _compiled(_FIRST_LETTERS).findall(f"{before} {following}")
        return sum(letter.isupper() for letter in firsts) / max(len(firsts), _FEW)

    def _capitals_say_something(self) -> bool:
        """Whether capitals inside sentences are mostly names here."""
        if self._capitals_tell is None:
            words = _compiled(_MID_SENTENCE).findall(self._text[:_REACH])
            capitals = sum(word[0].isupper() for word in words)
            self._capitals_tell = len(words) < _LEAST_WORDS or capitals <= _MOST_CAPITALS * len(words)
        return self._capitals_tell

    def _is_small_elsewhere(self, words: str, near: int) -> bool:
        known = self._small.get(words)
        if known is None:
            known = _has_word(self._text[max(0, near - _REACH) : near + _REACH], words)
            self._small[words] = known
        return known

    def _known(self, start: int, end: int, memory: Memory, language: str) -> Iterator[Range]:
        """Words that the person labelled elsewhere, the longest ones."""
        limit = min(len(self._text), end + _BEHIND)
        words = list(segmentation.words(self._text, start, limit, language))
        place = 0
        while place < len(words) and words[place][0] < end:
            first, number = words[place][0], 1
            if not memory.may_know(self._text[first : first + BEGINNING]):
                place += 1
                continue
            for last in range(min(len(words), place + MOST_WORDS) - 1, place - 1, -1):
                said = self._text[first : words[last][1]]
                # Words are remembered without regard to case, but `is` is not IS.
                short = said.islower() and len(said) <= SHORT
                if not short and memory.known_as(said)[0]:
                    yield first, words[last][1]
                    number = last - place + 1
                    break
            place += number


def _has_word(text: str, words: str) -> bool:
    """Whether a text has these words as whole words."""
    found = text.find(words)
    while found >= 0:
        end = found + len(words)
        if not (text[found - 1 : found].isalpha() or text[end : end + 1].isalpha()):
            return True
        found = text.find(words, end)
    return False


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)
