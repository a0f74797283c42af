"""A table of spans for a spreadsheet or a statistics program: CSV or TSV, one row for each span.

A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line end) gets an
apostrophe before it, which is removed when the table is read; each such cell is listed. CSV is that of RFC
4180 (CRLF, quotes doubled), and is also read with semicolons. In TSV, a tab, a line end or a backslash in a
cell is written as an escape. Offsets are code points.

The column `done` says whether the article is done; if not, text without a row may contain entities. The
table does not contain the texts. An article without spans has no row, which is listed. The article of a
row is the known one with the id in the column `document` (the SHA-256 of the text, with an ending if
several documents have that text), or with its `path` if the id is empty. Otherwise it is a text file at
that path: in the folder of the table or below it, or anywhere if it has that SHA-256.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Literal

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.csv_input import csv_rows
from annotations.formats.file_input import LONGEST, decoded, numbered_lines
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert
from annotations.formats.loss import Loss, Part, bare_value, losses_without, minus, span_loss
from annotations.formats.span_input import SpanInput
from annotations.formats.tolerance import MOST, read_each, unreadable
from annotations.model.document import Document, text_of_id
from annotations.model.document_facts import NO_FACTS
from annotations.model.errors import AnnotateError
from annotations.model.source import Source, sources_of, texts_of
from annotations.model.span import STATUSES, Span, Status
from annotations.model.value import Entity, Timex, Value
from annotations.text.article_file import read_document

COLUMNS = (
    "document", "path", "document_name", "document_date", "annotator", "start", "end", "text", "label", "status",
    "sources", "score", "type", "value", "mod", "quant", "freq", "name", "id", "comment", "flagged",
    "done",
)  # fmt: skip

_HOLDS: set[Part] = {
    "status", "sources", "score", "value", "comment", "flagged", "annotator", "path", "created", "date",
    "document done",
}  # fmt: skip
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r\n]")
_BETWEEN = "; "
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"[\\\t\n\r]")
_UNESCAPES = {escape: char for char, escape in _ESCAPES.items()}
_ESCAPE = re.compile(r"\\[\\tnr]")
# A spreadsheet may have added zeros after a decimal point or comma.
_WHOLE = re.compile(r"(\d{1,15})(?:[.,]0+)?")
_SHA256 = re.compile("[0-9a-f]{64}")
_STATUSES: dict[str, Status] = {"": "accepted", **{status: status for status in STATUSES}}
_FLAGS = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}


class SpanTable:
    """The format of tables of spans: CSV or TSV."""

    def __init__(self, spelling: Literal["csv", "tsv"]) -> None:
        self._spelling = spelling

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep everything on spans but how a value was found; of the document, only what has a column."""
        losses = losses_without(annotated, _HOLDS)
        for span in annotated.spans:
            if span.value != bare_value(span.value):
                reason = "how a value was found, and other readings"
                losses.append(span_loss(annotated.text, span, reason, "origin"))
            if _sources(_BETWEEN.join(texts_of(span.sources))) != span.sources:
                reason = f"sources with {_BETWEEN!r} in their names"
                losses.append(span_loss(annotated.text, span, reason, "sources"))
        formulas = [
            Loss(
                "formula", "cell that looks like a formula: written with an apostrophe", None, cell[:40]
            )
            for row in span_rows(annotated)
            for cell in row
            if isinstance(cell, str) and _FORMULA.match(cell)
        ]
        if not annotated.spans:
            losses.append(Loss("document", "document without spans: has no row"))
        return Fitted(minus(annotated, losses).without_history(), losses + formulas)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write a head line and a line for each span."""
        with path.open("w", encoding="utf-8", newline="") as file:
            if self._spelling == "csv":
                writer = csv.writer(file)
                writer.writerow(COLUMNS)
                for document in documents:
                    writer.writerows(map(_neutral, row) for row in span_rows(document))
            else:
                file.write("\t".join(COLUMNS) + "\n")
                for document in documents:
                    for row in span_rows(document):
                        file.write("\t".join(_tsv_cell(_neutral(cell)) for cell in row) + "\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the spans of each article and annotator, in the order of their first rows.

        The rows may have any order; all spans are in memory. Raises `FormatError` also if none of the articles
        can be found.
        """
        cells_of = csv_rows if self._spelling == "csv" else _tsv_rows
        rows = cells_of(path, name, options)
        _, head = next(rows, (name, []))
        _check_head(head, name)
        losses = [
            Loss("foreign", f"column {column[:40]!r}, which is not read")
            for column in head
            if column and column not in COLUMNS
        ]
        articles: dict[tuple[str, ...], _Article | None] = {}
        for where, cells in rows:
            try:
                _add_row(articles, where, head, cells, path.parent, options, losses)
            except FormatError as error:
                losses.append(unreadable(error))
                if len(losses) > MOST:
                    raise
        found = [article for article in articles.values() if article is not None]
        if articles and not found:
            raise FormatError(
                f"{name} has no texts in it, and its articles are neither in the database nor beside it; "
                "open or import them first, or put their files into the folder of the table."
            )
        if any(loss.of_file for loss in losses) and not any(article.any_spans for article in found):
            raise FormatError(next(loss.example for loss in losses if loss.of_file))
        yield from read_each(
            ((name, article) for article in found),
            lambda _, article: [article.reading(losses if article is found[0] else [])],
        )


