"""The lock that a writer holds during one commit.

A lock of the operating system ends with its process, so a process that died blocks nobody. On a network
file system such locks may each hold on one machine only; there filelock's strict soft lock is used: a file
that states its owner. (filelock's own tests show flock not to exclude across NFS clients; its documentation
has a table of the right lock for each system.) filelock is imported with the first lock, because reading
needs no lock.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotations.store.interface import Busy

_NETWORK = {"nfs", "nfs3", "nfs4", "afs", "9p", "fuse.sshfs", "fuse.glusterfs", "lustre", "ceph"}
WAIT = 10.0
"""How long a commit waits for another program, in seconds."""


class StoreLock:
    """A lock between processes. `network` names the network file system if the strict soft lock is used."""

    def __init__(self, path: Path, mode: int) -> None:
        import filelock

        self.path = path
        self.network = network_file_system(path.parent)
        kind = filelock.StrictSoftFileLock if self.network else filelock.FileLock
        self._lock = kind(path, mode=mode, thread_local=False)

    @contextmanager
    def held(self, wait: float = WAIT) -> Iterator[None]:
        """Hold the lock. Raises `Busy` after `wait` seconds, and `OSError`."""
        import filelock

        # The lock would create a missing folder, and its former content would seem to be gone.
        os.stat(self.path.parent)
        try:
            self._lock.acquire(timeout=wait, poll_interval=0.002)
        except filelock.Timeout:
            raise Busy(
                f"Another program has been writing {self.path.with_suffix('')} for over {wait:.0f} "
                "seconds; wait for it or end it, then try again."
            ) from None
        try:
            yield
        finally:
            self._lock.release()


def network_file_system(folder: Path) -> str:
    """The name of the network file system of the folder; empty for a local one."""
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as mounts:
            return _kind(os.path.realpath(folder), mounts)
    except OSError:
        return ""


def _kind(folder: str, mounts: Iterator[str]) -> str:
    best, found = -1, ""
    for line in mounts:
        fields, _, rest = line.partition(" - ")
        point = fields.split(" ")[4].encode().decode("unicode_escape")
        inside = point == "/" or folder == point or folder.startswith(point + "/")
        if inside and len(point) >= best:
            best, found = len(point), rest.split(" ")[0]
    return found if found in _NETWORK else ""
