"""How many keys of the program it takes to go to a place in a text and to correct an edge there.

A step by word, line, sentence or span is one key, a search six. With the helps of the program, a jump
is two keys to a suggestion and three to a word. An edge is moved by one word with one key, and to the
end or the start of the name with one key. An edge inside a word that is not between two of its parts
costs three more (by character and back). Without the helps of the program, an edge between the parts of
a word costs seven more: those of a search by regular expression.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotations.text.name_extent import end_of_name, start_of_name
from annotations.text.segmentation import next_sentence, words
from annotations.text.word_parts import parts_of_word

WIDTH, HEIGHT = 78, 17
"""The size of the text on a screen of 80 columns and 24 rows."""
SEARCH = 6
JUMP_TO_SPAN, JUMP_TO_WORD = 2, 3
INSIDE_WORD = 3
BETWEEN_PARTS = 7
"""How many more keys an edge between the parts of a word costs without the helps."""


class Layout:
    """Where the rows, words and sentences of a text begin. Offsets are code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        whole = list(words(text, 0, len(text)))
        parts = [part for word in whole for part in parts_of_word(text, word)]
        self._words = [start for start, _ in whole]
        self._ends = [end for _, end in whole]
        self._word_edges = {edge for word in whole for edge in word}
        self._part_starts = sorted({start for start, _ in parts})
        self._part_ends = sorted({end for _, end in parts})
        self._part_edges = {*self._part_starts, *self._part_ends}
        self._rows = _rows(text)
        self._sentences = [0]
        while self._sentences[-1] < len(text):
            following = next_sentence(text, self._sentences[-1])
            self._sentences.append(following if following > self._sentences[-1] else len(text))

    def screen(self, place: int) -> int:
        """The number of the screen that shows a place, when the text is read page by page."""
        return self._row(place) // HEIGHT

    def start_of_screen(self, screen: int) -> int:
        """The first place on a screen; after the last screen, the end of the text."""
        row = screen * HEIGHT
        return self._rows[row] if row < len(self._rows) else len(self.text)

    def way(self, here: int, there: int, spans: Sequence[int], *, to_span: bool, helped: bool) -> int:
        """The fewest keys from one place to another; `spans` are the places where spans begin, in order."""
        walk = self._walk(here, there, spans, to_span=to_span)
        return min(walk, JUMP_TO_SPAN if to_span else JUMP_TO_WORD) if helped else walk

    def _walk(self, here: int, there: int, spans: Sequence[int], *, to_span: bool) -> int:
        target = self._word(there)
        best = min(SEARCH, abs(self._word(here) - target))
        row, wanted = self._row(here), self._row(there)
        if row != wanted:
            end = self._rows[wanted + 1] - 1 if wanted + 1 < len(self._rows) else len(self.text)
            landing = min(self._rows[wanted] + here - self._rows[row], end)
            best = min(best, abs(row - wanted) + abs(self._word(landing) - target))
        sentence, other = (
            bisect_right(self._sentences, here) - 1,
            bisect_right(self._sentences, there) - 1,
        )
        if sentence != other:
            back = int(other < sentence)
            begin = self._word(self._sentences[other])
            best = min(best, abs(sentence - other) + back + abs(begin - target))
        return min(best, self._way_by_spans(here, there, spans, to_span=to_span))

    def edges(self, start: int, end: int, to_start: int, to_end: int, *, helped: bool) -> int:
        """The keys that change a span from `start` to `end` into one from `to_start` to `to_end`."""
        left, right = self._edge(start, to_start, True, helped), self._edge(end, to_end, False, helped)
        if helped and right > 1 and to_end > end:
            right = min(right, 1 + self._edge(end_of_name(self.text, end), to_end, False, helped))
        if helped and left > 1 and to_start < start:
            left = min(left, 1 + self._edge(start_of_name(self.text, start), to_start, True, helped))
        return left + right

    def by_hand(self, start: int, end: int, *, helped: bool) -> int:
        """The keys that label a range, with the key of the label, when its first word is selected."""
        first = self._ends[self._word(start)] if self._ends else end
        if helped and start in self._part_edges:
            place = bisect_right(self._part_ends, start)
            first = self._part_ends[place] if place < len(self._part_ends) else end
        inside = self._inside_word(start, helped)
        return inside + self.edges(start, first, start, end, helped=helped) + 1

    def _way_by_spans(self, here: int, there: int, spans: Sequence[int], *, to_span: bool) -> int:
        first, last = bisect_right(spans, here), bisect_left(spans, there)
        if to_span:
            return max(1, last - first + 1) if last >= first else first - last
        near = [place for place in (last - 1, last) if 0 <= place < len(spans)]
        target = self._word(there)
        return min(
            (abs(place - first + 1) + abs(self._word(spans[place]) - target) for place in near),
            default=SEARCH,
        )

    def _edge(self, here: int, there: int, starts: bool, helped: bool) -> int:
        if here == there:
            return 0
        low, high = sorted((here, there))
        find, edges = (bisect_left, self._part_starts) if starts else (bisect_right, self._part_ends)
        return max(1, find(edges, high) - find(edges, low)) + self._inside_word(there, helped)

    def _inside_word(self, place: int, helped: bool) -> int:
        if place in self._word_edges:
            return 0
        if place in self._part_edges:
            return 0 if helped else BETWEEN_PARTS
        return INSIDE_WORD

    def _row(self, place: int) -> int:
        return bisect_right(self._rows, place) - 1

    def _word(self, place: int) -> int:
        return max(0, bisect_right(self._words, place) - 1)


def _rows(text: str) -> list[int]:
    """The places where the rows of a wrapped text begin."""
    rows, at = [], 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        while end - start > WIDTH:
            space = text.rfind(" ", start, start + WIDTH + 1) + 1
            rows.append(start)
            start = space if space > start else start + WIDTH
        rows.append(start)
        at = end + 1
    return rows
