"""Files from strangers: opened, cut into lines and decoded in bounded memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from annotations.formats.format import FormatError
from annotations.regular_file import NotRegular, open_regular

LONGEST = 64 * 2**20
"""The longest line, and the longest document of several lines, that is read, in bytes.

A text of 10 MB with twenty spans a kilobyte fits.
"""


def opened(path: Path, name: str) -> BinaryIO:
    """A file opened for reading. Raises `FormatError` in a sentence where that fails."""
    try:
        return open_regular(path, name, "give what it sends as standard input, with - as the name")
    except NotRegular as error:
        raise FormatError(str(error)) from None
    except FileNotFoundError:
        raise FormatError(f"There is no file {name}; check the path.") from None
    except IsADirectoryError:
        raise FormatError(f"{name} is a folder; name a file of this format.") from None
    except OSError as error:
        raise FormatError(f"{name} cannot be read: {error.strerror}.") from None


def numbered_lines(path: Path, name: str, blank: bool = False) -> Iterator[tuple[str, bytes]]:
    """The lines of a file, each with a name such as `corpus.jsonl, line 3`; blank ones on request.

    Raises `FormatError` for a line longer than `LONGEST` and a file that cannot be read.
    """
    with opened(path, name) as file:
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                raise FormatError(
                    f"{name}, line {number} is longer than {LONGEST >> 20} MB; "
                    "write one document a line and split what is longer."
                )
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if blank or line.strip():
                yield f"{name}, line {number}", line


def decoded(data: bytes, where: str) -> str:
    """The text of bytes in UTF-8. Raises `FormatError` for other bytes."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{where} is not UTF-8: byte {error.start} is bad.") from None
