"""Tells a key that is held down, which the keyboard repeats, from a key that is pressed again."""

REPEATS_WITHIN = 0.15
"""A key that comes again within these seconds is held down: keyboards repeat after 0.02 to 0.12 seconds."""


class HeldKey:
    """Tells a key that is held down from one that is pressed again."""

    def __init__(self) -> None:
        self._last = ""
        self._at = 0.0

    def is_repeat(self, key: str, time: float) -> bool:
        """Whether a key that was read at `time`, in seconds, is the key before it, still held down."""
        repeated = key == self._last and time - self._at < REPEATS_WITHIN
        self._last, self._at = key, time
        return repeated
