"""Terminal cells and code points: one row of text, with the offset of each column and the reverse.

Columns are terminal cells, 0-based; offsets are code points, 0-based, end exclusive. A row ends inside
a grapheme cluster (Unicode Standard Annex 29) only if that is wider than a row. Each cell of a cluster
gives the offset of its start.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

import regex
from rich.cells import set_cell_size

from annotations.text.display import displayable
from tui.cells.widths import Widths, cluster_cells

TAB = 8
"""The distance of tab stops in cells, counted from the start of a row."""
LARGER = Widths()
"""The widths to lay text out with."""

# Each takes one cell, alone or next to others, in every terminal in which ambiguous characters are
# narrow: no tabs, no combining marks, no wide characters, nothing that changes a neighbour's width.
NARROW = regex.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x7e\x7f-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a"
    r"\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e"
    r"\u20a0-\u20bf\u2100-\u2121\u2123-\u2138]*+"
)
_NARROW_ANYWHERE = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x7f]*+")
_GRAPHEME = regex.compile(r"\X")
_NON_JOINER = "\u200c"


def narrow(text: str, start: int, end: int, widths: Widths) -> bool:
    """Whether every code point of a range takes one cell."""
    pattern = NARROW if widths.ambiguous == 1 else _NARROW_ANYWHERE
    return pattern.fullmatch(text, start, end) is not None


@lru_cache(maxsize=4096)
def cluster_width(cluster: str, following: str = "", widths: Widths = LARGER) -> int:
    """How many cells a grapheme cluster takes when it is shown.

    `following` is the character after it, which decides whether a non-joiner at its end is shown.
    """
    return cluster_cells(displayable(cluster + following)[: len(cluster)], widths)


def clusters(text: str, start: int, end: int, widths: Widths = LARGER) -> Iterator[tuple[int, int, int]]:
    """The grapheme clusters of a range: start, end, and width in cells (a tab has the width 0)."""
    for match in _GRAPHEME.finditer(text, start, end):
        first, last = match.span()
        cluster = match.group()
        following = text[last : last + 1] if cluster[-1] == _NON_JOINER else ""
        yield first, last, 0 if cluster == "\t" else cluster_width(cluster, following, widths)


def fit(text: str, cells: int) -> str:
    """A text with symbols for invisible characters, cut so that no terminal draws it wider than `cells`.

    Blanks fill it up to the width that Rich counts; `tui.terminal_output.placed` keeps the column of
    what follows.
    """
    shown = displayable(text)
    if not narrow(shown, 0, len(shown), LARGER):
        room = cells
        for first, _, width in clusters(shown, 0, len(shown)):
            room -= width
            if room < 0:
                shown = shown[:first]
                break
    # A joiner at the end would join the text to the blank after it.
    return set_cell_size(shown.rstrip("\u200d"), max(cells, 0))


class Row:
    """One row of text on the screen: the code points from `start` to `end` of the whole text.

    It is laid out by the widths `larger`, and shown by a terminal with the widths `terminal`; its
    columns are those of the terminal. Tabs are drawn as blanks, as many as the layout needs.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        larger: Widths = LARGER,
        terminal: Widths | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self._shown = displayable(text[start : end + 1])[: end - start]
        self._starts: list[int] | None = None
        self._tabs: dict[int, int] = {}
        if not narrow(text, start, end, larger):
            self._starts, self._layout = self._measure(text, larger)
            self._cells = self._layout
            if terminal is not None and terminal != larger:
                _, self._cells = self._measure(text, terminal)

    @property
    def width(self) -> int:
        """How many cells the row takes in the terminal."""
        return self._cells[-1] if self._starts is not None else self.end - self.start

    def end_within(self, cells: int) -> int:
        """The offset where a row of `cells` cells is cut, because blanks at its end may reach further."""
        if self._starts is None:
            return min(self.end, self.start + cells)
        if self._layout[-1] <= cells:
            return self.end
        return self._starts[bisect_left(self._layout, cells)]

    def cell_of(self, offset: int) -> int:
        """The first cell of the cluster that holds an offset; the row's width at or after its end."""
        offset = min(max(offset, self.start), self.end)
        if self._starts is None:
            return offset - self.start
        return self._cells[bisect_right(self._starts, offset) - 1]

    def offset_at(self, cell: int) -> int:
        """The start of the cluster that covers a cell; the row's end after its last cell."""
        if self._starts is None:
            return min(self.start + max(cell, 0), self.end)
        if cell >= self.width:
            return self.end
        return self._starts[bisect_right(self._cells, max(cell, 0)) - 1]

    def shown(self, start: int, end: int) -> str:
        """What to print for a range of offsets inside the row, with blanks for tabs."""
        part = self._shown[start - self.start : end - self.start]
        if not self._tabs or "\u2409" not in part:
            return part
        return "".join(
            " " * self._tabs[offset] if offset in self._tabs else char
            for offset, char in enumerate(part, start)
        )

    def snap(self, offset: int) -> int:
        """The start of the cluster that contains an offset, or the edge of the row nearest to it."""
        offset = min(max(offset, self.start), self.end)
        if self._starts is None:
            return offset
        return self._starts[bisect_right(self._starts, offset) - 1]

    def _measure(self, text: str, widths: Widths) -> tuple[list[int], list[int]]:
        """The starts of all clusters and the row's end, and the cell of each."""
        starts, cells, cell = [], [], 0
        for first, _, width in clusters(text, self.start, self.end, widths):
            starts.append(first)
            cells.append(cell)
            if width == 0 and text[first] == "\t":
                # The layout is measured first, and sets how many blanks are drawn for the tab.
                width = self._tabs.setdefault(first, TAB - cell % TAB)
            cell += width
        return [*starts, self.end], [*cells, cell]
