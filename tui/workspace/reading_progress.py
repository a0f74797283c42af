"""The progress of the suggesters in a document, in a few words that change slowly enough to be read."""

from collections.abc import Callable
from time import monotonic

AT_MOST_EACH = 0.5
"""The shortest time between two changes of these words, in seconds."""
LONG = 10.0
"""The remaining time is shown if reading takes longer than this, in seconds."""
KNOWN_AFTER = 2.0
"""Seconds of reading after which the remaining time can be estimated."""

BEGUN = "names 0 %"
"""The words before anything has been read."""


class ReadingProgress:
    """The progress in one document: `names 41 %`, or `names 41 %, 20 s left` if reading takes long."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._began: tuple[float, int] | None = None
        self._said_at = 0.0

    def words(self, done: int, total: int) -> str | None:
        """The words when `done` of `total` code points are read; `None` soon after the last words."""
        now = self._clock()
        if self._began is None:
            self._began = (now, done)
        elif now - self._said_at < AT_MOST_EACH:
            return None
        self._said_at = now
        return f"names {100 * done // max(total, 1)} %{self._time_left(now, done, total)}"

    def _time_left(self, now: float, done: int, total: int) -> str:
        assert self._began is not None
        elapsed, read = now - self._began[0], done - self._began[1]
        if elapsed < KNOWN_AFTER or read <= 0:
            return ""
        left = elapsed * (total - done) / read
        if elapsed + left < LONG or left < 1:
            return ""
        if left >= 90:
            return f", {round(left / 60)} min left"
        return f", {round(left / 5) * 5 if left > 10 else round(left)} s left"
