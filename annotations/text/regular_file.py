"""Files that somebody else may have chosen: read only if they are regular files of a normal size.

Reading a pipe would wait, and a device such as `/dev/zero` never ends.
"""

import errno
import io
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from annotations.model.errors import AnnotateError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class NotRegular(AnnotateError):
    """A path does not name a regular file, or the file is too long; the text says so."""


def open_regular(path: Path, name: str, instead: str = "name a regular file") -> BinaryIO:
    """A regular file opened for reading; links are followed.

    Raises `NotRegular`, calling the file `name` and saying what to do `instead`, and `OSError`.
    """
    # Checked before opening: opening a device can already have an effect on it.
    _refuse(os.stat(path), name, instead)
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        status = os.fstat(file)
        _refuse(status, name, instead)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        return io.BufferedReader(WithoutWaiting(file, "rb"))
    except BaseException:
        os.close(file)
        raise


def read_regular(path: Path, name: str, most: int, instead: str = "name a regular file") -> bytes:
    """All bytes of a regular file of at most `most` bytes.

    Raises `NotRegular`, calling the file `name` and saying what to do `instead`, and `OSError`.
    """
    with open_regular(path, name, instead) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise NotRegular(
            f"{name} is longer than {_in_words(most)}, the most that is read of such a file."
        )
    return data


def read_regular_text(path: Path, name: str, most: int, encoding: str = "utf-8") -> str:
    r"""The text of such a file, each line ended by `\n`.

    Raises `UnicodeDecodeError` as well.
    """
    text = read_regular(path, name, most).decode(encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class WithoutWaiting(io.FileIO):
    """A file whose reads never wait: the system calls some files regular that have nothing to read yet."""

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Read as from any file. Raises `BlockingIOError` if there is nothing to read yet."""
        number: int | None = super().readinto(buffer)
        if number is None:
            raise BlockingIOError(errno.EAGAIN, "there is nothing to read from it yet")
        return number

    def readall(self) -> bytes:
        """The whole content. Raises `BlockingIOError`."""
        data: bytes | None = super().readall()
        if data is None:
            raise BlockingIOError(errno.EAGAIN, "there is nothing to read from it yet")
        return data


def _refuse(status: os.stat_result, name: str, instead: str) -> None:
    kind = next((what for test, what in _KINDS if test(status.st_mode)), None)
    if kind is not None:
        raise NotRegular(f"{name} is {kind}, not a regular file; {instead}.")


_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def _in_words(size: int) -> str:
    return f"{size >> 20} MB" if size >= 1 << 20 else f"{size >> 10} KB"
