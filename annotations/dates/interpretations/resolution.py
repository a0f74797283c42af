"""What an interpretation says an expression means."""

from dataclasses import dataclass


@dataclass
class Found:
    """A value before it becomes a `Timex`."""

    value: str
    alternatives: tuple[str, ...] = ()
    anchor: str = ""
    mod: str = ""
    quant: str = ""
    freq: str = ""
