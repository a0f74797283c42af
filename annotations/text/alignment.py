"""Which characters of one text correspond to which characters of an almost identical text.

The texts are compared by lines, different lines by sentences, different sentences by words, and words
that are equal except for their Unicode form by characters. At each level, the common beginning and end
are matched first, then the longest series of parts that occur exactly once in each text and are in the
same order in both (patience diff, Bram Cohen). Only short remaining parts are compared in full. Line
ends, white space and Unicode forms do not count as differences. Almost identical texts of 10 MB take
about a second; no step takes time that grows with the square of the length.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import regex
from rapidfuzz.distance import Indel

_LINES = regex.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SENTENCES = regex.compile(r"[^.!?。！？]*[.!?。！？]+|[^.!?。！？]+")
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}_]+|\s+|.", regex.DOTALL)
_FULL = 4_000_000
"""The largest number of pairs of tokens for which a remaining part is compared in full."""
_CHUNK = 1 << 14

Tokens = Sequence[tuple[int, int]]
"""Start and end of each token of a text."""


@dataclass
class Alignment:
    """Runs of characters that are the same in both texts, in order of the old one."""

    old: list[int] = field(default_factory=list)
    """Where each run begins in the old text, in code points."""
    new: list[int] = field(default_factory=list)
    """Where it begins in the new text."""
    lengths: list[int] = field(default_factory=list)

    def place(self, offset: int) -> int | None:
        """The offset in the new text of a character of the old text; `None` if it is not there."""
        run = bisect_right(self.old, offset) - 1
        if run < 0 or offset >= self.old[run] + self.lengths[run]:
            return None
        return self.new[run] + offset - self.old[run]

    def _add(self, old: int, new: int, length: int) -> None:
        if not length:
            return
        if (
            self.old
            and self.old[-1] + self.lengths[-1] == old
            and self.new[-1] + self.lengths[-1] == new
        ):
            self.lengths[-1] += length
            return
        self.old.append(old)
        self.new.append(new)
        self.lengths.append(length)


def align(old: str, new: str) -> Alignment:
    """Align two texts. Offsets are code points."""
    found = Alignment()
    head = _common_start(old, new)
    tail = _common_end(old, new, min(len(old), len(new)) - head)
    found._add(0, 0, head)
    _by_lines(found, old, new, (head, len(old) - tail), (head, len(new) - tail))
    found._add(len(old) - tail, len(new) - tail, tail)
    return found


def _by_lines(
    found: Alignment, old: str, new: str, old_range: tuple[int, int], new_range: tuple[int, int]
) -> None:
    ours = [match.span() for match in _LINES.finditer(old, *old_range)]
    theirs = [match.span() for match in _LINES.finditer(new, *new_range)]
    _match(found, old, new, ours, theirs, _by_sentences)


def _by_sentences(found: Alignment, old: str, new: str, ours: Tokens, theirs: Tokens) -> None:
    if not ours or not theirs:
        return
    sentences = [match.span() for match in _SENTENCES.finditer(old, ours[0][0], ours[-1][1])]
    others = [match.span() for match in _SENTENCES.finditer(new, theirs[0][0], theirs[-1][1])]
    _match(found, old, new, sentences, others, _by_words)


def _by_words(found: Alignment, old: str, new: str, ours: Tokens, theirs: Tokens) -> None:
    if not ours or not theirs:
        return
    words = [match.span() for match in _WORDS.finditer(old, ours[0][0], ours[-1][1])]
    others = [match.span() for match in _WORDS.finditer(new, theirs[0][0], theirs[-1][1])]
    _match(found, old, new, words, others, _in_full)


def _in_full(found: Alignment, old: str, new: str, ours: Tokens, theirs: Tokens) -> None:
    if not ours or not theirs or len(ours) * len(theirs) > _FULL:
        return
    one, other = _keys(old, ours), _keys(new, theirs)
    for part in Indel.opcodes(one, other):
        if part.tag == "equal":
            for step in range(part.src_end - part.src_start):
                _pair(found, old, new, ours[part.src_start + step], theirs[part.dest_start + step])


def _match(
    found: Alignment,
    old: str,
    new: str,
    ours: Tokens,
    theirs: Tokens,
    rest: Callable[[Alignment, str, str, Tokens, Tokens], None],
) -> None:
    """Match equal tokens, and pass the parts between them to `rest`, in order."""
    one, other = _keys(old, ours), _keys(new, theirs)
    waiting = [(0, len(one), 0, len(other))]
    while waiting:
        i1, i2, j1, j2 = waiting.pop()
        while i1 < i2 and j1 < j2 and one[i1] == other[j1]:
            _pair(found, old, new, ours[i1], theirs[j1])
            i1, j1 = i1 + 1, j1 + 1
        end = 0
        while i1 < i2 - end and j1 < j2 - end and one[i2 - end - 1] == other[j2 - end - 1]:
            end += 1
        if end:
            # The common end comes after the part in between, so it is handled later as a whole.
            waiting.append((i2 - end, i2, j2 - end, j2))
            waiting.append((i1, i2 - end, j1, j2 - end))
            continue
        anchors = _anchors(one, other, i1, i2, j1, j2)
        if not anchors:
            rest(found, old, new, ours[i1:i2], theirs[j1:j2])
            continue
        parts = []
        for i, j in anchors:
            parts.append((i1, i, j1, j))
            i1, j1 = i, j
        parts.append((i1, i2, j1, j2))
        waiting += reversed(parts)


def _anchors(
    one: list[str], other: list[str], i1: int, i2: int, j1: int, j2: int
) -> list[tuple[int, int]]:
    """The longest series of tokens that occur exactly once in each range and are in the same order in both."""
    once, once_there = Counter(one[i1:i2]), Counter(other[j1:j2])
    place = {key: j for j, key in enumerate(other[j1:j2], j1) if once_there[key] == 1}
    pairs = [(i, place[key]) for i, key in enumerate(one[i1:i2], i1) if once[key] == 1 and key in place]
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        ends[pile : pile + 1] = [number]
    run = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _pair(found: Alignment, old: str, new: str, ours: tuple[int, int], theirs: tuple[int, int]) -> None:
    """Match two tokens that are equal except for white space or their Unicode form."""
    one, other = old[slice(*ours)], new[slice(*theirs)]
    if one == other:
        found._add(ours[0], theirs[0], len(one))
        return
    head = _common_start(one, other)
    tail = _common_end(one, other, min(len(one), len(other)) - head)
    found._add(ours[0], theirs[0], head)
    middle = (one[head : len(one) - tail], other[head : len(other) - tail])
    if len(middle[0]) * len(middle[1]) <= _FULL:
        begin, there = ours[0] + head, theirs[0] + head
        for part in Indel.opcodes(*middle):
            if part.tag == "equal":
                length = part.src_end - part.src_start
                found._add(begin + part.src_start, there + part.dest_start, length)
    found._add(ours[1] - tail, theirs[1] - tail, tail)


def _keys(text: str, tokens: Tokens) -> list[str]:
    return [comparable(text[start:end]) for start, end in tokens]


def comparable(text: str) -> str:
    """The form in which texts are compared: one Unicode form, white space as one space, no byte order mark."""
    if text.isascii() and text.isalnum():
        return text
    return " ".join(unicodedata.normalize("NFC", text.replace("\ufeff", "")).split()) or " "


def _common_start(one: str, other: str) -> int:
    length = min(len(one), len(other))
    begin = 0
    while begin < length and one[begin : begin + _CHUNK] == other[begin : begin + _CHUNK]:
        begin = min(begin + _CHUNK, length)
    while begin < length and one[begin] == other[begin]:
        begin += 1
    return begin


def _common_end(one: str, other: str, limit: int) -> int:
    """The length of the common end, at most `limit`."""
    end = 0
    while end < limit and one[len(one) - end - 1] == other[len(other) - end - 1]:
        step = min(_CHUNK, limit - end)
        first, second = len(one) - end - step, len(other) - end - step
        end += step if one[first : first + step] == other[second : second + step] else 1
    return end
