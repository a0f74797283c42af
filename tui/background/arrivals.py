"""Changes from suggesters and other programs, added in the pauses between keys."""

from collections import deque
from collections.abc import Callable, Iterator
from time import perf_counter

from annotations.editing.outcome import Outcome
from annotations.text.text_range import Range
from tui.background.pauses import Pauses

SLICE = 0.003
"""Seconds to spend in one pause."""
FIRST_PAUSE = 0.001
PAUSE = 0.012
"""Seconds before the first slice, and between two slices."""


class Arrivals:
    """Changes that have arrived and are not yet in the annotations, in order."""

    def __init__(
        self,
        pauses: Pauses,
        later: Callable[[float, Callable[[], None]], object],
        show: Callable[[list[Range]], None],
    ) -> None:
        """`later` calls a function after a number of seconds; `show` shows what changed in the text."""
        self._pauses = pauses
        self._later = later
        self._show = show
        self._arrived: deque[Callable[[], Outcome]] = deque()

    def add(self, arrival: Callable[[], Outcome]) -> None:
        """Call this function soon: it adds something to the annotations."""
        self._arrived.append(arrival)
        if len(self._arrived) == 1:
            self._later(FIRST_PAUSE, self._add_arrived)

    def _add_arrived(self) -> None:
        if not self._pauses.have_time:
            self._later(PAUSE, self._add_arrived)
            return
        touched: list[Range] = []
        for add in self._in_slice():
            touched += add().touched
        self._show(touched)
        if self._arrived:
            self._later(PAUSE, self._add_arrived)

    def _in_slice(self) -> Iterator[Callable[[], Outcome]]:
        begin = perf_counter()
        while self._arrived and perf_counter() - begin < SLICE:
            yield self._arrived.popleft()
