"""A row of a file of texts: where it stands, and which of its columns say what."""

from msgspec import Struct

JSON_LINES = (".jsonl", ".ndjson")
TABLES = {".csv": ",;", ".tsv": "\t"}
"""How the names of tables of texts end, and what may stand between their cells."""


class RowColumns(Struct, frozen=True, gc=False):
    """Which columns of a file of texts hold what."""

    text: str = "text"
    id: str = ""
    """What each row is called; empty where no column says so."""
    date: str = ""
    """Each text's own date; empty where no column says so."""


class RowLayout(Struct, frozen=True, gc=False):
    """How the rows of one file are to be read."""

    columns: RowColumns
    delimiter: str = ""
    """What stands between the cells of a table; empty for JSON Lines."""
    head: tuple[str, ...] = ()
    """The names of all columns of a table in their order."""


class TextRow(Struct, frozen=True, gc=False):
    """One row of a file of texts, without its text."""

    line: int
    """The number of its first line, from 1."""
    offset: int
    """Where it begins, in bytes of the file in UTF-8."""
    length: int
    """In bytes of the file in UTF-8."""
    size: int
    """How long its text is, in bytes of UTF-8."""
    sha256: str
    """Of its text."""
    id: str = ""
    date: str = ""
    """In the form of the file."""


def is_file_of_texts(path: str) -> bool:
    """Whether a file is one of texts by the end of its name."""
    return path.lower().endswith((*JSON_LINES, *TABLES))
