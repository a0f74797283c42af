"""Searching a text: what was typed becomes a pattern, its matches are found off the way of the keys.

What was typed is looked for as it is, upper and lower case alike (see `annotations.mentions`); behind a
backslash it is a regular expression (of the `regex` library, which is `re` and more; `(?-i:...)` makes
case matter), and its matches count as they are, while those of plain words are widened to whole words
when they are selected. Offsets are code points, 0-based, end exclusive.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import regex

from annotations import words
from annotations.errors import AnnotateError
from annotations.mentions import same_words

PATIENCE = 1.0
"""Seconds a pattern may take on a text before it is stopped."""
MOST = 100_000
"""How many matches to find at most."""
REGEX_SIGN = "\\"


class Search:
    """What was looked for and where it was found; matches are in reading order, none overlap."""

    def __init__(self, typed: str, ranges: Iterable[tuple[int, int]], stopped: str = "") -> None:
        self.typed = typed
        self.stopped = stopped
        """Why there may be more matches, in words; empty when these are all."""
        self._starts = array("q")
        self._ends = array("q")
        for start, end in ranges:
            self._starts.append(start)
            self._ends.append(end)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> tuple[int, int]:
        """A match by its number, from 0."""
        return self._starts[number], self._ends[number]

    @property
    def is_regex(self) -> bool:
        """Whether a regular expression was typed."""
        return self.typed.startswith(REGEX_SIGN)

    def at_or_after(self, offset: int) -> int | None:
        """The number of the first match that begins at or behind an offset; behind the last, the first."""
        if not self._starts:
            return None
        return bisect_left(self._starts, offset) % len(self._starts)

    def before(self, offset: int) -> int | None:
        """The number of the last match that begins before an offset; before the first, the last."""
        if not self._starts:
            return None
        return (bisect_left(self._starts, offset) - 1) % len(self._starts)

    def overlapping(self, start: int, end: int) -> list[tuple[int, int]]:
        """The matches that share a code point with a range."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        return [self[number] for number in range(first, last)]

    def extent(self, text: str, number: int) -> tuple[int, int]:
        """What to select for a match: of plain words, the whole words that it touches."""
        start, end = self[number]
        if self.is_regex:
            return start, end
        first, last = words.word_at(text, start), words.word_at(text, end - 1)
        return first[0] if first else start, last[1] if last else end


def search_pattern(typed: str) -> regex.Pattern[str]:
    """The pattern for what was typed.

    Raises `AnnotateError` for a regular expression that is none.
    """
    if not typed.startswith(REGEX_SIGN):
        return same_words(typed, any_case=True)
    try:
        return regex.compile(typed[len(REGEX_SIGN) :], regex.IGNORECASE | regex.MULTILINE)
    except (regex.error, RecursionError, OverflowError) as error:
        raise AnnotateError(f"No regular expression yet: {error}.") from None


def find(text: str, typed: str, *, patience: float = PATIENCE, most: int = MOST) -> Search:
    """Search a text; empty matches do not count.

    A pattern that takes longer than `patience` seconds is stopped and what was found by then is kept.
    Other threads run meanwhile. Raises `AnnotateError` for a regular expression that is none.
    """
    pattern = search_pattern(typed)
    ranges: list[tuple[int, int]] = []
    stopped = ""
    if typed not in ("", REGEX_SIGN):
        try:
            for match in pattern.finditer(text, concurrent=True, timeout=patience):
                if match.end() > match.start():
                    ranges.append(match.span())
                if len(ranges) >= most:
                    stopped = f"only the first {most:,} are shown"
                    break
        except TimeoutError:
            stopped = f"stopped after {patience:g} s, this pattern takes too long"
    return Search(typed, ranges, stopped)
