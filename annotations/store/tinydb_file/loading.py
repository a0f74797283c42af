"""Reading the files of a store, and repairing what is not as this program left it.

A file that was changed from outside, has an older schema or is missing is repaired in memory, and also on
disk if the lock is held.
"""

import os

from annotations.store.interface import StoreError
from annotations.store.stamp import now
from annotations.store.tinydb_file import snapshot
from annotations.store.tinydb_file.checkpointing import (
    keep_second_name,
)
from annotations.store.tinydb_file.commit import (
    IMPORTED,
    START,
    Checkpoint,
    Commit,
    Position,
    fresh_place,
)
from annotations.store.tinydb_file.decoding import Unreadable
from annotations.store.tinydb_file.external import EXTERNAL, outside_changes
from annotations.store.tinydb_file.foreign import (
    ForeignFile,
    InvalidFile,
    NewerSchema,
    Problem,
    read_foreign,
    row_problems,
)
from annotations.store.tinydb_file.migrations import migrated
from annotations.store.tinydb_file.open_files import OpenFiles
from annotations.store.tinydb_file.recovery import checkpoint_at, has_place, misnumbered, rebuilt
from annotations.store.tinydb_file.row_types import SCHEMA
from annotations.store.tinydb_file.settling import is_empty
from annotations.store.tinydb_file.snapshot import Snapshot
from annotations.store.tinydb_file.state import State, state_of_rows


def load_files(opened: OpenFiles, locked: bool) -> list[Commit]:
    """Read everything again; returns what had to be committed for the repair.

    `locked` means that the lock is held, so that the files on disk are repaired, too. Raises
    `StoreError` and `OSError`.
    """
    opened.identity = opened.present_identity()
    if opened.identity and not opened.identity[1] and not is_empty(opened.disk, opened.files.base):
        opened.identity = opened.present_identity()
    base = _sound_base(opened, locked) if opened.identity and opened.identity[1] else None
    if base is not None:
        older = base.meta.schema
        opened.continue_from(State(base))
        if older < SCHEMA:
            _bring_up(opened, older, locked)
    elif opened.identity and opened.identity[1]:
        return _load_foreign(opened, locked)
    else:
        _load_without_base(opened)
    return []


def _sound_base(opened: OpenFiles, locked: bool) -> Snapshot | None:
    """The TinyDB file, if the journal vouches for it."""
    if not opened.journal.exists():
        return None
    base, written = snapshot.open_snapshot(opened.disk, opened.files), None
    if base is None:
        scanned = snapshot.scan_snapshot(opened.disk, opened.files.base)
        if scanned is None:
            return None
        base, written = scanned
    checkpoint = checkpoint_at(opened.disk, opened.files, base.meta.position)
    if checkpoint is None or checkpoint.sha256 != base.sha256:
        base.close()
        return None
    opened.missing_index = written
    if base.meta.schema > SCHEMA:
        schema = base.meta.schema
        base.close()
        raise NewerSchema(opened.files.base, schema)
    return base


def _load_without_base(opened: OpenFiles) -> None:
    found = rebuilt(opened.disk, opened.files)
    if found is not None:
        opened.go_on_at(*found)
        if any(map(os.path.lexists, opened.files.backups)):
            opened.note(f"{opened.files.base} was missing; it was rebuilt from its journal.")
    elif opened.journal.exists():
        raise StoreError(
            f"{opened.files.base} is missing, and its journal does not go back to the beginning; "
            f"`annotate doctor` shows what is left and `annotate doctor --repair` saves it."
        )
    elif any(map(os.path.lexists, opened.files.earlier())):
        raise StoreError(
            f"{opened.files.base} and its journal are missing or empty, but there are backups; "
            f"`annotate doctor --repair` writes a copy of the newest; remove them to start again."
        )
    else:
        opened.continue_from(State())


