"""The stretches of a text in which a rule can match: runs of words that the rules know, with at least
one trigger among them, a word or a number that a match must have.

Most of a text is outside of them and costs very little: its words are only split and looked up.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from annotations.dates.language_tables import Language

_SHORT = 200
"""A text of at most this many code points is read whole."""
_GAPS = re.compile(r"(\W+)")
_FARTHEST = 40
"""How many known words before a trigger can belong to an expression: more than any rule has."""


class Stretch(NamedTuple):
    """Where it begins and ends, in code points, and what is right before it: a word or a punctuation mark."""

    start: int
    end: int
    previous: str


def stretches(text: str, language: Language) -> Iterator[Stretch]:
    """The stretches of a text in order. A short text, or one in a language with compounds or without
    spaces, is one stretch.
    """
    lower = text.lower() if len(text) > _SHORT and language.triggers else ""
    if len(lower) != len(text):
        yield Stretch(0, len(text), "")
        return
    pieces = _GAPS.split(lower)
    starts = [0, *accumulate(map(len, pieces))]
    words = pieces[::2]
    triggers, known = language.triggers, language.known
    at = [number for number, word in enumerate(words) if word in triggers or not word.isalpha()]
    last, reached = len(words) - 1, -1
    for number in at:
        if number <= reached:
            continue
        first = number
        least = max(reached, number - _FARTHEST)
        while first - 1 > least and (words[first - 1] in known or not words[first - 1].isalpha()):
            first -= 1
        reached = number
        while reached < last and (words[reached + 1] in known or not words[reached + 1].isalpha()):
            reached += 1
        begin = starts[2 * first - 1] if first else 0
        before = pieces[2 * first - 1].strip() if first else ""
        previous = before[-1] if before else words[first - 1] if first else ""
        yield Stretch(begin, starts[2 * reached + 2] if reached < last else len(text), previous)
