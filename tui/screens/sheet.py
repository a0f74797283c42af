"""Sheets: windows at the bottom of the screen, over the lines around the article, never over its middle.

A sheet is as wide as the screen, 5 to 12 rows high and never more than half of it. Its first row is an
edge, its last one says what the keys do. The reader scrolls the text that the sheet asks about into the
rows above the sheet (`ReaderScreen.ask`).
"""

from abc import abstractmethod
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.screen import ScreenResultType

from tui.screens.window import Window
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints, hints_row
from tui.widgets.lines import Line, Lines

LOWEST, HIGHEST = 5, 12
"""The least and the most rows of a sheet, with its edge and its hints, if the screen has twice as many."""
AROUND = 2
"""Rows of a sheet that are its edge and its hints."""


def sheet_rows(wanted: int, screen_rows: int) -> int:
    """How many rows a sheet gets that could use the `wanted` number, on a screen of a height."""
    return max(min(max(wanted, LOWEST), HIGHEST, screen_rows // 2), 1)


class Sheet(Window[ScreenResultType]):
    """A window that is drawn by pure functions from what it asks and its size."""

    DEFAULT_CSS = """
    Sheet { background: transparent; align: left bottom; }
    Sheet > #sheet { width: 100%; height: 5; }
    """
    wanted = HIGHEST
    """How many rows it could use."""
    alarm = False
    """Whether it says that something is wrong."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.appearance = appearance
        self._lines = Lines(appearance.colours.style("text", "bar"), id="sheet")

    def rows_on(self, screen_rows: int) -> int:
        """How many rows it takes on a screen of a height."""
        return sheet_rows(self.wanted, screen_rows)

    def compose(self) -> ComposeResult:
        """The whole sheet is one widget."""
        self._lines.styles.height = self.rows_on(self.app.size.height)
        yield self._lines

    def on_mount(self) -> None:
        """Show the sheet."""
        self.show()

    def on_resize(self) -> None:
        """Fit the new size."""
        self._lines.styles.height = self.rows_on(self.app.size.height)
        self.show()

    def show(self) -> None:
        """Bring what is shown up to date."""
        if not self.is_attached:
            return
        width, rows = self.app.size.width, self.rows_on(self.app.size.height)
        self._lines.show(sheet_lines(self, width, rows))

    @abstractmethod
    def content(self, width: int, rows: int) -> Sequence[Line]:
        """The lines between the edge and the hints, at most this number of rows."""

    @abstractmethod
    def hints(self) -> tuple[str, Sequence[Hint], Hint | None]:
        """The name for the chip, what the keys do, and the key that closes the sheet."""


def sheet_lines(sheet: Sheet[ScreenResultType], width: int, rows: int) -> list[Line]:
    """All rows of a sheet: its edge, what it asks, what the keys do."""
    colours, glyphs = sheet.appearance.colours, sheet.appearance.glyphs
    edge = colours.style("bad" if sheet.alarm else "mark", "page")
    content = list(sheet.content(width, max(rows - AROUND, 0)))[: max(rows - AROUND, 0)]
    blanks: list[Line] = [()] * (rows - AROUND - len(content))
    mode, keys, way_out = sheet.hints()
    said = Hints(keys, mode=mode, alarm=sheet.alarm, way_out=way_out)
    lines: list[Line] = [[(glyphs.edge * width, edge)], *content, *blanks]
    return [*lines[: rows - 1], hints_row(said, width, sheet.appearance)]
