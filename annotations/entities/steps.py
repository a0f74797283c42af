"""Work that is done in steps, so that keys get their turn between them: generators that yield nothing."""

from collections.abc import Generator
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")
STEP = 250
"""How many spans or names to look at in one step."""


def run_for(seconds: float, steps: Generator[None, None, T]) -> T | None:
    """What the work gives in the end, or `None` if it needs longer than this; it can be gone on with."""
    end = perf_counter() + seconds
    while perf_counter() < end:
        try:
            next(steps)
        except StopIteration as stop:
            found: T = stop.value
            return found
    return None
