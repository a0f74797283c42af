"""The few operations of a file system that the store needs, in one place.

The store writes everything through a `Disk`, so that a test can record what was done, stop after
any step of it, or make one fail.

The folder of a store may come from a stranger. So links are not followed, only regular
files are opened, a created file is always new, and a file that is written in place has only one
name. Otherwise the content would change under the other name, too.
"""

import errno
import os
import stat
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """Files by number, folders by name. Every method raises `OSError` as the system does."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """The number of an opened regular file; a created file gets exactly the permissions `mode`.

        With `O_CREAT` nothing may have that name yet. Raises `OSError` with `ELOOP` for a link,
        `ENXIO` if it is not a regular file, and `EMLINK` for an existing file with a second name that
        would be written to.
        """
        ...

    def read(self, file: int, size: int, offset: int) -> bytes:
        """Up to `size` bytes from `offset`; fewer only at the end of the file."""
        ...

    def write(self, file: int, data: bytes, offset: int) -> None:
        """Write all of `data` at `offset`."""
        ...

    def sync(self, file: int) -> None:
        """Return when the written data would survive a power cut."""
        ...

    def truncate(self, file: int, size: int) -> None:
        """Cut the file to `size` bytes."""
        ...

    def close(self, file: int) -> None:
        """Close the file."""
        ...

    def rename(self, old: Path, new: Path) -> None:
        """Rename a file in one step; it replaces a file with the new name."""
        ...

    def link(self, old: Path, new: Path) -> None:
        """Give a file a second name."""
        ...

    def remove(self, path: Path) -> None:
        """Remove a name."""
        ...

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in the folder would survive a power cut."""
        ...


class RealDisk:
    """The real file system."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """See `Disk`."""
        if flags & os.O_CREAT:
            flags |= os.O_EXCL
        # Opening a pipe waits for its other end, unless it is opened without waiting.
        file = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, mode)
        try:
            status = os.fstat(file)
            reason = _refused(status, flags)
            if reason:
                raise OSError(reason, os.strerror(reason), str(path))
            if flags & os.O_CREAT and status.st_mode & 0o777 != mode:
                _set_mode(file, mode)
        except BaseException:
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
        os.link(old, new, follow_symlinks=False)

    def remove(self, path: Path) -> None:
        """See `Disk`."""
        os.unlink(path)

    def sync_folder(self, folder: Path) -> None:
        """See `Disk`."""
        file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(file)
        except OSError as error:
            # Some file systems, mostly network ones, have no fsync of a folder.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
                raise
        finally:
            os.close(file)


def read_all(disk: Disk, path: Path) -> bytes:
    """The whole content of a file of the store. Raises `OSError`."""
    file = disk.open(path, os.O_RDONLY)
    try:
        return disk.read(file, os.fstat(file).st_size, 0)
    finally:
        disk.close(file)


def _refused(status: os.stat_result, flags: int) -> int:
    """The number of the error if a file must not be opened like this, otherwise 0."""
    if stat.S_ISDIR(status.st_mode):
        return errno.EISDIR
    if not stat.S_ISREG(status.st_mode):
        return errno.ENXIO
    written = flags & (os.O_WRONLY | os.O_RDWR) and not flags & os.O_CREAT
    return errno.EMLINK if written and status.st_nlink > 1 else 0


def _set_mode(file: int, mode: int) -> None:
    try:
        os.fchmod(file, mode)
    except OSError as error:
        # File systems without permissions.
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise


def _full_sync() -> int | None:
    import fcntl

    value: int | None = getattr(fcntl, "F_FULLFSYNC", None)
    return value


_FULL_SYNC = _full_sync()
REAL = RealDisk()
