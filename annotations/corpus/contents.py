"""The parts that a person names as a corpus (a folder, files, a pattern of names, files of texts) and
their contents.
"""

import glob
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_IFDIR, S_ISDIR

from msgspec.structs import replace

from annotations.corpus.folder_members import OF_SUGGESTIONS, members_of_folder, no_file
from annotations.corpus.member import CorpusContents, FilePlace, Member, PassedOver
from annotations.corpus.own_files import OwnFiles, holds_suggestions
from annotations.formats.text_row import RowColumns, is_file_of_texts
from annotations.model.document import STANDARD_INPUT, absolute_path, path_as_text
from annotations.model.errors import AnnotateError
from annotations.project.settings import TEXT_FILES
from annotations.text.natural_order import natural


@dataclass(frozen=True)
class ContentsOptions:
    """The options for what is listed."""

    patterns: tuple[str, ...] = TEXT_FILES
    """Which files of a folder are articles."""
    recursive: bool = False
    """Whether the files in sub-folders are listed, too."""
    columns: RowColumns = field(default_factory=RowColumns)
    """Which columns of files of texts have the texts, ids and dates."""
    encoding: str = "utf-8"
    """The encoding of files of texts."""
    own: OwnFiles = field(default_factory=OwnFiles)
    """The program's own files."""


def is_corpus(named: Sequence[str]) -> bool:
    """Whether a person named several texts, and not one article."""
    if len(named) != 1:
        return bool(named)
    (one,) = named
    return one != STANDARD_INPUT and (os.path.isdir(one) or is_file_of_texts(one) or is_pattern(one))


@dataclass(frozen=True)
class NamedFolders:
    """The folders of everything that a person named."""

    folders: tuple[str, ...]
    """Absolute paths, each once: of named folders, and of the folders of named files."""

    @classmethod
    def of(cls, named: Sequence[str]) -> "NamedFolders":
        """The folders of these names. No folder is listed for this."""
        found = dict.fromkeys(one if os.path.isdir(one) else _folder_part(one) for one in named)
        return cls(tuple(dict.fromkeys(map(absolute_path, found))))

    @property
    def only(self) -> Path | None:
        """The one folder, if there is no other: the one to keep a database in."""
        return Path(self.folders[0]) if len(self.folders) == 1 else None

    @property
    def root(self) -> Path:
        """The common folder of everything: its settings count."""
        return Path(os.path.commonpath(self.folders))


def find_members(named: Sequence[str], where: NamedFolders, options: ContentsOptions) -> CorpusContents:
    """Everything that a person named, each text once, in the order in which it was named.

    The files of a folder, and those that fit a pattern, are in natural order of their names. Raises
    `AnnotateError` for a name that does not exist, and if there is nothing to annotate.
    """
    if STANDARD_INPUT in named:
        raise AnnotateError("Standard input is one article; name it alone: command | annotate -")
    listing = _Named(where.root, options).list(named)
    if not listing.members:
        raise AnnotateError(_nothing(named, listing, options))
    return listing


