"""The state of a store: the rows of the TinyDB file with the journal's commits on top.

Rows stay as they are on disk until somebody asks for one. A commit costs what it holds, not what the
store holds. Reading takes no lock; writing holds it for one commit, after reading what others appended.
"""

import getpass
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Raw

from annotations.annotation_set import AnnotationRow, AnnotationSet
from annotations.edits import Edit
from annotations.store import base as base_file
from annotations.store.base import (
    ANNOTATIONS,
    DOCUMENTS,
    SCHEMA,
    TABLES,
    Base,
    Key,
    Meta,
    row_key,
)
from annotations.store.disk import REAL, Disk
from annotations.store.failure import not_read, not_saved
from annotations.store.files import StoreFiles
from annotations.store.journal import START, Checkpoint, Commit, Entry, Journal, decode_edit
from annotations.store.lock import WAIT, StoreLock
from annotations.store.protocol import StoreError

_encoder = msgspec.json.Encoder()
_row_decoder = msgspec.json.Decoder(AnnotationRow)
_SMALL_TAIL = 4 << 20
_SEGMENT = 64 << 20

Rows = Mapping[str, Mapping[int, bytes | None]]


class Database:
    """One store, opened. Raises `StoreError` where it cannot be read or written."""

    def __init__(self, path: Path, disk: Disk = REAL) -> None:
        self.files = StoreFiles.at(path)
        self.notices: list[str] = []
        """What was recovered, set aside or taken in, one sentence each."""
        self._disk = disk
        self._journal = Journal(disk, self.files)
        self._lock: StoreLock | None = None
        self._base: Base | None = None
        self._by = login_name()
        self._clear()
        try:
            self._load()
        except OSError as error:
            raise not_read(self.files.base, error) from None

    def tables(self) -> list[str]:
        """The names of all tables but `meta`."""
        return list(self._names)

    def ids(self, table: str) -> list[int]:
        """The ids of a table's rows, in the order they came in."""
        known = self._base.tables.get(table, {}) if self._base else {}
        above = self._rows.get(table, {})
        if not above:
            return list(known)
        return sorted({*known, *above} - {number for number, row in above.items() if row is None})

    def next_id(self, table: str) -> int:
        """The id the next row of a table gets. Ids are never given twice."""
        return self._next.get(table, 1)

    def row(self, table: str, number: int) -> bytes | None:
        """A row as JSON, or `None` where there is none."""
        above = self._rows.get(table, {})
        if number in above:
            data = above[number]
        else:
            place = self._base.tables.get(table, {}).get(number) if self._base else None
            data = self._base.row(place) if self._base and place else None
        if data is not None and table == ANNOTATIONS and number in self._edits:
            return _encoder.encode(self._replayed(data, self._edits[number]).to_row())
        return data

    def find(self, table: str, key: Key) -> int | None:
        """The id of the row of a document, or of one annotator's annotations of it."""
        return self._keys[table].get(key)

    def keys(self, table: str) -> Iterator[tuple[Key, int]]:
        """All documents or annotations: what they are found by, and their row ids."""
        return iter(self._keys[table].items())

    def annotation_set(self, document: str, annotator: str) -> AnnotationSet:
        """The annotations of a document by an annotator, empty where there are none yet."""
        number = self.find(ANNOTATIONS, Key(document, annotator))
        data = self.row(ANNOTATIONS, number) if number is not None else None
        if data is None:
            return AnnotationSet(document, annotator)
        return AnnotationSet.from_row(self._decoded(data, document))

    @contextmanager
    def writing(self, wait: float = WAIT) -> Iterator[list[Commit]]:
        """Hold the lock, with everything read that other programs committed since: that is yielded.

        Raises `StoreError`, also for what the disk says inside.
        """
        try:
            with self._own_lock().held(wait):
                yield self._catch_up()
        except OSError as error:
            raise not_saved(self.files.base, error) from None

    def commit(self, rows: Rows, edits: Iterable[tuple[Key, Edit]]) -> None:
        """Make rows and edits durable in one commit, all or nothing. Only inside `writing`."""
        self._append(
            {t: {str(n): Raw(d or b"null") for n, d in r.items()} for t, r in rows.items()},
            tuple(Entry(*key, Raw(_encoder.encode(edit))) for key, edit in edits),
        )
        if self._base is None or self._tail > max(_SMALL_TAIL, self._base.identity[1] // 4):
            self._compact()

    def grown(self) -> bool:
        """Whether other programs may have committed something, or touched the TinyDB file."""
        return self._journal.grown() or self._base_touched()

    def compact(self) -> None:
        """Fold the journal into the TinyDB file, unless there is nothing to fold in."""
        with self.writing():
            if self._tail:
                self._compact()

    def close(self) -> None:
        """Let go of the files, without folding anything in."""
        self._journal.close()
        if self._base is not None:
            self._base.close()
            self._base = None

    def _clear(self) -> None:
        if self._base is not None:
            self._base.close()
        self._base = None
        self._names: dict[str, None] = dict.fromkeys(TABLES)
        self._rows: dict[str, dict[int, bytes | None]] = {}
        self._edits: dict[int, list[Raw]] = {}
        self._keys: dict[str, dict[Key, int]] = {table: {} for table in TABLES}
        self._next: dict[str, int] = {}
        self._tail = 0

    def _load(self) -> None:
        self._clear()
        try:
            self._base = base_file.open_base(self._disk, self.files)
            if self._base is None and os.path.getsize(self.files.base):
                scanned = base_file.scan_base(self._disk, self.files.base)
                if scanned is None:
                    raise StoreError(f"{self.files.base} is not a file of annotations.")
                self._base = scanned[0]
        except FileNotFoundError:
            pass
        position = START
        if self._base is not None:
            position = self._base.meta.position
            self._next = dict(self._base.meta.next)
            for table, places in self._base.tables.items():
                self._names[table] = None
                if table in TABLES:
                    documents = table == DOCUMENTS
                    self._keys[table] = {
                        Key(p.first, "" if documents else p.second): p.id for p in places.values()
                    }
        self._journal.seek(position)
        for commit in self._journal.read():
            self._take(commit)

    def _own_lock(self) -> StoreLock:
        if self._lock is None:
            self._lock = StoreLock(self.files.lock, self._mode())
        return self._lock

    def _mode(self) -> int:
        """The permissions new files get: those of the TinyDB file, or none for anybody else."""
        try:
            return os.stat(self.files.base).st_mode & 0o777
        except OSError:
            return 0o600

    def _base_touched(self) -> bool:
        if self._base is None:
            return False
        try:
            return base_file.identity(os.stat(self.files.base)) != self._base.identity
        except OSError:
            return True

    def _catch_up(self) -> list[Commit]:
        self._journal.settle()
        theirs: list[Commit] = []
        if self._journal.grown():
            for commit in self._journal.read():
                self._take(commit)
                theirs.append(commit)
        if self._base_touched() or (self._base is None and self.files.base.exists()):
            self._load()
        return theirs

    def _append(
        self,
        rows: Mapping[str, Mapping[str, Raw]],
        edits: tuple[Entry, ...],
        base: Checkpoint | None = None,
    ) -> None:
        commit = Commit(self._journal.position.sequence + 1, now(), self._by, rows, edits, base)
        self._journal.append(commit, self._mode())
        self._take(commit)

    def _take(self, commit: Commit) -> None:
        for table, rows in commit.rows.items():
            self._names[table] = None
            above = self._rows.setdefault(table, {})
            for name, raw in rows.items():
                number, data = int(name), bytes(raw)
                self._next[table] = max(self.next_id(table), number + 1)
                above[number] = None if data == b"null" else data
                if table == ANNOTATIONS:
                    self._edits.pop(number, None)
                if table in TABLES:
                    self._keys[table] = {k: n for k, n in self._keys[table].items() if n != number}
                    if data != b"null":
                        self._keys[table][self._key(table, data)] = number
            self._tail += sum(map(len, map(bytes, rows.values())))
        for entry in commit.edits:
            key = Key(entry.document, entry.annotator)
            known = self._keys[ANNOTATIONS].get(key)
            if known is None:
                known = self.next_id(ANNOTATIONS)
                self._next[ANNOTATIONS] = known + 1
                self._keys[ANNOTATIONS][key] = known
                self._rows.setdefault(ANNOTATIONS, {})[known] = _encoder.encode(AnnotationRow(*key))
            self._edits.setdefault(known, []).append(entry.edit)
            self._tail += len(bytes(entry.edit))

    def _key(self, table: str, data: bytes) -> Key:
        key = row_key(table, data)
        return Key(key.first) if table == DOCUMENTS else key

    def _replayed(self, data: bytes, edits: Iterable[Raw]) -> AnnotationSet:
        row = self._decoded(data, "")
        annotations = AnnotationSet.from_row(row)
        for raw in edits:
            annotations.apply(decode_edit(raw))
        return annotations

    def _decoded(self, data: bytes, document: str) -> AnnotationRow:
        try:
            return _row_decoder.decode(data)
        except msgspec.DecodeError as error:
            raise StoreError(
                f"{self.files.base} has unreadable annotations of document {document[:12]}: {error}; "
                "`annotate doctor` says more."
            ) from None

    def _compact(self) -> None:
        position = self._journal.position
        if position.offset > _SEGMENT:
            self._journal.rotate()
        meta = Meta(
            SCHEMA, position.sequence, position.sum, position.segment, position.offset, dict(self._next)
        )
        mode = self._mode()
        written = base_file.write_base(
            self._disk, self.files.unfinished, mode, {t: self._contents(t) for t in self._names}, meta
        )
        self._append({}, (), Checkpoint(written.size, written.sha256))
        self._keep_backup()
        self._disk.rename(self.files.unfinished, self.files.base)
        self._disk.sync_folder(self.files.folder)
        base_file.write_index(self._disk, self.files, mode, meta, written)
        fresh = base_file.open_base(self._disk, self.files)
        if fresh is None:
            self._load()
            return
        if self._base is not None:
            self._base.close()
        self._base, self._rows, self._edits, self._tail = fresh, {}, {}, 0

    def _contents(self, table: str) -> Iterator[tuple[int, Key, bytes]]:
        known = self._base.tables.get(table, {}) if self._base else {}
        above = self._rows.get(table, {})
        for number in self.ids(table):
            data = self.row(table, number)
            if data is None:
                continue
            place = known.get(number) if number not in above else None
            yield number, Key(place.first, place.second) if place else row_key(table, data), data

    def _keep_backup(self) -> None:
        if not self.files.base.exists():
            return
        newest, *older = self.files.backups
        for new, old in reversed([*zip(older, self.files.backups, strict=False)]):
            if old.exists():
                self._disk.rename(old, new)
        self._disk.link(self.files.base, newest)


def now() -> str:
    """This moment in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def login_name() -> str:
    """Who is logged in, or empty where the system does not know."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
