"""Reading the tasks that Label Studio exports: full tasks (JSON) and short ones (JSON-MIN, CSV, TSV).

Each annotation of a task is a document by its annotator, except a cancelled one. `label_studio_text` finds
the field that is the text, and the places of results in it.
"""

import codecs
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from annotations.formats.annotated_document import annotated
from annotations.formats.csv_input import csv_rows
from annotations.formats.file_input import opened_text
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.json_input import array_elements, convert, parse, text_of
from annotations.formats.label_studio_text import (
    DATA,
    Config,
    PlaceOf,
    Region,
    config_beside,
    quote_of,
    quotes_match,
    text_field,
    text_source,
)
from annotations.formats.loss import Loss
from annotations.formats.span_input import OTHER_TEXT, OUTSIDE, UNUSABLE, SpanInput
from annotations.formats.tolerance import read_each
from annotations.model.source import Source
from annotations.model.value import Value

_HEAD = 2**12
FROM_NAME, VALUE_NAME, TO_NAME = "label", "value", "text"
OWN_DATA = (DATA, "annotator", "path", "date")
"""The fields of a task's data by which this program recognises the tasks it wrote itself."""
_OUR_NAMES = ("name", "document_id")
_LABELLED = ("labels", "hypertextlabels", "paragraphlabels")
_ROW = ("id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement")
"""The fields of a short task that are neither data nor results."""


class _Annotation(Struct):
    result: list[Region] = []
    id: Any = None
    model_version: Any = None
    was_cancelled: bool | None = False
    completed_by: Any = None


class _Task(Struct):
    data: dict[str, Any]
    id: Any = None
    annotations: list[_Annotation] | None = None
    completions: list[_Annotation] | None = None
    predictions: list[_Annotation] | None = None
    drafts: list[Any] | None = None


class _Valued(Struct):
    value: Value


class _TextArea(Struct):
    text: list[str]


def readings(path: Path, name: str, options: Options) -> Iterator[Reading]:
    """The documents of an export, task by task."""
    config = config_beside(path)

    def read_one(where: str, task: bytes | dict[str, str]) -> Iterator[Reading]:
        value = parse(task, where) if isinstance(task, bytes) else _of_cells(task, where)
        if isinstance(value, dict) and "data" not in value:
            value = _in_full(value)
        yield from _readings(convert(value, _Task, where), config, where)

    yield from read_each(_tasks(path, name, options), read_one)


def is_table(cells: Collection[str]) -> bool:
    """Whether these cells of a table's first line are those of a short export (CSV or TSV)."""
    return {"annotation_id", "annotator", "lead_time"} <= set(cells)


def _tasks(path: Path, name: str, options: Options) -> Iterator[tuple[str, bytes | dict[str, str]]]:
    """The tasks of a JSON array, or of a table whose cells contain results as JSON."""
    with opened_text(path, name, options) as file:
        if file.read(_HEAD).removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"[":
            yield from array_elements(path, name, options)
            return
    rows = csv_rows(path, name, options, delimiters=",\t;")
    _, head = next(rows, (name, []))
    if not is_table(head):
        raise FormatError(f"{name} is neither a JSON array of tasks nor a table of Label Studio.")
    for where, cells in rows:
        yield where, dict(zip(head, cells, strict=False))


def _of_cells(row: dict[str, str], where: str) -> dict[str, Any]:
    """A row as a short task: cells with a list of objects are JSON, empty cells are left out."""
    return {
        key: parse(cell.encode(), where) if key not in _ROW and cell.startswith("[{") else cell
        for key, cell in row.items()
        if cell
    }


def _in_full(row: dict[str, Any]) -> dict[str, Any]:
    """A short task as a full one: a field that lists places in the text with labels becomes results."""
    results = []
    data = {key: value for key, value in row.items() if key not in _ROW}
    for key, value in row.items():
        regions = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        types = [next((kind for kind in _LABELLED if kind in one), "") for one in regions]
        if any(types):
            del data[key]
            pairs = zip(regions, types, strict=True)
            results += [{"type": kind, "value": one, "from_name": key} for one, kind in pairs]
    done = results or "annotation_id" in row or "annotator" in row
    annotation = {
        "result": results,
        "completed_by": row.get("annotator"),
        "id": row.get("annotation_id"),
    }
    return {"id": row.get("id"), "data": data, "annotations": [annotation] if done else []}


