"""Runs a function when no key has been pressed for a while."""

import time
from collections.abc import Callable

REST = 1.0
"""Seconds without a key after which the person's place in the text is stored."""


class Resting:
    """One thing to do when nobody presses keys; it delays a key by almost nothing."""

    def __init__(
        self, later: Callable[[float, Callable[[], None]], None], do: Callable[[], None]
    ) -> None:
        """`later` calls a function after a number of seconds."""
        self._later = later
        self._do = do
        self._last_key = 0.0
        self._is_due = False

    def pressed(self, now: float) -> None:
        """A person pressed a key or a button at this time of the monotonic clock, in seconds."""
        self._last_key = now
        if not self._is_due:
            self._is_due = True
            self._later(REST, self._look)

    def _look(self) -> None:
        left = self._last_key + REST - time.monotonic()
        if left > 0:
            self._later(left, self._look)
        else:
            self._is_due = False
            self._do()
