"""Terminal cells and code points: one row of text, and the way between its columns and its offsets.

Columns are terminal cells, 0-based; offsets are code points, 0-based, end exclusive. A row never ends
inside a grapheme cluster (Unicode Standard Annex 29), and no cell of a cluster maps into it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

import regex
from rich.cells import cell_len

TAB = 8
"""Tab stops stand every so many cells from the start of a row."""

# One cell each, alone or beside each other, in every terminal: no tabs, no combining marks, no wide
# characters, nothing whose looks change a neighbour's width.
NARROW = regex.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x7e\x7f-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a"
    r"\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e"
    r"\u20a0-\u20bf\u2100-\u2121\u2123-\u2138]*+"
)
_GRAPHEME = regex.compile(r"\X")
# Rich takes whatever follows a joiner as joined; terminals do so within emoji only. The non-joiner is
# as wide and joins nothing.
_STRAY_JOINER = regex.compile(
    r"(?<!\p{Extended_Pictographic}\p{M}*\p{Emoji_Modifier}?\p{M}*)\u200d"
    r"|\u200d(?!\p{Extended_Pictographic})"
)


def _visible_controls() -> dict[int, str]:
    """What to show for characters that would drive the terminal or hide: one for one."""
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table[0x7F] = "\u2421"
    table |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    # Bidirectional controls can make a text read otherwise than it is: shown, never obeyed.
    bidirectional = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    table |= dict.fromkeys(bidirectional, "\u21c4")
    table |= dict.fromkeys((0x2028, 0x2029), "\u21b5")
    table |= dict.fromkeys((0xFEFF, 0xAD, 0x200B, 0x2060, 0xFFF9, 0xFFFA, 0xFFFB), "\u00b7")
    # Half of a surrogate pair cannot be encoded for a terminal at all.
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    return table


_VISIBLE = _visible_controls()


def displayable(text: str) -> str:
    """The text with control characters as visible symbols: as many code points, none of them raw."""
    if text.isascii() and text.isprintable():
        return text
    shown = text.translate(_VISIBLE)
    return _STRAY_JOINER.sub("\u200c", shown) if "\u200d" in shown else shown


@lru_cache(maxsize=4096)
def cluster_width(cluster: str) -> int:
    """How many cells a grapheme cluster takes, control characters shown as symbols."""
    return cell_len(displayable(cluster))


def clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The grapheme clusters of a range: start, end, and width in cells (a tab has the width 0)."""
    for match in _GRAPHEME.finditer(text, start, end):
        first, last = match.span()
        cluster = match.group()
        yield first, last, 0 if cluster == "\t" else cluster_width(cluster)


class Row:
    """One row of text on the screen: the code points from `start` to `end` of the whole text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self._shown = displayable(text[start:end])
        self._starts: list[int] | None = None
        self._cells: list[int] = []
        if NARROW.fullmatch(text, start, end) is None:
            self._measure(text)

    @property
    def width(self) -> int:
        """How many cells the row takes."""
        return self._cells[-1] if self._starts is not None else self.end - self.start

    def cell_of(self, offset: int) -> int:
        """The first cell of the cluster that holds an offset; the row's width at or behind its end."""
        offset = min(max(offset, self.start), self.end)
        if self._starts is None:
            return offset - self.start
        return self._cells[bisect_right(self._starts, offset) - 1]

    def offset_at(self, cell: int) -> int:
        """The start of the cluster that covers a cell; the row's end behind its last cell."""
        if self._starts is None:
            return min(self.start + max(cell, 0), self.end)
        if cell >= self.width:
            return self.end
        return self._starts[bisect_right(self._cells, max(cell, 0)) - 1]

    def shown(self, start: int, end: int) -> str:
        """What to print for a range of offsets inside the row, tabs as blanks."""
        part = self._shown[start - self.start : end - self.start]
        if self._starts is None or "\u2409" not in part:
            return part
        blanks = []
        for offset, char in enumerate(part, start):
            is_tab = char == "\u2409" and offset in self._tabs
            blanks.append(" " * (self.cell_of(offset + 1) - self.cell_of(offset)) if is_tab else char)
        return "".join(blanks)

    def snap(self, offset: int) -> int:
        """The start of the cluster an offset falls into, kept inside the row."""
        offset = min(max(offset, self.start), self.end)
        if self._starts is None:
            return offset
        return self._starts[bisect_right(self._starts, offset) - 1]

    def _measure(self, text: str) -> None:
        self._starts, cell, self._tabs = [], 0, set()
        for first, _, width in clusters(text, self.start, self.end):
            self._starts.append(first)
            self._cells.append(cell)
            if width == 0 and text[first] == "\t":
                self._tabs.add(first)
                width = TAB - cell % TAB
            cell += width
        self._starts.append(self.end)
        self._cells.append(cell)
