"""The files of one store, by the path of its TinyDB file."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

BACKUPS = 3
"""How many earlier states of the file are kept."""


@dataclass(frozen=True)
class StoreFiles:
    """Where everything of a store lies; all of it in the folder of the TinyDB file."""

    base: Path
    """The TinyDB file."""

    @classmethod
    def at(cls, path: Path) -> "StoreFiles":
        """The files of the store at `path`; links are followed, so that they stay links."""
        return cls(Path(os.path.realpath(path)))

    @cached_property
    def folder(self) -> Path:
        """Where the files lie."""
        return self.base.parent

    @cached_property
    def journal(self) -> Path:
        """The journal's last segment: the one that is written to."""
        return self._beside("journal")

    @cached_property
    def lock(self) -> Path:
        """The file whose lock a writer holds."""
        return self._beside("lock")

    @cached_property
    def index(self) -> Path:
        """Where each row stands in the TinyDB file: may be removed at any time."""
        return self._beside("index")

    @cached_property
    def unfinished(self) -> Path:
        """The next TinyDB file while it is being written."""
        return self._beside("new")

    @cached_property
    def backups(self) -> tuple[Path, ...]:
        """Earlier TinyDB files, the newest first."""
        return tuple(self._beside(f"bak{number}") for number in range(1, BACKUPS + 1))

    def before_migration(self, schema: int) -> Path:
        """The file as it was before it was brought up from an older schema."""
        return self._beside(f"v{schema}.bak")

    def aside(self, what: str, moment: str) -> Path:
        """A free name for something set aside, such as `annotations.json.torn-20200612T101500`."""
        stamp = moment.translate({ord(sign): None for sign in "-:"}).split(".")[0]
        path, number = self._beside(f"{what}-{stamp}"), 1
        while path.exists():
            number += 1
            path = self._beside(f"{what}-{stamp}-{number}")
        return path

    def older_segments(self) -> Iterator[Path]:
        """The journal's full segments, oldest first."""
        prefix = f"{self.journal.name}."
        numbers = []
        for entry in os.scandir(self.folder):
            if entry.name.startswith(prefix) and entry.name[len(prefix) :].isdigit():
                numbers.append((int(entry.name[len(prefix) :]), entry.name))
        return (self.folder / name for _, name in sorted(numbers))

    def next_segment(self) -> Path:
        """The name for the last segment once it is full."""
        taken = [int(path.name.rpartition(".")[2]) for path in self.older_segments()]
        return self.folder / f"{self.journal.name}.{max(taken, default=0) + 1:04}"

    def _beside(self, kind: str) -> Path:
        return self.base.with_name(f"{self.base.name}.{kind}")