# Each branch is one combined state of file and journal, and each has its own message.
def _load_foreign(opened: OpenFiles, locked: bool) -> list[Commit]:  # noqa: PLR0912 - see the line above
    """Read a file that is not as this program wrote it, and use its content."""
    opened.unsettled = not locked
    files, with_journal = opened.files, opened.journal.exists()
    try:
        foreign = read_foreign(opened.disk, files.base)
        opened.older = not locked and 0 < foreign.schema < SCHEMA
        if foreign.schema == 1 and not with_journal:
            _load_old_schema(opened, foreign, locked)
            return []
        problems = list(row_problems(foreign.tables))
        if problems:
            raise InvalidFile(files.base, problems)
    except InvalidFile as error:
        if not (with_journal and _load_instead(opened, error.problems[0], locked)):
            raise
        return []
    place = foreign.meta.position if foreign.meta else START
    if with_journal and not (foreign.meta and has_place(opened.disk, files, place)):
        if _load_instead(opened, Problem("table meta", "it does not match the journal"), locked, place):
            return []
        opened.note(
            f"The journal of {files.base} does not match it: it was cut, emptied or changed, or "
            f"belongs to another file; the file was used as it is, with its last saved state up to edit "
            f"{place.sequence}, and edits that only the journal had may be missing; `annotate "
            f"doctor` shows details."
        )
    if not with_journal and place.sequence:
        opened.note(
            f"The journal of {files.base} is missing or empty; the file was used as it is, the "
            f"history starts again, and edits that only the journal had are missing."
        )
    if any(foreign.tables.values()) and not (place.sequence and place.sum):
        # No journal could continue after a place without a sum.
        place = fresh_place(place.sequence or 1)
    known = with_journal and has_place(opened.disk, files, place)
    unvouched = known and checkpoint_at(opened.disk, files, place) is None
    if unvouched:
        opened.note(
            f"The journal of {files.base} was cut or changed after commit {place.sequence}; edits "
            f"that only the journal had after it are missing; `annotate doctor` shows details."
        )
    before = rebuilt(opened.disk, files, place.sequence) if known else None
    current = rebuilt(opened.disk, files) if before else None
    if before is None or current is None:
        opened.continue_from(state_of_rows(foreign.tables, place))
        if locked and foreign.schema:
            _keep_older(opened, foreign.schema)
            opened.checkpoint(as_beginning=True)
        return []
    opened.go_on_at(*current)
    rows, edits = outside_changes(before[0], opened.state, foreign.tables)
    before[0].close()
    if rows or edits:
        opened.note(
            f"{files.base} was changed from outside; the changes were taken over and are in the "
            f"history as external."
        )
    if not locked:
        opened.state.add(opened.commit_of(rows, edits, EXTERNAL))
        return []
    _keep_older(opened, foreign.schema)
    commits = [opened.append(rows, edits, EXTERNAL)] if rows or edits else []
    if unvouched and not commits and opened.journal.position.sequence == place.sequence:
        # The journal lost the line about this file. The file itself, soon a backup, is undamaged.
        checkpoint = Checkpoint(foreign.size, foreign.sha256)
        commit = Commit(place.sequence + 1, now(), opened.by, base=checkpoint)
        opened.journal.append(commit, opened.mode())
    opened.checkpoint()
    return commits


def _load_old_schema(opened: OpenFiles, foreign: ForeignFile, locked: bool) -> None:
    try:
        tables = migrated(foreign.schema, foreign.tables)
    except Unreadable as error:
        problem = Problem(f"a row of schema {foreign.schema}", str(error))
        raise InvalidFile(opened.files.base, [problem]) from None
    problems = list(row_problems(tables))
    if problems:
        raise InvalidFile(opened.files.base, problems)
    opened.continue_from(state_of_rows(tables, IMPORTED))
    if locked:
        _keep_older(opened, foreign.schema)
        opened.checkpoint()


def _bring_up(opened: OpenFiles, schema: int, locked: bool) -> None:
    """Convert the file to the present schema in one step: its rows and journal need no change.

    Later commits of the journal are written to the file first, so that the kept file is complete.
    """
    opened.unsettled = opened.older = not locked
    if locked:
        if opened.state.tail:
            opened.checkpoint(schema=schema)
        _keep_older(opened, schema)
        opened.checkpoint()


def _keep_older(opened: OpenFiles, schema: int) -> None:
    """Keep a copy of a file of an older schema before it is written in the present one."""
    if 0 < schema < SCHEMA:
        backup = opened.files.before_migration(schema)
        if not os.path.lexists(backup):
            keep_second_name(opened.disk, opened.files, opened.files.base, backup)
            opened.disk.sync_folder(opened.files.folder)
        opened.note(
            f"{opened.files.base} was converted to schema {SCHEMA}; the earlier file is kept as "
            f"{backup}."
        )


def _load_instead(opened: OpenFiles, problem: Problem, locked: bool, place: Position = START) -> bool:
    """Continue from journal and backups if the TinyDB file is damaged; returns whether that is possible.

    `place` is the position that the file states. A state that is older than that is not used instead.
    """
    found = rebuilt(opened.disk, opened.files)
    if found is None:
        return False
    reaches = found[1].sequence >= place.sequence
    if not reaches and not misnumbered(opened.disk, opened.files, place):
        found[0].close()
        return False
    opened.go_on_at(*found)
    if locked:
        rejected = opened.files.aside("rejected", now())
        opened.disk.rename(opened.files.base, rejected)
        opened.checkpoint()
        opened.note(
            f"{opened.files.base} was damaged ({problem}); it was kept as {rejected} and rebuilt "
            f"from its journal; no edit is lost."
        )
    return True
