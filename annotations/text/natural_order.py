"""The order in which people expect names: numbers in them by their value, `part 2` before `part 10`."""

import re

_NUMBER = re.compile(r"\d+")
_LARGEST = 0x10FFFF
"""The largest code point: numbers with more digits than that are alike."""


def natural(name: str) -> tuple[str, str]:
    """A key that sorts names and relative paths: a total order, in which no two of them are equal.

    Numbers go by their value, upper and lower case are the same, what lies in a folder stays together.
    Names that differ in case or leading zeros alone go by their code points.
    """
    # One text compares ten times as fast as a list of parts.
    return _NUMBER.sub(_by_value, name.casefold().replace("/", "\0")), name


def _by_value(number: re.Match[str]) -> str:
    """Digits so that longer numbers come later: with their number in front, where a digit would be."""
    found = number[0]
    digits = (found if found.isascii() else "".join(str(int(digit)) for digit in found)).lstrip("0")
    return f"0{chr(min(len(digits), _LARGEST))}{digits}"
