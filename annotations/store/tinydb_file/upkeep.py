"""What is done to the files of a store as files: to look for damage, repair a copy, forget history.

Looking and repairing need no store that can be opened: they are for those that cannot.
"""

from datetime import datetime
from pathlib import Path

from annotations.store.interface import StoreError
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.inspection import Finding, inspect
from annotations.store.tinydb_file.pruning import Plan, Pruned, planned, prune
from annotations.store.tinydb_file.repair import repair


class Upkeep:
    """The files of one store. Every method raises `StoreError`."""

    def __init__(self, path: Path, disk: Disk = REAL) -> None:
        self._path = path
        self._disk = disk

    def inspect(self) -> list[Finding]:
        """All that is to be said of the files."""
        try:
            return inspect(self._path, self._disk)
        except OSError as error:
            raise self._unusable(error) from None

    def repair(self, copy: Path | None = None) -> list[str]:
        """Write a repaired copy, beside the original where no other place is named; what was done."""
        beside = self._path.with_name(f"{self._path.stem}-repaired{self._path.suffix}")
        try:
            return repair(self._path, (copy or beside).absolute(), self._disk)
        except OSError as error:
            raise self._unusable(error) from None

    def plan(self, before: datetime) -> Plan:
        """What `prune` would forget. `before` has a time zone."""
        return planned(self._path, before, self._disk)

    def prune(self, before: datetime, *, backups: bool = False) -> Pruned:
        """Forget all commits before a moment, and with `backups` also the backups from before."""
        return prune(self._path, before, backups=backups, disk=self._disk)

    def _unusable(self, error: OSError) -> StoreError:
        where = error.filename or self._path
        return StoreError(f"{where} cannot be read or written: {error.strerror}.")
