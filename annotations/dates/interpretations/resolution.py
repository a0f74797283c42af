"""What an interpretation makes of an expression."""

from msgspec import Struct


class Resolution(Struct, frozen=True, gc=False):
    """What an expression means, before it is checked and becomes a `Timex`; the parts are those of
    TIMEX3."""

    value: str
    """Empty where it cannot be known."""
    alternatives: tuple[str, ...] = ()
    """Other values, best first."""
    anchor: str = ""
    """The value it starts from, empty for an absolute expression."""
    mod: str = ""
    quant: str = ""
    freq: str = ""


UNKNOWN = Resolution("")
"""For what cannot be known, or leads out of the calendar."""


def first_and_others(values: list[str], anchor: str = "") -> Resolution:
    """The first of several values, the others being alternatives to it."""
    return Resolution(values[0], tuple(values[1:]), anchor) if values else UNKNOWN
