"""Where the database of a command is, and whether its files may be opened."""

import errno
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

from annotations.store.interface import StoreError
from annotations.store.tinydb_file.disk import REAL
from annotations.store.tinydb_file.failure import not_read
from annotations.store.tinydb_file.files import StoreFiles

DEFAULT = "annotations.json"
_HEAD = 4096
_TABLES = re.compile(rb'\s*\{\s*"(?:documents|annotations|meta)"\s*:\s*\{\s*"[1-9][0-9]*"\s*:')


def default_database(folder: Path | None, here: Path, is_there: Callable[[Path], bool]) -> Path:
    """The database if none is named: for texts in a folder, or for articles without a folder.

    For a folder it is the `annotations.json` in it, otherwise an existing one `here`, otherwise a new one in the
    folder; without a folder the one `here`. `is_there` says whether there is a database at a path.
    """
    folders = [here] if folder is None else [folder, here]
    found = (path for one in folders if is_there(path := one / DEFAULT))
    return next(found, folders[0] / DEFAULT)


def is_database_there(path: Path) -> bool:
    """Whether any file of a database is at a path: the file itself, its journal or a backup."""
    files = StoreFiles.at(path)
    if not files.folder.is_dir():
        return False
    # Earlier states are searched last, because this lists the folder, which may have thousands of articles.
    return any(map(os.path.lexists, (files.base, files.journal))) or any(
        map(os.path.lexists, files.earlier())
    )


def database_path(option: str | None, folder: Path | None = None) -> Path:
    """The database: the given one, otherwise that of `ANNOTATE_DB`, otherwise `annotations.json`.

    This is the file in the current folder, or, if texts in a `folder` are named, the one that
    `default_database` finds.

    A link that a person names is followed, once, and only to a database that is there: the program then
    works on that file and the files next to it. A link found under the default name may have come with a
    stranger's folder and is refused. Raises `StoreError`.
    """
    chosen = option or os.environ.get("ANNOTATE_DB")
    usual = default_database(folder, Path.cwd(), is_database_there)
    path = Path(chosen).expanduser().absolute() if chosen else usual
    if not os.path.islink(path):
        return path
    target = Path(os.path.realpath(path))
    if not chosen:
        raise StoreError(f"{path} is a link to {target}; name the database itself with --db.")
    if not _is_database(target):
        raise StoreError(
            f"{path} is a link to {target}, and there is no database; name the database itself "
            f"with --db."
        )
    return target


def refuse_unsafe_files(path: Path) -> None:
    """Check all existing files of the store at `path` before any of them is opened.

    Raises `StoreError` for a link, for anything that is not a regular file, for a journal or lock with a second name,
    and for another user's file in a folder that everybody may write to. Backups may have second names:
    they are never written to.
    """
    files = StoreFiles.at(path)
    try:
        folder = os.stat(files.folder).st_mode
        open_to_all = bool(folder & stat.S_IWOTH and folder & stat.S_ISVTX)
        for file in files.present():
            status = os.lstat(file)
            if stat.S_ISLNK(status.st_mode):
                raise not_read(file, OSError(errno.ELOOP, "", str(file)))
            if stat.S_ISDIR(status.st_mode):
                raise not_read(file, OSError(errno.EISDIR, ""))
            if not stat.S_ISREG(status.st_mode):
                raise not_read(file, OSError(errno.ENXIO, "", str(file)))
            if file in (files.journal, files.lock) and status.st_nlink > 1:
                raise not_read(file, OSError(errno.EMLINK, "", str(file)))
            if open_to_all and status.st_uid not in (os.geteuid(), 0):
                raise StoreError(
                    f"{file} belongs to somebody else, in a folder that everybody may write to; "
                    f"work in a "
                    "folder of your own, or name another database with --db."
                )
    except FileNotFoundError:
        return
    except OSError as error:
        raise not_read(files.base, error) from None


def _is_database(path: Path) -> bool:
    """Whether a file begins like a TinyDB file of annotations. The rest is checked when it is read."""
    try:
        file = REAL.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _TABLES.match(REAL.read(file, _HEAD, 0)) is not None
    finally:
        REAL.close(file)
