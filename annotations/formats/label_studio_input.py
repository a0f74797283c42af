"""Label Studio's tasks as they come out of it: exports in full (JSON) and in short (JSON-MIN).

Which field of a task is its text is said by the labelling config beside the file (`NAME.config.xml`), else
by the words that the annotations quote, else it is `text`, the only string, or the only long one. Texts
are plain, HTML (of which the text is read) or paragraphs. Offsets are UTF-16 units, or code points where
what an annotation quotes stands there. Each annotation of a task is a document by its
annotator; a cancelled one is none.
"""

import re
import xml.parsers.expat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from annotations.formats.annotated_document import annotated
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.hypertext import Hypertext
from annotations.formats.json_input import array_elements, convert, parse, text_of
from annotations.formats.loss import Loss
from annotations.formats.span_input import OTHER_TEXT, OUTSIDE, UNUSABLE, SpanInput
from annotations.formats.tolerance import read_each
from annotations.formats.utf16 import Utf16
from annotations.value import Value

FROM_NAME, VALUE_NAME, TO_NAME, DATA = "label", "value", "text", "text"
OWN_DATA = (DATA, "annotator", "path", "date")
"""The fields of a task's data by which this program knows its own."""
_OUR_NAMES = ("name", "document_id")
_LABELLED = ("labels", "hypertextlabels", "paragraphlabels")
_OBJECTS = ("text", "hypertext", "paragraphs")
_ROW = ("id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement")
"""The fields of a task in short that are neither data nor results."""
_ADDRESS = re.compile(r"(?:https?://|s3://|gs://|azure-blob://|/data/)\S+")
_LARGEST_CONFIG = 2**20

Extent = tuple[int, int]
Place = Callable[[dict[str, Any]], Extent | None]
"""Where the value of a result lies, in code points; `None` where that is nowhere."""


class _Region(Struct):
    id: Any = None
    type: str = ""
    value: Any = None
    meta: Any = None
    score: float | None = None
    from_name: Any = ""
    to_name: Any = ""

    @property
    def key(self) -> str:
        """What the results of one region share, empty where nothing tells."""
        return self.id if isinstance(self.id, str) else ""

    @property
    def comment(self) -> str:
        """The text that a person wrote about the region."""
        text = self.meta.get("text") if isinstance(self.meta, dict) else None
        lines = text if isinstance(text, list) else [text]
        return "\n".join(line for line in lines if isinstance(line, str))


class _Annotation(Struct):
    result: list[_Region] = []
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


class _Source(NamedTuple):
    """The text of a task and how its results name places in it."""

    text: str
    place: Place
    losses: list[Loss]


@dataclass
class _Config:
    """What a labelling config says: the field behind each object that is labelled, and of what kind."""

    fields: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    text_key: str = "text"


def readings(path: Path, name: str, options: Options) -> Iterator[Reading]:
    """The documents of an export, task by task."""
    config = _config_beside(path)
    tasks = array_elements(path, name, options)
    yield from read_each(tasks, lambda where, data: _readings(_task(data, where), config, where))


def _task(data: bytes, where: str) -> _Task:
    value = parse(data, where)
    if isinstance(value, dict) and "data" not in value:
        value = _in_full(value)
    return convert(value, _Task, where)


def _in_full(row: dict[str, Any]) -> dict[str, Any]:
    """A task in short as one in full: a field with places in the text is a result."""
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


def _readings(task: _Task, config: _Config, where: str) -> Iterator[Reading]:
    made = [*(task.annotations or ()), *(task.completions or ())]
    done = [one for one in made if not one.was_cancelled]
    predictions = task.predictions or []
    name = _field_of_text(task, [*done, *predictions], config, where)
    if isinstance(task.data[name], str) and _ADDRESS.fullmatch(task.data[name]):
        raise FormatError(
            f"{where}, field data.{name[:40]} is the address of a text and not the text; "
            "export the tasks with their texts."
        )
    source = _source(task.data[name], config.kinds.get(name, ""), [*done, *predictions], config)
    ours = all(isinstance(task.data.get(key), str) for key in OWN_DATA)
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
    """Who made an annotation: the address or number of a user."""
    by = annotation.completed_by
    if isinstance(by, dict):
        by = by.get("email") or by.get("username") or by.get("id")
    return text_of(by)


