"""The process that regular expressions are compiled and matched in, within a second and 200 MB.

Neither has a limit inside Python: compiling nested counted repeats takes minutes and gigabytes. The
operating system ends this process when the time is over, wherever it is, and refuses it more memory.
It ends as well when its standard input closes; a program that was killed leaves it for a second at most.
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
"""Seconds after which matching stops by itself, so that what was found by then can be shown."""


def main() -> None:
    """Answer searches until standard input closes."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    # Ended by a signal, it must not leave a file with a core in somebody's folder.
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
                # A text that takes more than half of it has the other half beside it.
                _limit(resource.RLIMIT_AS, max(MEMORY, MEMORY // 2 + sys.getsizeof(text)))
                if not _answer(text, decoded_message(data)):
                    return


def _answer(text: str, typed: str) -> bool:
    """Search and reply; `False` when memory ran out, after which a fresh process goes on."""
    signal.setitimer(signal.ITIMER_REAL, LAST)
    try:
        search = find(text, typed, patience=MATCHING)
    except MemoryError:
        search = Search(typed, stop="memory")
    signal.setitimer(signal.ITIMER_REAL, 0)
    send_reply(sys.stdout.buffer, search)
    return search.stop != "memory"


def _limit(what: int, most: int) -> None:
    """Set the soft limit of a resource, as far as the hard one and the system allow."""
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY and (most == resource.RLIM_INFINITY or most > hard):
        most = hard
    # Some systems know no limit of memory; there the time limits it.
    with suppress(OSError, ValueError):
        resource.setrlimit(what, (most, hard))


if __name__ == "__main__":
    main()
