"""The process that compiles and matches regular expressions, each within one second and 200 MB.

Python itself can limit neither: compiling nested counted repeats takes minutes and gigabytes. The
operating system ends this process when the time is over, whatever it does, and refuses it more memory.
It also ends when its standard input closes. If the program is killed, this process lives
for one second at most.
"""

import resource
import signal
import sys
from contextlib import suppress

from annotations.text.search import MEMORY, PATIENCE, Search, find
from annotations.text.search_messages import BEGIN, PART, TYPED, decoded_message, receive, send_reply

LAST = 0.95 * PATIENCE
"""Seconds after which the operating system ends the process."""
MATCHING = 0.85 * PATIENCE
"""Seconds after which matching stops by itself, so that what was found until then can be shown."""


def main() -> None:
    """Answer searches until standard input closes."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    # When a signal ends this process, it must not leave a core file in somebody's folder.
    _limit(resource.RLIMIT_CORE, 0)
    _, most_memory = resource.getrlimit(resource.RLIMIT_AS)
    parts: list[str] = []
    text = ""
    with suppress(EOFError, BrokenPipeError):
        while True:
            kind, data = receive(sys.stdin.buffer)
            if kind == BEGIN:
                _limit(resource.RLIMIT_AS, most_memory)
                text = ""
            elif kind == PART:
                parts.append(decoded_message(data))
            elif kind == TYPED:
                if parts:
                    text = "".join(parts)
                    parts.clear()
                # A search gets at least half of the memory limit in addition to its text.
                _limit(resource.RLIMIT_AS, max(MEMORY, MEMORY // 2 + sys.getsizeof(text)))
                if not _answer(text, decoded_message(data)):
                    return


def _answer(text: str, typed: str) -> bool:
    """Search and reply; `False` when memory ran out. Then a new process continues."""
    signal.setitimer(signal.ITIMER_REAL, LAST)
    try:
        search = find(text, typed, patience=MATCHING)
    except MemoryError:
        search = Search(typed, stop="memory")
    signal.setitimer(signal.ITIMER_REAL, 0)
    send_reply(sys.stdout.buffer, search)
    return search.stop != "memory"


def _limit(what: int, most: int) -> None:
    """Set the soft limit of a resource, as far as the hard limit and the system allow."""
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY and (most == resource.RLIM_INFINITY or most > hard):
        most = hard
    # Some systems have no limit for memory; there only the time is limited.
    with suppress(OSError, ValueError):
        resource.setrlimit(what, (most, hard))


if __name__ == "__main__":
    main()
