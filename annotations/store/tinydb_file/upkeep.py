"""Work on the files of a store: finding damage, writing a repaired copy, removing history.

Finding damage and repair also work for a store that cannot be opened.
"""

from datetime import datetime
from pathlib import Path

from annotations.store.interface import StoreError
from annotations.store.tinydb_file.database import AnnotationDatabase
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.inspection import Finding, inspect
from annotations.store.tinydb_file.pruning import Pruned, PruningPlan, planned, prune
from annotations.store.tinydb_file.repair import repair
from annotations.store.tinydb_file.rows import StoredTables


class Upkeep:
    """The files of one store. Every method raises `StoreError`."""

    def __init__(self, path: Path, disk: Disk = REAL) -> None:
        self._database = AnnotationDatabase(path, disk, opened=False)

    def inspect(self) -> list[Finding]:
        """All findings about the files."""
        stored = self._stored()
        try:
            return inspect(stored.files.base, stored.disk)
        except OSError as error:
            raise _unusable(stored, error) from None

    def repair(self, copy: Path | None = None) -> list[str]:
        """Write a repaired copy, next to the original if no other place is named; returns what was done."""
        stored = self._stored()
        path = stored.files.base
        beside = path.with_name(f"{path.stem}-repaired{path.suffix}")
        try:
            return repair(path, (copy or beside).absolute(), stored.disk)
        except OSError as error:
            raise _unusable(stored, error) from None

    def plan(self, before: datetime) -> PruningPlan:
        """What `prune` would remove. `before` has a time zone."""
        stored = self._stored()
        return planned(stored.files.base, before, stored.disk)

    def prune(self, before: datetime, *, backups: bool = False) -> Pruned:
        """Remove all commits before a moment, and with `backups` also the backups from before."""
        disk = self._stored().disk
        self._database.journal.open()
        return prune(self._database.journal, before, backups=backups, disk=disk)

    def _stored(self) -> StoredTables:
        tables: StoredTables = self._database.journal.read()
        return tables


def _unusable(stored: StoredTables, error: OSError) -> StoreError:
    where = error.filename or stored.files.base
    return StoreError(f"{where} cannot be read or written: {error.strerror}.")
