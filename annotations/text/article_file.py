"""An article read from its file, exactly as its bytes decode."""

import sys
from pathlib import Path

from annotations.model.document import STANDARD_INPUT, Document, absolute_path, path_as_text
from annotations.model.errors import AnnotateError
from annotations.text import encodings, file_kinds
from annotations.text.regular_file import read_regular

LONGEST = 256 << 20
"""The greatest length of an article, in bytes."""
_AS_INPUT = "send the text to standard input instead: command | annotate -"


def read_document(path: str, encoding: str = "utf-8") -> Document:
    """Read an article from a file, or from standard input for `-`.

    Raises `AnnotateError` for a folder, a pipe (whose path may mean another article the next time), a
    device, a file that is too long, a missing or unreadable file, a binary file, an unknown encoding,
    bytes that are not valid in the encoding (with the offset of the first bad byte), and JSON that
    contains documents.
    """
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(LONGEST + 1)
        if len(data) > LONGEST:
            raise AnnotateError(f"Standard input is longer than {LONGEST >> 20} MB; split the article.")
        return Document(decode(data, "standard input", encoding), path)
    file = Path(path)
    try:
        data = read_regular(file, path, LONGEST, _AS_INPUT)
    except FileNotFoundError:
        raise AnnotateError(f"There is no file {path}; check the path.") from None
    except IsADirectoryError:
        raise AnnotateError(f"{path} is a folder; name one article in it.") from None
    except PermissionError:
        raise AnnotateError(
            f"You may not read {path}; ask its owner or change its permissions."
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise AnnotateError(f"{path} cannot be read: {reason}.") from None
    return Document(decode(data, path, encoding), path_as_text(absolute_path(path)))


def decode(data: bytes, name: str, encoding: str = "utf-8") -> str:
    """Decode the bytes of an article into exactly the text they hold.

    Raises `AnnotateError`, with `name` for the article, for data that is not text and for bytes that are
    not valid in the encoding.
    """
    if wrong := encodings.unknown(encoding):
        raise AnnotateError(wrong)
    if kind := file_kinds.kind_of(data):
        raise AnnotateError(f"{name} is {kind}, not text; {file_kinds.remedy(kind)}.")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise AnnotateError(
            f"{name} is not {_shown(encoding)}: byte {error.start} is 0x{data[error.start]:02x}; "
            f"{encodings.advice(data)}."
        ) from None
    except UnicodeError as error:
        raise AnnotateError(f"{name} is not {_shown(encoding)}: {error}.") from None
    if "\0" in text:
        raise _with_nul(data, text, name)
    if text[:1] in tuple("{[ \t\r\n\ufeff") and file_kinds.is_json_of_documents(text):
        raise AnnotateError(
            f"{name} is a file of documents in JSON, not one article; "
            f"import them with: annotate import {name}."
        )
    return text


def _with_nul(data: bytes, text: str, name: str) -> AnnotateError:
    wide = encodings.advised(data)
    if wide.startswith("utf"):
        return AnnotateError(f"{name} has NUL bytes; it looks like {wide}, so try --encoding {wide}.")
    number, place = text.count("\0"), text.index("\0")
    if number > max(len(text) // 100, 1):
        return AnnotateError(f"{name} is a binary file, not text; name a text file.")
    line = text.count("\n", 0, place) + 1
    return AnnotateError(
        f"{name} has a NUL character in line {line} (character {place} of the text), which no text "
        f"has; remove it and open the file again."
    )


def _shown(encoding: str) -> str:
    return "UTF-8" if encoding == "utf-8" else encoding
