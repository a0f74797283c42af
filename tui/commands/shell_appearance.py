"""Colours and symbols for what commands draw in a shell."""

import os
import sys

from rich.console import Console
from textual.theme import Theme

from annotations.project.settings import Settings
from tui.colours.computed import colours_of
from tui.colours.depth import depth_of, is_linux_console
from tui.colours.glyphs import glyphs_of
from tui.colours.themes import DEFAULT_THEME, OWN_THEMES
from tui.widgets.appearance import Appearance


def shell_appearance(settings: Settings) -> Appearance:
    """What the terminal can show, in the theme of the project if it is one of the program's own."""
    name = settings.theme if settings.theme in OWN_THEMES else DEFAULT_THEME
    theme = Theme(name, primary="#000000", dark=OWN_THEMES[name].dark)
    depth = depth_of(Console().color_system, os.environ)
    colours = colours_of(settings.scheme, theme, depth, is_linux_console(os.environ))
    return Appearance(colours, glyphs_of(settings.glyphs, sys.stdout.encoding or "", os.environ))
