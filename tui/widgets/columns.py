"""Lines with parts at fixed columns, however wide the terminal draws the words before them."""

from rich.cells import cell_len
from rich.style import Style

from annotations.text.display import displayable
from tui.cells.cut import ELLIPSIS, cut
from tui.terminal_output.placed import PLACED
from tui.widgets.appearance import Appearance
from tui.widgets.lines import Line, Piece, fitted

PLAIN = Style.null()


class Columns:
    """A line that is built from left to right."""

    def __init__(self, sign: str = ELLIPSIS) -> None:
        """`sign` is put at the end of a text that is cut."""
        self._pieces: list[Piece] = []
        self._at = 0
        self._sign = sign
        self._moved = False

    @property
    def line(self) -> Line:
        """The line so far."""
        return self._pieces

    @property
    def column(self) -> int:
        """The column after the last text."""
        return self._at

    def to(self, column: int) -> "Columns":
        """Continue at a column; if the line is already longer, at its end."""
        if column > self._at:
            self._pieces.append((" " * (column - self._at), PLAIN))
            self._at = column
        self._moved = True
        return self

    def put(self, text: str, style: Style = PLAIN, before: int | None = None) -> "Columns":
        """Add a text; with `before`, it is cut so that it ends before that column."""
        shown = displayable(text)
        if before is not None:
            shown = fitted(cut, shown, max(before - self._at, 0), self._sign)
        if shown:
            self._pieces.append((shown, style + PLACED if self._moved else style))
            self._at += cell_len(shown)
            self._moved = False
        return self

    def add(self, line: Line) -> "Columns":
        """Add a whole line, without cutting it."""
        for text, style in line:
            self.put(text, style)
        return self

    def put_right(self, text: str, style: Style, end: int) -> "Columns":
        """Add a text so that it ends just before the column `end`."""
        return self.to(max(end - cell_len(displayable(text)), self._at)).put(text, style, end)


def with_background(line: Line, ground: Style, first: int, end: int) -> Line:
    """A line with the background `ground` from the column `first` to the column `end`.

    `first` must be where a piece of the line begins, or after the end of the line.
    """
    pieces: list[Piece] = []
    column = 0
    for text, style in line:
        pieces.append((text, ground + style if column >= first else style))
        column += cell_len(text)
    return [*pieces, (" " * (end - column), ground)] if column < end else pieces


def with_thumb(line: Line, width: int, appearance: Appearance) -> Line:
    """A row of a list, with the thumb of the scroll bar in the last column."""
    columns = Columns(appearance.glyphs.cut).add(line).to(width - 1)
    return columns.put(appearance.glyphs.thumb, appearance.colours.style("muted")).line
