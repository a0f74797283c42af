"""One open store: the TinyDB file, the journal next to it, and their combined content.

Reading needs no lock and writes nothing. Writing holds the lock for one commit, after reading what
other programs appended. Any problem when a store is opened (a file changed from outside,
of an older schema, or missing) is repaired in memory, and on disk when the lock is taken for the first time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from annotations.model.edit import Edit
from annotations.store.interface import StoreError
from annotations.store.stamp import now
from annotations.store.tinydb_file.changed_journal import leave_changed_journal, take_name_back
from annotations.store.tinydb_file.commit import Commit
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.external import EXTERNAL
from annotations.store.tinydb_file.failure import not_read, not_saved
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.index_building import Abandoned
from annotations.store.tinydb_file.loading import load_files
from annotations.store.tinydb_file.location import refuse_unsafe_files
from annotations.store.tinydb_file.lock import WAIT
from annotations.store.tinydb_file.open_files import OpenFiles, RowChanges
from annotations.store.tinydb_file.row_types import RowKey
from annotations.store.tinydb_file.rows import StoredTables, changed_row
from annotations.store.tinydb_file.segment import DamagedJournal
from annotations.store.tinydb_file.state import State
from annotations.store.tinydb_file.stock_changes import as_commit, emptying
from annotations.text.interruption import Uninterrupted

SMALL_TAIL = 4 << 20
"""For a journal tail up to this size, in bytes, no checkpoint is made during work."""
OPENING_TAIL = 2 << 20
"""A journal tail up to this size, in bytes, is read so fast at opening that nobody notices."""
LONG_TAIL = 16 << 20
"""A journal tail of this size, in bytes, is noticed: a program that adds much to it makes a checkpoint."""
QUICK = 64 << 20
"""A TinyDB file up to this size, in bytes, is rewritten so fast at closing that nobody notices."""
ROW = 4 << 10
"""The cost of a row in addition to its own size, expressed in bytes."""


class JournalStorage(Storage):
    """A TinyDB storage whose writes are journal lines: atomic, durable, and only as large as the change.

    A running program reads and writes only with `read`, `commit` and `write`. Raises
    `StoreError` if the files cannot be read or written. Reads show the state at opening or at the last
    time that the files were followed or written here. The table `meta` belongs to the storage and is not shown.
    """

    def __init__(self, path: Path | str, disk: Disk = REAL, *, opened: bool = True) -> None:
        super().__init__()
        self._disk = disk
        self.files = StoreFiles.at(Path(path))
        self._opened = OpenFiles(self.files, disk)
        self._failure: StoreError | None = None
        self._holding = False
        self._added = 0
        """How many bytes this program committed since the last checkpoint."""
        self.on_foreign: Callable[[list[Commit]], None] = lambda commits: None
        """Called with other programs' commits when they are read."""
        # The files may be too damaged to open, but `upkeep` must still work.
        if opened:
            self.open()

    def open(self) -> None:
        """Read the files. If it raises `StoreError`, none of them stays open."""
        refuse_unsafe_files(self.files.base)
        try:
            self._load(locked=False)
        except OSError as error:
            self.let_go()
            raise not_read(self.files.base, error) from None
        except StoreError:
            # A screen tries to open a damaged file again and again, so no file may stay open.
            self.let_go()
            raise

    @property
    def notices(self) -> list[str]:
        """What was recovered, set aside or read from outside changes, one sentence each."""
        return self._opened.notices

    @property
    def state(self) -> State:
        """The content of the store, as far as this program has read it.

        Raises `StoreError` while the files cannot be read.
        """
        if self._failure is not None:
            raise self._failure
        return self._opened.state

    def read(self) -> Any:
        """All tables, as `StoredTables`: their rows are decoded only when they are used."""
        return StoredTables(lambda: self.state, self.files, self._disk)

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Commit the differences between `data` and the stored tables, by `external`."""
        with self.writing():
            state = self.state
            changed: dict[str, dict[int, bytes | None]] = {}
            for table in {*state.tables(), *data}:
                rows = {int(number): row for number, row in data.get(table, {}).items()}
                new: dict[int, bytes | None] = {n: None for n in state.ids(table) if n not in rows}
                for number, row in rows.items():
                    encoded = changed_row(state, table, number, row)
                    if encoded is not None:
                        new[number] = encoded
                changed[table] = new
            self.commit_changes(changed)

    def commit_changes(self, changes: RowChanges) -> None:
        """Commit changed rows by `external`; `None` means a removed row. Only in `writing`.

        Changes of annotations, including the removal of their rows, are edits in the history.
        """
        rows, edits = as_commit(self.state, changes)
        # A removed row cannot be in the commit of the edit that empties it, because rows come first.
        if emptied := emptying(self.state, rows):
            self.commit({}, emptied, EXTERNAL)
        if rows or edits:
            self.commit(rows, edits, EXTERNAL)

    def commit(self, rows: RowChanges, edits: Iterable[tuple[RowKey, Edit]], by: str = "") -> None:
        """Make rows and edits durable in one commit, all or nothing. Only inside `writing`.

        `by` is the person or program that made it; the default is the logged-in user.
        """
        before = self.state.tail
        self._opened.append(rows, edits, by or self._opened.by)
        self._added += self.state.tail - before
        base = self.state.base
        # From here on the commit must not fail, because it is on disk.
        if base is None or self.state.tail > max(SMALL_TAIL, base.identity[1] // 4):
            self._opened.checkpoint_if_possible()

    @contextmanager
    def writing(self, wait: float = WAIT) -> Iterator[list[Commit]]:
        """Hold the lock after reading what other programs committed since; yields these commits.

        Ctrl+C waits until all of it is done, not only one file.

        Raises `StoreError`, also for errors of the disk inside the block.
        """
        if self._holding:
            yield []
            return
        try:
            with self._opened.own_lock().held(wait), Uninterrupted():
                self._holding = True
                try:
                    theirs = self._catch_up()
                    self.on_foreign(theirs)
                    yield theirs
                finally:
                    self._holding = False
        except OSError as error:
            raise not_saved(self.files.base, error) from None

    def grown(self) -> bool:
        """Whether other programs may have committed something or changed the TinyDB file."""
        return self._opened.unsettled or self._opened.journal.grown() or self._opened.base_touched()

    def checkpoint(self) -> None:
        """Write a TinyDB file that is complete up to here, unless it already is.

        A file of an older schema is not changed if nothing was committed.
        """
        if self._opened.older or (not self.state.tail and not self.grown()):
            return
        with self.writing():
            if self.state.tail:
                self._opened.checkpoint()
                self._added = 0

    def checkpoint_while(self, go_on: Callable[[], bool]) -> None:
        """Make a checkpoint if the journal is so long that opening the store takes noticeably longer.

        It stops as soon as `go_on` says no, or if it cannot be made now; nothing is lost.
        """
        if self._opened.older or self.state.tail <= OPENING_TAIL:
            return
        with suppress(OSError, StoreError, Abandoned), self.writing(wait=0):
            self._opened.checkpoint(go_on=go_on)
            self._added = 0

    def begin_segment(self) -> None:
        """Make a checkpoint and continue the journal in a new segment. Only in `writing`."""
        self._opened.checkpoint(in_new_segment=True)

    def close(self) -> None:
        """Close the files, after a checkpoint if that takes no noticeable time.

        A large file is rewritten only if much was committed here. Raises `StoreError`; nothing is
        lost then.
        """
        try:
            state = self._opened.state
            size = state.tail
            if state.base is not None:
                size += state.base.identity[1] + ROW * sum(map(state.base.count, state.base.tables()))
            worth = OPENING_TAIL if state.tail > LONG_TAIL else SMALL_TAIL
            if size <= QUICK or self._added > worth:
                self.checkpoint()
        finally:
            self.let_go()

    def let_go(self) -> None:
        """Close the files, without a checkpoint."""
        self._opened.close()

    def _load(self, *, locked: bool) -> list[Commit]:
        """Read everything again; returns what had to be committed for a repair."""
        self._failure = None
        self._opened.unsettled = self._opened.older = False
        try:
            return load_files(self._opened, locked)
        except (OSError, StoreError) as error:
            # An incomplete state must never be used as the whole, so everything is read again before use.
            self._opened.unsettled = True
            self._failure = error if isinstance(error, StoreError) else not_read(self.files.base, error)
            raise

    def _catch_up(self) -> list[Commit]:
        if self._failure is not None:
            self._opened.journal.settle()
            return self._load(locked=True)
        if self._opened.journal.changed_in_place():
            leave_changed_journal(self._opened)
        self._opened.journal.settle()
        if self._opened.journal.lost():
            self._opened.journal.bring_back(self._opened.mode())
            self._opened.note(f"{self.files.journal} was gone; it was written again.")
        theirs: list[Commit] = []
        try:
            if self._opened.journal.grown():
                for commit in self._opened.journal.read():
                    self._opened.state.add(commit)
                    theirs.append(commit)
        except DamagedJournal:
            if not self._opened.journal.has_no_name():
                raise
        if self._opened.journal.replaced():
            take_name_back(self._opened)
        self._opened.journal.drop_unfinished(now(), self._opened.mode())
        if self._opened.unsettled or self._opened.base_touched() or self._opened.journal.replaced():
            if self.state.base is not None and self._opened.present_identity() is None:
                self._opened.checkpoint()
                self._opened.note(f"{self.files.base} was gone; it was written again.")
            else:
                theirs += self._load(locked=True)
        self._opened.write_missing_index()
        return theirs
