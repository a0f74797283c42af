"""What a format cannot hold, reported before anything is written.

A loss names one part of one document: a span, an attribute of a span, or a fact about the document. The
work of a person (spans, labels, decisions, values, comments, flags) counts as lost; a strict export then
refuses. What the program noted by itself (the suggester of a span and its score, the annotator's name,
the path), and what only influences suggestions, counts as left out: it is listed too, but no work of a
person is lost with it.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, assert_never, get_args

import msgspec

from annotations.dates.document_dates import label_of_value
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.model.document_facts import FACTS, NO_FACTS, DocumentFacts, Fact
from annotations.model.errors import AnnotateError
from annotations.model.span import Span, SpanKey
from annotations.model.value import Entity, Timex, Value

OnSpan = Literal["status", "value", "comment", "flagged", "score", "sources"]
"""Attributes that a span may have."""
OfSpan = Literal["span", "flat", "label", "origin", "name", "undecided"]
"""A span itself, or only a part of an attribute or of its meaning."""
OfText = Literal["text", "formula", "spacing", "foreign"]
"""Something in the text or in the file."""
OnDocument = Literal[
    "created", "date", "created by", "document comment", "document flag", "document done", "apart", "drawn",
    "language", "annotator", "path",
]  # fmt: skip
"""Facts that may be known about a document."""
OfDocument = OnDocument | Literal["document", "unknown"]
"""Losses that count once for a document, even if the document is written in several pieces."""
Part = OnSpan | OfSpan | OfText | OfDocument
"""The parts of an annotated document that a format may have no room for.

