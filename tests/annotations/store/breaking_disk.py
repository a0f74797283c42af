"""Disks for tests: one that stops at a step, one that fails, and one that records every step."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from annotations.store.tinydb_file.disk import RealDisk


class Cut(BaseException):
    """Raised where the program would be killed."""


class CuttingDisk(RealDisk):
    """Does `steps` steps, then raises `Cut`. If the next step is a write, only a part of it is written."""

    def __init__(self, steps: int, part: float = 0.0) -> None:
        self.left = steps
        self.part = part

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cut

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        if flags & (os.O_CREAT | os.O_TRUNC):
            self._step()
        return super().open(path, flags, mode)

    def write(self, file: int, data: bytes, offset: int) -> None:
        if self.left == 0:
            super().write(file, data[: int(len(data) * self.part)], offset)
        self._step()
        super().write(file, data, offset)

    def sync(self, file: int) -> None:
        self._step()

    def truncate(self, file: int, size: int) -> None:
        self._step()
        super().truncate(file, size)

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        super().rename(old, new)

    def link(self, old: Path, new: Path) -> None:
        self._step()
        super().link(old, new)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._step()


class FailingDisk(RealDisk):
    """Fails as a real disk would at the steps in `failing`: names of steps, such as `sync`, with error numbers."""

    def __init__(self) -> None:
        self.failing: dict[str, int] = {}
        self.written: Callable[[str], object] = lambda name: None
        """Called with the name of each step."""

    def _step(self, name: str) -> None:
        self.written(name)
        if name in self.failing:
            raise OSError(self.failing[name], os.strerror(self.failing[name]))

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        if flags & (os.O_CREAT | os.O_RDWR):
            self._step("open")
        return super().open(path, flags, mode)

    def write(self, file: int, data: bytes, offset: int) -> None:
        if "write" in self.failing:
            super().write(file, data[: len(data) // 2], offset)
        self._step("write")
        super().write(file, data, offset)

    def sync(self, file: int) -> None:
        self._step("sync")
        super().sync(file)

    def truncate(self, file: int, size: int) -> None:
        self._step("truncate")
        super().truncate(file, size)

    def rename(self, old: Path, new: Path) -> None:
        self._step("rename")
        super().rename(old, new)

    def link(self, old: Path, new: Path) -> None:
        self._step("link")
        super().link(old, new)


@dataclass
class File:
    """The synced content of a file, and what was written since the last sync."""

    durable: bytes = b""
    waiting: list[Callable[[bytes], bytes]] = field(default_factory=list)

    def content(self, writes: int) -> bytes:
        """The content if only this number of the waiting writes has reached the disk."""
        data = self.durable
        for write in self.waiting[:writes]:
            data = write(data)
        return data


class RecordingDisk(RealDisk):
    """Records what a power cut may leave: synced content and names, and changes that are not synced yet."""

    def __init__(self) -> None:
        self.files: dict[int, File] = {}
        self.names: dict[str, File] = {}
        self.waiting: list[Callable[[dict[str, File]], object]] = []
        self.open_files: dict[int, File] = {}
        self.after_step: Callable[[], None] = lambda: None

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        new = not path.exists()
        number = super().open(path, flags, mode)
        inode = os.fstat(number).st_ino
        if new:
            self.files[inode] = file = File()
            self._name(lambda names: names.__setitem__(path.name, file))
        file = self.files[inode]
        self.open_files[number] = file
        if flags & os.O_TRUNC and not new:
            self._data(file, lambda data: b"")
        return number

    def write(self, file: int, data: bytes, offset: int) -> None:
        super().write(file, data, offset)
        half = len(data) // 2
        for piece, start in ((data[:half], offset), (data[half:], offset + half)):
            self._data(self.open_files[file], lambda d, p=piece, s=start: _written(d, p, s))  # type: ignore[misc]

    def sync(self, file: int) -> None:
        kept = self.open_files[file]
        kept.durable, kept.waiting = kept.content(len(kept.waiting)), []
        self.after_step()

    def truncate(self, file: int, size: int) -> None:
        super().truncate(file, size)
        self._data(self.open_files[file], lambda data: data[:size].ljust(size, b"\0"))

    def rename(self, old: Path, new: Path) -> None:
        super().rename(old, new)
        self._name(lambda names: names.__setitem__(new.name, names.pop(old.name)))

    def link(self, old: Path, new: Path) -> None:
        super().link(old, new)
        self._name(lambda names: names.__setitem__(new.name, names[old.name]))

    def remove(self, path: Path) -> None:
        super().remove(path)
        self._name(lambda names: names.pop(path.name))

    def sync_folder(self, folder: Path) -> None:
        for change in self.waiting:
            change(self.names)
        self.waiting = []
        self.after_step()

    def left_after_a_cut(self) -> list[dict[str, bytes]]:
        """The contents of the folder that a power cut may leave now: names and data are each written in
        order, but independently.
        """
        left = []
        for changes in range(len(self.waiting) + 1):
            names = dict(self.names)
            for change in self.waiting[:changes]:
                change(names)
            for share in (0.0, 0.5, 1.0):
                left.append(
                    {name: f.content(round(len(f.waiting) * share)) for name, f in names.items()}
                )
        return left

    def _data(self, file: File, write: Callable[[bytes], bytes]) -> None:
        file.waiting.append(write)
        self.after_step()

    def _name(self, change: Callable[[dict[str, File]], object]) -> None:
        self.waiting.append(change)
        self.after_step()


def _written(data: bytes, piece: bytes, offset: int) -> bytes:
    return data[:offset].ljust(offset, b"\0") + piece + data[offset + len(piece) :]
