"""Colours for tests that draw without a screen."""

from textual.theme import Theme

from annotations.model.label_scheme import ONTONOTES, LabelScheme
from tui.colours.computed import VGA, colours_of
from tui.colours.depth import Depth
from tui.colours.palette import Colours

XTERM = dict(
    zip(
        VGA,
        (
            *("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"),
            *("#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
        ),
        strict=True,
    )
)
"""The sixteen colours of xterm."""


def own_colours(
    depth: Depth = "true", theme: str = "annotate-dark", scheme: LabelScheme = ONTONOTES
) -> Colours:
    """The colours of one of annotate's own themes."""
    return colours_of(scheme, Theme(name=theme, primary="#000000", dark="light" not in theme), depth)
