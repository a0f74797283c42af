"""The result of interpreting a date expression."""

from msgspec import Struct


class Resolution(Struct, frozen=True, gc=False):
    """What an expression means, before it is checked and becomes a `Timex`; the fields are like those of TIMEX3."""

    value: str
    """Empty where it cannot be known."""
    alternatives: tuple[str, ...] = ()
    """Other values, best first."""
    anchor: str = ""
    """The value it is counted from; empty for an absolute expression."""
    mod: str = ""
    quant: str = ""
    freq: str = ""


UNKNOWN = Resolution("")
"""For a value that cannot be known or lies outside of the calendar."""


def first_and_others(values: list[str], anchor: str = "") -> Resolution:
    """The first of several values, with the others as alternatives; `UNKNOWN` without any."""
    return Resolution(values[0], tuple(values[1:]), anchor) if values else UNKNOWN