def _field_of_text(task: _Task, annotations: list[_Annotation], config: _Config, where: str) -> str:
    """The field of the data that holds the text. Raises `FormatError` where that cannot be told."""
    texts = {
        key: value
        for key, value in task.data.items()
        if isinstance(value, str) or (isinstance(value, list) and _paragraphs(value, config))
    }
    regions = [region for one in annotations for region in one.result]
    named = [config.fields.get(text_of(region.to_name), "") for region in regions]
    for key in (*named, *config.fields.values()):
        if key in texts:
            return key
    quoting = [key for key, value in texts.items() if _is_quoted(value, regions)]
    if len(quoting) == 1:
        return quoting[0]
    if DATA in texts:
        return DATA
    if len(texts) == 1:
        return next(iter(texts))
    *_, second, first = ["", "", *sorted(texts, key=lambda key: len(texts[key]))]
    if first and len(texts[first]) >= 2 * len(texts[second]) and second:
        return first
    if not texts:
        raise FormatError(f"{where}, field data has no text.")
    raise FormatError(
        f"{where}, field data has several strings ({', '.join(texts)[:80]}) and none called {DATA!r}; "
        "put the labelling config beside the file, under its name with the ending .config.xml."
    )


def _is_quoted(value: object, regions: list[_Region]) -> bool:
    """Whether a text has all the words that results quote of it, where they say."""
    if not isinstance(value, str):
        return False
    quoted = [region.value for region in regions if _quote(region.value) is not None]
    if not quoted:
        return False
    for one in quoted:
        if isinstance(one.get("start"), int):
            places = [at for at in _in_plain(value, one) if at is not None]
            if not any(_alike(value[start:end], one["text"]) for start, end in places):
                return False
        elif _bare(one["text"]) not in _bare(value):
            return False
    return True


def _quote(value: object) -> str | None:
    quote = value.get("text") if isinstance(value, dict) else None
    return quote if isinstance(quote, str) and quote else None


def _bare(text: str) -> str:
    """A text without white space, line ends in it written as escapes among it."""
    return "".join(text.replace("\\n", " ").split())


def _alike(text: str, quote: str) -> bool:
    return text == quote or _bare(text) == _bare(quote)


def _source(value: Any, kind: str, annotations: list[_Annotation], config: _Config) -> _Source:
    regions = [region for one in annotations for region in one.result]
    if isinstance(value, list):
        return _from_paragraphs(value, config)
    by_path = any(
        isinstance(region.value, dict) and isinstance(region.value.get("start"), str)
        for region in regions
    )
    if kind == "hypertext" or by_path or any(region.type == "hypertextlabels" for region in regions):
        return _from_html(value)
    return _Source(value, _chooser(value, lambda one: _in_plain(value, one)), [])


def _chooser(text: str, candidates: Callable[[dict[str, Any]], Iterator[Extent | None]]) -> Place:
    """Chooses the place that has what a result quotes, else the first one there is."""

    def place(one: dict[str, Any]) -> Extent | None:
        quote = _quote(one)
        places = [extent for extent in candidates(one) if extent is not None]
        fitting = (at for at in places if quote is None or _alike(text[at[0] : at[1]], quote))
        return next(fitting, None) or next(iter(places), None)

    return place


def _in_plain(text: str, one: dict[str, Any]) -> Iterator[Extent | None]:
    start, end = one.get("start"), one.get("end")
    if isinstance(start, int) and isinstance(end, int):
        to = Utf16(text).code_points
        yield _extent(to(start), to(end))
        if _quote(one) is not None:
            yield start, end


def _extent(start: int | None, end: int | None) -> Extent | None:
    return None if start is None or end is None else (start, end)


