"""When there is time for what nobody waits for: just after the answer to a key, and once keys have stopped.

A key that comes while something else is done waits for that. People press keys a thirtieth of a second apart
at the fastest, so the moment after an answer is theirs the least; what is done then is also drawn then,
not when the next key is about to come.
"""

import gc
from collections.abc import Callable
from time import monotonic

ANSWERED = 0.012
"""Seconds after a key in which it is answered."""
BEHIND = 0.03
"""Seconds after a key at which the next one may come."""
STOPPED = 0.15
"""Seconds without a key after which keys have stopped for now."""
YOUNG = 2_000
"""After how many new objects the youngest ones are looked through for garbage: a millisecond's work."""
MANY = 5
"""How many of these lots are looked through once more at a time, in some four milliseconds."""
NEVER = 1_000_000


class Pauses:
    """Knows when keys came."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._last_key = 0.0

    def pressed(self, now: float) -> None:
        """A key was pressed, or a button, at this moment of the clock, in seconds."""
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
    """Collects what has survived the smallest collections, after the answer to a key or when keys have stopped.

    With many spans it takes tens of milliseconds, and Python would begin it under any key. Where keys leave no
    longer pause, as when somebody types on and on, it is done a few lots at a time, so that it never becomes much.
    """

    def __init__(self, pauses: Pauses, later: Callable[[float, Callable[[], None]], object]) -> None:
        """`later` calls a function after some seconds."""
        self._pauses = pauses
        self._later = later
        self._is_due = False

    def look(self) -> None:
        """Something was done that may have made garbage; costs next to nothing."""
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
    """Keep all but the smallest collections for `GarbageInPauses`.

    What the start has made is code, which stays: it is never looked through, now or later.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, NEVER, NEVER)
    gc.enable()
