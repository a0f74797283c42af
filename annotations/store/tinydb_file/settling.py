"""Distinguishing a file that another program is writing in place from a damaged or empty one."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.snapshot import FileBeingWritten, identity

ATTEMPTS = 20
PAUSE = 0.05
"""How many times, and at which interval in seconds, such a file is read before giving up."""


def attempts() -> Iterator[int]:
    """Yield the number of each attempt to read a file, with a pause between them."""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE)
        yield attempt


def is_empty(disk: Disk, path: Path) -> bool:
    """Whether a file is empty and no program is about to write it.

    Raises `FileBeingWritten` and `OSError`.
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
    raise FileBeingWritten(path)


def touched(path: Path, before: os.stat_result, file: int) -> bool:
    """Whether a file was written to or replaced since it was opened."""
    after = os.fstat(file)
    if identity(before)[:3] != identity(after)[:3]:
        return True
    try:
        return not os.path.samestat(after, os.lstat(path))
    except OSError:
        return True


def open_for_writing(file: int) -> bool:
    """Whether a program has a file open for writing, as far as the system shows it.

    Linux gives a lease for reading only if no program has.
    """
    lease = getattr(fcntl, "F_SETLEASE", None)
    if lease is None:
        return False
    try:
        # If a program opens the file between these two calls, the system sends a signal: one that ends no process.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, lease, fcntl.F_RDLCK)
        fcntl.fcntl(file, lease, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        # Not every file system has leases, and only a file's owner gets one.
        return False
    return False
