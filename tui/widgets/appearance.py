"""What is needed to draw lines: the colours of the theme and the symbols that the terminal can show."""

from msgspec import Struct

from tui.colours.glyphs import Glyphs
from tui.colours.palette import Colours


class Appearance(Struct, frozen=True):
    """The current colours and symbols."""

    colours: Colours
    glyphs: Glyphs
