"""Work that is done in steps, so that keys can be handled between them: generators that yield nothing."""

from collections.abc import Callable, Generator, Iterable
from heapq import merge
from time import perf_counter
from typing import Any, TypeVar

T = TypeVar("T")
STEP = 250
"""How many spans or names are examined in one step."""


class WorkDone:
    """Counts the items examined in nested loops, to know when a step is over."""

    def __init__(self) -> None:
        self._number = 0

    def ends_step(self, more: int = 1) -> bool:
        """Count `more` items; whether the step is now over. If so, the next one begins."""
        self._number += more
        if self._number < STEP:
            return False
        self._number = 0
        return True


def sorted_in_steps(items: Iterable[T], key: Callable[[T], Any]) -> Generator[None, None, list[T]]:
    """The result of `sorted`, in steps: sorting a hundred thousand items at once takes longer than a
    key may wait.
    """
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
    """The result of the work, or `None` if it needs longer than this; then it can be continued."""
    end = perf_counter() + seconds
    return _run(steps, lambda: perf_counter() < end)


def run_steps(number: int, steps: Generator[None, None, T]) -> T | None:
    """The result of the work, or `None` if it needs more steps than this; then it can be continued."""
    left = iter(range(number))
    return _run(steps, lambda: next(left, None) is not None)


def finish(steps: Generator[None, None, T]) -> T:
    """The result of the work, which is all done at once."""
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
