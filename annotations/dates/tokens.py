"""Splitting a text into tokens, and what each can mean by the tables of a language."""

import re
from dataclasses import dataclass
from functools import lru_cache

from annotations.dates.digits import digit_classes
from annotations.dates.fields import Meaning
from annotations.dates.language_tables import OTHER, KnownToken, Language, Shape
from annotations.dates.numbers import MOST_DIGITS, in_figures, number_in_words
from annotations.dates.stretches import Stretch, stretches
from annotations.dates.token_patterns import BEGIN_SHAPES, WORD_OR_SIGN


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
_MOST_KNOWN = 20_000
"""The meanings of at most this many written tokens are cached."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A text cut into tokens, before phrases and numbers become one token each."""

    starts: list[int]
    ends: list[int]
    meanings: list[Meaning]
    words: list[str]
    characters: list[str]

    def add(self, start: int, end: int, token: KnownToken) -> None:
        """Add a token."""
        self.starts.append(start)
        self.ends.append(end)
        self.meanings.append(token.meaning)
        self.words.append(token.lower)
        self.characters.append(token.character)


_IDLE = KnownToken("", _NOTHING, OTHER, True)


def tokenise(text: str, language: Language) -> DateTokens:
    """Split a text into tokens and look up what they can mean.

    A run of tokens without a meaning becomes one token.
    """
    pieces = _Pieces([], [], [], [], [])
    for stretch in stretches(text, language):
        if stretch.start > 0:
            pieces.add(stretch.start, stretch.start, _IDLE)
        _tokenise_stretch(text, stretch, language, pieces)
    return _merge(pieces, language)


def _tokenise_stretch(text: str, stretch: Stretch, language: Language, pieces: _Pieces) -> None:
    """Add the tokens of a stretch."""
    known, add, search, any_token = (
        language.known_tokens,
        pieces.add,
        WORD_OR_SIGN.search,
        language.token,
    )
    if language.settings.without_spaces:
        search = any_token.search
    last, stop, previous = stretch
    idle = last > 0
    while match := search(text, last):
        start = match.start()
        if start >= stop:
            break
        # Between most words is one space, which does not end a paragraph.
        if start > last and text[last:start] != " " and ends_paragraph(text, last, start):
            previous = ""
            if not idle:
                add(last, last, _IDLE)
                idle = True
        if match.lastgroup is None and (text[start].isalnum() or text[start] in BEGIN_SHAPES):
            match = any_token.match(text, start) or match
        token = known.get((match.lastgroup, match[0])) or _learn(match, language)
        if token.as_name is not None and previous not in _BEFORE_A_SENTENCE:
            token = token.as_name
        last = match.end()
        if token.dotted and text.startswith(".", last):
            last += 1
        previous = token.lower
        if not (token.says_nothing and idle):
            add(start, last, token)
        idle = token.says_nothing


def _learn(match: re.Match[str], language: Language) -> KnownToken:
    """What a token means that was not read before; the result is cached."""
    kind, word = match.lastgroup, match[0]
    dotted, name = False, False
    if kind is not None and kind in _LETTERS:
        word = match[kind]
        lower = word.lower()
        meaning = _meaning_of_word(word, lower, language)
        dotted = lower in language.dotted
        name = bool(meaning) and lower in language.small and word[0] != lower[0]
    elif kind == "digits":
        lower = word
        meaning = dict.fromkeys(digit_classes(word), int(word) if len(word) < MOST_DIGITS else 0)
    elif kind is None:
        lower = "-" if word in _HYPHENS else word
        meaning = language.words.get(lower, _NOTHING)
    else:
        lower = word.lower().replace("’", "'")
        meaning = _meaning_of_shape(match, kind, language)
    says_nothing = lower not in language.phrase_words
    as_name = KnownToken(lower, _NOTHING, OTHER, says_nothing, dotted) if name else None
    character = language.character(frozenset(meaning)) if meaning else OTHER
    token = KnownToken(lower, meaning, character, says_nothing and not meaning, dotted, as_name)
    if len(language.known_tokens) >= _MOST_KNOWN:
        language.known_tokens.clear()
    language.known_tokens[kind, match[0]] = token
    return token


def _meaning_of_word(word: str, lower: str, language: Language) -> Meaning:
    meaning = language.words.get(lower, _NOTHING)
    if not meaning and lower not in language.capitalised:
        return _meaning_by_letters(word, lower, language)
    return language.capitalised.get(lower, meaning) if word[0] != lower[0] else meaning


def _meaning_of_shape(match: re.Match[str], kind: str, language: Language) -> Meaning:
    shape = language.shapes[kind]
    number = kind.rpartition("_")[2]
    parts = {f: match[f"{f}_{number}"] for f in shape.fields if match[f"{f}_{number}"]}
    return _meaning_of_parts(shape, parts, language)


@lru_cache(maxsize=1 << 14)
def _meaning_by_letters(word: str, lower: str, language: Language) -> Meaning:
    """The meaning of a word that is in no table, but is made of a number or of words of the tables."""
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
"""Rewrites a number with a decimal comma as it is written in English."""


_HYPHENS = frozenset("\u2010\u2011\u2013")


def ends_paragraph(text: str, start: int, end: int) -> bool:
    """Whether a paragraph ends in the white space between two tokens.

    A single line break ends a paragraph if a short line without the end of a sentence follows, such as
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


def _is_cut_wrong(pieces: _Pieces, index: int, size: int, classes: Meaning) -> bool:
    """Whether words only look like a phrase: a 10-day trip is not a day trip, and in "before last
    summer" the word "last" belongs to "summer".
    """
    words, meanings = pieces.words, pieces.meanings
    if "idiom" in classes:
        return index > 1 and words[index - 1] == "-" and "number" in meanings[index - 2]
    following = index + size
    return (
        "beyond" in classes
        and following < len(words)
        and not _AFTER_NEXT.isdisjoint(meanings[following])
    )


def _merge(pieces: _Pieces, language: Language) -> DateTokens:
    """Make one token of each phrase ("a couple of") and each number in words ("twenty-five")."""
    starts: list[int] = []
    ends: list[int] = []
    meanings: list[Meaning] = []
    characters: list[str] = []
    words, phrases = pieces.words, language.phrases
    index, count = 0, len(words)
    while index < count:
        meaning, size = pieces.meanings[index], 1
        character = pieces.characters[index]
        if words[index] in phrases:
            for parts, classes in phrases[words[index]]:
                fits = tuple(words[index : index + len(parts)]) == parts
                if fits and not _is_cut_wrong(pieces, index, len(parts), classes):
                    meaning, size = classes, len(parts)
                    break
        if "cardinal" in meaning or "multiplier" in meaning or "number" in meaning:
            meaning, size = number_in_words(pieces.meanings, index, meaning, size)
        if meaning is not pieces.meanings[index]:
            character = language.character(frozenset(meaning)) if meaning else OTHER
        starts.append(pieces.starts[index])
        ends.append(pieces.ends[index + size - 1])
        meanings.append(meaning)
        characters.append(character)
        index += size
    return DateTokens(starts, ends, meanings, "".join(characters))
