"""The unit of text that a suggester reads at once.

The results of a pipeline depend on how much it sees at once, so the unit is fixed and recorded with every
reading: the whole article up to `LIMIT` code points, otherwise chunks of up to `LIMIT` that end at
paragraphs. A text is always divided into the same chunks.
"""

from collections.abc import Iterable

import regex

from annotations.text.segmentation import PARAGRAPH_END, grapheme_start, next_sentence, words

LIMIT = 20_000
UNIT = f"article or paragraphs up to {LIMIT}"

_AHEAD = 256
"""How far after `LIMIT` to look to see whether a sentence or a word ends there, in code points."""
_LAST_SPACE = regex.compile(r"(?r)\s")


def chunks(text: str, language: str = "") -> list[tuple[int, int]]:
    """The units of a text as ranges of code points, in order, without gap or overlap.

    A paragraph longer than `LIMIT` is cut after a sentence or a line, otherwise after white space, otherwise
    between words; only a word longer than `LIMIT` is itself cut, between two graphemes. `language` is the code
    of the language by whose rules sentences and words are found.
    """
    ranges = []
    start = 0
    while start < len(text):
        end = start + _cut(text[start : start + LIMIT + _AHEAD], language)
        ranges.append((start, end))
        start = end
    return ranges


def in_order(ranges: Iterable[tuple[int, int]], visible: int) -> list[tuple[int, int]]:
    """The ranges in the order in which a reader at the offset `visible` needs them.

    First the one around `visible`, then those after it in reading order, then those before it.
    """
    return sorted(ranges, key=lambda bounds: (bounds[1] <= visible, bounds))


def _cut(text: str, language: str) -> int:
    """Where to end the chunk that begins with `text`, which is cut off a little after `LIMIT`."""
    if len(text) <= LIMIT:
        return len(text)
    return (
        _after_paragraph(text)
        or _after_sentence(text, language)
        or _after_space(text)
        or _between_words(text, language)
        or grapheme_start(text, LIMIT)
        or LIMIT
    )


def _after_paragraph(text: str) -> int:
    ends = (match.end() for match in PARAGRAPH_END.finditer(text))
    return max((end for end in ends if end <= LIMIT), default=0)


def _after_sentence(text: str, language: str) -> int:
    last, end = 0, next_sentence(text, 0, language)
    while end <= LIMIT:
        last, end = end, next_sentence(text, end, language)
    return last


def _after_space(text: str) -> int:
    space = _LAST_SPACE.search(text, 0, LIMIT)
    return grapheme_start(text, space.end()) if space else 0


def _between_words(text: str, language: str) -> int:
    for start, end in words(text, 0, LIMIT, language):
        if end > LIMIT:
            return start
    return grapheme_start(text, LIMIT)
