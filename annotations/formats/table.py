"""A table of spans for a spreadsheet or a statistics program: CSV or TSV, one span a row. Written only.

A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line end) is
preceded by an apostrophe, which a spreadsheet takes for "this is text"; how many there are is listed.
Offsets are code points. The text of the documents is not in it: own JSONL has that. CSV is that of RFC
4180 (CRLF, quotes doubled); in TSV a tab, a line end or a backslash in a cell is written as an escape.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.loss import Loss, Part, losses_without, minus
from annotations.span import Span
from annotations.value import Entity, Timex

COLUMNS = (
    "document", "path", "document_date", "annotator", "start", "end", "text", "label", "status",
    "sources", "score", "type", "value", "mod", "name", "id", "comment", "flagged",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_HOLDS: set[Part] = {
    "status", "sources", "score", "value", "comment", "flagged", "annotator", "path", "created", "date",
}  # fmt: skip
_TSV_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class SpanTable:
    """A table of spans in one of two spellings."""

    def __init__(self, spelling: Literal["csv", "tsv"]) -> None:
        self._spelling = spelling

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """All of a span has a column; of what is said of the document only the date has one."""
        losses = losses_without(annotated, _HOLDS)
        formulas = [
            Loss(
                "formula", "cell that looks like a formula: written with an apostrophe", None, cell[:40]
            )
            for row in _rows(annotated)
            for cell in row
            if isinstance(cell, str) and cell.startswith(_FORMULA)
        ]
        return Fitted(minus(annotated, losses).without_history(), losses + formulas)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write a head line and a line for each span."""
        with path.open("w", encoding="utf-8", newline="") as file:
            if self._spelling == "csv":
                writer = csv.writer(file)
                writer.writerow(COLUMNS)
                for document in documents:
                    writer.writerows(map(_neutral, row) for row in _rows(document))
            else:
                file.write("\t".join(COLUMNS) + "\n")
                for document in documents:
                    for row in _rows(document):
                        cells = (str(_neutral(cell)).translate(_TSV_ESCAPES) for cell in row)
                        file.write("\t".join(cells) + "\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Raises `FormatError`: a table of spans does not hold the texts they are spans of."""
        raise FormatError(f"{name} is a table of spans without their texts, which is not read.")


def _neutral(cell: str | int | float) -> str | int | float:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _rows(document: AnnotatedDocument) -> Iterator[tuple[str | int | float, ...]]:
    head = (document.row.document, document.document.path, document.created, document.row.annotator)
    for span in document.spans:
        yield (*head, *_cells(document.text, span))


def _cells(text: str, span: Span) -> tuple[str | int | float, ...]:
    date = span.value if isinstance(span.value, Timex) else Timex("DATE", "")
    entity = span.value if isinstance(span.value, Entity) else Entity()
    return (
        span.start,
        span.end,
        text[span.start : span.end],
        span.label,
        span.status,
        "; ".join(span.sources),
        "" if span.score is None else span.score,
        date.type if isinstance(span.value, Timex) else "",
        date.value,
        date.mod,
        entity.name,
        entity.id,
        span.comment,
        "yes" if span.flagged else "",
    )


CSV = SpanTable("csv")
TSV = SpanTable("tsv")
