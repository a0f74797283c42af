"""The files of one store, by the path of its TinyDB file."""

import os
import re
import secrets
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

BACKUPS = 3
"""How many earlier states of the file are kept."""

_KIND = re.compile(
    rf"\.(?:journal(?:\.[0-9]{{1,9}})?|lock|index|bak[1-{BACKUPS}]|begin-[0-9]{{1,18}}|v[0-9]+\.bak)"
)
_BEGINNING = re.compile(r"begin-[0-9]{1,18}")
_MIGRATED = re.compile(r"v[0-9]+\.bak")
_UNFINISHED = re.compile(r"new-[0-9a-f]{16}")


class StoreFiles(Struct, frozen=True, dict=True):
    """The paths of all files of a store; all are in the folder of the TinyDB file."""

    base: Path
    """The TinyDB file."""

    @classmethod
    def at(cls, path: Path) -> "StoreFiles":
        """The files of the store at `path`. Links to its folder are followed, a link to the file is not."""
        if path.name in ("", ".."):
            return cls(Path(os.path.realpath(path)))
        return cls(Path(os.path.realpath(path.parent), path.name))

    @cached_property
    def folder(self) -> Path:
        """The folder of the files."""
        return self.base.parent

    @cached_property
    def journal(self) -> Path:
        """The journal's last segment, to which new lines are added."""
        return self._beside("journal")

    @cached_property
    def lock(self) -> Path:
        """The file that a writer locks."""
        return self._beside("lock")

    @cached_property
    def index(self) -> Path:
        """The index: where each row is in the TinyDB file. It may be removed at any time."""
        return self._beside("index")

    @cached_property
    def backups(self) -> tuple[Path, ...]:
        """Earlier TinyDB files, the newest first."""
        return tuple(self._beside(f"bak{number}") for number in range(1, BACKUPS + 1))

    def beginning(self, sequence: int) -> Path:
        """The TinyDB file in the state just before the journal begins.

        There is none for a journal that begins with an empty store.
        """
        return self._beside(f"begin-{sequence}")

    def beginnings(self) -> list[Path]:
        """All such files, the newest first; a journal with a gap begins more than once."""
        found = [name for name in self._names() if _BEGINNING.fullmatch(self._kind(name))]
        paths = [self.folder / name for name in found]
        return sorted(paths, key=self.begins_at, reverse=True)

    def earlier(self) -> list[Path]:
        """The paths of earlier states of the TinyDB file, if they exist: the newest backup first."""
        return [*self.backups, *self.beginnings()]

    def begins_at(self, path: Path) -> int:
        """The commit whose state such a file contains."""
        return int(path.name.rpartition("-")[2])

    def before_migration(self, schema: int) -> Path:
        """The file before its conversion from an older schema."""
        return self._beside(f"v{schema}.bak")

    def before_migrations(self) -> list[Path]:
        """All files from before a conversion from an older schema."""
        return [self.folder / n for n in sorted(self._names()) if _MIGRATED.fullmatch(self._kind(n))]

    def unfinished(self) -> Path:
        """A name that cannot be guessed, for a file while it is being written."""
        return self._beside(f"new-{secrets.token_hex(8)}")

    def leftovers(self) -> list[Path]:
        """Files that were being written when a program died. They may only be removed under the lock."""
        return [self.folder / name for name in self._names() if _UNFINISHED.fullmatch(self._kind(name))]

    def set_aside(self) -> list[Path]:
        """Damaged files that were kept under another name."""
        kinds = ("torn-", "rejected-")
        return [self.folder / n for n in sorted(self._names()) if self._kind(n).startswith(kinds)]

    def aside(self, what: str, moment: str) -> Path:
        """A free name for something set aside, such as `annotations.json.torn-20200612T101500`."""
        stamp = moment.translate({ord(sign): None for sign in "-:"}).split(".")[0]
        path, number = self._beside(f"{what}-{stamp}"), 1
        while os.path.lexists(path):
            number += 1
            path = self._beside(f"{what}-{stamp}-{number}")
        return path

    def older_segments(self) -> Iterator[Path]:
        """The journal's full segments, oldest first."""
        prefix = f"{self.journal.name}."
        numbers = []
        for name in self._names():
            number = name[len(prefix) :]
            if name.startswith(prefix) and number.isascii() and number.isdigit() and len(number) < 10:
                numbers.append((int(number), name))
        return (self.folder / name for _, name in sorted(numbers))

    def segments(self) -> Iterator[Path]:
        """The journal's last segment, then the full ones, oldest first.

        The folder, which may contain thousands of articles, is listed only if more than the last one is
        needed.
        """
        yield self.journal
        yield from self.older_segments()

    def next_segment(self) -> Path:
        """The name for the last segment once it is full."""
        used = [int(path.name.rpartition(".")[2]) for path in self.older_segments()]
        return self.folder / f"{self.journal.name}.{max(used, default=0) + 1:04}"

    def present(self) -> Iterator[Path]:
        """All existing files of the store that this program reads or writes under a fixed name.

        Raises `OSError`.
        """
        for name in sorted(self._names()):
            if name == self.base.name or _KIND.fullmatch(name, len(self.base.name)):
                yield self.folder / name

    def _names(self) -> list[str]:
        """The names in the folder that begin like that of the TinyDB file."""
        with os.scandir(self.folder) as entries:
            return [entry.name for entry in entries if entry.name.startswith(self.base.name)]

    def _kind(self, name: str) -> str:
        return name[len(self.base.name) + 1 :]

    def _beside(self, kind: str) -> Path:
        return self.base.with_name(f"{self.base.name}.{kind}")
