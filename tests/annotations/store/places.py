"""The kinds of stores. A third one needs one more line in `PLACES`, and every test of the contract is its."""

from collections.abc import Callable
from pathlib import Path

from annotations.store.interface import Store
from annotations.store.memory import MemoryContents, MemoryStore
from annotations.store.opening import open_store

Opener = Callable[[], Store]
"""Opens one place, each time as another program."""


def _memory(_: Path) -> Opener:
    contents = MemoryContents()
    return lambda: MemoryStore(contents)


PLACES: dict[str, Callable[[Path], Opener]] = {
    "file": lambda folder: lambda: open_store(str(folder / "annotations.json")),
    "memory": _memory,
}
