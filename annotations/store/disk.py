"""The few things the store asks of a file system, in one place.

Everything the store writes goes through a `Disk`, so that a test can record what was done, stop after
any step of it, or make one fail.
"""

import errno
import os
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """Files by number, folders by name. Every method raises `OSError` as the system does."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """The number of an opened file; one that is created gets exactly the permissions `mode`."""
        ...

    def read(self, file: int, size: int, offset: int) -> bytes:
        """Up to `size` bytes from `offset` on; fewer only at the end of the file."""
        ...

    def write(self, file: int, data: bytes, offset: int) -> None:
        """All of `data`, from `offset` on."""
        ...

    def sync(self, file: int) -> None:
        """Return when what was written to the file would survive a power cut."""
        ...

    def truncate(self, file: int, size: int) -> None:
        """Cut the file to `size` bytes."""
        ...

    def close(self, file: int) -> None:
        """Let go of the file."""
        ...

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in one step, in the place of one that has it."""
        ...

    def link(self, old: Path, new: Path) -> None:
        """Give a file a second name."""
        ...

    def remove(self, path: Path) -> None:
        """Take a name away."""
        ...

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in the folder would survive a power cut."""
        ...


class RealDisk:
    """The file system as it is."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """See `Disk`."""
        file = os.open(path, flags | os.O_CLOEXEC, mode)
        if flags & os.O_CREAT and os.fstat(file).st_mode & 0o777 != mode:
            try:
                os.fchmod(file, mode)
            except OSError as error:
                # File systems without permissions, and files of somebody else in the same group.
                if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
                    os.close(file)
                    raise
        return file

    def read(self, file: int, size: int, offset: int) -> bytes:
        """See `Disk`."""
        data = os.pread(file, size, offset)
        while len(data) < size:
            more = os.pread(file, size - len(data), offset + len(data))
            if not more:
                break
            data += more
        return data

    def write(self, file: int, data: bytes, offset: int) -> None:
        """See `Disk`."""
        view = memoryview(data)
        while view:
            written = os.pwrite(file, view, offset)
            view = view[written:]
            offset += written

    def sync(self, file: int) -> None:
        """See `Disk`. On macOS `fsync` leaves data in the drive's cache; `F_FULLFSYNC` does not."""
        if _FULL_SYNC is None:
            os.fsync(file)
            return
        import fcntl

        try:
            fcntl.fcntl(file, _FULL_SYNC)
        except OSError:
            os.fsync(file)

    def truncate(self, file: int, size: int) -> None:
        """See `Disk`."""
        os.ftruncate(file, size)

    def close(self, file: int) -> None:
        """See `Disk`."""
        os.close(file)

    def rename(self, old: Path, new: Path) -> None:
        """See `Disk`."""
        os.replace(old, new)

    def link(self, old: Path, new: Path) -> None:
        """See `Disk`."""
        os.link(old, new)

    def remove(self, path: Path) -> None:
        """See `Disk`."""
        os.unlink(path)

    def sync_folder(self, folder: Path) -> None:
        """See `Disk`."""
        file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(file)
        except OSError as error:
            # Some file systems, mostly network ones, know no fsync of a folder.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
                raise
        finally:
            os.close(file)


def _full_sync() -> int | None:
    import fcntl

    value: int | None = getattr(fcntl, "F_FULLFSYNC", None)
    return value


_FULL_SYNC = _full_sync()
REAL = RealDisk()
