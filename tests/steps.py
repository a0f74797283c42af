"""Measuring work in steps of Python, which are the same on a busy machine as on an idle one."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any


@dataclass
class Steps:
    """The number of lines of Python that were executed; a line in a loop counts each time.

    What one call of a function written in C does is not counted, however long it takes.
    """

    taken: int = 0


@contextmanager
def traced(trace: Callable[[FrameType, str, Any], Any]) -> Iterator[None]:
    """Use a trace function for all calls in this thread inside the `with` block, as `sys.settrace` does."""
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def counted() -> Iterator[Steps]:
    """Count the steps of all calls in this thread inside the `with` block."""
    count = Steps()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        count.taken += event == "line"
        return trace

    with traced(trace):
        yield count


def steps(work: Callable[[], object]) -> int:
    """How many steps some work takes."""
    with counted() as count:
        work()
    return count.taken
