"""How different two colours are to people: CIEDE2000, and colours as colour-blind people see them."""

import math
from functools import lru_cache

from tui.colours.arithmetic import from_light, linear_light

SEEN_BY = {
    # Machado, Oliveira and Fernandes 2009, severity 1.
    "protanopes": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopes": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopes": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen_by(colour: str, who: str) -> str:
    """The colour that looks to people with full colour vision as this one does to colour-blind people."""
    light = linear_light(colour)
    red, green, blue = (sum(a * b for a, b in zip(row, light, strict=True)) for row in SEEN_BY[who])
    return from_light(red, green, blue)


@lru_cache(maxsize=4096)
def lab(colour: str) -> tuple[float, float, float]:
    """The colour in CIELAB, with D65 as white."""
    red, green, blue = linear_light(colour)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one: str, other: str) -> float:
    """The colour difference of CIE 142-2001; 1 is about the smallest difference that can be seen."""
    return ciede2000_of_lab(lab(one), lab(other))


def ciede2000_of_lab(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The same for two colours in CIELAB."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    grey = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    (c1, h1), (c2, h2) = _polar(a1 * grey, b1), _polar(a2 * grey, b2)
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    by_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    weight = (
        1
        - 0.17 * _cos(hue - 30)
        + 0.24 * _cos(2 * hue)
        + 0.32 * _cos(3 * hue + 6)
        - 0.20 * _cos(4 * hue - 63)
    )
    blue = 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation = -math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2)))) * blue
    of_lightness = (l2 - l1) / (
        1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2)
    )
    of_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    of_hue = by_hue / (1 + 0.015 * chroma * weight)
    return math.sqrt(of_lightness**2 + of_chroma**2 + of_hue**2 + rotation * of_chroma * of_hue)


def _polar(a: float, b: float) -> tuple[float, float]:
    return math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))
