"""Which files next to the articles belong to the program: they are never articles."""

import os
from collections.abc import Callable
from dataclasses import dataclass

DATABASE = "annotations.json"
"""The name of a database unless a person gives another one."""
SUGGESTIONS = "annotate-suggestions.json"
"""This file is in a folder of suggestions made in advance for a corpus: no file in such a folder is an article."""
_REPAIRED = "annotations-repaired.json"
_SETTINGS = "annotate.toml"


@dataclass(frozen=True)
class OwnFiles:
    """The program's own files. If none are given, these are databases and settings with their usual names."""

    databases: tuple[str, ...] = ()
    """Absolute paths of databases with other names."""
    others: tuple[str, ...] = ()
    """Absolute paths of guidelines, pattern files and similar files."""

    def in_folder(self, folder: str) -> Callable[[str], bool]:
        """A function that tells whether a file name in a folder is one of the program's own files."""
        names = [DATABASE, _REPAIRED, *_names_in(folder, self.databases)]
        beside = tuple(f"{name}." for name in names)
        own = frozenset((*names, _SETTINGS, *_names_in(folder, self.others)))
        return lambda name: name in own or name.startswith(beside)


def _names_in(folder: str, paths: tuple[str, ...]) -> list[str]:
    return [os.path.basename(path) for path in paths if os.path.dirname(path) == folder]


def holds_suggestions(folder: str) -> bool:
    """Whether a folder contains suggestions that were made in advance."""
    return os.path.lexists(os.path.join(folder, SUGGESTIONS))
