"""The articles in a folder: listed without opening any of them."""

import os
import re
import stat
from collections.abc import Callable, Sequence
from fnmatch import translate
from pathlib import Path

from annotations.corpus.member import CorpusContents, FilePlace, Member, PassedOver
from annotations.corpus.own_files import SUGGESTIONS, OwnFiles, holds_suggestions
from annotations.model.document import path_as_text
from annotations.model.errors import AnnotateError
from annotations.project.settings import TEXT_FILES
from annotations.text.natural_order import natural

_EXPORTED = "annotation.conf"
"""A file that marks a folder exported for brat, whose texts are copies."""
OF_SUGGESTIONS = f"is a folder of suggestions made in advance: it has an {SUGGESTIONS}"
_NO_FILES = (
    (stat.S_ISFIFO, "is a pipe, not a regular file"),
    (stat.S_ISSOCK, "is a socket, not a regular file"),
    (stat.S_ISCHR, "is a device, not a regular file"),
    (stat.S_ISBLK, "is a device, not a regular file"),
    (stat.S_ISDIR, "is a folder"),
)


def members_of_folder(
    folder: Path,
    patterns: Sequence[str] = TEXT_FILES,
    *,
    recursive: bool = False,
    own: OwnFiles | None = None,
) -> CorpusContents:
    """The regular files of a folder whose names fit one of the patterns, in natural order of their names.

    Hidden files and the program's own are left out, and so are links to files outside of the folder.
    Files that are left out are listed with the reason; so are sub-folders, unless `recursive`. Raises
    `AnnotateError` for a folder that cannot be read, and for a path that is not a folder.
    """
    scan = _Scan(str(folder), patterns, recursive, own or OwnFiles())
    try:
        scan.read("")
    except NotADirectoryError:
        raise AnnotateError(f"{folder} is not a folder; name a folder, or several files.") from None
    except FileNotFoundError:
        raise AnnotateError(f"There is no folder {folder}; check the path.") from None
    except OSError as error:
        raise AnnotateError(f"{folder} cannot be read: {error.strerror}.") from None
    scan.read_sub_folders()
    scan.follow_links()
    members = sorted(scan.members, key=_by_name)
    return CorpusContents(folder, tuple(members), tuple(sorted(scan.passed_over, key=_by_name)))


def no_file(mode: int) -> str:
    """Why something with this mode is not an article, as the end of a sentence; empty for a regular file."""
    return next((reason for test, reason in _NO_FILES if test(mode)), "")


def _by_name(one: Member | PassedOver) -> tuple[str, str]:
    return natural(one.name)


class _Scan:
    """Goes through a folder and its sub-folders."""

    def __init__(self, folder: str, patterns: Sequence[str], recursive: bool, own: OwnFiles) -> None:
        self._folder = os.path.join(folder, "")
        self._fits = _fitting(patterns)
        self._patterns = " or ".join(patterns)
        self._recursive = recursive
        self._own = own
        self._sub_folders: list[str] = []
        self._links: list[str] = []
        self.members: list[Member] = []
        self.passed_over: list[PassedOver] = []

    def read(self, below: str) -> None:
        """List one folder; `below` is its path relative to the named one, with a slash at the end.

        Raises `OSError`.
        """
        prefix = self._folder + below
        is_own, fits, members = self._own.in_folder(os.path.dirname(prefix)), self._fits, self.members
        with os.scandir(prefix) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == "." or is_own(name):
                    continue
                try:
                    if entry.is_file(follow_symlinks=False) and fits(name):
                        members.append(Member(path_as_text(below + name), FilePlace(prefix + name)))
                    else:
                        self._other(entry, below)
                except FileNotFoundError:
                    continue  # it was removed while it was listed
                except OSError as error:
                    self._pass_over(below + name, _unreadable(error))

    def read_sub_folders(self) -> None:
        """List the folders found on the way, and those in them."""
        while self._sub_folders:
            below = self._sub_folders.pop()
            try:
                self.read(f"{below}/")
            except FileNotFoundError:
                continue
            except OSError as error:
                self._pass_over(below, _unreadable(error))

    def follow_links(self) -> None:
        """Make the links to files in the folder members, except links to files that are already listed."""
        if not self._links:
            return
        root = os.path.join(os.path.realpath(self._folder), "")
        start = len(self._folder)
        places = (member.place for member in self.members)
        listed = {root + place.path[start:] for place in places if isinstance(place, FilePlace)}
        for shown in sorted(self._links, key=natural):
            target = os.path.realpath(self._folder + shown)
            folder, name = os.path.split(target)
            if not target.startswith(root):
                self._pass_over(shown, "is a link that leads out of the folder")
            elif target in listed:
                self._pass_over(shown, f"is a link to {target[len(root) :]}, which is listed")
            elif not self._own.in_folder(folder)(name):
                self._follow(shown, target)
                listed.add(target)

    def _follow(self, shown: str, target: str) -> None:
        try:
            status = os.stat(target)
        except OSError as error:
            self._pass_over(shown, f"is a link that cannot be followed: {error.strerror}")
            return
        if reason := no_file(status.st_mode):
            self._pass_over(shown, f"is a link to something that {reason}")
        else:
            self.members.append(Member(path_as_text(shown), FilePlace(self._folder + shown)))

    def _other(self, entry: "os.DirEntry[str]", below: str) -> None:
        """Handle an entry that is not simply a file with a matching name. Raises `OSError`."""
        shown = below + entry.name
        if entry.is_symlink() and self._fits(entry.name):
            self._links.append(shown)
        elif entry.is_dir(follow_symlinks=False):
            if holds_suggestions(entry.path):
                self._pass_over(shown, OF_SUGGESTIONS)
            elif not self._recursive:
                self._pass_over(shown, "is a folder; --recursive lists what is in it")
            elif os.path.lexists(os.path.join(entry.path, _EXPORTED)):
                self._pass_over(shown, f"is a folder of annotations for brat: it has an {_EXPORTED}")
            else:
                self._sub_folders.append(shown)
        else:
            reason = no_file(entry.stat(follow_symlinks=False).st_mode)
            self._pass_over(shown, reason or f"is not called {self._patterns}")

    def _pass_over(self, shown: str, reason: str) -> None:
        self.passed_over.append(PassedOver(path_as_text(shown), reason))


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror}"


def _fitting(patterns: Sequence[str]) -> Callable[[str], object]:
    """Returns a function that tells whether a name matches one of the patterns, ignoring case."""
    return re.compile("|".join(map(translate, patterns)), re.IGNORECASE).match
