"""The limits of time and memory for the patterns of a file in the worker.

A pattern file can come from anybody, and one line of it can keep spaCy's matcher, or Python's `re` in
it, busy for centuries or make it use gigabytes. Neither can be interrupted from inside Python.
"""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SECONDS = 10.0
"""Seconds of processor time for one request; a longer one ends the whole process."""
MEMORY = 500 * 2**20
"""Bytes of address space for one request, in addition to what the process already has."""
TOO_LONG = signal.SIGVTALRM
"""The signal that ends the process."""


@contextmanager
def limited(suggester: str) -> Iterator[None]:
    """Limit the block if the suggester of this name uses the patterns of a file.

    Raises `MemoryError` if they need too much memory. On systems that do not tell how much memory a process
    has, only the time is limited.
    """
    if not suggester.startswith("patterns:"):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    signal.signal(TOO_LONG, signal.SIG_DFL)
    with suppress(OSError, ValueError):
        most = _address_space() + MEMORY
        if soft == resource.RLIM_INFINITY or most < soft:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()