`flat` is a span's place in a list without overlaps, while the span is kept elsewhere in the file; `spacing`
is the white space between words, `text` a character that becomes U+FFFD, `origin` how a value was found,
`name` an entity's name if only its id is kept, `formula` a cell that a spreadsheet would run, `label`
whether a date is labelled DATE or TIME; `created` is the document date that a person set, `date` one that
the program found, `created by` the fact that a person set it; `apart` is which names were refused for an
entity; `undecided` is a suggestion that counts as no entity because its document is done; `document` is a
whole document that is not in the file, `unknown` what is unknown in a document that is not done; `foreign`
is something in an imported file that is not understood.
"""

ON_SPAN: tuple[OnSpan, ...] = get_args(OnSpan)
OF_DOCUMENT: frozenset[OfDocument] = frozenset((*get_args(OnDocument), "document", "unknown"))
ALL_PARTS: frozenset[Part] = frozenset((*ON_SPAN, *get_args(OfSpan), *get_args(OfText), *OF_DOCUMENT))


def is_work(part: Part) -> bool:
    """Whether the part is the work of a person: then it counts as lost, otherwise as left out."""
    match part:
        case "status" | "value" | "comment" | "flagged" | "span" | "flat" | "label" | "name":
            return True
        case "undecided" | "text" | "foreign" | "created" | "document comment" | "document flag":
            return True
        case "document":
            return True
        case "score" | "sources" | "origin" | "annotator" | "path" | "spacing" | "formula":
            return False
        case "date" | "created by" | "document done" | "apart" | "drawn" | "language" | "unknown":
            return False
        case unknown:
            assert_never(unknown)


class StrictRefusal(AnnotateError):
    """Something would be lost, which `--strict` forbids; nothing was written or imported."""

    exit_status = 3


@dataclass(frozen=True)
class Loss:
    """One thing that a format cannot hold, or that cannot be understood in a file.

    `reason` says what is lost, and losses with the same reason are listed together; `key` is the key of the
    span, if the loss is about one; `example` shows the loss to a person.
    """

    part: Part
    reason: str
    key: SpanKey | None = None
    example: str = ""
    of_file: bool = False
    """Whether it belongs to no document: a line or file that could not be read, named in the example."""


@dataclass
class LossLine:
    """All losses of one part and reason: how many, in how many documents, and the first examples."""

    part: Part
    reason: str
    count: int = 0
    documents: int = 0
    examples: list[str] = field(default_factory=list)


class LossTable:
    """Counts the losses of one document after another, in memory that does not grow with their number."""

    EXAMPLES = 3

    def __init__(self) -> None:
        self._lines: dict[tuple[Part, str], LossLine] = {}

    def add(self, name: str, losses: Iterable[Loss]) -> None:
        """Count the losses of one document, called `name`."""
        seen = set()
        for loss in losses:
            kind = (loss.part, loss.reason)
            line = self._lines.setdefault(kind, LossLine(loss.part, loss.reason))
            line.count += 1
            if kind not in seen and not loss.of_file:
                seen.add(kind)
                line.documents += 1
            if loss.example and len(line.examples) < self.EXAMPLES:
                named = name and not loss.of_file
                line.examples.append(f"{name}: {loss.example}" if named else loss.example)

    def lost(self) -> list[LossLine]:
        """The work of a person that is lost, one line for each kind of loss."""
        return [line for line in self._lines.values() if is_work(line.part)]

    def left_out(self) -> list[LossLine]:
        """What the program noted and is left out, one line for each kind of loss."""
        return [line for line in self._lines.values() if not is_work(line.part)]


def span_loss(text: str, span: Span, reason: str, part: Part = "span") -> Loss:
    """The loss of a span, with the span as its example."""
    return Loss(part, reason, span.key, show(text, span))


def show(text: str, span: Span) -> str:
    """A short description of a span for a person: label, text and offsets, on one line."""
    shown = text[span.start : span.end]
    if len(shown) > 40:
        shown = shown[:25] + "…" + shown[-14:]
    return f"{span.label} {shown!r} at {span.start}–{span.end}"


def losses_without(annotated: AnnotatedDocument, holds: Collection[Part]) -> list[Loss]:
    """What is lost in a format that holds spans with labels and, in addition, only `holds`."""
    losses: list[Loss] = []
    text = annotated.text
    for span in annotated.spans:
        for on_span in ON_SPAN:
            if on_span not in holds and _on_span(span, on_span):
                losses.append(span_loss(text, span, _no_room_on_span(on_span), on_span))
    gone = OF_DOCUMENT.difference(holds)
    for fact in annotated.row.facts.said:
        part = _part_of(fact)
        if part in gone:
            losses.append(
                Loss(part, _no_room_in_document(part), None, _example(annotated.row.facts, fact))
            )
    by_person = annotated.row.facts.creation_time != ""
    if "date" in gone and annotated.created and not by_person:
        losses.append(Loss("date", _no_room_in_document("date"), None, annotated.created))
    if "created" not in gone and "created by" in gone and by_person:
        losses.append(Loss("created by", _no_room_in_document("created by")))
    if "annotator" in gone and annotated.row.annotator:
        losses.append(
            Loss("annotator", _no_room_in_document("annotator"), None, annotated.row.annotator)
        )
    document = annotated.document
    if "path" in gone and (shown := document.path or document.given_name or document.given_id):
        losses.append(Loss("path", _no_room_in_document("path"), None, shown))
    return losses


def counted_once(losses: Iterable[Loss]) -> list[Loss]:
    """The losses without duplicates: no attributes of a lost span, and each loss of a document once."""
    listed = list(losses)
    gone = {loss.key for loss in listed if loss.part == "span"}
    kept_once: set[Loss] = set()
    kept = []
    for loss in listed:
        if loss.key in gone and loss.key is not None and loss.part != "span":
            continue
        if loss.part in OF_DOCUMENT and loss.key is None:
            if loss in kept_once:
                continue
            kept_once.add(loss)
        kept.append(loss)
    return kept


NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


def losses_in_xml(text: str) -> list[Loss]:
    """The characters of a text that XML cannot hold."""
    reason = "control character in the text: reads back as U+FFFD"
    return [Loss("text", reason, None, repr(char)) for char in NOT_XML.findall(text)]


def losses_beyond_ids(annotated: AnnotatedDocument, unwritable: re.Pattern[str]) -> list[Loss]:
    """What is lost of the values in a format that can hold only the ids of entities.

    An id that contains `unwritable` is lost too.
    """
    losses = []
    for span in annotated.spans:
        value = span.value
        if isinstance(value, Entity) and unwritable.search(value.id):
            reason = "value whose id has characters that cannot be written"
            losses.append(span_loss(annotated.text, span, reason, "value"))
        elif isinstance(value, Entity) and value.id:
            if value.name:
                losses.append(span_loss(annotated.text, span, "name of an entity beside its id", "name"))
            if value.origin != "import":
                losses.append(span_loss(annotated.text, span, "who gave an entity its id", "origin"))
        elif value is not None:
            losses.append(span_loss(annotated.text, span, "value without an id of an entity", "value"))
    return losses


def bare_value(value: Value | None) -> Value | None:
    """A value as it is read from another tool's file: its origin is `import`; `None` if it is empty."""
    if isinstance(value, Entity):
        return Entity(value.name, value.id, "import") if value.name or value.id else None
    if value is None:
        return None
    bare = Timex(value.type, value.value, "import", mod=value.mod, quant=value.quant, freq=value.freq)
    return None if bare == Timex("DATE", "", "import") else bare


