"""The order of names that people expect: numbers in them count by value, `part 2` before `part 10`."""

import re

_NUMBER = re.compile(r"\d+")
_LARGEST = 0x10FFFF
"""The largest code point. One code point stores how many digits a number has; more are not distinguished."""


def natural(name: str) -> tuple[str, str]:
    """A key that sorts names and relative paths: a total order, in which no two different ones are
    equal.

    Numbers are sorted by their value, upper and lower case are the same, and files in one folder stay
    together. Names that differ only in case or leading zeros are sorted by their code points.
    """
    # Comparing one text is ten times as fast as comparing a list of parts.
    return _NUMBER.sub(_by_value, name.casefold().replace("/", "\0")), name


def _by_value(number: re.Match[str]) -> str:
    """Digits in a form that sorts longer numbers later: the number of digits comes first, in the place
    of a digit.
    """
    found = number[0]
    digits = (found if found.isascii() else "".join(str(int(digit)) for digit in found)).lstrip("0")
    return f"0{chr(min(len(digits), _LARGEST))}{digits}"
