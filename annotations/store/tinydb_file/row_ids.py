"""The row ids of the documents of a store, in the order in which they were added, without reading them all."""

from collections.abc import Sequence
from typing import overload

from annotations.store.tinydb_file.row_types import DOCUMENTS
from annotations.store.tinydb_file.snapshot import Snapshot


class RowIds(Sequence[int]):
    """Row ids: those of the TinyDB file, read on demand, and those after them."""

    def __init__(self, base: Snapshot | None, below: int, behind: list[int]) -> None:
        self._base = base
        self._below = below
        self.behind = behind

    def __len__(self) -> int:
        return self._below + len(self.behind)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        if place >= self._below or self._base is None:
            return self.behind[place - self._below]
        return self._base.ask(lambda index: index.number_at(DOCUMENTS, place))
