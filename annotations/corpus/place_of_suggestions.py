"""Where the suggestions that were made in advance for a corpus are."""

import os
from collections.abc import Sequence
from pathlib import Path

from annotations.corpus.contents import NamedFolders
from annotations.corpus.own_files import holds_suggestions
from annotations.model.document import absolute_path
from annotations.model.errors import AnnotateError

ENDING = ".suggested"
"""The ending of the folder's name, after the name of the corpus."""


def default_folder(named: Sequence[str]) -> Path:
    """The default path of the folder of suggestions for what a person named: next to it.

    For several names, it is next to the folder that contains all of them; without names, next to the current folder.
    """
    one = named[0] if len(named) == 1 else NamedFolders.of(named or ["."]).root
    return Path(absolute_path(one).rstrip("/") + ENDING)


def folder_named(named: Sequence[str], folder: str | None) -> Path:
    """The folder that a person named for the suggestions or, if `folder` is empty, the default one.

    Raises `AnnotateError` if the path has no name, as the root has none, or if its name is only the ending.
    """
    path = Path(absolute_path(folder)) if folder else default_folder(named)
    if path.name == ENDING or not path.name:
        raise AnnotateError("Name a folder for the suggestions with --output.")
    return path


def folder_for(named: Sequence[str]) -> Path | None:
    """The folder with suggestions for what a person named, if there is one.

    For an article, this can also be the suggestions of the folder that contains it.
    """
    folders = [default_folder(named)]
    if len(named) == 1 and os.path.isfile(named[0]):
        folders.append(Path(os.path.dirname(absolute_path(named[0])) + ENDING))
    return next((folder for folder in folders if holds_suggestions(str(folder))), None)
