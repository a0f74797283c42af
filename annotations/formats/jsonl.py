"""JSON Lines in the program's own form: one annotated document per line, complete and without loss.

`jsonl.schema.json` beside this module describes the format. Offsets are code points, 0-based, end
exclusive. `done` says whether everything that is not labelled is not an entity; where it is false,
undecided suggestions are among the spans, with their status. A line of another tool may have no spans
and its own `id`. `history` (undo, redo, what suggesters have read, the cursor, suggestions held back,
second readings) is written on request.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert, json_objects, parse, text_of
from annotations.formats.loss import Loss
from annotations.formats.span_input import SpanInput, unknown_fields
from annotations.formats.tolerance import read_each
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document_facts import NO_FACTS, DocumentFacts
from annotations.model.edit import Edit, Run
from annotations.model.source import Source, source_as_text
from annotations.model.span import Span, Status
from annotations.model.value import Value

VERSION = 1


class _Span(Struct, omit_defaults=True):
    start: int
    end: int
    label: str
    text: str | None = None
    status: Status = "accepted"
    sources: tuple[Source, ...] = ()
    score: float | None = None
    value: Value | None = None
    comment: str = ""
    flagged: bool = False
    beside: float | None = None


class _Meta(Struct, omit_defaults=True):
    format: str = ""
    version: int = VERSION
    sha256: str = ""
    path: str = ""
    name: str = ""
    id: str = ""
    facts: DocumentFacts = NO_FACTS


class _History(Struct, omit_defaults=True):
    runs: tuple[Run, ...] = ()
    undo: tuple[Edit, ...] = ()
    redo: tuple[Edit, ...] = ()
    cursor: int = 0
    held: tuple[Span, ...] = ()
    second_readings: tuple[Span, ...] = ()


class _Line(Struct, omit_defaults=True):
    text: str
    spans: list[_Span] | None = None
    done: bool | None = None
    id: Any = None
    document_date: str = ""
    annotator: str = ""
    meta: _Meta = msgspec.field(default_factory=_Meta)
    history: _History | None = None


class Jsonl:
    """The format of this program."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Everything fits. History is left out unless requested, and effort always; this is not a loss."""
        if not options.history:
            return Fitted(annotated.without_history(), [])
        row = replace(annotated.row, keys=0, seconds=0.0, edited="", marked_done="", visited="")
        return Fitted(
            AnnotatedDocument(annotated.document, row, annotated.created, language=annotated.language),
            [],
        )

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one line for each document."""
        with path.open("wb") as file:
            for document in documents:
                file.write(encoded_line(document, options) + b"\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the documents one by one."""
        objects = json_objects(path, name, options)
        yield from read_each(objects, lambda where, data: [read_line(where, data)])


_encoder = msgspec.json.Encoder(enc_hook=source_as_text)


def encoded_line(document: AnnotatedDocument, options: Options) -> bytes:
    """The line of a document, without the line end."""
    return _encoder.encode(_line(document, options))


def _line(document: AnnotatedDocument, options: Options) -> _Line:
    text, row = document.text, document.row
    spans = [
        _Span(
            span.start,
            span.end,
            span.label,
            text[span.start : span.end],
            span.status,
            span.sources,
            span.score,
            span.value,
            span.comment,
            span.flagged,
            span.beside,
        )
        for span in row.spans
    ]
    source = document.document
    meta = _Meta(
        "annotate",
        VERSION,
        source.sha256,
        source.path,
        source.given_name,
        source.given_id,
        row.facts.with_done(False),
    )
    full = (row.runs, row.undo, row.redo, row.cursor, row.held, row.second_readings)
    history = _History(*full) if options.history else None
    done = row.facts.done
    return _Line(text, spans, done, None, document.created, row.annotator, meta, history)


def read_line(where: str, data: bytes) -> Reading:
    """The document in a line; `where` is the line's name in error messages. Raises `FormatError`."""
    value = parse(data, where)
    return _reading(convert(value, _Line, where), unknown_fields(value, _Line), where)


def _reading(line: _Line, losses: list[Loss], where: str) -> Reading:
    if line.meta.version > VERSION:
        raise FormatError(
            f"{where} is of version {line.meta.version} of the format; update this program to read it."
        )
    found = SpanInput(line.text, where)
    for number, span in enumerate(line.spans or ()):
        found.add(
            span.start,
            span.end,
            span.label,
            f"field spans[{number}]",
            span.text,
            status=span.status,
            sources=span.sources,
            score=span.score,
            beside=span.beside,
            value=span.value,
            comment=span.comment,
            flagged=span.flagged,
        )
    facts = line.meta.facts if line.done is None else line.meta.facts.with_done(line.done)
    document = annotated(
        line.text,
        found.spans,
        path=line.meta.path,
        name=line.meta.name,
        document_id=line.meta.id,
        annotator=line.annotator,
        created=line.document_date,
        facts=facts,
    )
    if line.meta.sha256 not in ("", document.document.sha256):
        raise FormatError(f"{where}, field meta.sha256 does not match the text: the text was changed.")
    if line.history is not None:
        document = _with_history(document, line.history)
    return Reading(document, losses + found.losses, facts.done, text_of(line.id))


def _with_history(document: AnnotatedDocument, history: _History) -> AnnotatedDocument:
    row = document.row
    full = AnnotationRow(
        row.document,
        row.annotator,
        row.spans,
        row.facts,
        history.runs,
        history.undo,
        history.redo,
        history.cursor,
        held=history.held,
        second_readings=history.second_readings,
    )
    return AnnotatedDocument(document.document, full, document.created)


FORMAT = Jsonl()
