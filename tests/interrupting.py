"""Ctrl+C at any line of given modules, one line after the other."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import Any

from annotations.text.interruption import interruptible
from tests.steps import traced


def interrupted_everywhere(
    act: Callable[[int], None],
    modules: tuple[ModuleType, ...],
    number: int = signal.SIGINT,
    step: int = 1,
) -> Iterator[int]:
    """Do something again and again, each time with a signal `step` lines later.

    `act` gets the number of the line, which is yielded after each time. The last time is the first one
    that ended before its line.
    """
    # A job in the background ignores Ctrl+C, and hands that on to what it starts.
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
    """Send this process a signal at so many lines of the modules; what is yielded has it then."""
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
