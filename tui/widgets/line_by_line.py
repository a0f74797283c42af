"""Widgets that draw lines of cells completely by themselves.

Textual keeps every line that a widget drew, and computes borders, padding and opacity for each part of it
that is drawn. These widgets have none of these and know by themselves what changed.
"""

from collections.abc import Iterable, Sequence

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class DrawnOnce(Strip):
    """A strip that does not cache its parts.

    Textual's own strip caches itself as its only part. This is a reference cycle: each line of each frame
    would be left to the garbage collector, a thousand objects for each key.
    """

    __slots__ = ()

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The parts between the cuts; see `Strip`."""
        cuts = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if cuts == [self.cell_length] else super().divide(cuts)


def filled(strip: Strip, width: int, style: Style) -> Strip:
    """A strip cut or filled to a width in cells; one of that width is returned unchanged, so it does not
    cache itself.
    """
    return strip if strip.cell_length == width else strip.crop_extend(0, width, style)


class LineByLine(Widget):
    """Base of widgets whose `render_line` draws complete lines with their own colours."""

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
