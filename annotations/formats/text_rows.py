"""Files of texts: JSON Lines, CSV and TSV in which each row is one text and may have an id and a date.

A file is read once to find its rows, and none of its texts is kept in memory: each text is read again from
its place when it is needed. Other fields of a row are ignored. Texts are exactly as in the file, including
line ends inside quotes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

from annotations.formats.csv_input import cells_of_row, placed_csv_rows
from annotations.formats.file_input import open_input, opened_text, placed_lines
from annotations.formats.format import FormatError, Options
from annotations.formats.json_input import parse, text_of
from annotations.formats.table import missing_columns
from annotations.formats.text_row import JSON_LINES, TABLES, RowColumns, RowLayout, TextRow
from annotations.text import encodings
from annotations.text.plural import counted

_NAMED = 20
"""How many columns an error message lists if a column is missing."""
_NO_SPANS = (b"", b"[]", b"null")
_PIECE = 1 << 20


class BadRow(NamedTuple):
    """A row that cannot be read as a text."""

    line: int
    """The number of its first line, from 1."""
    reason: str
    """Why it cannot be read, in one sentence that names the file and the line."""


@dataclass(frozen=True)
class TextRows:
    """The rows of one file."""

    layout: RowLayout
    rows: tuple[TextRow, ...]
    bad: tuple[BadRow, ...]
    with_spans: bool = False
    """Whether any row also has spans, which are not read."""


class _Cells(NamedTuple):
    """The cells of a row that are read."""

    text: str
    id: str
    date: str


def list_rows(path: Path, name: str, columns: RowColumns, options: Options) -> TextRows:
    """Find the rows of a file of texts; `name` is its name in error messages.

    A row that cannot be read is listed as bad; the other rows are found. Raises `FormatError` if the file
    cannot be read, if a table is not CSV (for example, a quote is not closed), and if a column is missing.
    """
    if path.suffix.lower() in JSON_LINES:
        return _json_lines(path, name, columns, options)
    return _table(path, name, columns, options)


def read_row(path: Path, name: str, row: TextRow, layout: RowLayout, options: Options) -> str | None:
    """The text of a row; `None` if the row is not at its place any more. Raises `FormatError`."""
    where = f"{name}, line {row.line}"
    # A wrong encoding shows in the text of the row; checking the whole file for each row takes too long.
    open_file = (
        open_input if encodings.is_utf8(options.encoding) else partial(opened_text, options=options)
    )
    with open_file(path, name) as file:
        if file.seekable():
            file.seek(row.offset)
        else:
            _skip(file, row.offset)
        data = file.read(row.length)
    try:
        cells = (
            _cells_of_table(cells_of_row(data, layout.delimiter, where), where, layout)
            if layout.delimiter
            else _cells_of_fields(_fields(data, where), where, layout.columns)
        )
    except FormatError:
        return None
    found = _row(row.line, row.offset, row.length, cells)
    return cells.text if (found.id, found.sha256) == (row.id, row.sha256) else None


def _json_lines(path: Path, name: str, columns: RowColumns, options: Options) -> TextRows:
    rows: list[TextRow] = []
    bad: list[BadRow] = []
    seen: dict[str, None] = {}
    with_spans = False
    for line in placed_lines(path, name, options):
        if not line.data.strip():
            continue
        where = f"{name}, line {line.number}"
        try:
            fields = _fields(line.data, where)
            seen.update(dict.fromkeys(fields))
            cells = _cells_of_fields(fields, where, columns)
        except FormatError as error:
            bad.append(BadRow(line.number, str(error)))
            continue
        with_spans = with_spans or bytes(fields.get("spans", b"")).strip() not in _NO_SPANS
        rows.append(_row(line.number, line.offset, len(line.data), cells))
    _refuse_missing(name, columns, list(seen))
    return TextRows(RowLayout(columns), tuple(rows), tuple(bad), with_spans)


def _table(path: Path, name: str, columns: RowColumns, options: Options) -> TextRows:
    table = placed_csv_rows(path, name, options, TABLES[path.suffix.lower()])
    first = next(table, None)
    if first is None:
        return TextRows(RowLayout(columns), (), ())
    head = tuple(cell.strip() for cell in first.cells)
    if not missing_columns(head):
        raise FormatError(
            f"{name} is a table of spans, not of texts; import them with: annotate import {name}."
        )
    _refuse_missing(name, columns, head)
    layout = RowLayout(columns, first.delimiter, head)
    rows: list[TextRow] = []
    bad: list[BadRow] = []
    for row in table:
        try:
            cells = _cells_of_table(row.cells, f"{name}, line {row.first}", layout)
        except FormatError as error:
            bad.append(BadRow(row.first, str(error)))
        else:
            rows.append(_row(row.first, row.offset, row.length, cells))
    return TextRows(layout, tuple(rows), tuple(bad))


def _row(line: int, offset: int, length: int, cells: _Cells) -> TextRow:
    data = cells.text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    return TextRow(line, offset, length, len(data), digest, cells.id, cells.date)


def _fields(data: bytes, where: str) -> dict[str, msgspec.Raw]:
    """The fields of a JSON object, not decoded yet. Raises `FormatError` for any other value."""
    try:
        return _object.decode(data)
    except (msgspec.DecodeError, RecursionError):
        parse(data, where)  # says better what is wrong, where it is not JSON
        raise FormatError(f"{where} is not a JSON object.") from None


def _cells_of_fields(fields: dict[str, msgspec.Raw], where: str, columns: RowColumns) -> _Cells:
    if columns.text not in fields:
        raise FormatError(f"{where} has no {columns.text!r}.")
    text = _value(fields, columns.text, where)
    if not isinstance(text, str):
        raise FormatError(f"{where} has a {columns.text!r} that is not a text.")
    id_, date = (text_of(_value(fields, column, where)) for column in (columns.id, columns.date))
    return _Cells(text, id_, date)


def _value(fields: dict[str, msgspec.Raw], column: str, where: str) -> Any:
    if column not in fields:
        return None
    try:
        return _any.decode(fields[column])
    except (msgspec.DecodeError, RecursionError):
        return parse(bytes(fields[column]), where)


def _cells_of_table(cells: Sequence[str], where: str, layout: RowLayout) -> _Cells:
    if len(cells) != len(layout.head):
        raise FormatError(
            f"{where} has {counted(len(cells), 'cell')}, but there are {len(layout.head)} columns."
        )
    row = dict(zip(layout.head, cells, strict=True))
    text = row[layout.columns.text]
    if "\0" in text:
        raise FormatError(f"{where} has a NUL character; that is not text.")
    return _Cells(text, row.get(layout.columns.id, ""), row.get(layout.columns.date, ""))


def _refuse_missing(name: str, columns: RowColumns, there: Sequence[str]) -> None:
    """Raise `FormatError` for a requested column that the file does not have, or has twice."""
    options = {columns.text: "--text-column", columns.id: "--id-column", columns.date: "--date-column"}
    for column, option in options.items():
        if column and there and column not in there:
            named = ", ".join(shown for shown in there[:_NAMED] if shown)
            more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
            raise FormatError(
                f"{name} has no column {column!r}; it has {named}{more}; name one with {option}."
            )
        if column and there.count(column) > 1:
            raise FormatError(f"{name} has the column {column!r} twice.")


def _skip(file: BinaryIO, number: int) -> None:
    while number > 0 and (data := file.read(min(number, _PIECE))):
        number -= len(data)


_object = msgspec.json.Decoder(dict[str, msgspec.Raw])
_any = msgspec.json.Decoder()
