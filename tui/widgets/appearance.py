"""What lines are drawn with: the colours of the theme and the signs of the terminal."""

from msgspec import Struct

from tui.colours.glyphs import Glyphs
from tui.colours.palette import Colours


class Appearance(Struct, frozen=True):
    """The colours and signs of the moment."""

    colours: Colours
    glyphs: Glyphs
