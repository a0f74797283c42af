"""Telling a file that another program is writing in place from one that is damaged or empty."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.snapshot import BeingChanged, identity

ATTEMPTS = 20
PAUSE = 0.05
"""How often, and how many seconds apart, such a file is read before giving up."""


def attempts() -> Iterator[int]:
    """Count the attempts at reading a file, with a pause between them."""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE)
        yield attempt


def is_empty(disk: Disk, path: Path) -> bool:
    """Whether there is nothing in a file, and nobody is about to write it.

    Raises `BeingChanged` and `OSError`.
    """
    for _ in attempts():
        file = disk.open(path, os.O_RDONLY)
        try:
            status = os.fstat(file)
            if status.st_size:
                return False
            if not touched(path, status, file) and not open_for_writing(file):
                return True
        finally:
            disk.close(file)
    raise BeingChanged(path)


def touched(path: Path, before: os.stat_result, file: int) -> bool:
    """Whether a file was written to, or another one got its name, since it was opened."""
    after = os.fstat(file)
    if identity(before)[:3] != identity(after)[:3]:
        return True
    try:
        return not os.path.samestat(after, os.lstat(path))
    except OSError:
        return True


def open_for_writing(file: int) -> bool:
    """Whether some program has a file open for writing, as far as the system tells.

    Linux gives a lease for reading only where nobody has.
    """
    lease = getattr(fcntl, "F_SETLEASE", None)
    if lease is None:
        return False
    try:
        # Who opens the file between these two calls makes the system send a signal: one that ends nobody.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, lease, fcntl.F_RDLCK)
        fcntl.fcntl(file, lease, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        # Not every file system has leases, and only a file's owner gets one.
        return False
    return False
