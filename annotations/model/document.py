"""The text of one article, exactly as it was decoded.

The text is never normalised, stripped or re-wrapped: offsets are Unicode code points into it,
0-based, end exclusive, a byte order mark and CRLF included.
"""

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

STANDARD_INPUT = "-"
_ESCAPED_BYTE = re.compile(r"\\u(dc[89a-f][0-9a-f])")


@dataclass(frozen=True)
class Document:
    """One article: its exact text, its name and where it came from."""

    text: str
    path: str = ""
    """The absolute path of its own file, `-` for standard input, empty if it has no file.

    As `path_as_text` writes it, so that it can be stored and shown; `file_at` gives the file.
    """
    given_id: str = ""
    """The id of a second or later document with the same text; empty for the first one."""
    given_name: str = ""
    """Its name, if that is not the name of the file in `path`."""
    source: str = ""
    """For an imported document: the file that contained it, `#` and its id or number in that file."""
    opened: bool = False
    """For an imported document: whether it was opened from the file in `path`. Otherwise `path` is only
    the name that the imported file gives it.
    """

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def id(self) -> str:
        """What identifies the document in a store: the SHA-256 of its text, or that with an added
        ending.

        The first document with a text has the SHA-256 itself, so that two programs that open the same
        file at the same moment store one document.
        """
        return self.given_id or self.sha256

    @property
    def name(self) -> str:
        """The name to show for the document: its own name, otherwise its place in the file it was
        imported from.
        """
        if self.given_name:
            return self.given_name
        if self.path == STANDARD_INPUT:
            return "standard input"
        if not self.path and self.source.startswith(f"{STANDARD_INPUT}#"):
            return f"standard input{self.source[1:]}"
        place = self.path or self.source
        name = place.rpartition("/")[2]
        return name if name not in ("", ".") else Path(place).name


def absolute_path(path: str | os.PathLike[str]) -> str:
    """The absolute path of a file, without `.` and `..`: the same from every current folder.

    A link is not resolved, unless a `..` follows it.
    """
    named = os.fspath(path)
    parts = named.split("/")
    if ".." in parts:
        behind = len(parts) - parts[::-1].index("..")
        named = os.path.join(os.path.realpath("/".join(parts[:behind])), *parts[behind:])
    return os.path.abspath(named)


def path_as_text(path: str) -> str:
    """A path as text that can be written anywhere: bytes that are not UTF-8 are written like `\\udcff`."""
    if path.isascii():
        return path
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
