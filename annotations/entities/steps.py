"""Work that is done in steps, so that keys get their turn between them: generators that yield nothing."""

from collections.abc import Callable, Generator, Iterable
from heapq import merge
from time import perf_counter
from typing import Any, TypeVar

T = TypeVar("T")
STEP = 250
"""How many spans or names to look at in one step."""


class WorkDone:
    """Counts what is looked at, in loops inside loops, to say when a step is over."""

    def __init__(self) -> None:
        self._number = 0

    def ends_step(self, more: int = 1) -> bool:
        """Whether, with `more` of them looked at now, a step is over; then the next one begins."""
        self._number += more
        if self._number < STEP:
            return False
        self._number = 0
        return True


def sorted_in_steps(items: Iterable[T], key: Callable[[T], Any]) -> Generator[None, None, list[T]]:
    """What `sorted` gives, in steps: sorting a hundred thousand at once takes longer than a key may wait."""
    items = list(items)
    runs = []
    for first in range(0, len(items), STEP):
        runs.append(sorted(items[first : first + STEP], key=key))
        yield
    in_order = []
    for number, item in enumerate(merge(*runs, key=key)):
        if number % STEP == STEP - 1:
            yield
        in_order.append(item)
    return in_order


def run_for(seconds: float, steps: Generator[None, None, T]) -> T | None:
    """What the work gives in the end, or `None` if it needs longer than this; it can be gone on with."""
    end = perf_counter() + seconds
    return _run(steps, lambda: perf_counter() < end)


def run_steps(number: int, steps: Generator[None, None, T]) -> T | None:
    """What the work gives in the end, or `None` if it needs more steps than this; it can be gone on with."""
    left = iter(range(number))
    return _run(steps, lambda: next(left, None) is not None)


def finish(steps: Generator[None, None, T]) -> T:
    """What the work gives in the end, all of it done at once."""
    found = _run(steps, lambda: True)
    assert found is not None
    return found


def _run(steps: Generator[None, None, T], goes_on: Callable[[], bool]) -> T | None:
    while goes_on():
        try:
            next(steps)
        except StopIteration as stop:
            found: T = stop.value
            return found
    return None
