"""Putting a new TinyDB file in the place of the old one, which is kept as a backup."""

import errno
import os
import shutil
from pathlib import Path

from annotations.store.disk import Disk
from annotations.store.files import StoreFiles

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


def put_in_place(disk: Disk, files: StoreFiles) -> None:
    """Make the finished new file the TinyDB file, and the TinyDB file the newest backup.

    A crash in between leaves the old file or the new one, and never less than the backups before but
    the oldest. Raises `OSError`.
    """
    if files.base.exists():
        for older, newer in zip(files.backups[:0:-1], files.backups[-2::-1], strict=True):
            if newer.exists():
                disk.rename(newer, older)
        keep_backup(disk, files.base, files.backups[0])
    disk.rename(files.unfinished, files.base)
    disk.sync_folder(files.folder)


def keep_backup(disk: Disk, file: Path, backup: Path) -> None:
    """Give a file a second name, or a copy where the file system has no second names."""
    try:
        disk.link(file, backup)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(file, backup)
        os.chmod(backup, os.stat(file).st_mode & 0o777)
