"""Colour arithmetic on `#rrggbb`: contrast, mixing, hues in Oklab, and how 256 colours show a colour."""

import colorsys
import math
from collections.abc import Iterable
from functools import lru_cache

from rich.color import Color, ColorSystem

BLACK, WHITE = "#000000", "#ffffff"
READABLE = 4.5
"""The contrast ratio that WCAG 2.2 (1.4.3, level AA) requires for text."""
_GREYISH = 0.14
"""Below an HLS saturation of .15, Rich uses a grey for a colour if there are 256 colours."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def hexadecimal(red: float, green: float, blue: float) -> str:
    """`#rrggbb` of three channels from 0 to 255; values outside are clipped."""
    return "#" + "".join(f"{min(max(round(channel), 0), 255):02x}" for channel in (red, green, blue))


@lru_cache(maxsize=4096)
def linear_light(colour: str) -> tuple[float, float, float]:
    """Red, green and blue as linear light, each from 0 to 1."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)
        for c in (channel / 255 for channel in channels(colour))
    )
    return red, green, blue


def from_light(red: float, green: float, blue: float) -> str:
    """The colour of this much linear light; values outside are clipped."""
    return hexadecimal(
        *(
            255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055)
            for c in (min(max(light, 0.0), 1.0) for light in (red, green, blue))
        )
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """A colour between two others."""
    return hexadecimal(
        *(a + (b - a) * share for a, b in zip(channels(one), channels(other), strict=True))
    )


@lru_cache(maxsize=4096)
def few(colour: str) -> str:
    """What a terminal of 256 colours shows for a colour."""
    return str(Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex)


def greyish(colour: str) -> str:
    """The colour with its saturation reduced until a terminal of 256 colours shows a grey for it."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in channels(colour)))
    if saturation <= _GREYISH:
        return colour
    return hexadecimal(*(255 * c for c in colorsys.hls_to_rgb(hue, lightness, _GREYISH / 2)))


def readable(colour: str, grounds: Iterable[str], wanted: float) -> str:
    """The colour, or the first one between it and black or white with that contrast to all backgrounds.

    It also has this contrast in 256 colours.
    """
    behind = [(ground, few(ground)) for ground in grounds]

    def least(one: str) -> float:
        shown = few(one)
        return min(
            min(contrast(one, ground), contrast(shown, ground_shown)) for ground, ground_shown in behind
        )

    if least(colour) >= wanted:
        return colour
    away = max((BLACK, WHITE), key=least)
    steps = (_on_the_way(colour, away, step / 20) for step in range(1, 20))
    return next((step for step in steps if least(step) >= wanted), away)


def lightness_and_hue(colour: str) -> tuple[float, float]:
    """Lightness from 0 to 1 and hue in degrees, in OKLCH (Ottosson 2020)."""
    red, green, blue = linear_light(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.degrees(math.atan2(b, a)) % 360


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The colour, with less chroma if no screen can show as much; `hue` in degrees."""
    while (colour := _on_a_screen(lightness, chroma, hue)) is None and chroma > 0:
        chroma -= 0.005
    return colour or hexadecimal(*(lightness**3 * 255,) * 3)


def _on_a_screen(lightness: float, chroma: float, hue: float) -> str | None:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    light = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    if min(light) < -0.002 or max(light) > 1.002:
        return None
    return from_light(*light)


def _on_the_way(colour: str, away: str, share: float) -> str:
    """A colour part of the way to white or black; its hue is kept while it gets darker."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in channels(colour)))
    if away == WHITE or saturation < 0.15:
        return mix(colour, away, share)
    darker = colorsys.hls_to_rgb(hue, lightness * (1 - share), max(saturation, 0.7))
    return hexadecimal(*(255 * channel for channel in darker))


@lru_cache(maxsize=4096)
def _luminance(colour: str) -> float:
    red, green, blue = linear_light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
