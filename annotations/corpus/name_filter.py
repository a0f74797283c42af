"""Comparing what is typed to filter documents with their names."""

import unicodedata
from collections.abc import Sequence


class _Folding(dict[int, str]):
    """Code points in the form for comparison: case-folded and decomposed into letter and marks."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = unicodedata.normalize("NFD", chr(code).casefold())
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """A text for comparison: upper and lower case are ignored, and `é` the same in one code point or two.

    Each code point is folded separately, so that each place in the result belongs to one in the text.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def words_of(typed: str) -> tuple[str, ...]:
    """The words that were typed, prepared for comparison."""
    return tuple(fold(typed).split())


def matched(name: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words are in a name, each once: ranges of code points, in order, without overlaps."""
    folded = fold(name)
    found = [(at, at + len(word)) for word in words if (at := folded.find(word)) >= 0]
    if len(folded) != len(name):
        # Some code points became several: convert the offsets back to those of the name.
        origin = [place for place, char in enumerate(name) for _ in fold(char)]
        found = [(origin[start], origin[end - 1] + 1) for start, end in found]
    ranges: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges
