"""Ctrl+C at each line of given modules, in one run per line."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import Any

from annotations.text.interruption import interruptible
from tests.steps import traced


def interrupt_at_each_line(
    act: Callable[[int], None],
    modules: tuple[ModuleType, ...],
    number: int = signal.SIGINT,
    step: int = 1,
) -> Iterator[int]:
    """Call `act` again and again, each time with a signal `step` lines later.

    `act` gets the number of the line, counted while the modules run; it is yielded after each call. The
    last call is the first one that ends before this line is reached.
    """
    # A job in the background ignores Ctrl+C, and so do the processes that it starts.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        line = 1
        while True:
            try:
                with interruptible(), _signal_at(line, modules, number) as hit:
                    act(line)
            except KeyboardInterrupt:
                pass
            yield line
            if not hit:
                return
            line += step
    finally:
        signal.signal(number, before)


@contextmanager
def _signal_at(line: int, modules: tuple[ModuleType, ...], number: int) -> Iterator[list[int]]:
    """Send this process a signal when this many lines of the modules have run. The yielded list then has an entry."""
    files = {module.__file__ for module in modules}
    left, hit = line, []

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                hit.append(line)
                signal.raise_signal(number)
        return trace

    with traced(trace):
        yield hit
