"""Members of a corpus: what is listed, and becomes a document only when it is first opened.

Nothing of a listed file is in memory but its name and its place; and its size and when it was changed,
once that is asked for: of thousands of files, that takes as long as listing them.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotations.formats.text_row import RowLayout, TextRow
from annotations.model.document import path_as_text, text_of_id


class FilePlace(Struct, frozen=True, gc=False):
    """A file that is a member as a whole."""

    path: str
    """Absolute, as the system has it."""


class RowPlace(Struct, frozen=True, gc=False):
    """A row of a file of texts."""

    path: str
    """Of the file: absolute, as the system has it."""
    row: TextRow
    layout: RowLayout


class StoredPlace(Struct, frozen=True, gc=False):
    """A document of a database that has no file of its own to be read from."""

    document: str
    """Its id."""


MemberPlace = FilePlace | RowPlace | StoredPlace


class Member(Struct, frozen=True, gc=False):
    """One text of a corpus as it was listed."""

    name: str
    """What to call it: for a file its path below the folder of the corpus, for a row its id or number."""
    place: MemberPlace
    size: int | None = None
    """In bytes; `None` where nobody looked yet, see `looked_at`."""
    changed: int | None = None
    """When it was last changed, in nanoseconds since 1970; for a row that of its file."""

    @property
    def id(self) -> str:
        """What its file calls it, for a row; empty where it does not."""
        return self.place.row.id if isinstance(self.place, RowPlace) else ""

    @property
    def sha256(self) -> str:
        """The SHA-256 of its text; empty where listing did not read it."""
        match self.place:
            case RowPlace(row=row):
                return row.sha256
            case StoredPlace(document=document):
                return text_of_id(document)
            case FilePlace():
                return ""

    @property
    def created(self) -> str:
        """The date that its file gives it, as it stands there; empty where it gives none."""
        return self.place.row.date if isinstance(self.place, RowPlace) else ""

    @property
    def path(self) -> str:
        """The path that its document has, as documents write it; empty for what is not a file."""
        return path_as_text(self.place.path) if isinstance(self.place, FilePlace) else ""

    @property
    def source(self) -> str:
        """The source that its document has; empty for what is not a row."""
        if not isinstance(self.place, RowPlace):
            return ""
        return f"{path_as_text(self.place.path)}#{path_as_text(self.id) or self.place.row.line}"

    @property
    def key(self) -> str:
        """What stays the same of it on every machine and when others come or go."""
        if isinstance(self.place, StoredPlace):
            return self.place.document
        return self.id or self.sha256 or self.name


def looked_at(member: Member) -> Member:
    """A member with its size and when it was changed; both are 0 for what is not there or is not a file."""
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
    """Something that was found where members are looked for, and is none."""

    name: str
    reason: str
    """Why, as the end of a sentence that begins with the name: `is a pipe`."""


@dataclass(frozen=True)
class CorpusContents:
    """What there is to annotate, in the order it was found in."""

    root: Path
    """The folder all of it lies in: its settings count for the whole corpus."""
    members: tuple[Member, ...]
    passed_over: tuple[PassedOver, ...] = ()
    notices: tuple[str, ...] = ()
    """What a person should know about it, one sentence each."""
