"""Widgets that draw lines of cells themselves, and need nothing more done to them.

Textual keeps every line that a widget drew, and works out borders, padding and how much shines through,
for each part of it that is drawn. These widgets have none of that and know themselves what changed.
"""

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class LineByLine(Widget):
    """Base of widgets whose `render_line` draws all there is to a line, in colours of its own."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget, in the colours that the terminal has."""
        strips = [self.render_line(y) for y in crop.line_range]
        if filters := self.get_line_filters():
            _, background = self.background_colors
            for line_filter in filters:
                strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, self.outer_size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips
