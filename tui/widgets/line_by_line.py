"""Widgets that draw lines of cells themselves, and need nothing more done to them.

Textual keeps every line that a widget drew, and works out borders, padding and how much shines through,
for each part of it that is drawn. These widgets have none of that and know themselves what changed.
"""

from collections.abc import Iterable, Sequence

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class DrawnOnce(Strip):
    """A strip that does not remember its parts.

    Textual's own remembers itself as its only part, which is a circle: each line of each frame would be left for
    the collector of garbage, a thousand objects a key.
    """

    __slots__ = ()

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The parts between places to cut at; see `Strip`."""
        cuts = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if cuts == [self.cell_length] else super().divide(cuts)


def filled(strip: Strip, width: int, style: Style) -> Strip:
    """A strip cut or filled up to a width in cells. One that has it stays as it is, and does not remember itself."""
    return strip if strip.cell_length == width else strip.crop_extend(0, width, style)


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
        return [DrawnOnce(strip, strip.cell_length) for strip in strips]
