"""A text cut into tokens: what each can mean, by the tables of a language."""

import re
from dataclasses import dataclass
from functools import lru_cache

from annotations.dates.digits import digit_classes
from annotations.dates.fields import Meaning
from annotations.dates.language_tables import OTHER, Language, Shape
from annotations.dates.numbers import MOST_DIGITS, in_figures, number_in_words
from annotations.dates.stretches import Stretch, stretches


@dataclass(frozen=True, slots=True)
class DateTokens:
    """A text as the rules see it: one character of the language's alphabet for each token."""

    starts: list[int]
    ends: list[int]
    meanings: list[Meaning]
    """What each token means, by class."""
    characters: str


_NOTHING: Meaning = {}
_LETTERS = ("word", "letters", "inserted")
_BEFORE_A_SENTENCE = frozenset(("", ".", "!", "?", ":", '"', "“", "‘", "—", "-", "("))


def tokenise(text: str, language: Language) -> DateTokens:
    """Cut a text into tokens and look up what they can mean.

    Of a run of tokens that mean nothing one stands for all.
    """
    tokens = DateTokens([], [], [], "")
    words: list[str] = []
    for stretch in stretches(text, language):
        if stretch.start > 0:
            _idle(tokens, words, stretch.start)
        _tokenise_stretch(text, stretch, language, tokens, words)
    return _merge(tokens, words, language)


def _idle(tokens: DateTokens, words: list[str], at: int) -> bool:
    """Let one token stand for what means nothing, which it says itself."""
    tokens.starts.append(at)
    tokens.ends.append(at)
    tokens.meanings.append(_NOTHING)
    words.append("")
    return True


def _tokenise_stretch(
    text: str, stretch: Stretch, language: Language, tokens: DateTokens, words: list[str]
) -> None:
    """Add the tokens of a stretch and their words."""
    starts, ends, meanings = tokens.starts, tokens.ends, tokens.meanings
    last, stop, previous = stretch
    idle = last > 0
    for match in language.token.finditer(text, last):
        start, end = match.span()
        if start >= stop:
            break
        if start > last and ends_paragraph(text, last, start):
            previous = ""
            idle = idle or _idle(tokens, words, last)
        kind = match.lastgroup
        word = match["inserted"] or match[0]
        if kind in _LETTERS:
            lower = word.lower()
            meaning = _meaning_of_word(word, lower, previous, language)
            if lower in language.dotted and text.startswith(".", end):
                end += 1
        elif kind == "digits":
            lower = word
            meaning = dict.fromkeys(digit_classes(word), int(word) if len(word) < MOST_DIGITS else 0)
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


def _meaning_of_word(word: str, lower: str, previous: str, language: Language) -> Meaning:
    meaning = language.words.get(lower, _NOTHING)
    if not meaning and lower not in language.capitalised:
        return _meaning_by_letters(word, lower, language)
    if lower != word and word[0] != lower[0]:
        meaning = language.capitalised.get(lower, meaning)
        if lower in language.small and previous not in _BEFORE_A_SENTENCE:
            return _NOTHING
    return meaning


def _meaning_of_shape(match: re.Match[str], kind: str, language: Language) -> Meaning:
    shape = language.shapes[kind]
    number = kind.rpartition("_")[2]
    parts = {f: match[f"{f}_{number}"] for f in shape.fields if match[f"{f}_{number}"]}
    return _meaning_of_parts(shape, parts, language)


@lru_cache(maxsize=1 << 14)
def _meaning_by_letters(word: str, lower: str, language: Language) -> Meaning:
    """What a word that no table has is made of: a number, or words of the tables."""
    numbers = language.one_word_numbers
    if numbers is not None and (number := numbers.meaning(lower)):
        return number
    for form, shape in language.compounds:
        if match := form.fullmatch(word):
            return _meaning_of_parts(shape, {f: match[f] for f in shape.fields if match[f]}, language)
    return _NOTHING


def _meaning_of_parts(shape: Shape, parts: dict[str, str], language: Language) -> Meaning:
    for part in shape.in_words.intersection(parts):
        # A part of a compound: "Montagabend" holds a weekday and a part of the day.
        lower = parts[part].lower()
        meaning = language.words.get(lower, language.capitalised.get(lower, _NOTHING))
        known = meaning.get(part, meaning.get("cardinal") if part == "number" else None)
        if known is None and part == "number" and language.one_word_numbers and lower.isalpha():
            known = language.one_word_numbers.value(lower)
            if known is None:
                return _NOTHING
        parts[part] = str(known) if known is not None else parts[part]
    if language.settings.without_spaces:
        parts = {part: in_figures(value) for part, value in parts.items()}
    if "digits" in parts and language.settings.decimal_sign == ",":
        parts["digits"] = parts["digits"].translate(_ENGLISH_SIGNS)
    return dict.fromkeys(shape.classes, parts)


_ENGLISH_SIGNS = str.maketrans({".": None, ",": ".", "\u00a0": None, "\u202f": None})
"""Makes a number with a decimal comma one that is written as in English."""


_HYPHENS = frozenset("\u2010\u2011\u2013")


def ends_paragraph(text: str, start: int, end: int) -> bool:
    """Whether a paragraph ends in the white space between two tokens.

    A single line break is one before a line of its own: a short one that no sentence ends, such as
    the date under a headline.
    """
    gap = text[start:end]
    if is_paragraph_break(gap):
        return True
    return ("\n" in gap or "\r" in gap) and _OWN_LINE.match(text, end) is not None


_OWN_LINE = re.compile(r"[^\r\n.!?]{4,40}(?:\r|\n)")


def is_paragraph_break(gap: str) -> bool:
    """Whether white space alone shows that a paragraph ends in it."""
    return gap.count("\n") > 1 or gap.count("\r") > 1 or "\u2029" in gap or "\f" in gap


_AFTER_NEXT = frozenset(("period", "weekday", "month", "season", "part", "unit", "holiday"))


def _is_cut_wrong(tokens: DateTokens, words: list[str], index: int, size: int, classes: Meaning) -> bool:
    """Whether a phrase is one by chance: a 10-day trip is no day trip, and in "before last summer" what is last
    is the summer."""
    if "idiom" in classes:
        return index > 1 and words[index - 1] == "-" and "number" in tokens.meanings[index - 2]
    following = index + size
    return (
        "beyond" in classes
        and following < len(words)
        and not _AFTER_NEXT.isdisjoint(tokens.meanings[following])
    )


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
                fits = tuple(words[index : index + len(parts)]) == parts
                if fits and not _is_cut_wrong(tokens, words, index, len(parts), classes):
                    meaning, size = classes, len(parts)
                    break
        if "cardinal" in meaning or "multiplier" in meaning or "number" in meaning:
            meaning, size = number_in_words(tokens.meanings, index, meaning, size)
        starts.append(tokens.starts[index])
        ends.append(tokens.ends[index + size - 1])
        meanings.append(meaning)
        characters.append(language.character(frozenset(meaning)) if meaning else OTHER)
        index += size
    return DateTokens(starts, ends, meanings, "".join(characters))
