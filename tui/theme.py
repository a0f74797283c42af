"""Colours: the program's own themes, and colours that can be read for every label on any theme.

Colour is never the only channel: what is accepted, suggested, rejected, nested or selected differs in
text style too (see `tui.article.styles`), so that it can be distinguished in black and white.
"""

import colorsys
import difflib
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import LabelScheme

READABLE = 4.5
"""The contrast ratio WCAG 2.2 (1.4.3, level AA) asks of text."""
ENHANCED = 7.0
"""The contrast ratio WCAG 2.2 (1.4.6, level AAA) asks of text."""

_BLACK, _WHITE = Color.parse("#000000"), Color.parse("#ffffff")

# Eighteen colours each, as far apart as the lightness of a theme lets them be, and in an order in which
# neighbours and next neighbours in a scheme lie furthest apart (distances in Oklab, Ottosson 2020).
_DARK = (
    *("#55aee8", "#f3813f", "#b460bc", "#98b224", "#6cf6fb", "#c096af", "#20a04e", "#5381e6", "#e8d4fe"),
    *("#3bbd9f", "#fedd4d", "#a87f19", "#ab8efe", "#bacca2", "#d4556c", "#fd9cf5", "#599197", "#98f998"),
)
_LIGHT = (
    *("#f98cf1", "#05b2f3", "#f87f02", "#a0ca7f", "#fb6ca0", "#febaf7", "#6ef593", "#77b1b2", "#f99e98"),
    *("#a9def1", "#d4e037", "#bc9f7b", "#1af3e3", "#edcfaa", "#a193fc", "#32c364", "#e8b12d", "#bcb4de"),
)
_BRIGHT = (
    *("#f2a635", "#4cd676", "#e7f552", "#d2b08f", "#3ff0c9", "#c6cef9", "#fd86e3", "#b6e195", "#82bcfc"),
    *("#f6c2c2", "#b7c140", "#baf5f2", "#f399ad", "#8fc4b4", "#f7e7bb", "#cfa3eb", "#72e3ff", "#f7cc4b"),
)
OKABE_ITO = ("#cc79a7", "#f0e442", "#d55e00", "#56b4e9", "#0072b2", "#e69f00", "#009e73")
"""Okabe and Ito, "Color Universal Design" (2008), their black left out: distinguishable with every kind of
colour blindness. What more labels get are tints and shades of these, ordered so that neighbours differ
for protanopes, deuteranopes and tritanopes too."""
_TINTS_AND_SHADES = (
    *("#006147", "#e0aeca", "#8e6200", "#f9f4b7", "#9ec9e1", "#843a00"),
    *("#948d28", "#66c4ab", "#bee2f6", "#7e4b67", "#efc19e"),
)
_VGA = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
"""The sixteen colours that Rich takes a terminal of sixteen colours to have."""
_OF_SIXTEEN = tuple(_VGA[number] for number in (14, 3, 13, 10, 4, 11, 5, 2, 9, 6, 12, 1))


