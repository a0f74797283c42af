"""doccano's JSON Lines for sequence labelling, in its two shapes.

`label` holds triples of start, end and label; in projects with relations `entities` holds objects.
Offsets are UTF-16 code units, which doccano counts since its editor runs in a browser; projects that
count grapheme clusters instead cannot be told apart and are not read right
where the two differ. Source: `backend/data_export` and `backend/data_import` of doccano 1.8.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.file_input import numbered_lines
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert, parse, text_of
from annotations.formats.loss import Loss, losses_without, minus
from annotations.formats.span_input import SpanInput, unknown_fields
from annotations.formats.tolerance import read_each
from annotations.formats.utf16 import Utf16


class _Entity(Struct):
    start_offset: int
    end_offset: int
    label: str
    id: Any = None


class _Example(Struct):
    text: str
    label: list[tuple[int, int, str]] | None = None
    labels: list[tuple[int, int, str]] | None = None
    entities: list[_Entity] | None = None
    id: Any = None
    path: Any = ""
    name: Any = ""
    document_id: Any = ""
    annotator: Any = ""


class Doccano:
    """The format of doccano's examples; `with_entities` chooses the shape that is written."""

    def __init__(self, with_entities: bool) -> None:
        self._with_entities = with_entities

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep spans and labels; annotator, path, name and id go into columns that doccano keeps as metadata."""
        losses = losses_without(annotated, {"annotator", "path"})
        return Fitted(minus(annotated, losses).without_history(), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one example a line."""
        with path.open("wb") as file:
            for number, document in enumerate(documents, 1):
                file.write(msgspec.json.encode(self._example(number, document)) + b"\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the examples line by line, in either shape."""
        lines = numbered_lines(path, name, options)
        yield from read_each(lines, lambda where, data: [_read_line(where, data)])

    def _example(self, number: int, document: AnnotatedDocument) -> dict[str, object]:
        to = Utf16(document.text).units
        example: dict[str, object] = {"id": number, "text": document.text}
        if self._with_entities:
            example["entities"] = [
                {
                    "id": identity,
                    "start_offset": to(span.start),
                    "end_offset": to(span.end),
                    "label": span.label,
                }
                for identity, span in enumerate(document.spans)
            ]
            example["relations"] = []
        else:
            example["label"] = [[to(span.start), to(span.end), span.label] for span in document.spans]
        example["Comments"] = []
        return example | {
            "path": document.document.path,
            "name": document.document.given_name,
            "document_id": document.document.given_id,
            "annotator": document.row.annotator,
        }


def _read_line(where: str, data: bytes) -> Reading:
    value = parse(data, where)
    return _reading(convert(value, _Example, where), where, _not_read(value))


def _reading(example: _Example, where: str, losses: list[Loss]) -> Reading:
    found = SpanInput(example.text, where)
    spans = example.label if example.label is not None else example.labels
    if spans is None and example.entities is None:
        raise FormatError(f"{where} has none of the fields label, labels and entities.")
    name = "entities" if spans is None else "label" if example.label is not None else "labels"
    if spans is None:
        spans = [(one.start_offset, one.end_offset, one.label) for one in example.entities or ()]
    from_utf16 = Utf16(example.text).code_points
    for number, (start, end, label) in enumerate(spans):
        found.add_utf16(from_utf16, start, end, label, f"field {name}[{number}]", status="accepted")
    columns = (example.path, example.name, example.document_id, example.annotator)
    path, name, document_id, annotator = (text_of(value) for value in columns)
    document = annotated(
        example.text,
        found.spans,
        path=path,
        name=name,
        document_id=document_id,
        annotator=annotator,
    )
    return Reading(document, losses + found.losses, key=text_of(example.id))


def _not_read(value: Any) -> list[Loss]:
    """Unknown fields and those that hold nothing this program has a place for, where not empty."""
    filled = {key: field for key, field in value.items() if field not in ([], {}, None)}
    return unknown_fields(filled, _Example)


WITH_LABELS = Doccano(with_entities=False)
WITH_ENTITIES = Doccano(with_entities=True)
