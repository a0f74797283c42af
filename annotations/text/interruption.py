"""Ctrl+C and the signals that end a program: they wait while something is written that must not be left half.

Python runs a handler between any two steps of the main thread, so a `try` that follows what it cleans up
comes too late, and a signal that is blocked for one thread is delivered to another. Here the handler itself
knows whether it may raise.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl+C, what another program ends this one with, and the end of the terminal."""


class Interrupted(KeyboardInterrupt):
    """A signal ended what was done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        """Of the signal."""


class _Signals:
    """What came in while nothing was to be interrupted."""

    def __init__(self) -> None:
        self.depth = 0
        """In how many blocks the main thread is that nothing interrupts."""
        self.waiting = 0
        """The number of the signal that waits; 0 for none."""

    def handle(self, number: int, frame: FrameType | None) -> None:
        """Raise `Interrupted`, or note that it is to be raised."""
        if self.depth:
            self.waiting = number
        else:
            raise Interrupted(number)


_SIGNALS = _Signals()


class Uninterrupted:
    """A block of the main thread that `Interrupted` is raised behind, never in; for what takes no time.

    It counts only inside of `interruptible`, and does nothing on other threads: they are not interrupted.
    """

    def __enter__(self) -> None:
        if _on_main_thread():
            _SIGNALS.depth += 1

    def __exit__(self, *_: object) -> None:
        if not _on_main_thread():
            return
        _SIGNALS.depth -= 1
        if not _SIGNALS.depth and _SIGNALS.waiting:
            number, _SIGNALS.waiting = _SIGNALS.waiting, 0
            raise Interrupted(number)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let each signal that ends a program raise `Interrupted`, unless it was ignored before, as by `nohup`."""
    if not _on_main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    ours = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in ours:
        signal.signal(number, _SIGNALS.handle)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])


def _on_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
