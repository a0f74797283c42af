"""Ctrl+C and the signals that end a program: they wait while something is done that must be completed.

Python runs a signal handler between any two steps of the main thread. So it may run before a `try` that
follows the creation of what it cleans up. Blocking a signal for one thread does not help: another
thread gets it. Here the handler itself knows whether it may raise.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The signals of Ctrl+C, of another program that ends this one, and of a closed terminal."""


class Interrupted(KeyboardInterrupt):
    """A signal ended the work."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        """The number of the signal."""


class _Signals:
    """The signal that arrived while nothing might be interrupted."""

    def __init__(self) -> None:
        self.depth = 0
        """How many `Uninterrupted` blocks the main thread is in."""
        self.waiting = 0
        """The number of the signal that waits; 0 for none."""

    def handle(self, number: int, frame: FrameType | None) -> None:
        """Raise `Interrupted`, or remember to raise it later."""
        if self.depth:
            self.waiting = number
        else:
            raise Interrupted(number)


_SIGNALS = _Signals()


class Uninterrupted:
    """A block of the main thread: `Interrupted` is raised after it, never in it.

    For work that takes little time. It has an effect only inside `interruptible`, and does nothing on other
    threads: they are not interrupted.
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
    """Make each signal that ends a program raise `Interrupted`, unless it is ignored, as under `nohup`."""
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
