"""The folder in which suggestions for a corpus are kept: its manifest, its lock, and the removal of old files."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from annotations.bulk.recipe import MadeBy
from annotations.bulk.shard import INDEX, LINES, PART, SHARD_NAME, ShardEntry
from annotations.corpus.own_files import SUGGESTIONS
from annotations.model.errors import AnnotateError
from annotations.store.interface import Busy
from annotations.store.tinydb_file.disk import REAL, Disk, read_all
from annotations.store.tinydb_file.lock import StoreLock
from annotations.text.interruption import Uninterrupted

LOCK = f"{SUGGESTIONS}.lock"


class Manifest(Struct, frozen=True):
    """The list of what is in the folder."""

    format: Literal["annotate suggestions"]
    version: Literal[1]
    made_by: MadeBy
    documents: int
    """How many members of the corpus the shards cover."""
    corpus: str
    """The SHA-256 of the `texts` of all shards, in their order."""
    shards: tuple[ShardEntry, ...]
    """The complete shards, in the order of the corpus."""

    @classmethod
    def of(cls, made_by: MadeBy, shards: Sequence[ShardEntry]) -> "Manifest":
        """The manifest of these shards."""
        corpus = hashlib.sha256(b"".join(bytes.fromhex(shard.texts) for shard in shards))
        documents = sum(shard.documents for shard in shards)
        return cls("annotate suggestions", 1, made_by, documents, corpus.hexdigest(), tuple(shards))


class SuggestionFolder:
    """A folder of suggestions, written and read through `disk`."""

    def __init__(self, path: Path, disk: Disk = REAL) -> None:
        self.path = path
        self.disk = disk

    @property
    def mode(self) -> int:
        """The permissions of its files: users who may read the folder may read the files. Raises `OSError`."""
        return os.stat(self.path).st_mode & 0o666

    def read_manifest(self) -> Manifest | None:
        """The manifest of the folder; `None` if there is none. Raises `AnnotateError` if it cannot be read."""
        path = self.path / SUGGESTIONS
        try:
            manifest = msgspec.json.decode(read_all(self.disk, path), type=Manifest)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise AnnotateError(f"{path} cannot be read: {error.strerror}.") from None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise AnnotateError(
                f"{path} is not a list of suggestions that this version can read; remove the "
                f"folder and make them again with: annotate suggest."
            ) from None
        if not all(SHARD_NAME.fullmatch(shard.file) for shard in manifest.shards):
            raise AnnotateError(f"{path} names files outside of its folder; remove the folder.")
        return manifest

    def stamp(self) -> tuple[int, int] | None:
        """The inode number and the time of the manifest, which change when it is replaced; `None` if
        there is none.
        """
        try:
            status = os.stat(self.path / SUGGESTIONS)
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def write_manifest(self, manifest: Manifest) -> None:
        """Replace the manifest with this one, unless it is the same. Raises `OSError`."""
        data = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        path = self.path / SUGGESTIONS
        part = path.with_name(f"{SUGGESTIONS}{PART}")
        try:
            if read_all(self.disk, path) == data:
                return
        except OSError:
            pass
        with Uninterrupted():
            file = self.disk.open(part, os.O_WRONLY | os.O_CREAT, self.mode)
            try:
                try:
                    self.disk.write(file, data, 0)
                    self.disk.sync(file)
                finally:
                    self.disk.close(file)
                self.disk.rename(part, path)
            except OSError:
                with suppress(OSError):
                    self.disk.remove(part)
                raise
            self.disk.sync_folder(self.path)

    @contextmanager
    def written_alone(self) -> Iterator[None]:
        """Make the folder if it does not exist, and prevent other programs from writing in it.

        Unfinished files in it are removed before and after. Raises `AnnotateError` if the folder
        contains other files or another program writes there, and `OSError` if the disk fails.
        """
        if not os.path.lexists(self.path):
            os.mkdir(self.path)
        if not self.path.is_dir():
            raise AnnotateError(f"{self.path} is not a folder; name another one with --output.")
        strangers = [name for name in os.listdir(self.path) if not _is_own(name)]
        if strangers:
            raise AnnotateError(
                f"{self.path} contains files that are not suggestions, such as {min(strangers)}; "
                f"name another folder "
                "with --output."
            )
        try:
            with StoreLock(self.path / LOCK, self.mode).held(0):
                self._remove_parts()
                try:
                    yield
                finally:
                    with Uninterrupted(), suppress(OSError):
                        self._remove_parts()
        except Busy:
            raise AnnotateError(
                f"Another program writes suggestions in {self.path}; wait for it or end it."
            ) from None

    def _remove_parts(self) -> None:
        for name in os.listdir(self.path):
            if name.endswith(PART):
                self.disk.remove(self.path / name)

    def remove_all_but(self, shards: Sequence[ShardEntry]) -> None:
        """Remove the shards that are not among these. Raises `OSError`."""
        kept = {f"{shard.file}{ending}" for shard in shards for ending in (LINES, INDEX)}
        own = {SUGGESTIONS, LOCK}
        for name in os.listdir(self.path):
            if name not in kept and name not in own and _is_own(name):
                self.disk.remove(self.path / name)

    def has(self, shard: ShardEntry) -> bool:
        """Whether the files of a shard are there, with the right size."""
        try:
            size = os.lstat(self.path / f"{shard.file}{LINES}").st_size
            return size == shard.size and os.path.exists(self.path / f"{shard.file}{INDEX}")
        except OSError:
            return False


def _is_own(name: str) -> bool:
    stem = name.removesuffix(PART).removesuffix(LINES).removesuffix(INDEX)
    return name in (SUGGESTIONS, LOCK) or stem == SUGGESTIONS or _is_shard(stem)


def _is_shard(stem: str) -> bool:
    return bool(SHARD_NAME.fullmatch(stem)) or (stem.isascii() and stem.isdigit() and len(stem) >= 5)
