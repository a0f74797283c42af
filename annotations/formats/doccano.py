"""doccano's JSON Lines for sequence labelling, in two shapes.

`label` holds triples of start, end and label; in projects with relations `entities` holds objects. JSON
arrays can be read, too, and version 1, whose `annotations` give numbers for people, and for labels
unless it exports their names. Offsets are UTF-16 code units, which doccano counts because its editor
runs in a browser. Projects that count grapheme clusters instead look the same and are read wrongly
where the two counts differ. Source: `backend/data_export` and `backend/data_import` of doccano 1.8.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert, json_objects, parse, text_of
from annotations.formats.loss import Loss, losses_without, minus
from annotations.formats.span_input import SpanInput, unknown_fields
from annotations.formats.tolerance import read_each
from annotations.formats.utf16 import Utf16

_Place = tuple[int, int, str]
"""Start, end and label of a span."""


class _Entity(Struct):
    start_offset: int
    end_offset: int
    label: str
    id: Any = None


class _Annotation(Struct):
    start_offset: int
    end_offset: int
    label: int | str
    user: Any = None
    id: Any = None
    prob: Any = None


class _Example(Struct):
    text: str
    annotations: list[_Annotation] | None = None
    label: list[_Place] | None = None
    labels: list[_Place] | None = None
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
        """Write one example per line."""
        with path.open("wb") as file:
            for number, document in enumerate(documents, 1):
                file.write(msgspec.json.encode(self._example(number, document)) + b"\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the examples one by one, in any shape."""
        yield from read_each(json_objects(path, name, options), _read_object)

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


def _read_object(where: str, data: bytes) -> Iterator[Reading]:
    value = parse(data, where)
    if isinstance(value, dict) and "text" not in value and isinstance(value.get("data"), str):
        value["text"] = value.pop("data")
    yield from _readings(convert(value, _Example, where), where, _not_read(value))


def _readings(example: _Example, where: str, losses: list[Loss]) -> Iterator[Reading]:
    """The annotations of each person in an example; only version 1 can have several people."""
    for annotator, (name, spans) in _by_person(example, where).items():
        found = SpanInput(example.text, where)
        from_utf16 = Utf16(example.text).code_points
        for number, (start, end, label) in enumerate(spans):
            field = f"field {name}[{number}]"
            found.add_utf16(from_utf16, start, end, label, field, status="accepted")
        columns = (example.path, example.name, example.document_id)
        path, given_name, document_id = (text_of(value) for value in columns)
        document = annotated(
            example.text,
            found.spans,
            path=path,
            name=given_name,
            document_id=document_id,
            annotator=annotator,
        )
        yield Reading(document, losses + found.losses, key=text_of(example.id))
        losses = []


def _by_person(example: _Example, where: str) -> dict[str, tuple[str, list[_Place]]]:
    """The name of the field with spans, and the spans in it, by the person who made them."""
    by = text_of(example.annotator)
    for name, places in (("label", example.label), ("labels", example.labels)):
        if places is not None:
            return {by: (name, places)}
    if example.entities is not None:
        spans = [(one.start_offset, one.end_offset, one.label) for one in example.entities]
        return {by: ("entities", spans)}
    if example.annotations is None:
        raise FormatError(f"{where} has none of the fields label, labels, entities and annotations.")
    people: dict[str, tuple[str, list[_Place]]] = {}
    for one in example.annotations:
        _, spans = people.setdefault(text_of(one.user) or by, ("annotations", []))
        spans.append((one.start_offset, one.end_offset, str(one.label)))
    return people or {by: ("annotations", [])}


def _not_read(value: Any) -> list[Loss]:
    """The fields that are not empty and that this program cannot store."""
    filled = {key: field for key, field in value.items() if field not in ([], {}, None)}
    return unknown_fields(filled, _Example)


WITH_LABELS = Doccano(with_entities=False)
WITH_ENTITIES = Doccano(with_entities=True)
