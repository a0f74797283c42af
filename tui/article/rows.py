"""The rows of the article at the width of the view, and conversion between offsets and places in them.

Offsets are code points, columns are terminal cells, rows are counted from 0.
"""

from tui.cells.row import Row
from tui.cells.widths import Widths
from tui.cells.wrap import Wrap, has_empty_line

FIRST_WIDTH = 80
"""The columns to wrap to until the width of the view is known."""


class ArticleRows:
    """A text in rows, wrapped on demand by the widths `larger` and shown with the widths `terminal`."""

    def __init__(self, text: str, larger: Widths, terminal: Widths | None = None) -> None:
        self.text = text
        self.larger = larger
        """The widths of characters that text is wrapped with; no terminal draws them wider."""
        self.terminal = terminal or larger
        """The widths of characters in this terminal, as far as it has reported them."""
        self.spaced = not has_empty_line(text)
        """Whether there are no empty lines: then each line is a paragraph, and lines are drawn apart."""
        self.wrap = Wrap(text, FIRST_WIDTH, larger, spaced=self.spaced)
        self._kept_cell: int | None = None

    def fit(self, columns: int) -> None:
        """Wrap to another width."""
        if self.wrap.width != max(columns, 2):
            self.wrap = Wrap(self.text, columns, self.larger, spaced=self.spaced)

    def row(self, number: int) -> Row:
        """A row with its layout."""
        return Row(self.text, *self.wrap.range_of(number), self.larger, self.terminal)

    @property
    def number(self) -> int | None:
        """How many rows there are, once all of them are known."""
        return self.wrap.rows if self.wrap.complete else None

    def offset_at(self, number: int, column: int) -> int:
        """The offset at a column of a row, or nearest to it: never after the row's last code point."""
        self.wrap.reach_row(number)
        return self._offset_in(min(max(number, 0), self.wrap.rows - 1), column)

    def offset_rows_away(self, offset: int, rows: int) -> int:
        """The offset `rows` rows below another one (above, if negative), in the same column.

        The column is kept over a series of such moves, across shorter rows, until `forget_column`. Up
        from the first row, the result is the start of the text; down from the last row, its end.
        """
        here = self.wrap.row_of(offset)
        if self._kept_cell is None:
            self._kept_cell = self.row(here).cell_of(offset)
        self.wrap.reach_row(here + max(rows, 0))
        target = min(max(here + rows, 0), self.wrap.rows - 1)
        if self.wrap.is_spacer_row(target):
            # It has no place for the cursor; there is always a row above and below it.
            target += 1 if rows > 0 else -1
        if target == here and rows:
            return 0 if rows < 0 else len(self.text)
        return self._offset_in(target, self._kept_cell)

    def forget_column(self) -> None:
        """Let the next move by rows start from the column of its offset."""
        self._kept_cell = None

    def rows_of(self, start: int, end: int) -> range:
        """The rows that show a range of the text, as far as rows are known."""
        if start >= self.wrap.reached and not self.wrap.complete:
            return range(0)
        first = self.wrap.row_of(start)
        last = first if end <= self.wrap.range_of(first)[1] else self.wrap.row_of(end)
        return range(first, last + 1)

    def _offset_in(self, number: int, column: int) -> int:
        row = self.row(number)
        return row.offset_at(min(column, max(row.width - 1, 0)))
