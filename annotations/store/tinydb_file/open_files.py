"""The files of one store while they are open: their combined state, and the two ways to write them.

This module does not decide what is read: `loading` does, and `changed_journal` if another program changed the
journal.
"""

import os
from collections.abc import Callable, Iterable, Mapping

from msgspec import Raw

from annotations.model.edit import Edit
from annotations.store.encoding import encode
from annotations.store.interface import StoreError
from annotations.store.stamp import login_name, now
from annotations.store.tinydb_file import snapshot
from annotations.store.tinydb_file.checkpointing import (
    keep_beginning,
    put_in_place,
    remove_leftovers,
    remove_unfinished,
)
from annotations.store.tinydb_file.commit import Checkpoint, Commit, Entry, Position
from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.index import Identity
from annotations.store.tinydb_file.index_building import FinishedIndex
from annotations.store.tinydb_file.journal import Journal
from annotations.store.tinydb_file.lock import StoreLock
from annotations.store.tinydb_file.row_types import SCHEMA, Meta, RowKey
from annotations.store.tinydb_file.state import State

SEGMENT = 64 << 20
"""The size from which a journal segment counts as full, in bytes."""

RowChanges = Mapping[str, Mapping[int, bytes | None]]


class OpenFiles:
    """The journal, and the state that results from it and the TinyDB file."""

    def __init__(self, files: StoreFiles, disk: Disk) -> None:
        self.files = files
        self.disk = disk
        self.journal = Journal(disk, files)
        self.state = State()
        self.identity: Identity | None = None
        """The identity of the TinyDB file when it was last read or written."""
        self.unsettled = False
        """Whether a repair in memory must still be made on disk."""
        self.older = False
        """Whether the file has an older schema, which the first commit converts to the present one."""
        self.missing_index: FinishedIndex | None = None
        """The index of the TinyDB file, if no matching one was next to it."""
        self.by = login_name()
        self.notices: list[str] = []
        self._lock: StoreLock | None = None

    def close(self) -> None:
        """Close the files, without a checkpoint."""
        self.journal.close()
        self.state.close()

    def continue_from(self, state: State) -> None:
        """Continue from a state, with the commits that the journal has after its place."""
        self.state.close()
        self.state = state
        self.journal.seek(state.position)
        checkpoints = 0
        for commit in self.journal.read():
            state.add(commit)
            checkpoints += commit.base is not None
        self._note_unfinished()
        # A program killed during a checkpoint also leaves such a line, for a file that was never put in
        # place.
        if checkpoints > 2 and self._has_later_backup(state.position):
            self.note(
                f"{self.files.base} is an older copy; the edits made since were put back from the "
                "journal; to go back in time use `annotate restore`."
            )

    def _has_later_backup(self, place: Position) -> bool:
        """Whether the TinyDB file was once complete up to a later place in the journal than now."""
        for path in self.files.backups:
            try:
                scanned = snapshot.scan_snapshot(self.disk, path)
            except OSError:
                continue
            if scanned is not None:
                scanned[0].close()
                if scanned[0].meta.sequence > place.sequence:
                    return True
        return False

    def go_on_at(self, state: State, place: Position) -> None:
        """Continue from a state that has everything up to a place in the journal."""
        self.state.close()
        self.state = state
        self.journal.seek(place)
        self._note_unfinished()

    def _note_unfinished(self) -> None:
        if left := self.journal.unfinished():
            self.note(
                f"The last line of {self.files.journal} is incomplete ({left} bytes): either the "
                "program or the computer stopped while that edit was being saved, or somebody cut the file; "
                "`annotate log` shows the edits that are there."
            )

    def append(self, rows: RowChanges, edits: Iterable[tuple[RowKey, Edit]], by: str) -> Commit:
        """Make a commit durable. The lock must be held and everything read. Raises `OSError`."""
        commit = self.commit_of(rows, edits, by)
        self.journal.append(commit, self.mode())
        self.state.add(commit)
        return commit

    def commit_of(self, rows: RowChanges, edits: Iterable[tuple[RowKey, Edit]], by: str) -> Commit:
        """The commit of these rows and edits, after all others."""
        return Commit(
            self.journal.position.sequence + 1,
            now(),
            by,
            {t: {str(n): Raw(data or b"null") for n, data in r.items()} for t, r in rows.items()},
            tuple(Entry(*key, Raw(encode(edit))) for key, edit in edits),
        )

    def checkpoint_if_possible(self) -> None:
        """Make a checkpoint, if that is possible now."""
        try:
            self.checkpoint()
        except (OSError, StoreError):
            # The journal has everything; the next commit, or closing, tries again.
            return

    def checkpoint(
        self,
        *,
        in_new_segment: bool = False,
        as_beginning: bool = False,
        schema: int = SCHEMA,
        go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        """Write a new TinyDB file that is complete up to here; `as_beginning` keeps it permanently.

        The journal names the new file before it replaces the old one, so that a crash at any
        moment leaves a file that the journal knows, and a place in the journal to continue from. Raises
        `Abandoned` when `go_on` says no; then nothing has changed.
        """
        if in_new_segment or self.journal.position.offset > SEGMENT:
            self.journal.rotate()
        state, place, mode = self.state, self.journal.position, self.mode()
        meta = Meta(schema, place.sequence, place.sum, place.segment, place.offset, state.next_ids())
        files = self.files
        remove_leftovers(self.disk, files)
        new = files.unfinished()
        written = snapshot.write_snapshot(
            self.disk, new, mode, {t: state.contents(t) for t in state.tables()}, meta, go_on
        )
        checkpoint = Checkpoint(written.size, written.sha256)
        try:
            commit = Commit(place.sequence + 1, now(), self.by, base=checkpoint)
            self.journal.append(commit, mode)
            put_in_place(self.disk, files, new)
            if as_beginning:
                keep_beginning(self.disk, files, place.sequence)
        except BaseException:
            remove_unfinished(self.disk, new)
            raise
        snapshot.write_index(self.disk, files, mode, written.finished)
        self.missing_index = None
        self.identity = self.present_identity()
        self.unsettled = False
        base = snapshot.opened_snapshot(self.disk, files.base, meta, written)
        state.close()
        self.state = State(base)

    def write_missing_index(self) -> None:
        """Write the index that was missing when the TinyDB file was opened. The lock must be held."""
        missing, self.missing_index = self.missing_index, None
        if self.state.base is not None and self.state.base.remade is not None:
            missing, self.state.base.remade = self.state.base.remade, None
        if missing is not None and not self.base_touched():
            snapshot.write_index(self.disk, self.files, self.mode(), missing)

    def own_lock(self) -> StoreLock:
        """The lock that must be held while anything is written."""
        if self._lock is None:
            self._lock = StoreLock(self.files.lock, self.mode())
            if self._lock.network:
                self.note(
                    f"{self.files.base} is on a network file system ({self._lock.network}); a lock "
                    "file keeps programs apart there, and a power cut of the server may cost edits."
                )
        return self._lock

    def mode(self) -> int:
        """The permissions of new files: those of the TinyDB file, or none for other users."""
        try:
            return os.lstat(self.files.base).st_mode & 0o777
        except OSError:
            return 0o600

    def present_identity(self) -> Identity | None:
        """The present identity of the TinyDB file; `None` if there is none."""
        try:
            return snapshot.identity(os.lstat(self.files.base))
        except FileNotFoundError:
            return None

    def base_touched(self) -> bool:
        """Whether the TinyDB file has changed since it was last read or written."""
        return self.present_identity() != self.identity

    def note(self, sentence: str) -> None:
        """Add a notice that a person should see, once."""
        if sentence not in self.notices:
            self.notices.append(sentence)
