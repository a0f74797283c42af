"""Names in the order a person puts them in: `part 2` before `part 10`."""

import re

_NUMBER = re.compile("[0-9]+")


def natural_key(name: str) -> tuple[str, str]:
    """Sort key of a name or a relative path: a total order, in which no two names are equal.

    Numbers go by their value, upper and lower case are the same, what lies in a folder stays together.
    Names that differ in case or leading zeros alone go by their code points.
    """
    folded = name.casefold().replace("/", "\0")
    return _NUMBER.sub(_by_value, folded), name


def _by_value(number: re.Match[str]) -> str:
    """Digits so that longer numbers come later: with their number in front, behind a digit's place."""
    digits = number[0].lstrip("0")
    return f"0{chr(len(digits))}{digits}"
