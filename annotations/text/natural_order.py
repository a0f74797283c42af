"""The order in which people expect names: numbers in them by their value."""

import re

_DIGITS = re.compile(r"(\d+)")


def natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts `doc2` before `doc10`."""
    parts = _DIGITS.split(name.casefold())
    return [(int(part[:50]), "") if part.isdecimal() else (0, part) for part in parts] + [(0, name)]
