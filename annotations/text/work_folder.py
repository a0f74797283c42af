"""A folder for files that are not finished yet."""

import tempfile
from pathlib import Path

from annotations.text.interruption import Uninterrupted


class WorkFolder:
    """A new folder in `parent`, or where temporary files are; it is removed after the block.

    Entering raises `OSError` if the folder cannot be made.
    """

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        self._prefix, self._parent = prefix, parent
        self._folder: tempfile.TemporaryDirectory[str]

    def __enter__(self) -> Path:
        # Once this object exists, it removes the folder in the end, even if the block is never entered.
        with Uninterrupted():
            self._folder = tempfile.TemporaryDirectory(prefix=self._prefix, dir=self._parent)
        return Path(self._folder.name)

    def __exit__(self, *_: object) -> None:
        with Uninterrupted():
            self._folder.cleanup()
