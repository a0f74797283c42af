"""The content of a store, computed from the journal and the backups.

The journal holds every commit since the store began (or since it was pruned), and each backup names its
place in it. So every state is the nearest earlier backup with the commits after it applied, or the result of the
commits alone.
"""

from collections.abc import Callable, Iterator

from annotations.store.interface import StoreError
from annotations.store.tinydb_file import snapshot
from annotations.store.tinydb_file.commit import IMPORTED, Checkpoint, Commit, Position
from annotations.store.tinydb_file.decoding import Unreadable
from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.foreign import read_foreign
from annotations.store.tinydb_file.journal import Journal
from annotations.store.tinydb_file.migrations import migrated
from annotations.store.tinydb_file.segment import DamagedJournal, Segment
from annotations.store.tinydb_file.state import State, state_of_rows


def rebuilt(
    disk: Disk,
    files: StoreFiles,
    up_to: int | None = None,
    add: Callable[[State, Commit], None] = State.add,
) -> tuple[State, Position] | None:
    """The state after commit `up_to`, or after the last one, without using the TinyDB file; and its place.

    `add` applies a commit to a state. `None` if the journal does not go back far enough and no
    backup helps. Raises `DamagedJournal` if a damaged place cannot be avoided, and `OSError`.
    """
    damage: DamagedJournal | None = None
    for start in _starts(disk, files):
        journal = Journal(disk, files)
        try:
            if (up_to is None or start.position.sequence <= up_to) and journal.seek(start.position):
                place = journal.position
                for commit in journal.read():
                    if up_to is not None and commit.sequence > up_to:
                        break
                    add(start, commit)
                    place = journal.position
                if up_to is None or place.sequence == up_to:
                    return start, place
        except DamagedJournal as error:
            damage = error
        except StoreError:
            # This backup has a damaged row; the next one may be undamaged.
            pass
        finally:
            journal.close()
        start.close()
    if damage is not None:
        raise damage
    return None


def checkpoint_at(disk: Disk, files: StoreFiles, position: Position) -> Checkpoint | None:
    """The file that was written at the place a TinyDB file names, according to the journal.

    `None` if the journal has no such place. Raises `OSError`.
    """
    journal = Journal(disk, files)
    try:
        if not journal.seek(position):
            return None
        if base := journal.at_beginning():
            return base
        first = next(journal.read(), None)
        return first.base if first else None
    except DamagedJournal:
        return None
    finally:
        journal.close()


def has_place(disk: Disk, files: StoreFiles, position: Position) -> bool:
    """Whether the journal has the place that a TinyDB file names. Raises `OSError`."""
    journal = Journal(disk, files)
    try:
        return journal.seek(position) and journal.is_at(position)
    except DamagedJournal:
        return False
    finally:
        journal.close()


def misnumbered(disk: Disk, files: StoreFiles, position: Position) -> bool:
    """Whether a TinyDB file names a place that the journal has, but with another number.

    The number is wrong then, and says nothing about which of the two has more. Raises `OSError`.
    """
    for path in (*files.older_segments(), files.journal):
        segment = Segment.open(disk, path)
        if segment is not None:
            try:
                if segment.sequence_at(position) not in (None, position.sequence):
                    return True
            finally:
                segment.close()
    return False


def _starts(disk: Disk, files: StoreFiles) -> Iterator[State]:
    """The possible starting points: the undamaged backups, the newest first, the file that the journal begins with,
    then an empty state, then an imported file."""
    for path in files.earlier():
        try:
            scanned = snapshot.scan_snapshot(disk, path)
        except OSError:
            continue
        if scanned is None:
            continue
        base = scanned[0]
        checkpoint = checkpoint_at(disk, files, base.meta.position)
        if checkpoint is not None and checkpoint.sha256 == base.sha256:
            yield State(base)
        else:
            base.close()
    yield State()
    try:
        old = read_foreign(disk, files.before_migration(1))
        yield state_of_rows(migrated(old.schema, old.tables), IMPORTED)
    except (OSError, StoreError, Unreadable):
        return
