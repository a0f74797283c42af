"""Replacing the TinyDB file with a new one, and keeping the old one as a backup."""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from annotations.store.tinydb_file.disk import Disk, read_all
from annotations.store.tinydb_file.files import StoreFiles

BACKUP_BYTES = 64 << 20
"""The greatest size of all backups together, in bytes; the newest is always kept."""
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


def put_in_place(disk: Disk, files: StoreFiles, new: Path) -> None:
    """Make the finished file `new` the TinyDB file, and the old TinyDB file the newest backup.

    The older backups stay as long as all of them together are no larger than `BACKUP_BYTES`: the
    journal also has their content. A crash in between leaves the old file or the new one, and the
    older backups except the oldest. Raises `OSError`.
    """
    # A crash may already have left the file with its second name; then nothing more is needed.
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
    """The backups after the newest that exceed the limit together with the newer ones."""
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
    """Give a file a second name, or copy it if the file system has no second names.

    The name must be free. Raises `OSError`.
    """
    try:
        disk.link(file, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        write_whole(disk, files, name, read_all(disk, file), os.lstat(file).st_mode & 0o777)


def keep_beginning(disk: Disk, files: StoreFiles, sequence: int) -> None:
    """Keep the TinyDB file, complete up to a commit, as the file that the journal begins with.

    It is a copy, not a second name, because other programs write the TinyDB file in place. Raises `OSError`.
    """
    mode = os.lstat(files.base).st_mode & 0o777
    write_whole(disk, files, files.beginning(sequence), read_all(disk, files.base), mode)
    disk.sync_folder(files.folder)


def write_whole(
    disk: Disk, files: StoreFiles, path: Path, data: bytes, mode: int, *, durable: bool = True
) -> None:
    """Write a file so that it exists completely or not at all; it replaces one with its name.

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
    """Remove an unfinished file, if it exists; a failure does no harm."""
    try:
        disk.remove(path)
    except OSError:
        return


def remove_leftovers(disk: Disk, files: StoreFiles) -> None:
    """Remove the unfinished files of a program that died. The lock must be held."""
    for path in files.leftovers():
        remove_unfinished(disk, path)