def _readings(task: _Task, config: Config, where: str) -> Iterator[Reading]:
    made = [*(task.annotations or ()), *(task.completions or ())]
    done = [one for one in made if not one.was_cancelled]
    predictions = task.predictions or []
    regions = [region for one in (*done, *predictions) for region in one.result]
    ours = all(isinstance(task.data.get(key), str) for key in OWN_DATA)
    name = text_field(task.data, regions, config, where, ours)
    source = text_source(task.data[name], config.kinds.get(name, ""), regions, config)
    known = {key: str(task.data.get(key) or "") for key in (*OWN_DATA, *_OUR_NAMES)} if ours else {}
    losses = [
        Loss("foreign", "cancelled annotation, which is not read") for one in made if one.was_cancelled
    ]
    losses += [Loss("foreign", "draft of an annotation, which is not read") for _ in task.drafts or ()]
    losses += [
        Loss("foreign", f"field 'data.{key[:40]}', which is not read")
        for key, value in task.data.items()
        if key != name and key not in known and value not in (None, "", [], {})
    ]
    for number, annotation in enumerate(done or [_Annotation()]):
        found = SpanInput(source.text, where)
        if number == 0:
            found.losses += losses + source.losses
        _add(found, source.place, annotation, f"annotations[{number}]")
        for place, prediction in enumerate(predictions if number == 0 else ()):
            model = text_of(prediction.model_version)
            _add(found, source.place, prediction, f"predictions[{place}]", model)
        by = _by(annotation) or known.get("annotator", "")
        if not by and len(done) > 1:
            by = f"annotation {text_of(annotation.id) or number + 1}"
        document = annotated(
            source.text,
            found.spans,
            path=known.get("path", ""),
            name=known.get("name", ""),
            document_id=known.get("document_id", ""),
            annotator=by,
            created=known.get("date", ""),
        )
        yield Reading(document, found.losses, bool(done) and not ours, text_of(task.id))


def _by(annotation: _Annotation) -> str:
    """Who made an annotation: the email address, name or number of a user."""
    by = annotation.completed_by
    if isinstance(by, dict):
        by = by.get("email") or by.get("username") or by.get("id")
    return text_of(by)


def _add(
    found: SpanInput, place: PlaceOf, annotation: _Annotation, name: str, model: str | None = None
) -> None:
    """Add the regions of an annotation, or of a prediction by `model`."""
    values = {region.key: value for region in annotation.result if (value := _value(region))}
    for number, region in enumerate(annotation.result):
        here = f"field {name}.result[{number}]"
        if region.type == "textarea" and region.key in values:
            continue
        if region.type not in _LABELLED:
            found.losses.append(
                Loss("foreign", f"result of type {region.type[:40]!r}, which is not read")
            )
            continue
        labels = region.value.get(region.type) if isinstance(region.value, dict) else None
        if not isinstance(labels, list) or not labels or not all(isinstance(x, str) for x in labels):
            found.leave_out(UNUSABLE, f"{here} has no label")
            continue
        extent = place(region.value)
        if extent is None:
            found.leave_out(
                OUTSIDE,
                f"{here} has no place in the text: it has no offsets, or begins or ends inside the "
                "character at its offset; the offsets may count other units",
            )
            continue
        quote, words = quote_of(region.value), found.text[extent[0] : extent[1]]
        if quote is not None and extent[1] <= len(found.text) and not quotes_match(words, quote):
            found.leave_out(
                OTHER_TEXT,
                f"{here} should read {quote[:40]!r}, but the text reads {words[:40]!r}; "
                "the offsets may count other units",
            )
            continue
        for label in labels:
            found.add(
                *extent,
                label,
                here,
                status="accepted" if model is None else "suggested",
                sources=(Source.parse(model),) if model else (),
                score=region.score if model is not None else None,
                comment=region.comment,
                value=values.get(region.key),
            )


def _value(region: Region) -> Value | None:
    """The value in a text area that this program made; those of other projects may contain any text."""
    if region.type != "textarea" or region.from_name != VALUE_NAME or not region.key:
        return None
    try:
        text = "".join(convert(region.value, _TextArea, "").text)
        return convert({"value": parse(text.encode(), "")}, _Valued, "").value
    except FormatError:
        return None
