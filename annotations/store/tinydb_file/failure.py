"""What went wrong with a file, as one sentence for the person who wants to save."""

import errno
import os
from pathlib import Path

from annotations.store.interface import StoreError

_REASONS = {
    errno.ENOSPC: "the disk is full; make room and try again",
    errno.EDQUOT: "your disk quota is used up; make room and try again",
    errno.EFBIG: "it would exceed the file size limit; raise it (ulimit -f) and try again",
    errno.EROFS: "the file system is read-only; choose another path",
    errno.EACCES: "you may not write there; change the permissions or choose another path",
    errno.EPERM: "you may not write there; change the permissions or choose another path",
    errno.ENOENT: "its folder is not there; bring it back or choose another path",
    errno.ENOTDIR: "its folder is a file; choose another path",
    errno.EISDIR: "it is a folder; choose another path",
    errno.EIO: "the disk reports an error; try again, or choose a path on another disk",
    errno.ELOOP: "it is a link, and a database is never read or written through links; remove the link",
    errno.ENXIO: "it is not a regular file; remove it or choose another path",
    errno.EMLINK: "it has a second name (a hard link), under which it would be changed too; "
    "put a copy in its place",
    errno.ESTALE: "the network file system lost it; mount it again, or choose another path",
}

_OF_ONE_FILE = (errno.ELOOP, errno.ENXIO, errno.EMLINK)
"""What is wrong with one of a store's files, with its name."""


def not_saved(path: Path, error: OSError) -> StoreError:
    """Why nothing could be written."""
    if error.errno in _OF_ONE_FILE and error.filename:
        path = Path(os.fsdecode(error.filename))
    return StoreError(f"{path} cannot be written: {_reason(error)}.")


def not_read(path: Path, error: OSError) -> StoreError:
    """Why nothing could be read."""
    if error.errno in _OF_ONE_FILE and error.filename:
        path = Path(os.fsdecode(error.filename))
    if error.errno in (errno.EACCES, errno.EPERM):
        return StoreError(f"You may not read {path}; ask its owner or choose another with --db.")
    if error.errno == errno.EISDIR:
        return StoreError(f"{path} is a folder; name a file with --db, such as annotations.json in it.")
    return StoreError(f"{path} cannot be read: {_reason(error)}.")


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return known or f"{error.strerror or error}; try again, or choose another path"
