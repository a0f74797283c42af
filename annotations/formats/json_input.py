"""JSON from strangers: one clear error for each way it can be bad, in bounded memory."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec

from annotations.formats.format import FormatError

LONGEST = 64 * 2**20
"""The longest line, and the longest document in a JSON array, that is read, in bytes.

A text of 10 MB with twenty spans a kilobyte fits.
"""

T = TypeVar("T")

_CHUNK = 2**16
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[][{},]|[^][{},"\s:]+', re.DOTALL)


def _closed(string: bytes) -> bool:
    return len(string) > 1 and re.fullmatch(rb'"(?:[^"\\]|\\.)*"', string, re.DOTALL) is not None


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


def array_elements(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """The elements of a JSON array of objects, one at a time, each with a name for errors.

    The array itself is never held in memory. Raises `FormatError` for a file that is no such array and
    for an element longer than `LONGEST`.
    """
    with opened(path, name) as file:
        data = file.read(_CHUNK).removeprefix(b"\xef\xbb\xbf").lstrip()
        if data[:1] != b"[":
            raise FormatError(f"{name} is not a JSON array of documents.")
        depth, begin, number, offset, ended = 0, -1, 0, 1, False
        while True:
            for match in _STRUCTURE.finditer(data, offset):
                sign = match.group()
                if ended:
                    raise FormatError(f"{name} goes on behind the end of its array.")
                if sign in b"{[":
                    depth += 1
                    begin = match.start() if depth == 1 else begin
                elif sign in b"}]":
                    depth -= 1
                    ended = depth < 0
                    if depth == 0:
                        number += 1
                        yield f"{name}, document {number}", data[begin : match.end()]
                        begin = -1
                elif depth == 0 and sign != b",":
                    raise FormatError(f"{name}, document {number + 1} is not a JSON object.")
                elif sign[:1] == b'"' and not _closed(sign):
                    break
                offset = match.end()
            kept = begin if begin >= 0 else offset
            data, offset = data[kept:], offset - kept
            begin = 0 if begin >= 0 else -1
            if len(data) > LONGEST:
                raise FormatError(f"{name}, document {number + 1} is longer than {LONGEST >> 20} MB.")
            more = file.read(max(_CHUNK, len(data)))
            if not more:
                break
            data += more
        if not ended:
            raise FormatError(f"{name} is cut short: its array does not end.")


def opened(path: Path, name: str) -> BinaryIO:
    """A file opened for reading. Raises `FormatError` in a sentence where that fails."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise FormatError(f"There is no file {name}; check the path.") from None
    except IsADirectoryError:
        raise FormatError(f"{name} is a folder; name a file of this format.") from None
    except OSError as error:
        raise FormatError(f"{name} cannot be read: {error.strerror}.") from None


def parse(data: bytes, where: str) -> Any:
    """The value of a JSON text.

    Raises `FormatError` for what is not JSON, NaN and infinities, the same key twice, nesting that is
    too deep, numbers too long, bytes that are not UTF-8 and halves of surrogate pairs.
    """
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_without_duplicates, parse_constant=_no_constant
        )
        if b"\\u" in data:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{where} is not UTF-8: byte {error.start} is bad.") from None
    except UnicodeEncodeError:
        raise FormatError(f"{where} holds half of a surrogate pair, which is no character.") from None
    except json.JSONDecodeError as error:
        raise FormatError(f"{where} is not JSON: {error.msg} at character {error.pos}.") from None
    except RecursionError:
        raise FormatError(f"{where} is nested too deeply.") from None
    except ValueError as error:
        raise FormatError(f"{where} is not JSON that can be read: {error}.") from None
    return value


def convert(value: object, wanted: type[T], where: str) -> T:
    """A JSON value as the wanted type. Raises `FormatError` naming the field that does not fit."""
    try:
        return msgspec.convert(value, wanted)
    except (msgspec.ValidationError, ValueError, OverflowError) as error:
        what, _, place = str(error).partition(" - at `")
        field = place.rstrip("`").removeprefix("$").removeprefix(".")
        raise FormatError(f"{where}{f', field {field}' if field else ''}: {what}.") from None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands there twice")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")
