"""Reads members as documents: exactly the text that is there now, or why there is none.

If a member no longer exists, has changed or cannot be read, the result is a value, not an error: a list shows it.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never

from msgspec.structs import replace

from annotations.corpus.member import FilePlace, Member, RowPlace, StoredPlace
from annotations.model.document import Document, path_as_text
from annotations.model.errors import AnnotateError
from annotations.text.article_file import read_document

if TYPE_CHECKING:
    from annotations.dates.creation_time import CreationTime

_TAGS = "-DOCSTART-"
"""How files of words and tags begin that this program and others export."""


@dataclass(frozen=True)
class OpenedMember:
    """A member as a document."""

    document: Document
    """As it was read. The store decides which of its documents this is."""
    member: Member
    """The member as it is now: its row may have moved in the file."""
    changed: bool = False
    """Whether its text or its file was changed since it was listed or last checked."""
    creation_time: "CreationTime | None" = None
    """The date that a column of its file gives it."""
    notice: str = ""
    """A message about it for the user, in one sentence."""


@dataclass(frozen=True)
class NotOpened:
    """Why a member is not a document now."""

    member: Member
    file_state: Literal["gone", "unreadable"]
    reason: str
    """The reason in one sentence."""

    @property
    def clause(self) -> str:
        """The reason for display next to the name of the member, without a full stop."""
        name = f"{self.member.name} "
        about_it = self.reason.startswith(name)
        return (f"it {self.reason[len(name) :]}" if about_it else self.reason).removesuffix(".")


FindStored = Callable[[str], Document | None]
"""Returns the document of a database with a given id."""


def open_member(
    member: Member, encoding: str = "utf-8", stored: FindStored = lambda id_: None
) -> OpenedMember | NotOpened:
    """Read a member; files are in this encoding, and `stored` returns documents that have no file."""
    match member.place:
        case FilePlace(path=path):
            return _open_file(member, path, encoding)
        case RowPlace() as place:
            return _open_row(member, place, encoding)
        case StoredPlace(document=id_):
            document = stored(id_)
            if document is None:
                return _gone(member, "was removed from the database")
            return OpenedMember(document, member)
    assert_never(member.place)


def _open_file(member: Member, path: str, encoding: str) -> OpenedMember | NotOpened:
    try:
        status = os.stat(path)
        document = read_document(path, encoding)
    except FileNotFoundError:
        return _gone(member, "was deleted, renamed or moved")
    except OSError as error:
        return NotOpened(member, "unreadable", f"{member.name} cannot be read: {error.strerror}.")
    except AnnotateError as error:
        if not os.path.lexists(path):
            return _gone(member, "was deleted, renamed or moved")
        said = str(error)
        about_it = f"{member.name}{said[len(path) :]}" if said.startswith(path) else said
        return NotOpened(member, "unreadable", about_it)
    if document.text.startswith(_TAGS):
        return NotOpened(
            member,
            "unreadable",
            f"{member.name} contains words with tags and is not an article; import it with: "
            f"annotate import {path}.",
        )
    now = replace(member, size=status.st_size, changed=status.st_mtime_ns)
    return OpenedMember(document, now, changed=member.size is not None and now != member)


def _open_row(member: Member, place: RowPlace, encoding: str) -> OpenedMember | NotOpened:
    from annotations.formats.format import Options
    from annotations.formats.text_rows import read_row

    name, options = path_as_text(place.path), Options(encoding=encoding)
    try:
        text = read_row(Path(place.path), name, place.row, place.layout, options)
        if text is not None:
            return _row_opened(member, text, changed=False)
        now = _found_again(member, place, encoding)
        if now is None:
            return _gone(member, f"is not in {name} any more")
        assert isinstance(now.place, RowPlace)
        text = read_row(Path(place.path), name, now.place.row, now.place.layout, options)
    except (AnnotateError, OSError) as error:
        if not os.path.lexists(place.path):
            return _gone(member, f"is not there any more: {name} was deleted, renamed or moved")
        return NotOpened(member, "unreadable", str(error))
    if text is None:
        return NotOpened(member, "unreadable", f"{name} is being changed; try again.")
    return _row_opened(now, text, changed=now.sha256 != member.sha256)


def _found_again(member: Member, place: RowPlace, encoding: str) -> Member | None:
    """The row in the file as it is now: the one with the same id and text, the same id, or the same text."""
    from annotations.corpus.row_members import members_of_file

    listed = members_of_file(
        place.path, path_as_text(place.path), place.layout.columns, encoding
    ).members
    for wanted in (
        lambda other: (other.id, other.sha256) == (member.id, member.sha256),
        lambda other: other.id == member.id != "",
    ):
        if (found := next(filter(wanted, listed), None)) is not None:
            return found
    return None


def _row_opened(member: Member, text: str, *, changed: bool) -> OpenedMember:
    document = Document(text, given_name=member.name if member.id else "", source=member.source)
    if not member.created:
        return OpenedMember(document, member, changed)
    from annotations.dates.creation_time import creation_time_in_column

    found = creation_time_in_column(member.created)
    notice = "" if found else f"{member.created!r} is not a date, so {member.name} has no date."
    return OpenedMember(document, member, changed, found, notice)


def _gone(member: Member, what: str) -> NotOpened:
    return NotOpened(member, "gone", f"{member.name} {what}.")
