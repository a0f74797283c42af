"""Judges, in the pauses between keys, what is doubtful on the next screen, so that no key waits for this."""

from collections.abc import Callable
from typing import Protocol

from tui.background.pauses import Pauses

PAUSE = 0.012
"""Seconds after which to check whether there is time."""


class LooksAhead(Protocol):
    """An object that can judge the text after the screen in small steps."""

    def look_ahead(self) -> bool:
        """Judge a little more of it; returns whether there is more."""
        ...


class DoubtAhead:
    """Makes an object judge the next screen, a few milliseconds at a time."""

    def __init__(self, pauses: Pauses, later: Callable[[float, Callable[[], None]], object]) -> None:
        """`later` calls a function after a number of seconds."""
        self._pauses = pauses
        self._later = later
        self._sweep: LooksAhead | None = None
        self._is_due = False

    def look(self, sweep: LooksAhead) -> None:
        """A screen of this article is about to be drawn. This call takes almost no time."""
        self._sweep = sweep
        if not self._is_due:
            self._is_due = True
            self._later(PAUSE, self._judge)

    def _judge(self) -> None:
        assert self._sweep is not None
        self._is_due = not self._pauses.have_time or self._sweep.look_ahead()
        if self._is_due:
            self._later(PAUSE, self._judge)
