"""Searching a text: the typed words become a pattern, and its matches are found.

The typed text is searched for literally. If it begins with a backslash, the rest is a regular
expression (of the `regex` library, which extends `re`). When a match of plain words is selected, it is
extended to whole words; the matches of a regular expression are not extended. Case matters once a
capital is typed (see `has_capital`); `annotations.text.phrase` says which words are the same when case
is ignored. Offsets are code points, 0-based, end exclusive.

Compiling a regular expression can take unlimited time and memory, and nothing here limits it: the screen
searches with `annotations.text.search_process`, which has limits.
"""

import time
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Literal, assert_never

import regex

from annotations.model.errors import AnnotateError
from annotations.text import segmentation as words
from annotations.text.phrase import same_words

PATIENCE = 1.0
"""Seconds that a search may take, including compiling, before it is stopped."""
MEMORY = 200 * 2**20
"""Bytes of memory that a search may use if it is limited."""
MOST = 100_000
"""The greatest number of matches to find."""
REGEX_SIGN = "\\"

Stop = Literal["", "most", "time", "memory", "death"]
"""Why a search stopped before the end of the text; empty if it reached the end."""


class Search:
    """What was searched and where it was found; matches are in reading order and do not overlap."""

    def __init__(
        self, typed: str, ranges: Iterable[tuple[int, int]] = (), stop: Stop = "", wrong: str = ""
    ) -> None:
        self.typed = typed
        self.stop = stop
        self.wrong = wrong
        """What is wrong with the regular expression, in one sentence; empty if it is valid."""
        self.starts = array("q")
        self.ends = array("q")
        for start, end in ranges:
            self.starts.append(start)
            self.ends.append(end)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, number: int) -> tuple[int, int]:
        """A match by its number, from 0."""
        return self.starts[number], self.ends[number]

    @property
    def stopped(self) -> str:
        """Why there may be more matches, in one sentence; empty if these are all."""
        match self.stop:
            case "":
                return ""
            case "most":
                return f"Only the first {MOST:,} are marked."
            case "time":
                return f"Stopped: this search takes more than {PATIENCE:g} s."
            case "memory":
                return f"Stopped: this search needs more than {MEMORY >> 20} MB."
            case "death":
                return "Stopped: this search cannot be carried out."
            case unknown:
                assert_never(unknown)

    @property
    def is_regex(self) -> bool:
        """Whether a regular expression was typed."""
        return is_regex(self.typed)

    def at_or_after(self, offset: int) -> int | None:
        """The number of the first match that begins at or after an offset; if there is none, that of
        the first match.
        """
        if not self.starts:
            return None
        return bisect_left(self.starts, offset) % len(self.starts)

    def before(self, offset: int) -> int | None:
        """The number of the last match that begins before an offset; if there is none, that of the last
        match.
        """
        if not self.starts:
            return None
        return (bisect_left(self.starts, offset) - 1) % len(self.starts)

    def overlapping(self, start: int, end: int) -> list[tuple[int, int]]:
        """The matches that have a code point in common with a range."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return [self[number] for number in range(first, last)]

    def extent(self, text: str, number: int, language: str = "") -> tuple[int, int]:
        """The range to select for a match: for plain words, the whole words that it touches, by the
        rules of the language.

        Spaces at the edges of the typed text are searched for, but not selected.
        """
        start, end = self[number]
        if self.is_regex:
            return start, end
        found = text[start:end]
        if found.strip():
            start, end = start + len(found) - len(found.lstrip()), start + len(found.rstrip())
        first, last = (words.word_at(text, place, language) for place in (start, end - 1))
        return first[0] if first else start, last[1] if last else end


def is_regex(typed: str) -> bool:
    """Whether what was typed is a regular expression."""
    return typed.startswith(REGEX_SIGN)


# Parts of a pattern that are not literal text: a capital in them is not searched for. In this order:
# escapes with a name or a number after them, other escapes, comments, names of groups, calls of groups
# and tests for them, flags, verbs, and classes of POSIX.
_NOT_LITERAL = r"""
    \\[pPN]\{[^}]*\}?
  | \\x[0-9a-fA-F]{0,2} | \\u[0-9a-fA-F]{0,4} | \\U[0-9a-fA-F]{0,8}
  | \\[gkL]<[^>]*>?
  | \\[pP]?.
  | \(\?\#[^)]*
  | \(\?P?<(?![=!])[^>]*>?
  | \(\?P[=>][^)]*
  | \(\?(?:\((?!\?)|&)[^)]*
  | \(\?[-a-zA-Z0-9]+(?=[:)])
  | \(\*[A-Z]+
  | \[:[^]:]*:\]
    """


def has_capital(typed: str) -> bool:
    r"""Whether a capital is searched for, so that case matters: `Port` and `\[A-Z]ort`.

    In a regular expression, capitals with a special meaning do not count: `\\B`, `\\p{Lu}`,
    `\\x4A`, the name in `(?P<Name>...)`, a flag.
    """
    if is_regex(typed):
        typed = regex.sub(_NOT_LITERAL, "", typed[len(REGEX_SIGN) :], flags=regex.VERBOSE | regex.DOTALL)
    return any(sign.isupper() or sign.istitle() for sign in typed)


def search_pattern(typed: str) -> regex.Pattern[str]:
    """The pattern for the typed text.

    Raises `AnnotateError` for an invalid regular expression, and `MemoryError` if memory is limited.
    """
    any_case = not has_capital(typed)
    if not is_regex(typed):
        return same_words(typed, any_case=any_case)
    flags = regex.MULTILINE | (regex.IGNORECASE | regex.FULLCASE if any_case else 0)
    try:
        return regex.compile(typed[len(REGEX_SIGN) :], flags, cache_pattern=False)
    except (regex.error, RecursionError, OverflowError, ValueError, KeyError, IndexError) as error:
        reason = (
            str(error) if isinstance(error, regex.error | ValueError) else "it is too deep or too long"
        )
        raise AnnotateError(f"Not a regular expression yet: {reason}.") from None


def find(text: str, typed: str, *, patience: float = PATIENCE, most: int = MOST) -> Search:
    """Search a text; empty matches are left out.

    Matching that takes longer than `patience` seconds, including compiling, is stopped, and what was
    found until then is kept. Other threads run meanwhile. Raises `MemoryError` if memory is limited.
    """
    end = time.monotonic() + patience
    ranges: list[tuple[int, int]] = []
    stop: Stop = ""
    if typed in ("", REGEX_SIGN):
        return Search(typed)
    try:
        pattern = search_pattern(typed)
    except AnnotateError as error:
        return Search(typed, wrong=str(error))
    left = end - time.monotonic()
    if left <= 0:
        return Search(typed, stop="time")
    try:
        for match in pattern.finditer(text, concurrent=True, timeout=left):
            if match.end() > match.start():
                ranges.append(match.span())
            if len(ranges) >= most:
                stop = "most"
                break
    except TimeoutError:
        stop = "time"
    return Search(typed, ranges, stop)
