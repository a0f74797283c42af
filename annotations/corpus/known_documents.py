"""Which members are documents of the database already, and how far they are.

A member is found by its path, or as the row it is; else, once its text has been read, by exactly that
text: an imported document of its name, or one whose file was renamed or moved. A file whose text is
another one now is another document, whatever was decided about the earlier text. This is what a list
shows before anything is opened; opening asks the store itself.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, assert_never

from annotations.corpus.listing import DocumentState, FileState
from annotations.corpus.member import FilePlace, Member, RowPlace, StoredPlace, looked_at
from annotations.model.document import STANDARD_INPUT, file_at, is_there, path_as_text, text_of_id
from annotations.model.document_summary import DocumentSummary, Progress


class KnownAs(NamedTuple):
    """What the database has of a member."""

    summary: DocumentSummary | None
    """`None` where it has nothing of this text."""
    file_state: FileState


class KnownDocuments:
    """The documents of a database, to find members among them. No document is two members."""

    def __init__(
        self,
        summaries: Iterable[DocumentSummary],
        members: Iterable[Member],
        is_there: Callable[[str], bool] = is_there,
    ) -> None:
        self._is_there = is_there
        self._listed = {member.path for member in members}
        """The paths of all members; empty for those that are no files."""
        self._by_id: dict[str, DocumentSummary] = {}
        self._at_path: defaultdict[str, list[DocumentSummary]] = defaultdict(list)
        self._rows: dict[str, DocumentSummary] = {}
        for summary in summaries:
            self._by_id[summary.document] = summary
            if summary.path:
                self._at_path[summary.path].append(summary)
            else:
                self._rows[summary.name] = summary
        self._claimed: dict[str, Member] = {}
        """Which member each document is, by its id."""

    def at_a_glance(self, member: Member) -> KnownAs:
        """The document that a member is by its path or as a row: nothing is read for it.

        Of several texts that a file had it is the last. `must_be_read` says whether that may be wrong.
        """
        match member.place:
            case FilePlace():
                known = self._at_path.get(member.path)
                return KnownAs(known[-1] if known else None, "there")
            case RowPlace():
                return self.with_text(member, member.sha256)
            case StoredPlace(document=id_):
                summary = self._by_id.get(id_)
                had_file = summary is not None and summary.path not in ("", STANDARD_INPUT)
                return KnownAs(summary, "gone" if had_file else "there")
        assert_never(member.place)

    def is_done(self, member: Member) -> bool:
        """Whether the document that a member is at a glance is done."""
        if isinstance(member.place, FilePlace):
            known = self._at_path.get(member.path)
            return known is not None and known[-1].progress.done
        summary = self.at_a_glance(member).summary
        return summary is not None and summary.progress.done

    def must_be_read(self, member: Member) -> bool:
        """Whether only its text tells which document a member is.

        That is so for a file that was changed after a person last worked on it, and for one that is
        not known where the database has documents that were imported, renamed or moved perhaps.
        """
        if not isinstance(member.place, FilePlace):
            return False
        summary = self.at_a_glance(member).summary
        if summary is None:
            return self._any_adrift
        return (looked_at(member).changed or 0) > _nanoseconds(summary.progress.edited)

    @cached_property
    def _of_text(self) -> dict[str, list[DocumentSummary]]:
        """The documents by the SHA-256 of their texts; made when the first text has been read."""
        of_text: defaultdict[str, list[DocumentSummary]] = defaultdict(list)
        for id_, summary in self._by_id.items():
            of_text[text_of_id(id_)].append(summary)
        return of_text

    @cached_property
    def _any_adrift(self) -> bool:
        """Whether any document has no file where it was read from: a new file may have its text."""
        return any(
            path not in self._listed and not (path and path != STANDARD_INPUT and self._is_there(path))
            for path in {summary.path for summary in self._by_id.values()}
        )

    def worked_on_last(self, members: Sequence[Member]) -> int | None:
        """The number of the member that a person worked on last, of those known at a glance."""
        places = (member.place for member in members)
        stored = {place.document for place in places if isinstance(place, StoredPlace)}
        worked = (one for one in self._by_id.values() if one.progress.edited)
        here = (
            one for one in worked if one.path in self._listed or not one.path or one.document in stored
        )
        last = max(here, key=lambda one: one.progress.edited, default=None)
        if last is None:
            return None
        found = (
            number
            for number, member in enumerate(members)
            if (member.path == last.path if member.path else self.at_a_glance(member).summary == last)
        )
        return next(found, None)

    def with_text(self, member: Member, sha256: str) -> KnownAs:
        """The document that a member with this text is."""
        same = [
            one
            for one in self._of_text.get(sha256, ())
            if self._claimed.get(one.document, member).place == member.place
        ]
        wanted = self._row(member, same) if member.source else self._file(member, same)
        if wanted is not None:
            self._claimed[wanted.document] = member
            elsewhere = wanted.path not in ("", STANDARD_INPUT, member.path)
            return KnownAs(wanted, "moved" if elsewhere else "there")
        known = member.path in self._at_path or (bool(member.id) and member.name in self._rows)
        return KnownAs(None, "changed" if known else "there")

    def gone(self, folder: Path, *, recursive: bool) -> Sequence[DocumentSummary]:
        """The documents that were read from files in a folder, which are not there any more.

        Those that were found again under another name are not among them.
        """
        below = path_as_text(os.path.join(folder, ""))
        return [
            summary
            for path, summaries in self._at_path.items()
            if path not in self._listed and _is_in(below, path, recursive) and not self._is_there(path)
            for summary in summaries[-1:]
            if summary.document not in self._claimed
        ]

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
    """How far a person is in a document."""
    if progress is None:
        return "new"
    if progress.done:
        return "done"
    begun = progress.accepted or progress.rejected or progress.edited
    return "begun" if begun else "new"


def stored_members(summaries: Iterable[DocumentSummary]) -> tuple[Member, ...]:
    """The documents of a database as members: those that have a file are read from it."""
    return tuple(map(_stored, summaries))


def _stored(summary: DocumentSummary) -> Member:
    if summary.path in ("", STANDARD_INPUT):
        return Member(summary.name, StoredPlace(summary.document))
    try:
        status = os.stat(file_at(summary.path))
    except (OSError, ValueError):
        return Member(summary.name, StoredPlace(summary.document))
    place = FilePlace(str(file_at(summary.path)))
    return Member(summary.name, place, status.st_size, status.st_mtime_ns)


def _is_in(folder: str, path: str, recursive: bool) -> bool:
    return path.startswith(folder) and (recursive or "/" not in path[len(folder) :])


def _nanoseconds(moment: str) -> int:
    """A moment in nanoseconds since 1970; 0 for none."""
    try:
        return int(datetime.fromisoformat(moment).timestamp() * 1_000) * 1_000_000
    except ValueError:
        return 0
