"""The lines of the journal: the form of a commit, how it is written, and how its checksum is verified."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Raw, Struct

from annotations.model.edit import Edit
from annotations.store.encoding import encode
from annotations.store.tinydb_file.decoding import Decoder, RowDecoder, Unreadable

FIRST_SUM = "0" * 16
HEAD = b'{"sum":"'
SUM_END = len(HEAD) + 16
BODY = SUM_END + 2
INNER_HEAD = re.compile(rb'\{"sum":"[0-9a-f]{16}","sequence":')
_ROW_ID = re.compile("[1-9][0-9]{0,17}")
_HIDDEN_TABLE = "meta"
_Count = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]


class Entry(Struct, frozen=True):
    """An edit of the annotations of one document by one annotator, in the form of the journal."""

    document: str
    annotator: str
    edit: Raw

    def decoded(self) -> Edit:
        """The edit. Raises `StoreError` if it is not valid."""
        return decode_edit(self.edit)


class Checkpoint(Struct, frozen=True):
    """A TinyDB file that was written, complete up to the line before this one."""

    size: _Count
    """In bytes."""
    sha256: str


class Commit(Struct, frozen=True, omit_defaults=True):
    """One line of the journal."""

    sequence: _Count
    """Its number; the first commit is 1. The first line of a segment repeats the last number before it."""
    at: str
    """When, in UTC, ISO 8601 with milliseconds."""
    by: str = ""
    """The logged-in user, or the program that made it."""
    rows: Mapping[str, Mapping[str, Raw]] = {}
    """Whole rows, by table and row id; `null` for a removed row. They come before the edits."""
    edits: tuple[Entry, ...] = ()
    base: Checkpoint | None = None
    """The TinyDB file that was written then; in the first line of a pruned segment, the file that contains
    the earlier content."""
    previous: str = ""
    """In the first line of a segment: the sum of the last line before it."""
    pruned: bool = False
    """In the first line of a segment: whether the next line is the one that once followed the line
    with the sum `previous`, and the earlier lines were removed."""


class Position(Struct, frozen=True):
    """A place in the journal, after a line."""

    sequence: int = 0
    """The number of the commit before it."""
    sum: str = FIRST_SUM
    segment: int = 0
    """Its segment: the number of the last commit before the segment."""
    offset: int = 0
    """The offset in the segment, in bytes."""


START = Position()
"""The position before the first commit."""
IMPORTED = Position(1, segment=1)
"""Where the journal begins if the TinyDB file existed before it: the file counts as its first commit."""


def fresh_place(sequence: int = 1) -> Position:
    """Where the journal begins if the TinyDB file existed before it; the sum is different for every journal.

    `sequence` is the number of the last commit in the file, as far as that is known.
    """
    return Position(sequence, secrets.token_hex(8), segment=sequence)


_decoder = Decoder(Commit)
_edit_decoder = RowDecoder(Edit, "An edit in the journal")


def decode_edit(raw: Raw | bytes) -> Edit:
    """An edit from its JSON. Raises `StoreError` when it is not valid."""
    return _edit_decoder.decode(raw)


def encode_line(commit: Commit, previous: str) -> tuple[bytes, str]:
    """The line for a commit after the line with the sum `previous`, and its sum."""
    rest = encode(commit)[1:]
    total = sum_of(previous, rest)
    return b"".join((HEAD, total.encode(), b'",', rest, b"\n")), total


def first_line(position: Position, at: str) -> tuple[bytes, Position]:
    """The line that begins a segment after `position`, and the position after that line."""
    line, total = encode_line(Commit(position.sequence, at, previous=position.sum), position.sum)
    return line, Position(position.sequence, total, position.sequence, len(line))


def pruned_line(begin: Position, at: str, base: Checkpoint) -> bytes:
    """The first line of a segment whose lines up to `begin` were removed.

    `base` is the TinyDB file that contains their result.
    """
    commit = Commit(begin.sequence, at, previous=begin.sum, pruned=True, base=base)
    return encode_line(commit, begin.sum)[0]


def commit_of(line: bytes, previous: str) -> Commit | None:
    """The commit in a line that follows a line with the sum `previous`; `None` if the line is not valid."""
    if line[-1:] != b"\n" or line[: len(HEAD)] != HEAD or line[SUM_END:BODY] != b'",':
        return None
    if sum_of(previous, line[BODY:-1]) != stated_sum(line):
        return None
    return decoded_commit(line)


def first_commit_of(line: bytes) -> Commit | None:
    """The content of the first line of a segment; `None` if it is not such a line."""
    commit = decoded_commit(line)
    return commit_of(line, commit.previous) if commit and commit.previous else None


def decoded_commit(line: bytes) -> Commit | None:
    """The commit in a line whose sum was not checked; `None` if it cannot be a commit."""
    try:
        commit = _decoder.decode(line)
    except Unreadable:
        return None
    for table, rows in commit.rows.items():
        if table == _HIDDEN_TABLE or not all(map(_ROW_ID.fullmatch, rows)):
            return None
    return commit


def stated_sum(line: bytes) -> str:
    """The sum that a line states."""
    return line[len(HEAD) : SUM_END].decode("ascii", "replace")


def sum_of(previous: str, rest: bytes) -> str:
    """The sum of a line: computed from the sum of the line before it and the rest of the line after its own sum."""
    digest = hashlib.blake2b(previous.encode(), digest_size=8)
    digest.update(rest)
    return digest.hexdigest()
