"""Prodigy's JSON Lines: one task per line, as `prodigy db-in` and `ner.manual` read them.

Offsets are code points, `end` exclusive, `token_end` inclusive. A span that does not begin and end where
tokens do has no `token_start` and `token_end`, as in Prodigy itself when it highlights characters. What
Prodigy has no place for is in the property `annotate` of spans and tasks, which Prodigy keeps. A whole
task is accepted, rejected or ignored: its spans are then read as accepted, rejected or suggested. A
document that is not done is a task to ignore with its accepted spans; `annotate` says that it is not done.
`_input_hash` and `_task_hash` are our own (same text, same number); `db-in --rehash` makes Prodigy's.
Source: the annotated example data of explosion/prodigy-recipes, and prodi.gy/docs/api-interfaces.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, assert_never

import msgspec
from msgspec import Struct

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.json_input import convert, json_objects, parse, text_of
from annotations.formats.loss import ALL_PARTS, Loss, losses_without, minus
from annotations.formats.span_input import SpanInput, unknown_fields
from annotations.formats.tokens import language_of, place, tokens, without_overlaps
from annotations.formats.tolerance import read_each
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS, DocumentFacts
from annotations.model.source import Source, source_as_text
from annotations.model.span import Status
from annotations.model.value import Value

ProdigyAnswer = Literal["accept", "reject", "ignore"]


class _SpanDetails(Struct, omit_defaults=True):
    sources: tuple[Source, ...] = ()
    score: float | None = None
    value: Value | None = None
    comment: str = ""
    flagged: bool = False


class _TaskDetails(Struct, omit_defaults=True):
    created: str = ""
    facts: DocumentFacts = NO_FACTS
    done: bool | None = None
    """`False` for a task that is ignored only because its document is not done; its spans are accepted."""


class _Span(Struct):
    start: int
    end: int
    label: str
    text: str | None = None
    token_start: int | None = None
    token_end: int | None = None
    annotate: _SpanDetails = msgspec.field(default_factory=_SpanDetails)


class _Task(Struct):
    text: str
    spans: list[_Span] | None = None
    meta: dict[str, Any] = {}
    answer: ProdigyAnswer = "accept"
    tokens: list[Any] | None = None
    annotator_id: str | None = msgspec.field(default=None, name="_annotator_id")
    session_id: str | None = msgspec.field(default=None, name="_session_id")
    annotate: _TaskDetails = msgspec.field(default_factory=_TaskDetails)


class Prodigy:
    """The format of Prodigy's tasks."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep everything but the status of a span."""
        losses = losses_without(annotated, ALL_PARTS - {"status"})
        return Fitted(minus(annotated, losses).without_history(), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one task per line."""
        with path.open("wb") as file:
            for document in documents:
                file.write(
                    msgspec.json.encode(_task(document, options), enc_hook=source_as_text) + b"\n"
                )

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the tasks one by one."""
        objects = json_objects(path, name, options)
        yield from read_each(objects, lambda where, data: [_read_line(where, data)])


def _task(document: AnnotatedDocument, options: Options) -> dict[str, object]:
    text, spans = document.text, document.spans
    cut = tokens(text, language_of(document, options))
    placed = {on.span.key: on for on in place(text, spans, cut)[0]}
    made: list[dict[str, object]] = []
    for span in spans:
        entry: dict[str, object] = {"start": span.start, "end": span.end, "label": span.label}
        if on := placed.get(span.key):
            entry |= {"token_start": on.first, "token_end": on.last}
        details = _SpanDetails(span.sources, span.score, span.value, span.comment, span.flagged)
        if details != _SpanDetails():
            entry["annotate"] = details
        made.append(entry)
    input_hash = _hash(text)
    flat = not without_overlaps(spans)[1]
    unknown = options.undone == "missing" and not document.row.facts.done
    whole = _TaskDetails(document.created, document.row.facts, False if unknown else None)
    return {
        "text": text,
        "meta": _meta(document.document),
        "_input_hash": input_hash,
        "_task_hash": _hash(f"{input_hash} {document.row.annotator} {made}"),
        "tokens": [
            {
                "text": text[start:end],
                "start": start,
                "end": end,
                "id": number,
                "ws": text[end : end + 1] == " ",
            }
            for number, (start, end) in enumerate(cut)
        ],
        "spans": made,
        "_view_id": "ner_manual" if flat else "spans_manual",
        "_annotator_id": document.row.annotator or None,
        "answer": "ignore" if unknown else "accept",
    } | ({"annotate": whole} if whole != _TaskDetails() else {})


def _meta(document: Document) -> dict[str, str]:
    meta = {"path": document.path, "name": document.given_name, "id": document.given_id}
    return {field: value for field, value in meta.items() if value}


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8"), digest_size=4).digest()
    return int.from_bytes(digest, "big", signed=True)


def _read_line(where: str, data: bytes) -> Reading:
    value = parse(data, where)
    if isinstance(value, dict) and "pattern" in value and "text" not in value:
        raise FormatError(
            f"{where} is a pattern, not a text with spans; a file of patterns suggests spans "
            "in articles: name it as a suggester in annotate.toml."
        )
    return _reading(convert(value, _Task, where), where, _not_read(value))


def _status(answer: ProdigyAnswer) -> Status:
    match answer:
        case "accept":
            return "accepted"
        case "reject":
            return "rejected"
        case "ignore":
            return "suggested"
        case unknown:
            assert_never(unknown)


def _reading(task: _Task, where: str, losses: list[Loss]) -> Reading:
    found = SpanInput(task.text, where)
    status = "accepted" if task.annotate.done is False else _status(task.answer)
    for number, span in enumerate(task.spans or ()):
        field = f"field spans[{number}]"
        more = msgspec.structs.asdict(span.annotate)
        found.add(span.start, span.end, span.label, field, span.text, status=status, **more)
    path, name, document_id = (text_of(task.meta.get(field)) for field in ("path", "name", "id"))
    document = annotated(
        task.text,
        found.spans,
        path=path,
        name=name,
        document_id=document_id,
        annotator=task.annotator_id or task.session_id or "",
        created=task.annotate.created,
        facts=task.annotate.facts,
    )
    return Reading(document, losses + found.losses, complete=task.annotate.facts.done)


def _not_read(value: Any) -> list[Loss]:
    return [loss for loss in unknown_fields(value, _Task) if not loss.reason.startswith("field '_")]


FORMAT = Prodigy()
