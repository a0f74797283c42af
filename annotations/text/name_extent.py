"""Where the name that a range belongs to begins and ends, as far as its letters show.

A name is a run of words with a capital or a digit at their front. Between them may stand one or two small
words that names hold (`of the`, `de la`, `bin`), a hyphen, an ampersand, or the `’s` of the word before. A line
may break inside it, a paragraph not. Scripts without capitals show nothing of it.
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
"""The small words that names hold inside. A project adds its own by `name_words` in its settings."""
_REACH = 240
"""How far a name may reach from a place, in code points."""
_GAP = r"(?:[^\S\r\n]{1,3}|[^\S\r\n]?(?>\r\n?|\n)[^\S\r\n]?)"
_LETTER = r"[\p{L}\p{M}\p{N}]"
_CAPITAL = (
    rf"(?<!{_LETTER}|{_LETTER}['’.])[\p{{Lu}}\p{{Lt}}\p{{N}}]"
    rf"(?:{_LETTER}|['’.](?!s\b)(?={_LETTER}))*(?!{_LETTER})"
)
_OWN = r"(?:['’]s?(?![\p{L}\p{N}]))"


def end_of_name(text: str, end: int, more: frozenset[str] = frozenset(), language: str = "") -> int:
    """Where the name ends that reaches up to `end`; `end` itself where it goes no further.

    `more` are small words that may stand in a name beside `NAME_WORDS`; words are those of the `language`.
    """
    limit = min(len(text), end + _REACH)
    end = _rest_of_part(text, end, language)[1]
    behind, _ = _steps(more)
    while (match := behind.match(text, end, limit)) is not None:
        end = int(match.end())
    return end


def start_of_name(text: str, start: int, more: frozenset[str] = frozenset(), language: str = "") -> int:
    """Where the name begins that reaches down to `start`; `start` itself where it goes no further."""
    limit = max(0, start - _REACH)
    start = _rest_of_part(text, start, language)[0]
    _, before = _steps(more)
    while (match := before.match(text, limit, start)) is not None:
        start = int(match.start())
    return start


def _rest_of_part(text: str, place: int, language: str) -> Range:
    """The part of a word that the place cuts; the place alone where it cuts none."""
    word = word_at(text, place, language) if 0 < place < len(text) else None
    cut = [part for part in parts_of_word(text, word) if part[0] < place < part[1]] if word else []
    return cut[0] if cut else (place, place)


@lru_cache(maxsize=8)
def _steps(more: frozenset[str]) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """One more word of a name, from the gap before it on; and one before, up to the gap after it."""
    known = sorted({*NAME_WORDS, *more}, key=lambda word: (-len(word), word))
    small = rf"(?:{'|'.join(map(regex.escape, known))})"
    gap = rf"(?:{_OWN}?{_GAP}(?:{small}{_GAP}){{0,2}}|[\-–‑/])(?:{small}[\-–‑])?"
    # What ends a sentence ends a name: the dot of an initial or of a short title does not.
    between = rf"(?:(?<=\b\p{{Lu}}|\b(?:St|Mt|Ft|Jr|Sr))\.(?:{_GAP}|[\-–‑])|{gap})"
    behind, before = rf"{between}{_CAPITAL}", rf"(?r){_CAPITAL}{between}"
    return regex.compile(behind), regex.compile(before)
