"""The regular expressions that split texts: into the tokens of rules, and into words around a date.

Most scripts put spaces between words. In a script without them, the words of the tables are cut out of
runs of letters, the longest first.
"""

import re
from collections.abc import Iterable, Sequence

from annotations.dates.language_tables import LanguageFile, ShapeEntry, TenseWords

_COMMON_WORD = r"(?P<word>[^\W\d_]{2,}+(?!\d))"
"""A word, tried before the shapes to save time: no shape begins with two or more letters that no digit follows."""
WORD_OR_SIGN = re.compile(rf"{_COMMON_WORD}|\S")
"""Matches most tokens of a text with spaces. A single character that it matches can begin a longer
token if it is a letter, a digit or one of `BEGIN_SHAPES`. The expression with the many groups of shapes
costs more for each word.
"""
BEGIN_SHAPES = "_'’‘["
_BEFORE_A_SHAPE = "(?=[\\w'’‘])"
"""Shapes begin with a digit, a letter or an apostrophe; this check saves trying them everywhere."""
_INSERTED_WORD = r"\[(?P<inserted>[^\W\d_]++)\]"
"""A word that an editor has put in, as in "[ten] years ago"; the brackets belong to its token."""


def token_pattern(entries: Sequence[ShapeEntry], words: Sequence[str]) -> re.Pattern[str]:
    """One regular expression for all tokens; the names of a shape's groups end in its number.

    If there are `words`, they are cut out of runs of letters, and between them every letter is one
    token, but Latin letters stay together.
    """
    alternatives = []
    for index, entry in enumerate(entries):
        body = re.sub(r"(\(\?P[<=]\w+)", rf"\1_{index}", entry.form)
        alternatives.append(f"(?P<shape_{index}>{body})")
    shapes = f"{_BEFORE_A_SHAPE}(?:{'|'.join(alternatives)})"
    if words:
        return re.compile(
            rf"{shapes}|(?P<word>{_any_of(words)})|{_INSERTED_WORD}"
            r"|(?P<letters>[A-Za-z]+|[^\W\d_])|(?P<digits>\d+)|\S"
        )
    return re.compile(
        rf"{_COMMON_WORD}|{shapes}|{_INSERTED_WORD}|(?P<letters>[^\W\d_]+)|(?P<digits>\d+)|\S"
    )


def _any_of(words: Iterable[str]) -> str:
    """An expression for the longest of some words. Text that begins with none of their first letters is
    rejected quickly.
    """
    endings: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        endings.setdefault(word[0], []).append(re.escape(word[1:]))
    begins = "".join(map(re.escape, endings))
    branches = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in endings.items())
    return f"(?=[{begins}])(?:{'|'.join(branches)})"


def tense_pattern(file: LanguageFile) -> re.Pattern[str]:
    """The pattern of the words around a date; in a script without spaces, of those that show the tense."""
    words = {word for field in TenseWords.__struct_fields__ for word in getattr(file.tense, field)}
    if not file.settings.without_spaces:
        contracted = [
            f"(?i:{re.escape(word)})|".replace("'", "['’]") for word in sorted(words) if "'" in word[1:]
        ]
        return re.compile(rf"{''.join(contracted)}[^\W\d_]+")
    return re.compile(rf"{_any_of(words)}|[^\W\d_]")


def sentence_end_pattern(file: LanguageFile) -> re.Pattern[str]:
    """The pattern of what ends the sentence around a date; only words within it can show the tense."""
    return re.compile(f"，|{_SENTENCE_ENDS}" if file.settings.without_spaces else _SENTENCE_ENDS)


_SENTENCE_ENDS = r"[.!?;:](?=[\"”’)\]]{0,3}(?:\s|$))|[。！？；]|\n"
