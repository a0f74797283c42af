"""New files and folders that are either complete or not there at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotations.text.interruption import Uninterrupted


def write_new_file(path: Path, data: bytes) -> None:
    """Write a file that does not exist yet. If this raises `OSError`, nothing is left of the file."""
    with Uninterrupted(), path.open("xb", buffering=0) as file, _removed_on_error(path):
        while data:
            data = data[file.write(data) :]


def copy_to_new_folder(source: Path, folder: Path) -> None:
    """Copy a folder to a new one, which is made with the folders above it.

    If this raises `OSError`, as `shutil.copytree` does, nothing is left of the copy.
    """
    if folder.exists() or folder.is_symlink():
        raise FileExistsError
    with Uninterrupted(), _removed_on_error(folder):
        shutil.copytree(source, folder)


@contextmanager
def _removed_on_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        raise