def _add_row(
    articles: "dict[tuple[str, ...], _Article | None]",
    where: str,
    head: list[str],
    cells: list[str],
    folder: Path,
    options: Options,
    losses: list[Loss],
) -> None:
    """Add a row to its article. Raises `FormatError` for a row that is not a span."""
    if len(cells) > len(head):
        raise FormatError(f"{where} has {len(cells)} cells, but there are {len(head)} columns.")
    row = dict.fromkeys(COLUMNS, "") | dict(zip(head, map(_restored, cells), strict=False))
    key = tuple(row[column] for column in ("document", "path", "document_name", "annotator"))
    if key not in articles:
        document = _known(row, options) or _beside(row, folder, options)
        articles[key] = _Article(document, row) if document else None
    article = articles[key]
    if article is None:
        reason = "span of an article that is neither in the database nor beside the table"
        losses.append(Loss("foreign", reason, None, (row["path"] or row["document"])[:40]))
    else:
        article.add(row, where)


class _Article:
    """An article with the annotations of one annotator."""

    def __init__(self, document: Document, row: dict[str, str]) -> None:
        self._document = document
        self._annotator, self._created = row["annotator"], row["document_date"]
        self._facts = NO_FACTS
        self._found = SpanInput(document.text, document.name)

    def add(self, row: dict[str, str], where: str) -> None:
        """Add the span of a row. Raises `FormatError`, with a message that begins with `where`."""
        self._found.where = where
        self._found.add(
            _whole(row, "start", where),
            _whole(row, "end", where),
            row["label"],
            f"the span of {row['label'][:40]!r}",
            row["text"] or None,
            status=_status(row, where),
            sources=_sources(row["sources"]),
            score=_score(row, where),
            value=_value(row, where),
            comment=row["comment"],
            flagged=_yes(row, "flagged", where),
        )
        if _yes(row, "done", where):
            self._facts = self._facts.with_done(True)

    @property
    def any_spans(self) -> bool:
        """Whether it has a span."""
        return bool(self._found.spans)

    def reading(self, losses: list[Loss]) -> Reading:
        """The article with all its spans; the given losses come before its own."""
        document = annotated(
            self._found.text,
            self._found.spans,
            path=self._document.path,
            name=self._document.given_name,
            document_id=self._document.given_id,
            annotator=self._annotator,
            created=self._created,
            facts=self._facts,
        )
        return Reading(document, losses + self._found.losses, complete=self._facts.done)


def span_rows(document: AnnotatedDocument) -> Iterator[tuple[str | int | float, ...]]:
    """The row of each span, with the cells in the order of `COLUMNS`."""
    source = document.document
    head = (source.id, source.path, source.given_name, document.created, document.row.annotator)
    done = "yes" if document.row.facts.done else "no"
    for span in document.spans:
        yield (*head, *_cells(document.text, span), done)


def _cells(text: str, span: Span) -> tuple[str | int | float, ...]:
    date = span.value if isinstance(span.value, Timex) else None
    entity = span.value if isinstance(span.value, Entity) else Entity()
    return (
        span.start,
        span.end,
        text[span.start : span.end],
        span.label,
        span.status,
        _BETWEEN.join(texts_of(span.sources)),
        "" if span.score is None else span.score,
        *((date.type, date.value, date.mod, date.quant, date.freq) if date else [""] * 5),
        entity.name,
        entity.id,
        span.comment,
        "yes" if span.flagged else "",
    )


