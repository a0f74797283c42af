"""Files and folders that are named on the command line, directly or by patterns."""

import glob
import os
from collections.abc import Iterable

from annotations.corpus.contents import is_pattern
from annotations.model.errors import AnnotateError
from annotations.text.natural_order import natural


def fits_nothing(named: str) -> bool:
    """Whether this is a pattern that no file or folder matches."""
    return is_pattern(named) and not glob.glob(named, recursive=True)


def files_named(names: Iterable[str]) -> list[str]:
    """The named files and folders, each once; a pattern is replaced by what matches it, in natural order.

    Raises `AnnotateError` for a pattern that nothing matches.
    """
    found: dict[str, str] = {}
    for name in names:
        fitting = [name]
        if is_pattern(name):
            fitting = sorted(glob.glob(name, recursive=True), key=natural)
            if not fitting:
                raise AnnotateError(f"No file is called {name}; check the pattern.")
        for one in fitting:
            found.setdefault(one if one == "-" else os.path.realpath(one), one)
    return list(found.values())
