"""CSV from strangers: rows with the lines they end on."""

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from annotations.formats.file_input import LONGEST, decoded, numbered_lines
from annotations.formats.format import FormatError, Options


def csv_rows(
    path: Path, name: str, options: Options, delimiters: str = ",;"
) -> Iterator[tuple[str, list[str]]]:
    """The rows of a CSV file, between that delimiter of which its first line has most.

    Raises `FormatError` for what is not CSV.
    """
    where = name

    def lines() -> Iterator[str]:
        nonlocal where
        for where, data in numbered_lines(path, name, options, blank=True):
            yield decoded(data, where)

    numbered = lines()
    first = next(numbered, "")
    delimiter = max(delimiters, key=first.count)
    csv.field_size_limit(LONGEST)
    try:
        for row in csv.reader(chain([first], numbered), delimiter=delimiter, strict=True):
            if any(row):
                yield where, row
    except csv.Error as error:
        raise FormatError(f"{where} is not CSV: {error}.") from None
