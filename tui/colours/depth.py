"""How many colours the terminal has."""

from collections.abc import Mapping
from typing import Literal

Depth = Literal["true", "256", "16", "none"]
"""All colours, a table of 256, the terminal's own sixteen, or no colours but attributes."""

_BY_SYSTEM: Mapping[str | None, Depth] = {
    "truecolor": "true",
    "256": "256",
    "standard": "16",
    "windows": "16",
}
_WITHOUT = ("dumb", "unknown", "vt52", "vt100", "vt102", "vt220")
"""Terminals, by `TERM`, that have no colours."""


def depth_of(colour_system: str | None, environ: Mapping[str, str]) -> Depth:
    """The depth of a terminal, from `NO_COLOR`, `TERM`, and how Rich understands `COLORTERM` and `TERM`.

    `colour_system` is what Rich calls it. An empty `NO_COLOR` means nothing (no-color.org).
    """
    term = environ.get("TERM", "").lower()
    if environ.get("NO_COLOR") or term in _WITHOUT or term.endswith(("-m", "-mono")):
        return "none"
    return _BY_SYSTEM.get(colour_system, "none")


def is_linux_console(environ: Mapping[str, str]) -> bool:
    """Whether it is the Linux console, which has few glyphs, no struck text, and brown as colour 3."""
    return environ.get("TERM", "").lower().partition("-")[0] == "linux"
