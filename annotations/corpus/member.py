"""Members of a corpus: they are listed, and become documents only when they are first opened.

Only the name and the path of a listed file are in memory. Its size and time of change are looked up
when they are first needed: for thousands of files, this takes as long as listing them.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotations.formats.text_row import RowLayout, TextRow
from annotations.model.document import path_as_text, text_of_id


class FilePlace(Struct, frozen=True, gc=False):
    """A whole file as a member."""

    path: str
    """The absolute path, in the form of the system."""


class RowPlace(Struct, frozen=True, gc=False):
    """A row of a file of texts."""

    path: str
    """The path of the file: absolute, in the form of the system."""
    row: TextRow
    layout: RowLayout


class StoredPlace(Struct, frozen=True, gc=False):
    """A document of a database without a file from which it could be read."""

    document: str
    """Its id."""


MemberPlace = FilePlace | RowPlace | StoredPlace


class Member(Struct, frozen=True, gc=False):
    """One listed text of a corpus."""

    name: str
    """Its name: for a file, the path relative to the folder of the corpus; for a row, its id or number."""
    place: MemberPlace
    size: int | None = None
    """The size in bytes; `None` if it was not checked yet, see `looked_at`."""
    changed: int | None = None
    """When it was last changed, in nanoseconds since 1970; for a row, the time of its file."""

    @property
    def id(self) -> str:
        """For a row, its name in its file; empty if it has none."""
        return self.place.row.id if isinstance(self.place, RowPlace) else ""

    @property
    def sha256(self) -> str:
        """The SHA-256 of its text; empty if listing did not read it."""
        match self.place:
            case RowPlace(row=row):
                return row.sha256
            case StoredPlace(document=document):
                return text_of_id(document)
            case FilePlace():
                return ""

    @property
    def created(self) -> str:
        """The date that its file gives it, in the form of the file; empty if there is none."""
        return self.place.row.date if isinstance(self.place, RowPlace) else ""

    @property
    def path(self) -> str:
        """The path of its document, in the form of documents; empty if it is not a file."""
        return path_as_text(self.place.path) if isinstance(self.place, FilePlace) else ""

    @property
    def source(self) -> str:
        """The source of its document; empty if it is not a row."""
        if not isinstance(self.place, RowPlace):
            return ""
        return f"{path_as_text(self.place.path)}#{path_as_text(self.id) or self.place.row.line}"

    @property
    def key(self) -> str:
        """A key that is the same on every machine and does not depend on other members."""
        if isinstance(self.place, StoredPlace):
            return self.place.document
        return self.id or self.sha256 or self.name


def looked_at(member: Member) -> Member:
    """A member with its size and time of change; both are 0 if it does not exist or is not a file."""
    if member.size is not None:
        return member
    try:
        if isinstance(member.place, FilePlace):
            status = os.stat(member.place.path)
            return replace(member, size=status.st_size, changed=status.st_mtime_ns)
    except OSError:
        pass
    return replace(member, size=0, changed=0)


class PassedOver(Struct, frozen=True, gc=False):
    """Something that was found when listing but is not a member."""

    name: str
    reason: str
    """The reason, as the end of a sentence that begins with the name: `is a pipe`."""


@dataclass(frozen=True)
class CorpusContents:
    """The texts to annotate, in the order in which they were found."""

    root: Path
    """The common folder: its settings count for the whole corpus."""
    members: tuple[Member, ...]
    passed_over: tuple[PassedOver, ...] = ()
    notices: tuple[str, ...] = ()
    """Messages about it for the user, one sentence each."""
