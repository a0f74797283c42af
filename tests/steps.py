"""How much work something is, counted in steps of Python: the same on a busy machine as on an idle one."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any


@dataclass
class Steps:
    """The lines of Python that were carried out, each time through a loop counted.

    What happens inside one call of something written in C is not a step, however long it takes.
    """

    taken: int = 0


@contextmanager
def traced(trace: Callable[[FrameType, str, Any], Any]) -> Iterator[None]:
    """Call a trace function for the calls that are made in this thread meanwhile, as `sys.settrace` does."""
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def counted() -> Iterator[Steps]:
    """Count the steps of the calls that are made in this thread meanwhile."""
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
