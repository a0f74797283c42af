"""The text of one article, exactly as it was decoded.

The text is never normalised, stripped or re-wrapped: offsets are Unicode code points into it,
0-based, end exclusive, a byte order mark and CRLF included.
"""

import hashlib
import os
import re
import secrets
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from annotations.errors import AnnotateError
from annotations.regular_file import read_regular

STANDARD_INPUT = "-"
LONGEST = 256 << 20
"""How long an article may be, in bytes."""
_AS_INPUT = "send the text to standard input instead: command | annotate -"
_ESCAPED_BYTE = re.compile(r"\\u(dc[89a-f][0-9a-f])")


@dataclass(frozen=True)
class Document:
    """One article: its exact text, what it is called and where it came from."""

    text: str
    path: str = ""
    """The absolute path of its own file, `-` for standard input, empty where it has no file.

    As `path_as_text` writes it, so that it can be stored and shown; `file_at` gives the file.
    """
    given_id: str = ""
    """The id of a second or later document with the same text; empty for the first one."""
    given_name: str = ""
    """What it is called, where that is not the name of the file in `path`."""
    source: str = ""
    """For an imported document: the file it came in, `#` and its id or number in that file."""

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def id(self) -> str:
        """What a store knows the document by: the SHA-256 of its text, or that with an ending of its own.

        The first document with a text has the SHA-256 itself, so that two programs that open the same
        file at the same moment store one document.
        """
        return self.given_id or self.sha256

    @property
    def name(self) -> str:
        """What to call the document: its own name, else its place in the file it was imported from."""
        if self.given_name:
            return self.given_name
        if self.path == STANDARD_INPUT:
            return "standard input"
        if not self.path and self.source.startswith(f"{STANDARD_INPUT}#"):
            return f"standard input{self.source[1:]}"
        return Path(self.path or self.source).name


def path_as_text(path: str) -> str:
    """A path as text that can be written anywhere: bytes that are no UTF-8 become such as `\\udcff`."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def file_at(path: str) -> Path:
    """The file that a path of a document means."""
    return Path(_ESCAPED_BYTE.sub(lambda byte: chr(int(byte[1], 16)), path))


def is_there(path: str) -> bool:
    """Whether there is a file at a path of a document."""
    return os.path.exists(file_at(path))


def another_id(sha256: str) -> str:
    """A new id for one more document with the text that has this SHA-256."""
    return f"{sha256}-{secrets.token_hex(4)}"


def text_of_id(id_: str) -> str:
    """The SHA-256 of the text of the document with this id."""
    return id_.partition("-")[0]


def read_document(path: str, encoding: str = "utf-8") -> Document:
    """Read an article from a file, or from standard input for `-`.

    Raises `AnnotateError` for a folder, a pipe (whose path is another article's the next time), a
    device, a file that is too long, a missing or unreadable file, a binary file, an unknown encoding,
    bytes that are not of the encoding (naming the offset of the first bad byte), and JSON of many
    documents.
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
            f"{path} may not be read by you; ask its owner or change its permissions."
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise AnnotateError(f"{path} cannot be read: {reason}.") from None
    return Document(decode(data, path, encoding), path_as_text(str(file.absolute())))


def decode(data: bytes, name: str, encoding: str = "utf-8") -> str:
    """Decode the bytes of an article into exactly the text they hold.

    Raises `AnnotateError`, calling the article `name`, for what is no text and for bytes that are not of
    the encoding.
    """
    from annotations import encodings, file_kinds

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
            f"take them in with: annotate import {name}."
        )
    return text


def _with_nul(data: bytes, text: str, name: str) -> AnnotateError:
    from annotations import encodings

    wide = encodings.advised(data)
    if wide.startswith("utf"):
        return AnnotateError(f"{name} has NUL bytes; it looks like {wide}, so try --encoding {wide}.")
    number, place = text.count("\0"), text.index("\0")
    if number > max(len(text) // 100, 1):
        return AnnotateError(f"{name} is a binary file, not text; name a text file.")
    line = text.count("\n", 0, place) + 1
    return AnnotateError(
        f"{name} has a NUL character in line {line} (character {place} of the text), "
        "which no text has; take it out and open the file again."
    )


def _shown(encoding: str) -> str:
    return "UTF-8" if encoding == "utf-8" else encoding