def minus(annotated: AnnotatedDocument, losses: Iterable[Loss]) -> AnnotatedDocument:
    """The annotated document without what these losses name, and otherwise the same.

    Losses of parts that the document does not have are ignored.
    """
    spans = {span.key: span for span in annotated.spans}
    facts = annotated.row.facts
    document, created, annotator = annotated.document, annotated.created, annotated.row.annotator
    origin = annotated.origin
    for loss in losses:
        if loss.key is not None:
            _take_from_span(spans, loss)
        elif loss.part == "annotator":
            annotator = ""
        elif loss.part == "path":
            origin = document.name or origin
            document = replace(document, path="", given_id="", given_name="", source="")
        if loss.part in ("created", "date"):
            created = ""
        if loss.part == "text":
            document = replace(document, text=NOT_XML.sub("\ufffd", document.text), given_id="")
        if loss.part == "created by":
            facts = facts.with_creation_time("")
        for fact in FACTS:
            if loss.part == _part_of(fact):
                facts = facts.taking(fact, NO_FACTS)
    row = msgspec.structs.replace(
        annotated.row,
        document=document.id,
        annotator=annotator,
        spans=tuple(spans.values()),
        facts=facts,
    )
    return AnnotatedDocument(document, row, created, origin, annotated.language)


def _part_of(fact: Fact) -> OnDocument:
    match fact:
        case "created" | "apart" | "drawn" | "language" as part:
            return part
        case "comment":
            return "document comment"
        case "flag":
            return "document flag"
        case "done":
            return "document done"
        case unknown:
            assert_never(unknown)


def _example(facts: DocumentFacts, fact: Fact) -> str:
    match fact:
        case "created":
            return facts.creation_time
        case "comment":
            return facts.comment[:40]
        case "flag" | "done":
            return "yes"
        case "drawn" | "language":
            return (facts.drawn if fact == "drawn" else facts.language)[:40]
        case "apart":
            return "; ".join(f"{words} for {name}" for _, name, words in sorted(facts.refused))[:40]
        case unknown:
            assert_never(unknown)


def _no_room_on_span(part: OnSpan) -> str:
    match part:
        case "status":
            return "suggested or rejected: reads back as accepted"
        case "value":
            return "value of a date or an entity"
        case "comment":
            return "comment on a span"
        case "flagged":
            return "flag on a span"
        case "score":
            return "score of a suggestion"
        case "sources":
            return "who suggested or corrected a span"
        case unknown:
            assert_never(unknown)


def _no_room_in_document(part: OnDocument) -> str:
    match part:
        case "created":
            return "document date set by a person"
        case "date":
            return "document date found in the text"
        case "created by":
            return "that a person set the document date"
        case "document comment" | "document flag":
            return f"{part.removeprefix('document ')} on a document"
        case "document done":
            return "mark that a document is done"
        case "apart":
            return "names refused for an entity"
        case "drawn":
            return "mark that a document was drawn at random"
        case "language":
            return "language of the document"
        case "annotator":
            return "name of the annotator"
        case "path":
            return "name and path of the document"
        case unknown:
            assert_never(unknown)


def _on_span(span: Span, part: OnSpan) -> bool:
    match part:
        case "status":
            return not span.accepted
        case "value":
            return span.value is not None
        case "comment":
            return span.comment != ""
        case "flagged":
            return span.flagged
        case "score":
            return span.score is not None
        case "sources":
            return span.sources != ()
        case unknown:
            assert_never(unknown)


def _take_from_span(spans: dict[SpanKey, Span], loss: Loss) -> None:
    key = loss.key
    if key is None or key not in spans:
        return
    span = spans[key]
    match loss.part:
        case "span":
            del spans[key]
        case "origin":
            spans[key] = msgspec.structs.replace(span, value=bare_value(span.value))
        case "name" if isinstance(span.value, Entity):
            value = msgspec.structs.replace(span.value, name="")
            spans[key] = msgspec.structs.replace(span, value=value)
        case "label":
            spans[key] = msgspec.structs.replace(span, label=label_of_value(span.value))
        case "status" | "value" | "comment" | "flagged" | "score" | "sources" as on_span:
            spans[key] = _without(span, on_span)


def _without(span: Span, part: OnSpan) -> Span:
    match part:
        case "status":
            return msgspec.structs.replace(span, status="accepted")
        case "value":
            return msgspec.structs.replace(span, value=None)
        case "comment":
            return msgspec.structs.replace(span, comment="")
        case "flagged":
            return msgspec.structs.replace(span, flagged=False)
        case "score":
            return msgspec.structs.replace(span, score=None)
        case "sources":
            return msgspec.structs.replace(span, sources=())
        case unknown:
            assert_never(unknown)
