"""JSON from unknown sources: one clear error for each kind of mistake, with bounded memory."""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from annotations.formats.file_input import LONGEST, numbered_lines, opened_text
from annotations.formats.format import FormatError, Options
from annotations.model.source import source_from_text

T = TypeVar("T")

_CHUNK = 2**16
_ARRAY = re.compile(rb"\s*\[\s*\{")
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[][{},]|[^][{},"\s:]+', re.DOTALL)


def _closed(string: bytes) -> bool:
    return len(string) > 1 and re.fullmatch(rb'"(?:[^"\\]|\\.)*"', string, re.DOTALL) is not None


def array_elements(path: Path, name: str, options: Options) -> Iterator[tuple[str, bytes]]:
    """The elements of a JSON array of objects, one at a time, each with its place for error messages.

    The array itself is never held in memory. Raises `FormatError` for a file that is not such an array and
    for an element longer than `LONGEST`.
    """
    with opened_text(path, name, options) as file:
        data = file.read(_CHUNK).removeprefix(codecs.BOM_UTF8).lstrip()
        if data[:1] != b"[":
            raise FormatError(f"{name} is not a JSON array of documents.")
        depth, begin, number, offset, ended = 0, -1, 0, 1, False
        while True:
            for match in _STRUCTURE.finditer(data, offset):
                sign = match.group()
                if ended:
                    raise FormatError(f"{name} continues after the end of its array.")
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


def json_objects(path: Path, name: str, options: Options) -> Iterator[tuple[str, bytes]]:
    """The objects of JSON Lines or of a JSON array, one at a time, each with its place for error messages."""
    with opened_text(path, name, options) as file:
        is_array = _ARRAY.match(file.read(_CHUNK).removeprefix(codecs.BOM_UTF8))
    if is_array:
        return array_elements(path, name, options)
    return numbered_lines(path, name, options)


def parse(data: bytes, where: str) -> Any:
    """The value of a JSON text.

    Raises `FormatError` for text that is not JSON, NaN and infinities, a key that occurs twice, nesting that
    is too deep, numbers that are too long, bytes that are not UTF-8 and halves of surrogate pairs.
    """
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_without_duplicates, parse_constant=_no_constant
        )
        if b"\\u" in data:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise FormatError(f"{where} is not UTF-8: byte {error.start} is 0x{byte:02x}.") from None
    except UnicodeEncodeError:
        raise FormatError(f"{where} holds half of a surrogate pair, which is not a character.") from None
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        raise FormatError(f"{where} is not JSON: {what} at character {error.pos}.") from None
    except RecursionError:
        raise FormatError(f"{where} is nested too deeply.") from None
    except ValueError as error:
        raise FormatError(f"{where} is not JSON that can be read: {error}.") from None
    return value


def convert(value: object, wanted: type[T], where: str) -> T:
    """A JSON value converted to a type. Raises `FormatError` naming the field that does not fit."""
    try:
        return msgspec.convert(value, wanted, dec_hook=source_from_text)
    except (msgspec.ValidationError, ValueError, OverflowError) as error:
        what, _, place = str(error).partition(" - at `")
        field = place.rstrip("`").removeprefix("$").removeprefix(".")
        raise FormatError(f"{where}{f', field {field}' if field else ''}: {what}.") from None


def text_of(value: object) -> str:
    """A name or a number from another tool as text; empty for any other value."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} appears twice")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON number")
