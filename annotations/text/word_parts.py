"""Where a word that was joined from several words may be cut: `HusseinMinister`, `2021The`,
`JuneApril7`.

A part begins where a capital follows a small letter, and where letters and digits meet, except for
letters that belong to the number before them (`5th`, `90s`). Only shortening and lengthening stop
there; moving from word to word does not, so that `YouTube` is one word. Offsets are code points.
"""

import itertools
from collections.abc import Iterator

import regex

from annotations.text import segmentation
from annotations.text.text_range import Range

_EDGE = regex.compile(
    r"""
    (?<=\p{Ll}\p{M}*)(?=\p{Lu})                             # HusseinMinister
  | (?<=\p{N}\p{M}*)(?=\p{L})(?!(?i:st|nd|rd|th|s)\b)       # 2021The, but not 5th
  | (?<=\p{Ll}\p{M}*)(?=\p{N})                              # April7
    """,
    regex.VERBOSE,
)


def parts(text: str, start: int, end: int, language: str = "") -> Iterator[Range]:
    """The parts of the words that begin at or after `start` and before `end`, in order."""
    for word in segmentation.words(text, start, end, language):
        yield from parts_of_word(text, word)


def may_be_edge(text: str, place: int, *, glued: bool, language: str = "") -> bool:
    """Whether a name may begin or end at a place: between words, and with `glued` also between the
    parts of a word.
    """
    if not segmentation.inside_word(text, place, language):
        return True
    word = segmentation.word_at(text, place, language) if glued else None
    return word is not None and any(place == start for start, _ in parts_of_word(text, word))


def parts_of_word(text: str, word: Range) -> list[Range]:
    """The parts of one word: usually only the word itself."""
    start, end = word
    cuts = [
        start,
        *(m.start() for m in _EDGE.finditer(text, start, end) if start < m.start() < end),
        end,
    ]
    return list(itertools.pairwise(cuts))
