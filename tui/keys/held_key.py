"""A key that is held down: what the keyboard repeats was not pressed again."""

REPEATS_WITHIN = 0.15
"""Seconds within which the same key comes again where it is held: keyboards repeat after 0.02 to 0.12."""


class HeldKey:
    """Tells a key that is held down from one that is pressed again."""

    def __init__(self) -> None:
        self._last = ""
        self._at = 0.0

    def is_repeat(self, key: str, time: float) -> bool:
        """Whether a key, read at a time in seconds, is the one before it again, held down."""
        repeated = key == self._last and time - self._at < REPEATS_WITHIN
        self._last, self._at = key, time
        return repeated
