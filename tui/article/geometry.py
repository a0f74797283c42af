"""The places of the parts of the page: gutter, text, rail, scroll bar, side panel.

Pure functions of the size of the screen, the measure and whether the side panel is open. Columns and
rows are cells, counted from 0. The position and the width of the text do not depend on whether the panel
is open.
"""

from msgspec import Struct

from annotations.project.settings import MEASURE

GUTTER = 4
"""The columns of a blank, the sign of the row, the rule of the paragraph, and a blank."""
NARROW_GUTTER = 2
"""The columns of the sign of the row and the rule of the paragraph."""
BEFORE_RAIL = 2
SMALLEST_RAIL = 7
LARGEST_RAIL = 24
NAMES_IN_RAIL = 16
"""From this number of columns on, the rail has the names of labels instead of their letters."""
SCROLL_BAR = 1
PANEL = 34
WIDE_PANEL = 48
SHEET_ROWS = 10
"""How many rows the side panel has if there is no room for it next to the text."""
WITHOUT_RAIL = 60
"""Below this number of columns there is no rail."""
WITH_NARROW_GUTTER = 50
"""Below this number of columns the gutter is the narrow one."""
CENTRED = 160
"""From this number of columns the text is in the middle."""
ROOM_UNDER_HEADER = 30
"""From this number of rows there is a blank row between the header and the text."""
CHROME_ROWS = 4
"""Header, label bar, status, hints."""


class Geometry(Struct, frozen=True):
    """The places of the parts of the page on a screen of a size."""

    gutter: int
    """Columns of the gutter, right before the text."""
    left: int
    """The column of the first cell of the text."""
    text: int
    """Columns of the text: no row is wider."""
    rail: int
    """Columns of the rail; 0 if there is none."""
    view: int
    """Columns of the article with its gutter, rail and scroll bar, up to an open panel beside it."""
    panel_beside: bool
    """Whether the open panel is next to the text; otherwise it covers its last rows."""
    panel_columns: int
    """Columns of the panel when it is open."""
    panel_rows: int
    """Rows of the panel as a sheet; 0 if it is next to the text."""
    blank_rows: int
    """Blank rows between the header and the text."""

    @property
    def rail_left(self) -> int:
        """The column of the first cell of the rail."""
        return self.left + self.text + BEFORE_RAIL

    @property
    def names_in_rail(self) -> bool:
        """Whether the rail has room for the names of labels."""
        return self.rail >= NAMES_IN_RAIL


def geometry(width: int, height: int, measure: int = MEASURE, *, panel_open: bool = False) -> Geometry:
    """The page on a screen of `width` columns and `height` rows; a `measure` of 0 means no limit."""
    gutter = GUTTER if width >= WITH_NARROW_GUTTER else NARROW_GUTTER
    has_rail = width >= WITHOUT_RAIL
    around = gutter + SCROLL_BAR + (BEFORE_RAIL + SMALLEST_RAIL if has_rail else 0)
    text = max(min(measure or width, width - around), 1)
    panel = _panel_beside(width, around + text)
    left = gutter
    if width >= CENTRED:
        block = gutter + text + BEFORE_RAIL + LARGEST_RAIL
        left += max(width - panel - SCROLL_BAR - block, 0) // 2
    view = width - (panel if panel_open else 0)
    rail = min(view - SCROLL_BAR - left - text - BEFORE_RAIL, LARGEST_RAIL) if has_rail else 0
    return Geometry(
        gutter=gutter,
        left=left,
        text=text,
        rail=rail,
        view=view,
        panel_beside=bool(panel),
        panel_columns=panel or width,
        panel_rows=0 if panel else max(min(SHEET_ROWS, (height - CHROME_ROWS) // 2), 1),
        blank_rows=int(height >= ROOM_UNDER_HEADER),
    )


def _panel_beside(width: int, page: int) -> int:
    """Columns of a panel beside a page of a width; 0 if neither the wide nor the narrow panel fits."""
    if width >= CENTRED and width >= page + WIDE_PANEL:
        return WIDE_PANEL
    return PANEL if width >= page + PANEL else 0
