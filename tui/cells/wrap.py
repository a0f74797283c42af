"""Where the rows of a text begin when it is wrapped to a width.

A run of empty lines is one row. A text without empty lines can get an empty row after each line that
takes several rows.

Rows are found only as far as they are asked for: the first screen of a text of 10 MB appears as soon as
that of a text of 3 KB, and the rest is wrapped in slices while nobody waits.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator

import regex

from tui.cells.row import LARGER, TAB, cluster_width, clusters, narrow
from tui.cells.widths import Widths

_LINE_END = regex.compile(r"\r\n|\r|\n")
_EMPTY_LINES = regex.compile(r"(?:[ \t]*+(?>\r\n?|\n))++")
_EMPTY_LINE = regex.compile(r"\A[ \t]*+[\r\n]|(?>\r\n?|\n)[ \t]*+[\r\n]")
LOOK_FOR_EMPTY = 1_000_000
"""In how many code points to look for an empty line; this takes some 4 milliseconds."""
MINIMUM_WIDTH = 2
"""A character may take two cells, so a narrower row could not hold it."""


def has_empty_line(text: str) -> bool:
    """Whether there is an empty line in the first `LOOK_FOR_EMPTY` code points of a text."""
    return _EMPTY_LINE.search(text, 0, LOOK_FOR_EMPTY) is not None


class Wrap:
    """The rows of a text at a width in cells, found in order and on demand.

    By the widths `larger`, no row is wider than `width`, except for blanks at its end. A grapheme
    cluster is cut only if it is wider than a row. With `spaced`, an empty row follows each line that
    takes several rows, so that its end can be seen.
    """

    def __init__(self, text: str, width: int, larger: Widths = LARGER, *, spaced: bool = False) -> None:
        self.text = text
        self._larger = larger
        self._spaced = spaced
        self.width = max(width, MINIMUM_WIDTH)
        self._starts = array("L", [0])
        self._plain = text.isascii() and "\t" not in text
        self._source = self._row_starts()
        self.complete = False

    @property
    def rows(self) -> int:
        """How many rows are known so far; all of them when `complete`."""
        return len(self._starts)

    @property
    def reached(self) -> int:
        """The offset up to which rows are known."""
        return len(self.text) if self.complete else self._starts[-1]

    def extend(self, rows: int) -> None:
        """Find this many more rows, or all that are left."""
        append = self._starts.append
        for _ in range(rows):
            start = next(self._source, None)
            if start is None:
                self.complete = True
                return
            append(start)

    def reach_row(self, row: int) -> None:
        """Find rows until `row` and its end are known, or the text ends."""
        while not self.complete and row + 1 >= len(self._starts):
            self.extend(256)

    def reach_offset(self, offset: int) -> None:
        """Find rows until the row with `offset` and its end are known, or the text ends."""
        while not self.complete and offset >= self._starts[-1]:
            self.extend(4096)

    def row_of(self, offset: int) -> int:
        """The row that holds the code point at an offset."""
        self.reach_offset(offset)
        return bisect_right(self._starts, offset) - 1

    def range_of(self, row: int) -> tuple[int, int]:
        """The code points of a row, without those that end its line; none for a row of empty lines."""
        start, end = self.reach_of(row)
        if self.text[start : start + 1] in " \t\r\n" and _EMPTY_LINES.fullmatch(self.text, start, end):
            return start, start
        if end > start and self.text[end - 1] == "\n":
            end -= 1
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return start, end

    def reach_of(self, row: int) -> tuple[int, int]:
        """The code points of a row, with those that end its line, up to the start of the next row."""
        self.reach_row(row)
        behind = self._starts[row + 1] if row + 1 < len(self._starts) else len(self.text)
        return self._starts[row], behind

    def is_spacer_row(self, row: int) -> bool:
        """Whether a row contains no offset and only separates two lines."""
        start, behind = self.reach_of(row)
        return start == behind and row + 1 < len(self._starts)

    def _row_starts(self) -> Iterator[int]:
        """The starts of all rows but the first."""
        start, length = 0, len(self.text)
        while start < length:
            empty = _EMPTY_LINES.match(self.text, start)
            if empty:
                start = empty.end()
                if start < length:
                    yield start
                continue
            match = _LINE_END.search(self.text, start)
            end, following = match.span() if match else (length, length)
            several = False
            if end - start > self.width or not self._plain:
                for row in self._rows_of_line(start, end):
                    several = True
                    yield row
            if self._spaced and several and following < length:
                yield following
            if match:
                yield following
            start = following

    def _rows_of_line(self, start: int, end: int) -> Iterator[int]:
        """The starts of all rows of a line but the first."""
        if self._plain or narrow(self.text, start, end, self._larger):
            return self._narrow_rows(start, end)
        return self._mixed_rows(start, end)

    def _narrow_rows(self, start: int, end: int) -> Iterator[int]:
        """The starts of the later rows of a line in which every code point takes one cell."""
        text, width = self.text, self.width
        while end - start > width:
            # A blank at the end of a row may be one cell outside, because it cannot be seen.
            blank = text.rfind(" ", start, start + width + 1)
            start = blank + 1 if blank >= start else start + width
            if start < end:
                yield start

    def _mixed_rows(self, start: int, end: int) -> Iterator[int]:
        """The starts of the later rows of a line with wide, combining or tab characters.

        A row may end after a blank and on either side of a wide character, otherwise inside a word.
        """
        row, cell, chance, chance_cell = start, 0, 0, 0
        for first, last, own_width in clusters(self.text, start, end, self._larger):
            if own_width > self.width:
                if first > row:
                    yield first
                # No code point takes more than two cells.
                step = self.width // 2
                yield from range(first + step, last, step)
                row = last - (last - first - 1) % step - 1
                cell, chance = 2 * (last - row), row
                continue
            char = self.text[first]
            # A blank with a combining mark is not a blank: the mark would be lost at the end of a row.
            blank = char in " \t" and last == first + 1
            width = TAB - cell % TAB if char == "\t" else own_width
            # A letter with a spacing vowel sign takes two cells but is not a wide character.
            wide = width > 1 and not blank and cluster_width(char) > 1
            if wide and first > row:
                chance, chance_cell = first, cell
            if cell + width > self.width and not blank:
                if chance > row:
                    cell -= chance_cell
                    row = chance
                    yield row
                if cell + width > self.width and first > row:
                    cell, row = 0, first
                    yield row
            cell += width
            if blank or wide:
                chance, chance_cell = last, cell
