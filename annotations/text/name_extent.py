"""Where the name around a range begins and ends, judged by its letters.

A name is a run of words that begin with a capital or a digit. Between them there may be one or two
small words that occur in names (`of the`, `de la`, `bin`), a hyphen, an ampersand, or the `’s` of the
word before. A line break may be inside a name, but the end of a paragraph may not. In scripts without
capitals names cannot be recognised.
"""

from functools import lru_cache

import regex

from annotations.text.segmentation import word_at
from annotations.text.text_range import Range
from annotations.text.word_parts import parts_of_word

_ENGLISH = ("of", "the", "for", "and", "&")
_ROMANCE = (
    *("de", "del", "della", "di", "da", "dal", "dos", "das", "do", "du", "des"),
    *("la", "las", "los", "le", "les", "el", "al", "y", "e", "et", "i"),
)
_GERMANIC = (
    *("von", "van", "der", "den", "dem", "ter", "ten", "zu", "zum", "zur", "und", "am", "im"),
    *("af", "og", "och"),
)
_ARABIC = ("bin", "ibn", "bint", "abu", "ul", "ur", "ud")
NAME_WORDS = frozenset((*_ENGLISH, *_ROMANCE, *_GERMANIC, *_ARABIC))
"""The small words that occur inside names. A project adds its own with `name_words` in its settings."""
_REACH = 240
"""How far a name may extend from a place, in code points."""
_GAP = r"(?:[^\S\r\n]{1,3}|[^\S\r\n]?(?>\r\n?|\n)[^\S\r\n]?)"
_LETTER = r"[\p{L}\p{M}\p{N}]"
_CAPITAL = (
    rf"(?<!{_LETTER}|{_LETTER}['’.])[\p{{Lu}}\p{{Lt}}\p{{N}}]"
    rf"(?:{_LETTER}|['’.](?!s\b)(?={_LETTER}))*(?!{_LETTER})"
)
_OWN = r"(?:['’]s?(?![\p{L}\p{N}]))"


def end_of_name(text: str, end: int, more: frozenset[str] = frozenset(), language: str = "") -> int:
    """Where the name that includes the text up to `end` really ends; `end` itself if it ends there.

    `more` are small words that may occur in a name, in addition to `NAME_WORDS`; the rules for words
    are those of the `language`.
    """
    limit = min(len(text), end + _REACH)
    end = _rest_of_part(text, end, language)[1]
    following, _ = _steps(more)
    while (match := following.match(text, end, limit)) is not None:
        end = int(match.end())
    return end


def start_of_name(text: str, start: int, more: frozenset[str] = frozenset(), language: str = "") -> int:
    """Where the name that includes the text from `start` really begins; `start` itself if it begins
    there.
    """
    limit = max(0, start - _REACH)
    start = _rest_of_part(text, start, language)[0]
    _, before = _steps(more)
    while (match := before.match(text, limit, start)) is not None:
        start = int(match.start())
    return start


def _rest_of_part(text: str, place: int, language: str) -> Range:
    """The part of a word that has the place inside it; an empty range at the place if there is none."""
    word = word_at(text, place, language) if 0 < place < len(text) else None
    cut = [part for part in parts_of_word(text, word) if part[0] < place < part[1]] if word else []
    return cut[0] if cut else (place, place)


@lru_cache(maxsize=8)
def _steps(more: frozenset[str]) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Patterns for the next word of a name with the gap before it, and for the previous word with the
    gap after it.
    """
    known = sorted({*NAME_WORDS, *more}, key=lambda word: (-len(word), word))
    small = rf"(?:{'|'.join(map(regex.escape, known))})"
    gap = rf"(?:{_OWN}?{_GAP}(?:{small}{_GAP}){{0,2}}|[\-–‑/])(?:{small}[\-–‑])?"
    # The end of a sentence is also the end of a name. The dot of an initial or of a short title is not.
    between = rf"(?:(?<=\b\p{{Lu}}|\b(?:St|Mt|Ft|Jr|Sr))\.(?:{_GAP}|[\-–‑])|{gap})"
    following, before = rf"{between}{_CAPITAL}", rf"(?r){_CAPITAL}{between}"
    return regex.compile(following), regex.compile(before)
