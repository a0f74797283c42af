"""The members that are already documents of the database, and the progress of each.

A member is found by its path or its row. Otherwise, after its text has been read, it is found by exactly that
text: as an imported document of its name, or one whose file was renamed or moved. A file whose text has
changed is another document, whatever was decided about the earlier text. This is what a list
shows before anything is opened; opening queries the store itself.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar, assert_never, overload

from annotations.corpus.listing import DocumentState, FileState
from annotations.corpus.member import FilePlace, Member, RowPlace, StoredPlace, looked_at
from annotations.model.document import STANDARD_INPUT, file_at, is_there, path_as_text
from annotations.model.document_summary import DocumentSummaries, DocumentSummary, Progress, milliseconds

N = TypeVar("N", int, float)


class DatabaseEntry(NamedTuple):
    """The document of a member in the database, and what happened to its file."""

    summary: DocumentSummary | None
    """`None` if the database has no document for this text."""
    file_state: FileState


class KnownDocuments:
    """The documents of a database, to find members among them. Two members are never the same document."""

    def __init__(
        self,
        summaries: DocumentSummaries,
        members: Sequence[Member],
        is_there: Callable[[str], bool] = is_there,
        moved: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """`moved` gives the places, among the summaries, of the documents of renamed files, by their new paths."""
        self._summaries = summaries
        self._members = members
        self._is_there = is_there
        self._moved = moved
        self._claimed: dict[str, Member] = {}
        """The member of each document, by its id."""

    def among(self, members: Sequence[Member], moved: Mapping[str, DocumentSummary]) -> "KnownDocuments":
        """The same documents, to find other members among them; `moved` are those of files with new paths."""
        places = {path: self._summaries.place_of(one.document) for path, one in moved.items()}
        known = {path: place for path, place in places.items() if place is not None}
        return KnownDocuments(self._summaries, members, self._is_there, known)

    def unknown_files(self) -> Iterator[Member]:
        """The members that are files whose paths are not in the database."""
        by_path = self._summaries.by_path
        return (one for one in self._members if one.path and one.path not in by_path)

    def at_a_glance(self, member: Member) -> DatabaseEntry:
        """The document of a member, found by its path or row, without reading anything.

        If the database has several texts of a file, this is the latest. `must_be_read` says whether
        that may be wrong.
        """
        match member.place:
            case FilePlace():
                if (place := self._moved.get(member.path)) is not None:
                    return DatabaseEntry(self._summaries[place], "moved")
                known = self._summaries.last_at(member.path)
                return DatabaseEntry(None if known is None else self._summaries[known], "there")
            case RowPlace():
                return self.with_text(member, member.sha256)
            case StoredPlace(document=id_):
                at = self._summaries.place_of(id_)
                if at is None:
                    return DatabaseEntry(None, "there")
                summary = self._summaries[at]
                if not _had_file(summary.path):
                    return DatabaseEntry(summary, "there")
                return DatabaseEntry(
                    summary, "gone" if self._summaries.last_at(summary.path) == at else "changed"
                )
        assert_never(member.place)

    @cached_property
    def done(self) -> bytes:
        """1 for each member, by its number, that is known to be done without reading it, otherwise 0."""
        return bytes(self._of_each(self._summaries.done))

    @cached_property
    def flagged(self) -> bytes:
        """1 for each member, by its number, that is known to have a flag without reading it, otherwise 0."""
        return bytes(self._of_each(self._summaries.flagged))

    @cached_property
    def marked_done(self) -> Sequence[int]:
        """When each member was marked as done, by its number; see `DocumentSummaries`."""
        return self._of_each(self._summaries.marked_done)

    @cached_property
    def seconds(self) -> Sequence[float]:
        """The seconds of work in each member, by its number."""
        return self._of_each(self._summaries.seconds)

    def perhaps_done(self) -> bytes:
        """1 for each member, by its number, that is done, or is a file with the name of a done document
        without a file.

        Reading it shows whether it has that text.
        """
        if isinstance(self._members, StoredMembers) or not self._any_without_file:
            return self.done
        done = self._summaries.done
        imported = {
            self._summaries[place].name
            for place, path in enumerate(self._summaries.paths)
            if done[place] and not _had_file(path)
        }
        return bytes(
            is_done or (place < 0 and os.path.basename(member.path) in imported)
            for is_done, place, member in zip(self.done, self._places, self._members, strict=True)
        )

    def _of_each(self, column: Sequence[N]) -> Sequence[N]:
        """The values of a column of the database for all members; 0 for unknown ones."""
        if self._places == range(len(column)):
            return column
        return [column[place] if place >= 0 else 0 for place in self._places]

    @cached_property
    def _places(self) -> Sequence[int]:
        """The places of the members in the database, by their numbers, found without reading; -1 for
        those not in it.
        """
        return (
            self._members.places
            if isinstance(self._members, StoredMembers)
            else [*map(self._place, self._members)]
        )

    def _place(self, member: Member) -> int:
        if isinstance(member.place, FilePlace):
            return self._moved.get(member.path, self._summaries.by_path.get(member.path, -1))
        summary = self.at_a_glance(member).summary
        place = self._summaries.place_of(summary.document) if summary is not None else None
        return -1 if place is None else place

    @cached_property
    def _listed(self) -> frozenset[str]:
        """The paths of all members; the empty path for members that are not files."""
        return frozenset(member.path for member in self._members)

    @cached_property
    def _any_without_file(self) -> bool:
        return "" in self._summaries.by_path or STANDARD_INPUT in self._summaries.by_path

    def must_be_read(self, member: Member) -> bool:
        """Whether the document of a member can be found only by its text.

        That is so for a file that was changed after a person last worked on it. It is also so for an
        unknown file if the database has documents that may be its text: imported ones, or ones whose
        file was renamed or moved.
        """
        if not isinstance(member.place, FilePlace):
            return False
        summary = self.at_a_glance(member).summary
        if summary is None:
            return self._any_without_its_file
        return (looked_at(member).changed or 0) > milliseconds(summary.progress.edited) * 1_000_000

    @cached_property
    def _any_without_its_file(self) -> bool:
        """Whether any document has no file at its path: a new file may have its text."""
        return any(
            path not in self._listed and not (path and path != STANDARD_INPUT and self._is_there(path))
            for path in self._summaries.by_path
        )

    def visited_last(self) -> int | None:
        """The number of the member that the person used last, among those found without reading."""
        visited = self._summaries.visited
        places = self._places
        latest = max(visited, default=0)
        if latest and (place := visited.index(latest)) in places:
            return places.index(place)
        at = [visited[place] if place >= 0 else 0 for place in places]
        return at.index(max(at)) if any(at) else None

    def with_text(self, member: Member, sha256: str) -> DatabaseEntry:
        """The document of a member with this text."""
        found = map(self._summaries.__getitem__, self._summaries.with_text(sha256))
        same = [one for one in found if self._claimed.get(one.document, member).place == member.place]
        wanted = self._row(member, same) if member.source else self._file(member, same)
        if wanted is not None:
            self._claimed[wanted.document] = member
            elsewhere = wanted.path not in ("", STANDARD_INPUT, member.path)
            return DatabaseEntry(wanted, "moved" if elsewhere else "there")
        had_text = bool(member.path) and self._summaries.last_at(member.path) is not None
        known = had_text or (bool(member.id) and member.name in self._rows)
        return DatabaseEntry(None, "changed" if known else "there")

    @cached_property
    def _rows(self) -> frozenset[str]:
        """The names of the documents without a path."""
        without = (place for place, path in enumerate(self._summaries.paths) if not path)
        return frozenset(self._summaries[place].name for place in without)

    def gone(self, folder: Path, *, recursive: bool) -> Sequence[DocumentSummary]:
        """The documents whose files in a folder no longer exist.

        Documents found under another name are left out.
        """
        below = path_as_text(os.path.join(folder, ""))
        found = (
            self._summaries[place]
            for path, place in self._summaries.by_path.items()
            if path not in self._listed and _is_in(below, path, recursive) and not self._is_there(path)
        )
        return [one for one in found if one.document not in self._claimed]

    def _file(self, member: Member, same: Sequence[DocumentSummary]) -> DocumentSummary | None:
        name = os.path.basename(member.path)
        for suits in (
            lambda one: one.path == member.path,
            lambda one: one.path in ("", STANDARD_INPUT) and one.name == name,
            lambda one: one.path == STANDARD_INPUT,
            lambda one: bool(one.path) and not self._is_there(one.path),
        ):
            if (found := next(filter(suits, same), None)) is not None:
                return found
        return None

    def _row(self, member: Member, same: Sequence[DocumentSummary]) -> DocumentSummary | None:
        rows = [one for one in same if not one.path]
        called_so = (one for one in rows if one.name == member.name)
        return next(called_so, None if member.id else next(iter(rows), None))


def document_state(progress: Progress | None) -> DocumentState:
    """The stage that a person has reached in a document."""
    if progress is None:
        return "new"
    if progress.done:
        return "done"
    begun = progress.accepted or progress.rejected or progress.edited
    return "begun" if begun else "new"


class StoredMembers(Sequence[Member]):
    """Documents of a database as members, each made when it is needed.

    A document with a file is read from its file. If a later document was read from the same file, the
    file has changed, and the stored text is used.
    """

    def __init__(self, summaries: DocumentSummaries) -> None:
        self._summaries = summaries
        self._made: dict[int, Member] = {}

    @property
    def places(self) -> Sequence[int]:
        """The places of the members among the summaries."""
        return range(len(self))

    def __len__(self) -> int:
        return len(self._summaries)

    @overload
    def __getitem__(self, number: int) -> Member: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Member]: ...
    def __getitem__(self, number: int | slice) -> Member | Sequence[Member]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        number = range(len(self))[number]
        if number not in self._made:
            summary = self._summaries[number]
            superseded = summary.path and self._summaries.last_at(summary.path) != number
            name = self.names[number]
            self._made[number] = stored_member(summary, name, has_file=not superseded)
        return self._made[number]

    @cached_property
    def names(self) -> Sequence[str]:
        """The names of the members, without making the members. Files with the same name are shown with
        their folders.
        """
        names, paths = self._summaries.names, self._summaries.paths
        if len(set(names)) == len(names):
            return names
        often = Counter(names)
        alike = [
            number
            for number, name in enumerate(names)
            if often[name] > 1 and paths[number].startswith("/") and paths[number].endswith(f"/{name}")
        ]
        folder = os.path.commonpath({os.path.dirname(paths[number]) for number in alike} or {"/"})
        told_apart = list(names)
        for number in alike:
            told_apart[number] = os.path.relpath(paths[number], folder)
        return told_apart


def stored_member(summary: DocumentSummary, name: str = "", *, has_file: bool = True) -> Member:
    """A document of a database as a member. If its file exists, it is read from the file.

    Its name is the stored one, unless another `name` is given.
    """
    name = name or summary.name
    if not has_file or not _had_file(summary.path):
        return Member(name, StoredPlace(summary.document))
    try:
        status = os.stat(file_at(summary.path))
    except (OSError, ValueError):
        return Member(name, StoredPlace(summary.document))
    place = FilePlace(str(file_at(summary.path)))
    return Member(name, place, status.st_size, status.st_mtime_ns)


def _had_file(path: str) -> bool:
    return path not in ("", STANDARD_INPUT)


def _is_in(folder: str, path: str, recursive: bool) -> bool:
    return path.startswith(folder) and (recursive or "/" not in path[len(folder) :])
