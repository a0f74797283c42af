"""One store, opened: the TinyDB file, the journal beside it, and what they come to.

Reading takes no lock and writes nothing. Writing holds the lock for one commit, after reading what
other programs appended. Whatever is not in order when a store is opened (a file changed from outside,
of an older schema, or gone) is put in order in memory, and on disk with the first lock taken.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Raw

from annotations.model.edit import Edit
from annotations.store import base as base_file
from annotations.store.base import SCHEMA, Base, Identity, Key, Meta
from annotations.store.commit import IMPORTED, START, Checkpoint, Commit, Entry, Position, fresh_place
from annotations.store.compaction import (
    keep_beginning,
    keep_second_name,
    put_in_place,
    remove_leftovers,
    remove_unfinished,
)
from annotations.store.decoding import Unreadable
from annotations.store.disk import REAL, Disk
from annotations.store.external import EXTERNAL, outside_changes
from annotations.store.failure import not_read, not_saved
from annotations.store.files import StoreFiles
from annotations.store.foreign import (
    ForeignFile,
    InvalidFile,
    NewerSchema,
    Problem,
    read_foreign,
    row_problems,
)
from annotations.store.interface import StoreError
from annotations.store.journal import Journal
from annotations.store.location import refuse_unsafe_files
from annotations.store.lock import WAIT, StoreLock
from annotations.store.migrations import migrated
from annotations.store.recovery import checkpoint_at, has_place, misnumbered, rebuilt
from annotations.store.segment import DamagedJournal
from annotations.store.settling import is_empty
from annotations.store.stamp import login_name, now
from annotations.store.state import State, state_of_rows

SMALL_TAIL = 4 << 20
"""A journal tail up to this size, in bytes, is never worth folding in while work goes on."""
SEGMENT = 64 << 20
"""The size at which a journal segment counts as full, in bytes."""

Rows = Mapping[str, Mapping[int, bytes | None]]
_encoder = msgspec.json.Encoder()


class Database:
    """One store. Raises `StoreError` where it cannot be read or written."""

    def __init__(self, path: Path, disk: Disk = REAL) -> None:
        self.files = StoreFiles.at(path)
        self.notices: list[str] = []
        """What was recovered, set aside or taken in, one sentence each."""
        self._state = State()
        self._failure: StoreError | None = None
        self._disk = disk
        self._journal = Journal(disk, self.files)
        self._lock: StoreLock | None = None
        self._identity: Identity | None = None
        self._unsettled = False
        self._by = login_name()
        refuse_unsafe_files(path)
        try:
            self._load(locked=False)
        except OSError as error:
            self.close()
            raise not_read(self.files.base, error) from None
        except StoreError:
            # A screen tries to open a damaged file again and again: none of it may stay open.
            self.close()
            raise

    @property
    def state(self) -> State:
        """What the store holds, as far as this program has read.

        Raises `StoreError` while the files are in no state to be read.
        """
        if self._failure is not None:
            raise self._failure
        return self._state

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
        self._append(rows, edits, self._by)
        base = self.state.base
        # Beyond this nothing may fail the commit: it is on disk.
        if base is None or self.state.tail > max(SMALL_TAIL, base.identity[1] // 4):
            self._compact_if_possible()

    def grown(self) -> bool:
        """Whether other programs may have committed something, or touched the TinyDB file."""
        return self._unsettled or self._journal.grown() or self._base_touched()

    def compact(self) -> None:
        """Fold the journal into the TinyDB file, unless there is nothing to fold in."""
        if not self.state.tail and not self.grown():
            return
        with self.writing():
            if self.state.tail:
                self._compact()

    def begin_segment(self) -> None:
        """Fold everything in and let the journal go on in a segment of its own. Only in `writing`."""
        self._compact(in_new_segment=True)

    def close(self) -> None:
        """Let go of the files, without folding anything in."""
        self._journal.close()
        self._state.close()

    def _load(self, *, locked: bool) -> list[Commit]:
        """Read everything anew; what had to be committed to put it in order."""
        self._failure = None
        self._unsettled = False
        try:
            return self._load_files(locked)
        except (OSError, StoreError) as error:
            # Half a state must never be taken for the whole: it is read anew before it is used.
            self._unsettled = True
            self._failure = error if isinstance(error, StoreError) else not_read(self.files.base, error)
            raise

    def _load_files(self, locked: bool) -> list[Commit]:
        self._identity = self._present_identity()
        if self._identity and not self._identity[1] and not is_empty(self._disk, self.files.base):
            self._identity = self._present_identity()
        base = self._sound_base(locked) if self._identity and self._identity[1] else None
        if base is not None:
            older = base.meta.schema
            self._stand_on(State(base))
            if older < SCHEMA:
                self._bring_up(older, locked)
        elif self._identity and self._identity[1]:
            return self._load_foreign(locked)
        else:
            self._load_without_base()
        return []

    def _stand_on(self, state: State) -> None:
        """Go on from a state, with what the journal has behind its place."""
        self._state.close()
        self._state = state
        self._journal.seek(state.position)
        checkpoints = 0
        for commit in self._journal.read():
            state.take(commit)
            checkpoints += commit.base is not None
        self._note_unfinished()
        if checkpoints > 2:
            self._note(
                f"{self.files.base} is an older copy; the edits made since were put back from the "
                "journal; to go back in time use `annotate restore`."
            )

    def _stand_at(self, state: State, place: Position) -> None:
        """Go on from a state that has everything up to a place in the journal."""
        self._state.close()
        self._state = state
        self._journal.seek(place)
        self._note_unfinished()

    def _note_unfinished(self) -> None:
        if left := self._journal.unfinished():
            self._note(
                f"The last line of {self.files.journal} is not whole ({left} bytes): either the program "
                "or the computer stopped while that edit was being saved, or somebody cut the file; "
                "`annotate log` shows the edits that are there."
            )

    def _sound_base(self, locked: bool) -> Base | None:
        """The TinyDB file, if the journal vouches for it."""
        if not self._journal.exists():
            return None
        base, written = base_file.open_base(self._disk, self.files), None
        if base is None:
            scanned = base_file.scan_base(self._disk, self.files.base)
            if scanned is None:
                return None
            base, written = scanned
        checkpoint = checkpoint_at(self._disk, self.files, base.meta.position)
        if checkpoint is None or checkpoint.sha256 != base.sha256:
            base.close()
            return None
        if locked and written is not None:
            base_file.write_index(self._disk, self.files, self._mode(), base.meta, written)
        if base.meta.schema > SCHEMA:
            schema = base.meta.schema
            base.close()
            raise NewerSchema(self.files.base, schema)
        return base

    def _load_without_base(self) -> None:
        found = rebuilt(self._disk, self.files)
        if found is not None:
            self._stand_at(*found)
            if any(map(os.path.lexists, self.files.backups)):
                self._note(f"{self.files.base} was gone; it was put together again from its journal.")
        elif self._journal.exists():
            raise StoreError(
                f"{self.files.base} is gone and its journal does not reach back to its beginning; "
                "`annotate doctor` says what is there and `annotate doctor --repair` saves it."
            )
        elif any(map(os.path.lexists, self.files.backups)):
            raise StoreError(
                f"{self.files.base} and its journal are gone or empty, but there are backups; "
                "`annotate doctor --repair` writes a copy of the newest; remove them to begin anew."
            )
        else:
            self._stand_on(State())

    def _load_foreign(self, locked: bool) -> list[Commit]:
        """Read a file that is not as this program wrote it, and take in what it says."""
        self._unsettled = not locked
        files, with_journal = self.files, self._journal.exists()
        try:
            foreign = read_foreign(self._disk, files.base)
            if foreign.schema == 1 and not with_journal:
                self._load_old_schema(foreign, locked)
                return []
            problems = list(row_problems(foreign.tables))
            if problems:
                raise InvalidFile(files.base, problems)
        except InvalidFile as error:
            if not (with_journal and self._load_instead(error.problems[0], locked)):
                raise
            return []
        place = foreign.meta.position if foreign.meta else START
        if with_journal and not (foreign.meta and has_place(self._disk, files, place)):
            if self._load_instead(Problem("table meta", "it does not fit the journal"), locked, place):
                return []
            self._note(
                f"The journal of {files.base} does not fit it: it was cut, emptied or changed, or is "
                "another file's; the file was used as it is, with its last saved state up to edit "
                f"{place.sequence}, and edits that only the journal had may be missing; "
                "`annotate doctor` says more."
            )
        if not with_journal and place.sequence:
            self._note(
                f"The journal of {files.base} is missing or empty; the file was used as it is, the "
                "history begins anew, and edits that only the journal had are missing."
            )
        if not place.sequence and any(foreign.tables.values()):
            place = fresh_place()
        known = with_journal and has_place(self._disk, files, place)
        unvouched = known and checkpoint_at(self._disk, files, place) is None
        if unvouched:
            self._note(
                f"The journal of {files.base} was cut or changed behind commit {place.sequence}; edits "
                "that only the journal had behind it are missing; `annotate doctor` says more."
            )
        before = rebuilt(self._disk, files, place.sequence) if known else None
        current = rebuilt(self._disk, files) if before else None
        if before is None or current is None:
            self._stand_on(state_of_rows(foreign.tables, place))
            if locked and foreign.schema:
                self._keep_older(foreign.schema)
                self._compact(as_beginning=True)
            return []
        self._stand_at(*current)
        rows, edits = outside_changes(before[0], self.state, foreign.tables)
        before[0].close()
        if rows or edits:
            self._note(
                f"{files.base} was changed from outside; the changes were taken in and stand in the "
                "history as external."
            )
        if not locked:
            self.state.take(self._commit(rows, edits, EXTERNAL))
            return []
        self._keep_older(foreign.schema)
        commits = [self._append(rows, edits, EXTERNAL)] if rows or edits else []
        if unvouched and not commits and self._journal.position.sequence == place.sequence:
            # The journal lost the line that says so: the file, soon a backup, is as it was written.
            checkpoint = Checkpoint(foreign.size, foreign.sha256)
            commit = Commit(place.sequence + 1, now(), self._by, base=checkpoint)
            self._journal.append(commit, self._mode())
        self._compact()
        return commits

    def _load_old_schema(self, foreign: ForeignFile, locked: bool) -> None:
        try:
            tables = migrated(foreign.schema, foreign.tables)
        except Unreadable as error:
            problem = Problem(f"a row of schema {foreign.schema}", str(error))
            raise InvalidFile(self.files.base, [problem]) from None
        problems = list(row_problems(tables))
        if problems:
            raise InvalidFile(self.files.base, problems)
        self._stand_on(state_of_rows(tables, IMPORTED))
        if locked:
            self._keep_older(foreign.schema)
            self._compact()

    def _bring_up(self, schema: int, locked: bool) -> None:
        """Make the file one of the present schema, in one step: its rows and journal fit as they are.

        What the journal has behind the file is written to it first, so that what is kept is whole.
        """
        self._unsettled = not locked
        if locked:
            if self.state.tail:
                self._compact(schema=schema)
            self._keep_older(schema)
            self._compact()

    def _keep_older(self, schema: int) -> None:
        """Keep the file as it is when it is of an older schema, before it is written in the present one."""
        if 0 < schema < SCHEMA:
            backup = self.files.before_migration(schema)
            if not os.path.lexists(backup):
                keep_second_name(self._disk, self.files, self.files.base, backup)
                self._disk.sync_folder(self.files.folder)
            self._note(
                f"{self.files.base} was brought up to schema {SCHEMA}; what it was is kept as {backup}."
            )

    def _load_instead(self, problem: Problem, locked: bool, place: Position = START) -> bool:
        """Go on from journal and backups where the TinyDB file is not sound; whether they reach.

        `place` is where the file says it is: what reaches less far is not used instead of it.
        """
        found = rebuilt(self._disk, self.files)
        if found is None:
            return False
        reaches = found[1].sequence >= place.sequence
        if not reaches and not misnumbered(self._disk, self.files, place):
            found[0].close()
            return False
        self._stand_at(*found)
        if locked:
            rejected = self.files.aside("rejected", now())
            self._disk.rename(self.files.base, rejected)
            self._compact()
            self._note(
                f"{self.files.base} was not sound ({problem}); it was kept as {rejected} and put "
                "together again from its journal: no edit is lost."
            )
        return True

    def _catch_up(self) -> list[Commit]:
        if self._failure is not None:
            self._journal.settle()
            return self._load(locked=True)
        if self._journal.changed_in_place():
            self._leave_changed_journal()
        self._journal.settle()
        if self._journal.lost():
            self._journal.bring_back(self._mode())
            self._note(f"{self.files.journal} was gone; it was written again.")
        theirs: list[Commit] = []
        try:
            if self._journal.grown():
                for commit in self._journal.read():
                    self.state.take(commit)
                    theirs.append(commit)
        except DamagedJournal:
            if not self._journal.has_no_name():
                raise
        if self._journal.replaced():
            self._take_name_back()
        self._journal.drop_unfinished(now(), self._mode())
        if self._unsettled or self._base_touched() or self._journal.replaced():
            if self.state.base is not None and self._present_identity() is None:
                self._compact()
                self._note(f"{self.files.base} was gone; it was written again.")
            else:
                theirs += self._load(locked=True)
        return theirs

    def _leave_changed_journal(self) -> None:
        """Go on in a new journal where the open one was emptied, cut or written over.

        All that was saved is in the state that is held here, and so gets into the TinyDB file.
        """
        named = self._journal.is_named()
        if not named and self._journal.goes_on():
            self._journal.close()
            return
        if not named and not self._refuse_other_journal():
            self._journal.close()
            self._unsettled = True
            return
        aside = self._journal.set_aside(now())
        self._journal.close()
        self._compact(as_beginning=True)
        self._note(
            f"{self.files.journal} was emptied, cut or written over by another program; nothing that was "
            f"saved is lost: {self.files.base} has it all; the history begins anew, and what the journal "
            f"held was kept as {aside}."
        )

    def _take_name_back(self) -> None:
        """Write the open journal again where a file that does not go on from it has its name."""
        if not self._refuse_other_journal():
            return
        aside = self._journal.set_aside(now())
        self._journal.bring_back(self._mode())
        self._note(
            f"{self.files.journal} was replaced by an older or another file while it was open; it was "
            f"written again with everything that was saved, and the other file was kept as {aside}."
        )

    def _refuse_other_journal(self) -> bool:
        """Whether the file that has the journal's name is to go: older than what is here, or no journal.

        `False` where it was begun by a program that knew more. Raises `StoreError` where each has
        edits that the other has not.
        """
        other, last = self._journal.extent_of_other(), self._journal.position.sequence
        if other is not None and other[0] <= last < other[1]:
            raise StoreError(
                f"{self.files.journal} was replaced while it was open here by one with other edits; "
                "nothing more is written to it; save to another path."
            )
        return other is None or other[1] <= last

    def _append(self, rows: Rows, edits: Iterable[tuple[Key, Edit]], by: str) -> Commit:
        commit = self._commit(rows, edits, by)
        self._journal.append(commit, self._mode())
        self.state.take(commit)
        return commit

    def _commit(self, rows: Rows, edits: Iterable[tuple[Key, Edit]], by: str) -> Commit:
        return Commit(
            self._journal.position.sequence + 1,
            now(),
            by,
            {t: {str(n): Raw(data or b"null") for n, data in r.items()} for t, r in rows.items()},
            tuple(Entry(*key, Raw(_encoder.encode(edit))) for key, edit in edits),
        )

    def _compact_if_possible(self) -> None:
        try:
            self._compact()
        except (OSError, StoreError):
            # The journal holds everything; the next commit, or the end, tries again.
            return

    def _compact(
        self, *, in_new_segment: bool = False, as_beginning: bool = False, schema: int = SCHEMA
    ) -> None:
        """Write the TinyDB file anew, complete up to here; `as_beginning` keeps it for good.

        The journal names the new file before it takes the old one's place, so that a crash at any
        moment leaves a file that the journal knows, and a place in the journal to go on from.
        """
        if in_new_segment or self._journal.position.offset > SEGMENT:
            self._journal.rotate()
        state, place, mode = self.state, self._journal.position, self._mode()
        meta = Meta(schema, place.sequence, place.sum, place.segment, place.offset, state.next_ids())
        files = self.files
        remove_leftovers(self._disk, files)
        new = files.unfinished()
        written = base_file.write_base(
            self._disk, new, mode, {t: state.contents(t) for t in state.tables()}, meta
        )
        checkpoint = Checkpoint(written.size, written.sha256)
        try:
            commit = Commit(place.sequence + 1, now(), self._by, base=checkpoint)
            self._journal.append(commit, mode)
            put_in_place(self._disk, files, new)
            if as_beginning:
                keep_beginning(self._disk, files, place.sequence)
        except BaseException:
            remove_unfinished(self._disk, new)
            raise
        base_file.write_index(self._disk, files, mode, meta, written)
        self._identity = self._present_identity()
        self._unsettled = False
        base = base_file.opened(self._disk, files.base, meta, written)
        state.close()
        self._state = State(base)

    def _own_lock(self) -> StoreLock:
        if self._lock is None:
            self._lock = StoreLock(self.files.lock, self._mode())
            if self._lock.network:
                self._note(
                    f"{self.files.base} lies on a network file system ({self._lock.network}); a lock "
                    "file keeps programs apart there, and a power cut of the server may cost edits."
                )
        return self._lock

    def _mode(self) -> int:
        """The permissions new files get: those of the TinyDB file, or none for anybody else."""
        try:
            return os.lstat(self.files.base).st_mode & 0o777
        except OSError:
            return 0o600

    def _present_identity(self) -> Identity | None:
        try:
            return base_file.identity(os.lstat(self.files.base))
        except FileNotFoundError:
            return None

    def _base_touched(self) -> bool:
        return self._present_identity() != self._identity

    def _note(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)
