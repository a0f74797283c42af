"""Colours: the program's own themes, and a readable pair of colours for every label on any theme.

Colour is never the only channel: what is accepted, suggested, rejected, nested or selected differs in
text style too (see `tui.widgets.article`), so that it can be told apart in black and white.
"""

import difflib
from dataclasses import dataclass
from functools import lru_cache

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from annotations.errors import AnnotateError
from annotations.scheme import LabelScheme

OKABE_ITO = ("#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7", "#d55e00", "#0072b2")
"""Okabe and Ito, "Color Universal Design" (2008): told apart with every kind of colour blindness."""

# Hues in steps of the golden angle, so that neighbours in a scheme lie far apart.
_WHEEL = tuple(
    Color.from_hsl((0.58 + place * 0.381966) % 1, 0.62, 0.62).hex.lower() for place in range(18)
)

READABLE = 4.5
"""The contrast ratio WCAG 2.2 (1.4.3, level AA) asks of text."""


@dataclass(frozen=True)
class Palette:
    """The label colours of a theme, dealt out in the order of the label scheme."""

    theme: Theme
    colours: tuple[str, ...]


def _theme(name: str, dark: bool, back: str, fore: str, accent: str, panel: str) -> Theme:
    return Theme(
        name=name,
        primary=accent,
        secondary=accent,
        accent=accent,
        foreground=fore,
        background=back,
        surface=back,
        panel=panel,
        dark=dark,
    )


PALETTES = {
    palette.theme.name: palette
    for palette in (
        Palette(_theme("annotate-dark", True, "#14171c", "#dfe3ea", "#8ab4f8", "#232831"), _WHEEL),
        Palette(_theme("annotate-light", False, "#fbfaf7", "#22252a", "#1a5fb4", "#e9e6df"), _WHEEL),
        Palette(_theme("annotate-contrast", True, "#000000", "#ffffff", "#ffff00", "#1c1c1c"), _WHEEL),
        Palette(
            _theme("annotate-colour-blind", True, "#14171c", "#e8e8e8", "#56b4e9", "#232831"),
            OKABE_ITO,
        ),
    )
}
DEFAULT = "annotate-dark"


def known_theme(name: str, place: str) -> str:
    """The theme by that name, ours or Textual's; empty for the default.

    Raises `AnnotateError`, beginning with the place where the name was given.
    """
    known = {**PALETTES, **BUILTIN_THEMES}
    if name and name not in known:
        near = difflib.get_close_matches(name, known, 1) or list(PALETTES)
        raise AnnotateError(f"{place}: there is no theme {name!r}; there is {', '.join(near)}.")
    return name


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@dataclass(frozen=True)
class LabelColours:
    """How a label looks on a theme: all as `#rrggbb`."""

    back: str
    """Behind an accepted span."""
    on_back: str
    """The text of an accepted span."""
    fore: str
    """The text of a suggestion, on the theme's own background."""


@lru_cache(maxsize=1024)
def label_colours(colour: str, background: str) -> LabelColours:
    """Colours for a label of one hue on a background, readable wherever there is text."""
    hue, ground = Color.parse(colour), Color.parse(background)
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    on_back = max((black, white), key=lambda text: contrast(text, hue))
    away = white if _luminance(ground) < 0.2 else black
    fore = hue
    for step in range(21):
        fore = hue.blend(away, step / 20)
        if contrast(fore, ground) >= READABLE:
            break
    return LabelColours(hue.hex6.lower(), on_back.hex6.lower(), fore.hex6.lower())


def scheme_colours(scheme: LabelScheme, theme: Theme) -> dict[str, LabelColours]:
    """The colours of every label of a scheme on a theme: its own colour, else one of the theme's."""
    palette = PALETTES[theme.name].colours if theme.name in PALETTES else _WHEEL
    background = theme.background or ("#121212" if theme.dark else "#efefef")
    if Color.parse(background).ansi is not None:
        background = "#000000" if theme.dark else "#ffffff"
    return {
        label.name: label_colours(label.colour or palette[place % len(palette)], background)
        for place, label in enumerate(scheme)
    }


def _luminance(colour: Color) -> float:
    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
