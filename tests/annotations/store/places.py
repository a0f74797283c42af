"""The kinds of stores. A new kind needs one more entry in `PLACES`; all tests of the contract then test it."""

from collections.abc import Callable
from pathlib import Path

from annotations.store.interface import Store
from annotations.store.memory import MemoryContents, MemoryStore
from annotations.store.opening import open_store

Opener = Callable[[], Store]
"""Opens the store of one place; each call is like another program."""


def _memory(_: Path) -> Opener:
    contents = MemoryContents()
    return lambda: MemoryStore(contents)


PLACES: dict[str, Callable[[Path], Opener]] = {
    "file": lambda folder: lambda: open_store(str(folder / "annotations.json")),
    "memory": _memory,
}
