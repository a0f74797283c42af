"""JSON from strangers: one clear error for each way it can be bad, in bounded memory."""

import json
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


def numbered_lines(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """The lines of a file that are not blank, each with a name such as `corpus.jsonl, line 3`.

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
            if line.strip():
                yield f"{name}, line {number}", line


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
