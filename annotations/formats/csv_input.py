"""CSV from unknown sources: rows with their line numbers."""

import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from annotations.formats.file_input import LONGEST, PlacedLine, decoded, placed_lines
from annotations.formats.format import FormatError, Options


class CsvRow(NamedTuple):
    """One row of a CSV file, which may have several lines."""

    first: int
    """The number of its first line, from 1."""
    last: int
    """The number of its last line."""
    offset: int
    """Where it begins in the file, in bytes of UTF-8."""
    length: int
    """In bytes of UTF-8."""
    cells: list[str]
    delimiter: str


def csv_rows(
    path: Path, name: str, options: Options, delimiters: str = ",;"
) -> Iterator[tuple[str, list[str]]]:
    """The rows of a CSV file, each after its name in errors, which has the number of its last line.

    Raises `FormatError` for what is not CSV.
    """
    for row in placed_csv_rows(path, name, options, delimiters):
        yield f"{name}, line {row.last}", row.cells


def placed_csv_rows(path: Path, name: str, options: Options, delimiters: str = ",;") -> Iterator[CsvRow]:
    """The rows of a CSV file; the delimiter is the one that is most frequent in its first line.

    Rows with only empty cells are left out. Raises `FormatError` for what is not CSV.
    """
    line = PlacedLine(0, 0, b"")

    def texts() -> Iterator[str]:
        nonlocal line
        for line in placed_lines(path, name, options):
            yield decoded(line.data, f"{name}, line {line.number}")

    rest = texts()
    start = next(rest, "")
    delimiter = max(delimiters, key=start.count)
    csv.field_size_limit(LONGEST)
    first, offset = 1, line.offset
    try:
        for cells in csv.reader(chain([start], rest), delimiter=delimiter, strict=True):
            end = line.offset + len(line.data)
            if any(cells):
                yield CsvRow(first, line.number, offset, end - offset, cells, delimiter)
            first, offset = line.number + 1, end
    except csv.Error as error:
        raise FormatError(f"{name}, line {line.number} is not CSV: {error}.") from None


def cells_of_row(data: bytes, delimiter: str, where: str) -> list[str]:
    """The cells of one row, given as bytes. Raises `FormatError` for what is not CSV."""
    lines = io.StringIO(decoded(data, where), newline="\n")
    try:
        return next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise FormatError(f"{where} is not CSV: {error}.") from None
