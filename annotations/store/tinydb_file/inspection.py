"""Everything that is wrong with the files of a store. Nothing here writes to them."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotations.store.interface import StoreError
from annotations.store.tinydb_file.commit import Commit, Position
from annotations.store.tinydb_file.decoding import Decoder, Unreadable
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.extent import edit_reaches
from annotations.store.tinydb_file.failure import not_read
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.foreign import (
    InvalidFile,
    NewerSchema,
    Tables,
    read_foreign,
    row_problems,
)
from annotations.store.tinydb_file.history import commit_time
from annotations.store.tinydb_file.index import Identity
from annotations.store.tinydb_file.migrations import migrated
from annotations.store.tinydb_file.recovery import checkpoint_at, has_place
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, DocumentRow, row_key
from annotations.store.tinydb_file.segment import DamagedJournal, Segment
from annotations.store.tinydb_file.snapshot import FileBeingWritten, identity
from annotations.text.plural import counted

ATTEMPTS = 5
PAUSE = 0.1
"""How many times, and at which interval in seconds, files are read that another program is changing."""
_document = Decoder(DocumentRow)


@dataclass(frozen=True)
class Finding:
    """One finding: the file, a description, and whether it is damage or only information."""

    file: Path
    what: str
    damage: bool = True


def inspect(path: Path, disk: Disk = REAL) -> list[Finding]:
    """All findings about a store.

    Raises `FileBeingWritten` if another program changes the files the whole time.
    """
    files = StoreFiles.at(path)
    for attempt in range(ATTEMPTS):
        before = _identities(files)
        findings = _Inspection(disk, files).findings()
        if not any(finding.damage for finding in findings) or _identities(files) == before:
            return findings
        if attempt < ATTEMPTS - 1:
            time.sleep(PAUSE)
    raise FileBeingWritten(files.base)


def _identities(files: StoreFiles) -> dict[Path, Identity]:
    found = {}
    for path in files.present():
        try:
            found[path] = identity(os.lstat(path))[:3]
        except OSError:
            continue
    return found


class _Inspection:
    """One inspection of all files of a store."""

    def __init__(self, disk: Disk, files: StoreFiles) -> None:
        self.disk = disk
        self.files = files
        self.lengths: dict[str, int] = {}
        """The lengths of the texts that were seen, in code points."""
        self.journal_begins: int | None = None
        self.pruned = False

    def findings(self) -> list[Finding]:
        """Everything, file by file."""
        journal = list(self._without_failing(self.files.journal, self._journal()))
        found = list(self._without_failing(self.files.base, self._base()))
        # A span is also compared with the texts of the file, which the journal may not have.
        journal = list(self._without_failing(self.files.journal, self._journal()))
        return [*found, *journal, *self._backups(), *self._others()]

    def _without_failing(self, file: Path, findings: Iterator[Finding]) -> Iterator[Finding]:
        """Findings; if a file cannot be read, the reason comes last."""
        try:
            yield from findings
        except FileBeingWritten:
            raise
        except OSError as error:
            yield Finding(file, str(not_read(file, error)))
        except StoreError as error:
            yield Finding(file, str(error))

    def _base(self) -> Iterator[Finding]:
        files = self.files
        if os.path.lexists(files.base):
            yield from self._file(files.base, is_backup=False)
        elif os.path.lexists(files.journal) or any(map(os.path.lexists, files.earlier())):
            yield Finding(files.base, "it is not there")

    def _file(self, path: Path, is_backup: bool) -> Iterator[Finding]:
        try:
            foreign = read_foreign(self.disk, path)
            tables = migrated(1, foreign.tables) if foreign.schema == 1 else foreign.tables
        except InvalidFile as error:
            yield from (Finding(path, str(problem)) for problem in error.problems)
            return
        except NewerSchema as error:
            yield Finding(path, str(error))
            return
        except Unreadable as error:
            yield Finding(path, f"a row of schema 1: {error}")
            return
        if not foreign.schema and not is_backup and self._had_more_data():
            yield Finding(path, "it is empty, though there is a journal or a backup of it")
            return
        problems = list(row_problems(tables))
        yield from (Finding(path, str(problem)) for problem in problems)
        self._note_lengths(tables)
        documents, rows = len(tables.get(DOCUMENTS, {})), len(tables.get(ANNOTATIONS, {}))
        if not problems:
            yield Finding(
                path,
                f"{counted(documents, 'document')} and {counted(rows, 'set')} of annotations, "
                f"schema {foreign.schema}, no damage",
                False,
            )
        if foreign.meta is None or (not foreign.meta.sequence and self.journal_begins is None):
            return
        checkpoint = checkpoint_at(self.disk, self.files, foreign.meta.position)
        if checkpoint is not None and checkpoint.sha256 != foreign.sha256:
            yield Finding(path, "it was changed from outside since it was written")
        elif checkpoint is None:
            yield self._no_place(path, foreign.meta.position, is_backup)

    def _had_more_data(self) -> bool:
        return self.journal_begins is not None or any(map(os.path.lexists, self.files.earlier()))

    def _no_place(self, path: Path, place: Position, is_backup: bool) -> Finding:
        """The message for a file whose place in the journal cannot be found."""
        begins = self.journal_begins
        if is_backup:
            if self.pruned and begins is not None and place.sequence <= begins:
                return Finding(path, "it is older than the history that pruning kept", False)
            return Finding(path, "the journal has no record of it, so it cannot be checked", False)
        if begins is None:
            return Finding(
                path, f"it refers to commit {place.sequence} of a journal that is missing or empty"
            )
        if has_place(self.disk, self.files, place):
            return Finding(
                path, "the journal was cut or changed after the place that this file refers to"
            )
        return Finding(path, "the journal does not contain the place that this file refers to")

    def _note_lengths(self, tables: Tables) -> None:
        for data in tables.get(DOCUMENTS, {}).values():
            self._note_length(data)

    def _note_length(self, data: bytes) -> None:
        try:
            row = _document.decode(data)
            self.lengths[row.key] = len(row.text)
        except Unreadable:
            return

    def _journal(self) -> Iterator[Finding]:
        self.journal_begins = None
        expected: Position | None = None
        for path in (*self.files.older_segments(), self.files.journal):
            try:
                segment = Segment.open(self.disk, path)
            except DamagedJournal as error:
                yield Finding(path, _damage(error))
                expected, self.journal_begins = None, self.journal_begins or 0
                continue
            except OSError as error:
                yield Finding(path, str(not_read(path, error)))
                continue
            if segment is None:
                if os.path.lexists(path):
                    yield self._without_first_line(path)
                continue
            try:
                begin = segment.begin
                if self.journal_begins is None:
                    self.journal_begins, self.pruned = begin.sequence, segment.base is not None
                if expected and not _follows(segment, expected):
                    yield self._gap(segment, expected)
                expected = begin
                for commit, position in segment.read(begin):
                    expected = position
                    yield from self._commit(path, commit)
                left = os.fstat(segment.file).st_size - expected.offset
                commits = f"commits {begin.sequence + 1} to {expected.sequence}"
                what = f"{commits}, none damaged" if expected != begin else "no commits"
                yield Finding(path, what, False)
                if left > 0:
                    what = (
                        f"it ends with {counted(left, 'byte')} of an edit that was not saved yet, or it was "
                        f"cut there"
                    )
                    yield Finding(path, what, False)
            except DamagedJournal as error:
                last = expected.sequence if expected else 0
                yield Finding(path, f"{_damage(error)}; commits up to {last} are undamaged")
                expected = None
            finally:
                segment.close()
        if self.journal_begins is None and not os.path.lexists(self.files.journal):
            yield Finding(
                self.files.journal, "it is not there: history begins with the next edit", False
            )

    def _gap(self, segment: Segment, expected: Position) -> Finding:
        begin = segment.begin
        what = f"it does not continue from commit {expected.sequence}"
        # A crash may have prevented the removal of older segments when the history was pruned.
        known = segment.base is not None or os.path.lexists(self.files.beginning(begin.sequence))
        if known and begin.sequence >= expected.sequence:
            return Finding(
                segment.path, f"{what}: history has a gap there; what comes after it is complete", False
            )
        return Finding(segment.path, what)

    def _without_first_line(self, path: Path) -> Finding:
        if not os.lstat(path).st_size:
            return Finding(path, "it is empty", False)
        return Finding(
            path,
            "the first line is incomplete: the edit was not saved yet, or the file was cut there",
            False,
        )

    def _commit(self, path: Path, commit: Commit) -> Iterator[Finding]:
        """What is wrong with a commit whose line is undamaged."""
        where = f"commit {commit.sequence}"
        try:
            commit_time(commit)
        except StoreError:
            yield Finding(path, f"{where}: it has no time")
        for table, rows in commit.rows.items():
            for number, raw in rows.items():
                data = bytes(raw)
                if table == DOCUMENTS:
                    self._note_length(data)
                try:
                    if data != b"null":
                        row_key(table, data)
                except Unreadable as error:
                    yield Finding(path, f"{where}, table {table}, row {number}: {error}")
        for place, entry in enumerate(commit.edits, 1):
            try:
                edit = entry.decoded()
            except StoreError as error:
                yield Finding(path, f"{where}, edit {place}: {error}")
                continue
            length = self.lengths.get(entry.document)
            if length is not None and (end := edit_reaches(edit)) > length:
                what = f"a span reaches to {end} in a text of {length} characters"
                yield Finding(path, f"{where}, edit {place}: {what}")

    def _backups(self) -> Iterator[Finding]:
        for path in self.files.earlier():
            if os.path.lexists(path):
                for finding in self._without_failing(path, self._file(path, is_backup=True)):
                    if finding.damage:
                        yield finding
                    else:
                        yield Finding(path, f"a backup: {finding.what}", False)

    def _others(self) -> Iterator[Finding]:
        for aside in self.files.set_aside():
            yield Finding(aside, "set aside earlier; remove it when you no longer need it", False)
        for left in self.files.leftovers():
            yield Finding(left, "left by a crash; the next save removes it", False)
        for path in (self.files.index, self.files.lock, *self.files.before_migrations()):
            if os.path.lexists(path):
                try:
                    self.disk.close(self.disk.open(path, os.O_RDONLY))
                except OSError as error:
                    yield Finding(path, str(not_read(path, error)))


def _follows(segment: Segment, expected: Position) -> bool:
    return (segment.begin.sequence, segment.previous) == (expected.sequence, expected.sum)


def _damage(error: DamagedJournal) -> str:
    return f"damaged at byte {error.offset}: {error.what}"