def _from_html(html: str) -> _Source:
    page = Hypertext(html)

    def candidates(one: dict[str, Any]) -> Iterator[Extent | None]:
        whole = one.get("globalOffsets")
        for place in (whole if isinstance(whole, dict) else {}, one):
            start, end = place.get("start"), place.get("end")
            if isinstance(start, int) and isinstance(end, int):
                for utf16 in (True, False):
                    yield _extent(page.globally(start, False, utf16), page.globally(end, True, utf16))
        start, end = one.get("startOffset"), one.get("endOffset")
        if isinstance(start, int) and isinstance(end, int):
            yield _extent(page.at(str(one.get("start")), start), page.at(str(one.get("end")), end))
        quote = _quote(one)
        if quote is not None and page.text.count(quote) == 1:
            yield page.text.index(quote), page.text.index(quote) + len(quote)

    return _Source(page.text, _chooser(page.text, candidates), [])


def _paragraphs(value: list[Any], config: _Config) -> list[str]:
    """The texts of paragraphs, none for a list of something else."""
    texts = [one.get(config.text_key) for one in value if isinstance(one, dict)]
    known = [text for text in texts if isinstance(text, str)]
    return known if len(known) == len(value) else []


def _from_paragraphs(value: list[Any], config: _Config) -> _Source:
    texts = _paragraphs(value, config)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    others = sorted({key for one in value for key in one if key != config.text_key})

    def offset(number: object, units: object) -> int | None:
        if not str(number).isdecimal() or not isinstance(units, int) or int(str(number)) >= len(texts):
            return None
        paragraph = texts[int(str(number))]
        inside = Utf16(paragraph).code_points(units)
        return None if inside is None or inside > len(paragraph) else starts[int(str(number))] + inside

    def place(one: dict[str, Any]) -> Extent | None:
        first = offset(one.get("start"), one.get("startOffset"))
        last = offset(one.get("end"), one.get("endOffset"))
        return _extent(first, last)

    losses = [Loss("foreign", f"field {key[:40]!r} of paragraphs, which is not read") for key in others]
    return _Source("\n".join(texts), place, losses)


def _add(
    found: SpanInput, place: Place, annotation: _Annotation, name: str, model: str | None = None
) -> None:
    """Add the regions of an annotation, or of a prediction by a model."""
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
                f"{here} has no place in the text: it lies nowhere, or begins or ends inside the "
                "character at its offset; the offsets may count other units",
            )
            continue
        quote, words = _quote(region.value), found.text[extent[0] : extent[1]]
        if quote is not None and extent[1] <= len(found.text) and not _alike(words, quote):
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
                sources=(model,) if model else (),
                score=region.score if model is not None else None,
                comment=region.comment,
                value=values.get(region.key),
            )


def _value(region: _Region) -> Value | None:
    """The value in a text area of ours; in one of another project people write what they like."""
    if region.type != "textarea" or region.from_name != VALUE_NAME or not region.key:
        return None
    try:
        text = "".join(convert(region.value, _TextArea, "").text)
        return convert({"value": parse(text.encode(), "")}, _Valued, "").value
    except FormatError:
        return None


def _config_beside(path: Path) -> _Config:
    """What the labelling config beside a file says; nothing where there is none that can be read."""
    config = _Config()
    file = path.with_suffix(".config.xml")

    def start(tag: str, attributes: dict[str, str]) -> None:
        key = attributes.get("value", "")
        if tag.lower() in _OBJECTS and key.startswith("$"):
            config.fields[attributes.get("name", "")] = key[1:]
            config.kinds[key[1:]] = tag.lower()
            if tag.lower() == "paragraphs":
                config.text_key = attributes.get("textKey", "text")

    def refuse(*_: object) -> None:
        raise ValueError("a config declares no entities")

    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    try:
        if file.is_file() and file.stat().st_size <= _LARGEST_CONFIG:
            parser.Parse(file.read_bytes(), True)
    except (xml.parsers.expat.ExpatError, OSError, ValueError, LookupError):
        return _Config()
    return config
