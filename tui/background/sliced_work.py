"""Work that may take long, done in slices between which keys are read."""

from collections.abc import Callable, Generator

from annotations.editing.outcome import Outcome
from annotations.entities.steps import run_for

SLICE = 0.005
"""Seconds of a slice."""
PAUSE = 0.001
"""Seconds between two slices."""


class SlicedWork:
    """One piece of work at a time."""

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], object],
        say: Callable[[str], None],
        done: Callable[[Outcome], None],
    ) -> None:
        """`later` calls a function after a number of seconds; `say` shows what is being done."""
        self._later = later
        self._say = say
        self._done = done
        self._under_way: object | None = None
        """What is being done: the steps, or an object that stands for work done elsewhere."""

    @property
    def under_way(self) -> bool:
        """Whether something is being done."""
        return self._under_way is not None

    def begin(self, steps: Generator[None, None, Outcome], doing: str) -> None:
        """Do this work; `doing` is shown if it takes longer than a slice."""
        self._under_way = steps
        self._go_on(steps, doing)

    def wait(self, doing: str) -> Callable[[Callable[[], Outcome]], None]:
        """Wait for work that is done elsewhere; at its end, call the returned function with what to do next.

        The call does nothing if the work was given up, or other work was begun.
        """
        waiting = self._under_way = object()
        self._say(doing)

        def go_on(then: Callable[[], Outcome]) -> None:
            if self._under_way is waiting:
                self._under_way = None
                self._done(then())

        return go_on

    def give_up(self) -> None:
        """Stop the work."""
        self._under_way = None

    def _go_on(self, steps: Generator[None, None, Outcome], doing: str) -> None:
        if self._under_way is not steps:
            return
        outcome = run_for(SLICE, steps)
        if outcome is None:
            self._say(doing)
            self._later(PAUSE, lambda: self._go_on(steps, doing))
        else:
            self._under_way = None
            self._done(outcome)