class Palette(Struct, frozen=True):
    """A theme of ours: its label colours, dealt out in the order of the label scheme."""

    theme: Theme
    colours: tuple[str, ...]
    contrast: float = READABLE
    """The least contrast of any text to what is behind it."""


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
        Palette(_theme("annotate-dark", True, "#14171c", "#dfe3ea", "#8ab4f8", "#232831"), _DARK),
        Palette(_theme("annotate-light", False, "#fbfaf7", "#22252a", "#1a5fb4", "#e9e6df"), _LIGHT),
        Palette(
            _theme("annotate-contrast", True, "#000000", "#ffffff", "#ffff00", "#1c1c1c"),
            _BRIGHT,
            ENHANCED,
        ),
        Palette(
            _theme("annotate-colour-blind", True, "#14171c", "#e8e8e8", "#56b4e9", "#232831"),
            OKABE_ITO + _TINTS_AND_SHADES,
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
        near = difflib.get_close_matches(name, known, 3) or list(PALETTES)
        raise AnnotateError(f"{place}: there is no theme {name!r}; there is {', '.join(near)}.")
    return name


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class Page(Struct, frozen=True):
    """The colours of everything but labels, as Rich writes them."""

    fore: str
    back: str
    muted: str
    """What steps back on the page: rejected spans."""
    base_style: str
    """Text and background of the lines around the article."""


class LabelColours(Struct, frozen=True):
    """How a label looks on a theme: all as `#rrggbb`."""

    back: str
    """Behind an accepted span."""
    on_back: str
    """The text of an accepted span."""
    fore: str
    """The text of a suggestion, on the page and in the lines around it."""


def page_of(theme: Theme, variables: Mapping[str, str], sixteen: bool = False) -> Page:
    """The colours of a theme, made readable where they are not; of sixteen if there are no more."""
    wanted = PALETTES[theme.name].contrast if theme.name in PALETTES else READABLE
    return _page(
        variables["foreground"], variables["background"], variables["panel"], theme.dark, wanted, sixteen
    )


def scheme_colours(
    scheme: LabelScheme, theme: Theme, variables: Mapping[str, str], sixteen: bool = False
) -> dict[str, LabelColours]:
    """The colours of every label of a scheme on a theme: its own colour, else one of the theme's."""
    wanted = READABLE
    palette: tuple[str, ...] = _DARK if theme.dark else _LIGHT
    if theme.name in PALETTES:
        wanted, palette = PALETTES[theme.name].contrast, PALETTES[theme.name].colours
    if sixteen:
        palette = _OF_SIXTEEN
    backgrounds = _backgrounds(variables["background"], variables["panel"], theme.dark, sixteen)
    return {
        label.name: _label(
            label.colour or palette[place % len(palette)], backgrounds, wanted, theme.dark, sixteen
        )
        for place, label in enumerate(scheme)
    }


@lru_cache(maxsize=1024)
def muted(fore: str, back: str) -> str:
    """The text colour of what is said in passing: nearer to the background, and readable still."""
    text, background = Color.parse(fore), Color.parse(back)
    wanted = max(0.42 * contrast(text, background), READABLE)
    return _readable(text.blend(background, 0.42), (background,), wanted).hex6.lower()


@lru_cache(maxsize=64)
def _page(fore: str, back: str, panel: str, dark: bool, wanted: float, sixteen: bool) -> Page:
    if back.startswith("ansi_"):
        # The terminal's own colours, whatever these are.
        return Page("default", "default", "#8a8f98" if dark else "#6a6f78", "default on default")
    page, around = (Color.parse(background) for background in _backgrounds(back, panel, dark, sixteen))
    text = _BLACK if not dark else _WHITE
    on_page = text if sixteen else _readable(Color.parse(fore[:7]), (page,), wanted)
    on_panel = text if sixteen else _readable(Color.parse(fore[:7]), (around,), wanted)
    back_hex, panel_hex = page.hex6.lower(), around.hex6.lower()
    quiet = _readable(on_page.blend(page, 0.42), (page,), wanted).hex6.lower()
    if sixteen:
        quiet = "#aaaaaa" if dark else "#555555"
    return Page(on_page.hex6.lower(), back_hex, quiet, f"{on_panel.hex6.lower()} on {panel_hex}")


def _backgrounds(back: str, panel: str, dark: bool, sixteen: bool) -> tuple[str, ...]:
    """What labels are written on: the page and the lines around it."""
    if sixteen or back.startswith("ansi_"):
        return ("#000000",) * 2 if dark else ("#ffffff",) * 2
    return back[:7], panel[:7]


@lru_cache(maxsize=1024)
def _label(
    colour: str, backgrounds: tuple[str, ...], wanted: float, dark: bool, sixteen: bool
) -> LabelColours:
    hue = Color.parse(colour)
    under = tuple(Color.parse(background) for background in backgrounds)
    if sixteen:
        hue = _nearest(hue, [Color.parse(one) for one in _OF_SIXTEEN])
    on_back = max((_BLACK, _WHITE), key=lambda text: contrast(text, hue))
    # Mid-tones bear neither black nor white at the highest contrast.
    back = hue if sixteen else _readable(hue, (on_back,), wanted)
    if sixteen:
        # The colour, its brighter or darker twin, or whatever comes near it.
        twin = _VGA[_VGA.index(hue.hex6.lower()) ^ 8]
        able = [one for one in map(Color.parse, _VGA) if contrast(one, under[0]) >= READABLE]
        fore = next((one for one in (hue, Color.parse(twin)) if one in able), _nearest(hue, able))
    else:
        fore = _readable(hue, under, wanted)
    return LabelColours(back.hex6.lower(), on_back.hex6.lower(), fore.hex6.lower())


def _readable(colour: Color, backgrounds: tuple[Color, ...], wanted: float) -> Color:
    """The colour, or the first on its way to black or white that stands out from all the backgrounds."""

    behind = [_shown(background) for background in backgrounds]

    def least(one: Color) -> float:
        return min(
            contrast(text, background)
            for around in behind
            for text, background in zip(_shown(one), around, strict=True)
        )

    if least(Color.parse(colour.hex6)) >= wanted:
        return colour
    away = max((_BLACK, _WHITE), key=least)
    steps = (_on_the_way(colour, away, step / 20) for step in range(1, 21))
    return next((step for step in steps if least(Color.parse(step.hex6)) >= wanted), away)


def _on_the_way(colour: Color, away: Color, share: float) -> Color:
    """A colour part of the way to white or black; a hue stays a hue while it gets darker."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in colour.rgb))
    if away == _WHITE or saturation < 0.15 or not share:
        return colour.blend(away, share)
    return Color.from_hsl(hue, max(saturation, 0.7), lightness * (1 - share))


def _shown(colour: Color) -> tuple[Color, ...]:
    """What terminals make of a colour: as it is, in grey (NO_COLOR), of 256 colours."""
    few = colour.rich_color.downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
    return colour, colour.monochrome, Color(few.red, few.green, few.blue)


def _nearest(colour: Color, others: list[Color]) -> Color:
    return min(
        others,
        key=lambda one: sum((a - b) ** 2 for a, b in zip(one.rgb, colour.rgb, strict=True)),
    )


@lru_cache(maxsize=1024)
def _luminance(colour: Color) -> float:
    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
