"""A folder for files that are not finished yet."""

import tempfile
from pathlib import Path

from annotations.text.interruption import Uninterrupted


class WorkFolder:
    """A new folder, below `parent` or where temporary files are; nothing of it is left behind the block.

    Entering raises `OSError` where it cannot be made.
    """

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        self._prefix, self._parent = prefix, parent
        self._folder: tempfile.TemporaryDirectory[str]

    def __enter__(self) -> Path:
        # Once this exists, the folder goes with it, also where the block is never entered.
        with Uninterrupted():
            self._folder = tempfile.TemporaryDirectory(prefix=self._prefix, dir=self._parent)
        return Path(self._folder.name)

    def __exit__(self, *_: object) -> None:
        with Uninterrupted():
            self._folder.cleanup()
