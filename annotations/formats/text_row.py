"""A row of a file of texts: its place in the file, and the columns with the text, id and date."""

from msgspec import Struct

JSON_LINES = (".jsonl", ".ndjson")
TABLES = {".csv": ",;", ".tsv": "\t"}
"""The endings of tables of texts, each with the characters that may separate their cells."""


class RowColumns(Struct, frozen=True, gc=False):
    """The names of the columns of a file of texts that are read."""

    text: str = "text"
    id: str = ""
    """The column with the ids of the rows; empty if there is none."""
    date: str = ""
    """The column with the dates of the texts; empty if there is none."""


class RowLayout(Struct, frozen=True, gc=False):
    """How to read the rows of one file."""

    columns: RowColumns
    delimiter: str = ""
    """The character that separates the cells of a table; empty for JSON Lines."""
    head: tuple[str, ...] = ()
    """The names of all columns of a table in their order."""


class TextRow(Struct, frozen=True, gc=False):
    """One row of a file of texts, without its text."""

    line: int
    """The number of its first line, from 1."""
    offset: int
    """Where the row begins, in bytes of the file when encoded in UTF-8."""
    length: int
    """The length of the row, in bytes of UTF-8."""
    size: int
    """The length of its text, in bytes of UTF-8."""
    sha256: str
    """The SHA-256 of its text."""
    id: str = ""
    date: str = ""
    """The date exactly as it is written in the file."""


def is_file_of_texts(path: str) -> bool:
    """Whether the ending of a file's name is that of a file of texts."""
    return path.lower().endswith((*JSON_LINES, *TABLES))
