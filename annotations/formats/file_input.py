"""Files from unknown sources: opened, decoded and split into lines with bounded memory."""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from annotations.formats.format import FormatError, Options
from annotations.text import encodings, file_kinds
from annotations.text.regular_file import NotRegular, open_regular

LONGEST = 64 * 2**20
"""The longest line, and the longest document of several lines, that is read, in bytes.

A text of 10 MB with twenty spans per kilobyte fits.
"""
_CHUNK = 2**20


def open_input(path: Path, name: str) -> BinaryIO:
    """A file opened for reading. Raises `FormatError` with a full sentence if that fails."""
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
    except ValueError:
        raise FormatError(f"{name} cannot be the name of a file; check the path.") from None


def opened_text(path: Path, name: str, options: Options) -> BinaryIO:
    """A text file opened for reading as UTF-8, whatever encoding the options say it is in.

    Raises `FormatError` if that fails, for what is not a text file, and for a file in another encoding.
    A file that is UTF-8 except for a few bad bytes is opened.
    """
    if wrong := encodings.unknown(options.encoding):
        raise FormatError(wrong)
    file = open_input(path, name)
    try:
        if kind := file_kinds.kind_of(file.read(_CHUNK)):
            raise FormatError(f"{name} is {kind}, not text; {file_kinds.remedy(kind)}.")
        file.seek(0)
        if not encodings.is_utf8(options.encoding):
            return cast(BinaryIO, io.BufferedReader(_Transcoded(file, name, options.encoding)))
        _refuse_other_encodings(file, name)
        file.seek(0)
    except OSError as error:
        file.close()
        raise FormatError(f"{name} cannot be read: {error.strerror}.") from None
    except FormatError:
        file.close()
        raise
    return file


def refuse_encoding(options: Options, name: str) -> None:
    """Raises `FormatError` if an encoding is named for a file that is not text."""
    if options.encoding != "utf-8":
        raise FormatError(f"{name} is a binary file; leave out --encoding.")


def whole(path: Path, name: str, options: Options) -> bytes:
    """The whole of a text file in UTF-8. Raises `FormatError`, also for a file longer than `LONGEST`."""
    with opened_text(path, name, options) as file:
        data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise FormatError(f"{name} is longer than {LONGEST >> 20} MB.")
    return data


class PlacedLine(NamedTuple):
    """One line of a text file in UTF-8; the first is without its byte order mark."""

    number: int
    """Counted from 1."""
    offset: int
    """Where it begins, in bytes."""
    data: bytes
    """The line with its line end."""


def placed_lines(path: Path, name: str, options: Options) -> Iterator[PlacedLine]:
    """The lines of a text file, blank ones too, with their positions.

    In a file in another encoding, the positions are those they would have in UTF-8. Raises
    `FormatError` for a line longer than `LONGEST` and for a file that cannot be read.
    """
    with opened_text(path, name, options) as file:
        number = offset = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            length = len(line)
            if length > LONGEST:
                raise FormatError(
                    f"{name}, line {number} is longer than {LONGEST >> 20} MB; "
                    "write one document a line and split what is longer."
                )
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            yield PlacedLine(number, offset + length - len(line), line)
            offset += length


def numbered_lines(
    path: Path, name: str, options: Options, blank: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The lines of a text file, each after a name such as `corpus.jsonl, line 3`; blank ones on request.

    Raises `FormatError` as `placed_lines` does.
    """
    for line in placed_lines(path, name, options):
        if blank or line.data.strip():
            yield f"{name}, line {line.number}", line.data


def decoded(data: bytes, where: str) -> str:
    """The text of bytes in UTF-8. Raises `FormatError` for other bytes and for NUL, which is not text."""
    if b"\0" in data:
        raise FormatError(f"{where} has a NUL character; that is not text.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{where} is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}."
        ) from None


def _refuse_other_encodings(file: BinaryIO, name: str) -> None:
    """Raises `FormatError` for a file of which no line beyond ASCII is UTF-8."""
    number, bad, sample = 0, "", b""
    while line := file.readline(_CHUNK):
        number += 1
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            if len(line) == _CHUNK and error.start > _CHUNK - 4:
                return
            if not bad:
                byte = line[error.start]
                bad = f"{name}, line {number} is not UTF-8: byte {error.start} is 0x{byte:02x}"
            if len(sample) < _CHUNK:
                sample += line
        else:
            return
    if bad:
        file.seek(0)
        mark = file.read(4)
        marked = mark[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        raise FormatError(f"{bad}; {encodings.advice(mark if marked else sample)}.")


class _Transcoded(io.RawIOBase):
    """A file in another encoding, read as UTF-8."""

    def __init__(self, file: BinaryIO, name: str, encoding: str) -> None:
        super().__init__()
        self._file, self._name, self._encoding = file, name, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""

    def readable(self) -> bool:
        """Always true: it can be read."""
        return True

    def close(self) -> None:
        """Close this and the file it reads."""
        self._file.close()
        super().close()

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with the next bytes. Raises `FormatError` for bytes that do not decode."""
        view = memoryview(cast(bytearray, buffer))
        while not self._ready:
            chunk = self._file.read(_CHUNK)
            try:
                text = self._decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                raise FormatError(f"{self._name} is not {self._encoding}: {_reason(error)}.") from None
            # Halves of surrogate pairs are not characters; the formats' readers report them.
            self._ready = text.encode("utf-8", "surrogatepass")
            if not chunk and not self._ready:
                return 0
        part = self._ready[: len(view)]
        view[: len(part)] = part
        self._ready = self._ready[len(part) :]
        return len(part)


def _reason(error: UnicodeError) -> str:
    reason = error.reason if isinstance(error, UnicodeDecodeError) else str(error)
    return " ".join(reason.split())[:200]