def _neutral(cell: str | int | float) -> str | int | float:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _restored(cell: str) -> str:
    return cell[1:] if _NEUTRALISED.match(cell) else cell


def _tsv_cell(cell: str | int | float) -> str:
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], str(cell))


def _tsv_rows(path: Path, name: str, options: Options) -> Iterator[tuple[str, list[str]]]:
    for where, data in numbered_lines(path, name, options):
        cells = decoded(data, where).rstrip("\r\n").split("\t")
        yield where, [_ESCAPE.sub(lambda found: _UNESCAPES[found[0]], cell) for cell in cells]


def missing_columns(head: Collection[str]) -> list[str]:
    """The columns that a table of spans must have and that are missing in this head."""
    found = [column for column in ("start", "end", "label") if column not in head]
    return found if "document" in head or "path" in head else [*found, "document or path"]


def _check_head(head: list[str], name: str) -> None:
    if missing := missing_columns(head):
        raise FormatError(
            f"{name} has no column {missing[0]}; its first line has to name the columns "
            "start, end, label and document or path."
        )
    if twice := [column for column in COLUMNS if head.count(column) > 1]:
        raise FormatError(f"{name} has the column {twice[0]} twice.")


def _known(row: dict[str, str], options: Options) -> Document | None:
    """The known article of a row: the one with its id or path, otherwise one with the text of its id."""
    id_ = row["document"]
    known = options.find(id_, row["path"])
    if known is not None:
        return known
    document = options.find(text_of_id(id_), "") if id_ else None
    if document is None:
        return None
    given_id = id_ if id_ != document.sha256 else ""
    return Document(document.text, row["path"], given_id=given_id, given_name=row["document_name"])


def _beside(row: dict[str, str], folder: Path, options: Options) -> Document | None:
    """The text file at the path of a row: with the SHA-256 of the row or, if it has none, in the folder.

    If there is no path, the column `document` may hold a file name, as other programs write it.
    """
    sha256 = text_of_id(row["document"])
    place = row["path"]
    if not place and not _SHA256.fullmatch(sha256):
        sha256, place = "", row["document"]
    try:
        file = (folder / place).resolve()
        if not file.is_file() or file.stat().st_size > LONGEST:
            return None
        document = read_document(str(file), options.encoding)
    except (AnnotateError, OSError, ValueError):
        return None
    if sha256:
        return document if document.sha256 == sha256 else None
    return document if file.is_relative_to(folder.resolve()) else None


def _wrong(row: dict[str, str], column: str, where: str, wanted: str) -> FormatError:
    return FormatError(f"{where}, column {column}: {row[column][:40]!r} is not {wanted}.")


def _whole(row: dict[str, str], column: str, where: str) -> int:
    found = _WHOLE.fullmatch(row[column].strip())
    if found is None:
        raise _wrong(row, column, where, "a whole number")
    return int(found[1])


def _status(row: dict[str, str], where: str) -> Status:
    if row["status"] not in _STATUSES:
        raise _wrong(row, "status", where, "accepted, suggested or rejected")
    return _STATUSES[row["status"]]


def _sources(cell: str) -> tuple[Source, ...]:
    return sources_of(cell.split(_BETWEEN)) if cell else ()


def _score(row: dict[str, str], where: str) -> float | None:
    try:
        return float(row["score"].replace(",", ".")) if row["score"] else None
    except ValueError:
        raise _wrong(row, "score", where, "a number") from None


def _yes(row: dict[str, str], column: str, where: str) -> bool:
    if row[column].lower() not in _FLAGS:
        raise _wrong(row, column, where, "yes or empty")
    return _FLAGS[row[column].lower()]


def _value(row: dict[str, str], where: str) -> Value | None:
    if not row["type"]:
        return bare_value(Entity(row["name"], row["id"]))
    date = {column: row[column] for column in ("type", "value", "mod", "quant", "freq")}
    return bare_value(convert({"kind": "timex3", **date}, Timex, where))


CSV = SpanTable("csv")
TSV = SpanTable("tsv")