class _Named:
    """Lists the named parts one after the other."""

    def __init__(self, root: Path, options: ContentsOptions) -> None:
        self._root = root
        self._options = options
        self._members: list[Member] = []
        self._passed_over: list[PassedOver] = []
        self._notices: list[str] = []
        self._paths: set[str] = set()
        self._files: set[tuple[int, int]] = set()
        """The devices and inodes of the files that were named."""
        self._texts: dict[tuple[str, str], Member] = {}
        """The rows of files of texts, by their ids and the SHA-256 of their texts."""

    def list(self, named: Sequence[str]) -> CorpusContents:
        for one in named:
            if is_pattern(one):
                self._pattern(one)
            else:
                self._one(one)
        return CorpusContents(
            self._root, tuple(self._members), tuple(self._passed_over), tuple(self._notices)
        )

    def _pattern(self, pattern: str) -> None:
        found = sorted(glob.glob(pattern, recursive=True), key=natural)
        if not found:
            raise AnnotateError(f"No file is called {pattern}; check the pattern.")
        for path in found:
            if os.path.isdir(path):
                self._passed_over.append(PassedOver(self._shown(absolute_path(path)), no_file(S_IFDIR)))
            else:
                self._one(path)

    def _one(self, named: str) -> None:
        path = absolute_path(named)
        try:
            status = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            if os.path.lexists(path):
                self._pass_over(path, "is a link to a file that does not exist")
                return
            raise AnnotateError(f"There is no file {named}; check the path.") from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise AnnotateError(f"{named} cannot be read: {reason}.") from None
        file = (status.st_dev, status.st_ino)
        if path in self._paths or file in self._files:
            return
        self._paths.add(path)
        self._files.add(file)
        if S_ISDIR(status.st_mode) and holds_suggestions(path):
            self._pass_over(path, OF_SUGGESTIONS)
        elif S_ISDIR(status.st_mode):
            self._folder(path)
        elif reason := no_file(status.st_mode):
            self._pass_over(path, reason)
        elif self._options.own.in_folder(os.path.dirname(path))(os.path.basename(path)):
            self._pass_over(path, "is a file of this program")
        elif holds_suggestions(os.path.dirname(path)):
            self._pass_over(path, "is a file of suggestions made in advance")
        elif is_file_of_texts(path):
            self._rows(path, named)
        else:
            self._members.append(Member(self._shown(path), FilePlace(path)))

    def _folder(self, path: str) -> None:
        options = self._options
        found = members_of_folder(
            Path(path), options.patterns, recursive=options.recursive, own=options.own
        )
        below = self._shown(os.path.join(path, ""))
        places = (member.place for member in found.members)
        paths = [place.path for place in places if isinstance(place, FilePlace)]
        fresh: Sequence[Member] = found.members
        if not self._paths.isdisjoint(paths):
            by_path = zip(found.members, paths, strict=True)
            fresh = [member for member, path in by_path if path not in self._paths]
        self._paths.update(paths)
        self._members += [replace(one, name=below + one.name) for one in fresh] if below else fresh
        self._passed_over += (PassedOver(below + one.name, one.reason) for one in found.passed_over)

    def _rows(self, path: str, named: str) -> None:
        from annotations.corpus.row_members import members_of_file

        found = members_of_file(path, named, self._options.columns, self._options.encoding)
        for member in found.members:
            first = self._texts.setdefault((member.id, member.sha256), member)
            if first is member:
                self._members.append(member)
            else:
                same = "id and text" if member.id else "text"
                self._passed_over.append(
                    PassedOver(member.name, f"has the same {same} as {first.source}")
                )
        self._passed_over += found.passed_over
        self._notices += found.notices

    def _shown(self, path: str) -> str:
        """A path in the form of the corpus: relative to its folder."""
        prefix = os.path.join(self._root, "")
        return path_as_text(path[len(prefix) :] if path.startswith(prefix) else path)

    def _pass_over(self, path: str, reason: str) -> None:
        self._passed_over.append(PassedOver(self._shown(path), reason))


def is_pattern(named: str) -> bool:
    """Whether this is a pattern of names, and not the name of an existing file."""
    return glob.has_magic(named) and not os.path.lexists(named)


def _folder_part(named: str) -> str:
    """The folder of a file; of a pattern, the part of it that is the name of a folder."""
    folder = os.path.dirname(named)
    while glob.has_magic(folder) and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder or "."


def _nothing(named: Sequence[str], listing: CorpusContents, options: ContentsOptions) -> str:
    """The error that there is nothing to annotate, with advice."""
    if all(map(is_file_of_texts, named)):
        passed_over = [f": {one.name} {one.reason}" for one in listing.passed_over[:1]]
        return f"There is no text to annotate in {' or '.join(named)}{''.join(passed_over)}."
    if not listing.passed_over:
        return f"There is nothing to annotate in {listing.root}: it has no {_called(options)}."
    one = listing.passed_over[0]
    more = len(listing.passed_over) - 1
    others = f", and {more} more {'was' if more == 1 else 'were'} skipped" if more else ""
    return (
        f"There is nothing to annotate in {listing.root}, which has no {_called(options)}: "
        f"{one.name} {one.reason}{others}."
    )


def _called(options: ContentsOptions) -> str:
    return " or ".join(options.patterns)
