"""A scroll bar of which only the thumb is drawn, to show the scroll position."""

from rich.segment import Segment
from rich.style import Style
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from tui.colours.coloured_app import coloured
from tui.widgets.line_by_line import LineByLine

_GRAB, _UP, _DOWN = (
    Style.from_meta({"@mouse.down": action}) for action in ("grab", "scroll_up", "scroll_down")
)


def thumb(height: int, top: float, in_sight: int, total: int) -> range:
    """The rows of the bar that the thumb takes; none if everything is visible."""
    if total <= in_sight or height <= 0:
        return range(0)
    length = max(round(height * in_sight / total), 1)
    first = round((height - length) * top / (total - in_sight))
    return range(first, first + length)


class ThumbBar(LineByLine, ScrollBar):
    """The scroll bar, one column wide."""

    def render_line(self, y: int) -> Strip:
        """One row of the bar."""
        app = coloured(self.app)
        rows = thumb(self.size.height, self.position, self.window_size, self.window_virtual_size)
        if y in rows:
            segment = Segment(app.glyphs.thumb, app.colours.style("muted", "page") + _GRAB)
        else:
            blank = app.colours.style("text", "page")
            segment = Segment(" ", blank + (_DOWN if y >= rows.stop else _UP))
        return Strip([segment], 1)
