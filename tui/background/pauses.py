"""When there is time for work that nobody waits for: just after a key, and once keys have stopped.

A key that comes during other work must wait for its end. People press keys at least a thirtieth of a
second apart, so a key is least likely just after an answer. The result of work done then is also drawn
then, not when the next key is about to come.
"""

import gc
from collections.abc import Callable
from time import monotonic

ANSWERED = 0.012
"""Seconds that a key takes to be answered."""
BEHIND = 0.03
"""Seconds after a key when the next one may come."""
STOPPED = 0.15
"""Seconds without a key after which keys count as stopped."""
YOUNG = 2_000
"""Number of new objects after which Python looks for garbage among them, which takes a millisecond."""
MANY = 5
"""Number of such collections after which their survivors are examined too, in some four milliseconds."""
NEVER = 1_000_000


class Pauses:
    """Knows when the last key came, and so whether there is time."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._last_key = 0.0

    def pressed(self, now: float) -> None:
        """A key or a button was pressed at this time of the clock, in seconds."""
        self._last_key = now

    @property
    def keys_stopped(self) -> bool:
        """Whether nobody has pressed a key for a while."""
        return self._clock() - self._last_key >= STOPPED

    @property
    def have_time(self) -> bool:
        """Whether something that takes a few milliseconds may be done now."""
        since = self._clock() - self._last_key
        return ANSWERED <= since < BEHIND or since >= STOPPED


class GarbageInPauses:
    """Collects garbage that survived the smallest collections, just after a key or when keys have stopped.

    With many spans this takes tens of milliseconds, and Python might begin it during any key. While
    somebody types without longer pauses, it is done often and for few objects, so that it never takes
    long.
    """

    def __init__(self, pauses: Pauses, later: Callable[[float, Callable[[], None]], object]) -> None:
        """`later` calls a function after a number of seconds."""
        self._pauses = pauses
        self._later = later
        self._is_due = False

    def look(self) -> None:
        """Something was done that may have made garbage. This call takes almost no time."""
        if not self._is_due and gc.get_count()[1] >= MANY:
            self._is_due = True
            self._later(ANSWERED, self._collect)

    def _collect(self) -> None:
        few = gc.get_count()[1] <= 2 * MANY
        if self._pauses.keys_stopped or (few and self._pauses.have_time):
            self._is_due = False
            gc.collect(1)
        else:
            self._later(ANSWERED, self._collect)


def collect_garbage_in_pauses() -> None:
    """Leave all but the smallest collections to `GarbageInPauses`.

    The objects that exist at the start are mostly code, which stays: they are never examined.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, NEVER, NEVER)
    gc.enable()
