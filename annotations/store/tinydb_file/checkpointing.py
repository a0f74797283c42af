"""Putting a new TinyDB file in the place of the old one, which is kept as a backup."""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from annotations.store.tinydb_file.disk import Disk, read_all
from annotations.store.tinydb_file.files import StoreFiles

BACKUP_BYTES = 64 << 20
"""How large all backups together may be, in bytes; the newest is always kept."""
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


def put_in_place(disk: Disk, files: StoreFiles, new: Path) -> None:
    """Make the finished `new` file the TinyDB file, and the TinyDB file the newest backup.

    The backups before it stay as long as all of them together are no larger than `BACKUP_BYTES`: the
    journal has what they hold, too. A crash in between leaves the old file or the new one, and the
    backups before but the oldest. Raises `OSError`.
    """
    # A crash here may have left the file with its second name, which is all that is wanted.
    if os.path.lexists(files.base) and not _same(files.base, files.backups[0]):
        for older, newer in zip(files.backups[:0:-1], files.backups[-2::-1], strict=True):
            if os.path.lexists(newer):
                disk.rename(newer, older)
        keep_second_name(disk, files, files.base, files.backups[0])
    disk.rename(new, files.base)
    for backup in _too_large(files):
        disk.remove(backup)
    disk.sync_folder(files.folder)


def _too_large(files: StoreFiles) -> Iterator[Path]:
    """The backups after the newest that are too much together with those before them."""
    size = 0
    for backup in files.backups:
        with suppress(FileNotFoundError):
            size += os.lstat(backup).st_size
            if size > BACKUP_BYTES and backup != files.backups[0]:
                yield backup


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(os.lstat(one), os.lstat(other))
    except FileNotFoundError:
        return False


def keep_second_name(disk: Disk, files: StoreFiles, file: Path, name: Path) -> None:
    """Give a file a second name, or a copy where the file system has no second names.

    The name must be free. Raises `OSError`.
    """
    try:
        disk.link(file, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        write_whole(disk, files, name, read_all(disk, file), os.lstat(file).st_mode & 0o777)


def keep_beginning(disk: Disk, files: StoreFiles, sequence: int) -> None:
    """Keep the TinyDB file, complete up to a commit, as the one that the journal begins with.

    It is a copy, no second name: other programs write the TinyDB file in place. Raises `OSError`.
    """
    mode = os.lstat(files.base).st_mode & 0o777
    write_whole(disk, files, files.beginning(sequence), read_all(disk, files.base), mode)
    disk.sync_folder(files.folder)


def write_whole(
    disk: Disk, files: StoreFiles, path: Path, data: bytes, mode: int, *, durable: bool = True
) -> None:
    """Write a file that is there whole or not at all, in the place of one that has its name.

    Unless it is to be `durable`, a power cut may still leave it empty or in part. Raises `OSError`.
    """
    unfinished = files.unfinished()
    file = disk.open(unfinished, os.O_WRONLY | os.O_CREAT, mode)
    try:
        try:
            disk.write(file, data, 0)
            if durable:
                disk.sync(file)
        finally:
            disk.close(file)
        disk.rename(unfinished, path)
    except BaseException:
        remove_unfinished(disk, unfinished)
        raise


def remove_unfinished(disk: Disk, path: Path) -> None:
    """Remove a file that was not finished, if it is there: that this fails is no harm."""
    try:
        disk.remove(path)
    except OSError:
        return


def remove_leftovers(disk: Disk, files: StoreFiles) -> None:
    """Remove what was being written when another program died. The lock must be held."""
    for path in files.leftovers():
        remove_unfinished(disk, path)
