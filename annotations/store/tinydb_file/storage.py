"""One store, opened: the TinyDB file, the journal beside it, and what they come to.

Reading takes no lock and writes nothing. Writing holds the lock for one commit, after reading what
other programs appended. Whatever is not in order when a store is opened (a file changed from outside,
of an older schema, or gone) is put in order in memory, and on disk with the first lock taken.
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
"""A journal tail up to this size, in bytes, is never worth a checkpoint while work goes on."""
OPENING_TAIL = 2 << 20
"""A journal tail up to this size, in bytes, is read without anybody noticing when the store is opened."""
LONG_TAIL = 16 << 20
"""A journal tail of this size, in bytes, is noticed: who adds to it much makes a checkpoint."""
QUICK = 64 << 20
"""A TinyDB file up to this size, in bytes, is written again on leaving without anybody noticing."""
ROW = 4 << 10
"""What a row costs beside its own size, in as many bytes."""


class JournalStorage(Storage):
    """A TinyDB storage whose writes are journal lines: atomic, durable, as big as what changed.

    All that is read and written by a running program goes through `read`, `commit` and `write`. Raises
    `StoreError` where the files cannot be read or written. Reads show them as of opening or of the last
    time they were followed or written here. The table `meta` is the storage's own and is not shown.
    """

    def __init__(self, path: Path | str, disk: Disk = REAL, *, opened: bool = True) -> None:
        super().__init__()
        self._disk = disk
        self.files = StoreFiles.at(Path(path))
        self._opened = OpenFiles(self.files, disk)
        self._failure: StoreError | None = None
        self._holding = False
        self._added = 0
        """How many bytes were committed here since the last checkpoint."""
        self.on_foreign: Callable[[list[Commit]], None] = lambda commits: None
        """Called with what other programs committed, whenever it is read."""
        # For upkeep the files perhaps cannot be opened.
        if opened:
            self.open()

    def open(self) -> None:
        """Read the files. Raises `StoreError`, and then none of them stays open."""
        refuse_unsafe_files(self.files.base)
        try:
            self._load(locked=False)
        except OSError as error:
            self.let_go()
            raise not_read(self.files.base, error) from None
        except StoreError:
            # A screen tries to open a damaged file again and again: none of it may stay open.
            self.let_go()
            raise

    @property
    def notices(self) -> list[str]:
        """What was recovered, set aside or brought in from outside, one sentence each."""
        return self._opened.notices

    @property
    def state(self) -> State:
        """What the store holds, as far as this program has read.

        Raises `StoreError` while the files are in no state to be read.
        """
        if self._failure is not None:
            raise self._failure
        return self._opened.state

    def read(self) -> Any:
        """All tables, as `StoredTables`: their rows undecoded until they are asked for."""
        return StoredTables(lambda: self.state, self.files, self._disk)

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Commit what differs between `data` and what is stored, by `external`."""
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
        """Commit changed rows by `external`; `None` stands for one that is removed. Only in `writing`.

        Changes of annotations are edits in the history, also the removal of a row of them.
        """
        rows, edits = as_commit(self.state, changes)
        # A row that is removed cannot be in the commit of the edit that empties it: rows come first.
        if emptied := emptying(self.state, rows):
            self.commit({}, emptied, EXTERNAL)
        if rows or edits:
            self.commit(rows, edits, EXTERNAL)

    def commit(self, rows: RowChanges, edits: Iterable[tuple[RowKey, Edit]], by: str = "") -> None:
        """Make rows and edits durable in one commit, all or nothing. Only inside `writing`.

        `by` is who made it, or the person who is logged in.
        """
        before = self.state.tail
        self._opened.append(rows, edits, by or self._opened.by)
        self._added += self.state.tail - before
        base = self.state.base
        # Beyond this nothing may fail the commit: it is on disk.
        if base is None or self.state.tail > max(SMALL_TAIL, base.identity[1] // 4):
            self._opened.checkpoint_if_possible()

    @contextmanager
    def writing(self, wait: float = WAIT) -> Iterator[list[Commit]]:
        """Hold the lock, with everything read that other programs committed since: that is yielded.

        Ctrl+C waits for the end of it, not only for that of one file.

        Raises `StoreError`, also for what the disk says inside.
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
        """Whether other programs may have committed something, or touched the TinyDB file."""
        return self._opened.unsettled or self._opened.journal.grown() or self._opened.base_touched()

    def checkpoint(self) -> None:
        """Write a TinyDB file that is complete up to here, unless it is.

        A file of an older schema stays as it is where nothing was committed.
        """
        if self._opened.older or (not self.state.tail and not self.grown()):
            return
        with self.writing():
            if self.state.tail:
                self._opened.checkpoint()
                self._added = 0

    def checkpoint_while(self, go_on: Callable[[], bool]) -> None:
        """Make a checkpoint if the journal is so long that it is noticed when the store is opened.

        It is given up as soon as it is not to `go_on`, and where it cannot be made now: nothing is lost.
        """
        if self._opened.older or self.state.tail <= OPENING_TAIL:
            return
        with suppress(OSError, StoreError, Abandoned), self.writing(wait=0):
            self._opened.checkpoint(go_on=go_on)
            self._added = 0

    def begin_segment(self) -> None:
        """Make a checkpoint and let the journal go on in a segment of its own. Only in `writing`."""
        self._opened.checkpoint(in_new_segment=True)

    def close(self) -> None:
        """Let go of the files, after a checkpoint where that takes no noticeable time.

        A large file is written again only where much was committed here. Raises `StoreError`; nothing is
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
        """Let go of the files, without a checkpoint."""
        self._opened.close()

    def _load(self, *, locked: bool) -> list[Commit]:
        """Read everything anew; what had to be committed to put it in order."""
        self._failure = None
        self._opened.unsettled = self._opened.older = False
        try:
            return load_files(self._opened, locked)
        except (OSError, StoreError) as error:
            # Half a state must never be used as the whole: it is read again before it is used.
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
