"""A text cut into tokens: what each can mean, by the tables of a language."""

import re
from dataclasses import dataclass

from annotations.dates.digits import digit_classes
from annotations.dates.fields import FieldValue, Meaning, Number
from annotations.dates.language_tables import OTHER, Language


@dataclass(frozen=True, slots=True)
class DateTokens:
    """A text as the rules see it: one character of the language's alphabet for each token."""

    starts: list[int]
    ends: list[int]
    meanings: list[Meaning]
    """What each token means, by class."""
    characters: str


_NOTHING: Meaning = {}
_BEFORE_A_SENTENCE = frozenset(("", ".", "!", "?", ":", '"', "“", "‘", "—", "-", "("))


def tokenise(text: str, language: Language) -> DateTokens:
    """Cut a text into tokens and look up what they can mean.

    Of a run of tokens that mean nothing one stands for all.
    """
    starts: list[int] = []
    ends: list[int] = []
    meanings: list[Meaning] = []
    words: list[str] = []
    last = 0
    previous = ""
    idle = False
    for match in language.token.finditer(text):
        start, end = match.span()
        if start - last > 1 and is_paragraph_break(text[last:start]):
            previous = ""
            if not idle:
                starts.append(last)
                ends.append(last)
                meanings.append(_NOTHING)
                words.append("")
                idle = True
        kind = match.lastgroup
        word = match[0]
        if kind == "word" or kind == "letters":
            lower = word.lower()
            meaning = _meaning_of_word(word, lower, previous, language)
            if lower in language.dotted and text.startswith(".", end):
                end += 1
        elif kind == "digits":
            lower = word
            meaning = dict.fromkeys(digit_classes(word), int(word) if len(word) < _MOST_DIGITS else 0)
        elif kind is None:
            if last > start:
                continue
            lower = "-" if word in _HYPHENS else word
            meaning = language.words.get(lower, _NOTHING)
        else:
            lower = word.lower().replace("’", "'")
            meaning = _meaning_of_shape(match, kind, language)
        last = end
        previous = lower
        if not meaning and lower not in language.phrase_words:
            if idle:
                continue
            idle = True
        else:
            idle = False
        starts.append(start)
        ends.append(end)
        meanings.append(meaning)
        words.append(lower)
    return _merge(DateTokens(starts, ends, meanings, ""), words, language)


def _meaning_of_word(word: str, lower: str, previous: str, language: Language) -> Meaning:
    meaning = language.words.get(lower, _NOTHING)
    if lower != word and word[0] != lower[0]:
        meaning = language.capitalised.get(lower, meaning)
        if lower in language.small and previous not in _BEFORE_A_SENTENCE:
            return _NOTHING
    return meaning


def _meaning_of_shape(match: re.Match[str], kind: str, language: Language) -> Meaning:
    shape = language.shapes[kind]
    number = kind.rpartition("_")[2]
    parts = {f: match[f"{f}_{number}"] for f in shape.fields if match[f"{f}_{number}"]}
    return dict.fromkeys(shape.classes, parts)


_MOST_DIGITS = 20
"""From how many digits on a number counts nothing in the calendar, and is read as 0."""
_HYPHENS = frozenset("\u2010\u2011\u2013")


def is_paragraph_break(gap: str) -> bool:
    """Whether a paragraph ends in the white space between two tokens."""
    return gap.count("\n") > 1 or gap.count("\r") > 1 or "\u2029" in gap or "\f" in gap


def _merge(tokens: DateTokens, words: list[str], language: Language) -> DateTokens:
    """Make one token of each phrase ("a couple of") and each number in words ("twenty-five")."""
    starts: list[int] = []
    ends: list[int] = []
    meanings: list[Meaning] = []
    characters: list[str] = []
    index, count = 0, len(words)
    while index < count:
        meaning = tokens.meanings[index]
        size = 1
        if words[index] in language.phrases:
            for parts, classes in language.phrases[words[index]]:
                if tuple(words[index : index + len(parts)]) == parts:
                    meaning, size = classes, len(parts)
                    break
        if size == 1 and ("cardinal" in meaning or "multiplier" in meaning or "number" in meaning):
            meaning, size = _number(tokens.meanings, index, meaning)
        starts.append(tokens.starts[index])
        ends.append(tokens.ends[index + size - 1])
        meanings.append(meaning)
        characters.append(language.character(frozenset(meaning)) if meaning else OTHER)
        index += size
    return DateTokens(starts, ends, meanings, "".join(characters))


_LONGEST_NUMBER = 12


class _Sum:
    """The value of a number in words, as it is read on: thousands that are complete, and the rest.

    Of tens and units only one of each counts, so that "twenty ten" stays two numbers.
    """

    def __init__(self) -> None:
        self.total = 0.0
        self.part = 0.0
        self.room = 1000.0
        """What comes next must be smaller."""

    @property
    def value(self) -> float:
        """What has been read."""
        return self.total + self.part

    def multiply(self, scale: float) -> None:
        """ "hundred", "thousand" and the like."""
        if scale == 100:
            self.part, self.room = (self.part or 1) * 100, 100
        else:
            self.total, self.part, self.room = self.total + (self.part or 1) * scale, 0.0, 1000.0

    def add(self, value: float) -> None:
        """A unit or a ten."""
        self.part += value
        self.room = 10 if value >= 20 and value % 10 == 0 else 1


def _number(meanings: list[Meaning], index: int, first: Meaning) -> tuple[Meaning, int]:
    """The number in words that begins at a token, and of how many tokens it is."""
    sum_, at = _Sum(), index
    limit = min(len(meanings), index + _LONGEST_NUMBER)
    while at < limit:
        meaning = meanings[at]
        joined = "joiner" in meaning and at > index and at + 1 < limit
        if joined:
            meaning = meanings[at + 1]
        if "multiplier" in meaning:
            if joined:
                break
            sum_.multiply(number_value(meaning["multiplier"]))
        elif "cardinal" in meaning:
            cardinal = number_value(meaning["cardinal"])
            if cardinal >= sum_.room:
                break
            sum_.add(cardinal)
        elif at == index and _is_multiplied(meanings, at):
            sum_.part = number_value(meaning["number"])
        elif at > index and _is_ordinal_below(meaning, sum_.room):
            at += 1 + joined
            return {"ordinal": int(sum_.value + number_value(meaning["ordinal"]))}, at - index
        else:
            break
        at += 1 + joined
    if at == index:
        return first, 1
    value = sum_.value
    return {"number": int(value) if value == int(value) else value}, at - index


def _is_multiplied(meanings: list[Meaning], at: int) -> bool:
    """Whether a number is followed by "hundred" and the like."""
    return "number" in meanings[at] and at + 1 < len(meanings) and "multiplier" in meanings[at + 1]


def _is_ordinal_below(meaning: Meaning, room: float) -> bool:
    ordinal = meaning.get("ordinal")
    return isinstance(ordinal, int) and ordinal < room


def number_value(value: FieldValue | dict[str, str]) -> Number:
    """The size of a number token: a number, or the parts of a shape such as `1,500` or `2.5`."""
    if isinstance(value, dict):
        digits = value["digits"].replace(",", "")
        number = float(digits) if len(digits.partition(".")[0]) < _MOST_DIGITS else 0.0
        return int(number) if number.is_integer() else number
    return value if isinstance(value, (int, float)) else 0
