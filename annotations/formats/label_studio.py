"""Label Studio's JSON: an array of tasks with annotations and predictions, and the labelling config.

Offsets are UTF-16 code units, as in any browser. Decided spans are annotations. Suggestions are
predictions, with their score and with the suggester's name as model version. A comment is the meta text of
its region; a value is JSON in a text area of its region. The labelling config `NAME.config.xml` is written
beside the tasks; a Label Studio project needs it so that `from_name` and `to_name` are right.
Source: labelstud.io/guide/task_format and labelstud.io/tags/labels.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

import msgspec

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import Fitted, Options, Reading
from annotations.formats.label_studio_input import FROM_NAME, TO_NAME, VALUE_NAME, readings
from annotations.formats.label_studio_text import DATA
from annotations.formats.loss import Loss, Part, losses_without, minus, span_loss
from annotations.formats.utf16 import Utf16
from annotations.model.span import Span


class LabelStudio:
    """The format of Label Studio's tasks."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep accepted and suggested spans, comments, values, scores of suggestions, date and names."""
        text = annotated.text
        holds: set[Part] = {
            "annotator",
            "path",
            "created",
            "date",
            "comment",
            "value",
            "score",
            "sources",
            "status",
        }
        losses = [loss for loss in losses_without(annotated, holds) if loss.part != "status"]
        for span in annotated.spans:
            losses.extend(_losses(text, span))
        return Fitted(minus(annotated, losses).without_history(), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write the tasks, and the labelling config beside them."""
        labels: dict[str, None] = {}
        values = False
        with path.open("wb") as file:
            file.write(b"[")
            for number, document in enumerate(documents, 1):
                labels.update(dict.fromkeys(span.label for span in document.spans))
                values = values or any(span.value is not None for span in document.spans)
                task = msgspec.json.encode(_task(number, document))
                file.write((b",\n" if number > 1 else b"\n") + task)
            file.write(b"\n]\n")
        path.with_suffix(".config.xml").write_text(config(labels, values), "utf-8")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the tasks one by one; each annotation of a task is a document by its annotator."""
        yield from readings(path, name, options)


def config(labels: Iterable[str], values: bool) -> str:
    """The labelling config of a project with these labels, with a place for values if there are any."""
    lines = "".join(f"    <Label value={quoteattr(label)}/>\n" for label in labels)
    area = f'  <TextArea name="{VALUE_NAME}" toName="{TO_NAME}" perRegion="true"/>\n' if values else ""
    return (
        f'<View>\n  <Labels name="{FROM_NAME}" toName="{TO_NAME}">\n{lines}  </Labels>\n'
        f'  <Text name="{TO_NAME}" value="${DATA}" granularity="symbol"/>\n{area}</View>\n'
    )


def _losses(text: str, span: Span) -> list[Loss]:
    if span.rejected:
        return [span_loss(text, span, "rejected span, which cannot be stored")]
    losses = []
    if span.accepted:
        if span.score is not None:
            losses.append(span_loss(text, span, "score of a suggestion that was accepted", "score"))
        if span.sources:
            losses.append(span_loss(text, span, "who suggested or corrected a span", "sources"))
    elif len(span.sources) > 1:
        losses.append(span_loss(text, span, "that several sources suggested a span", "sources"))
    return losses


def _task(number: int, document: AnnotatedDocument) -> dict[str, object]:
    to = Utf16(document.text).units
    row = document.row

    def results(place: int, span: Span) -> Iterator[dict[str, object]]:
        extent = {"start": to(span.start), "end": to(span.end)}
        common = {"id": f"s{place}", "to_name": TO_NAME}
        made: dict[str, object] = common | {
            "from_name": FROM_NAME,
            "type": "labels",
            "value": extent | {"text": document.text[span.start : span.end], "labels": [span.label]},
        }
        if span.comment:
            made["meta"] = {"text": [span.comment]}
        if span.score is not None:
            made["score"] = span.score
        yield made
        if span.value is not None:
            text = msgspec.json.encode(span.value).decode()
            yield common | {
                "from_name": VALUE_NAME,
                "type": "textarea",
                "value": extent | {"text": [text]},
            }

    regions = list(enumerate(row.spans))
    models = dict.fromkeys(span.sources[:1] for span in row.spans if not span.decided)
    data = {
        DATA: document.text,
        "annotator": row.annotator,
        "path": document.document.path,
        "name": document.document.given_name,
        "document_id": document.document.given_id,
        "date": document.created,
    }
    decided = [one for place, span in regions if span.decided for one in results(place, span)]
    predictions = [
        {
            "model_version": str(model[0]) if model else "",
            "result": [
                one
                for place, span in regions
                if not span.decided and span.sources[:1] == model
                for one in results(place, span)
            ],
        }
        for model in models
    ]
    return {
        "id": number,
        "data": data,
        "annotations": [{"id": number, "was_cancelled": False, "result": decided}],
        "predictions": predictions,
    }


FORMAT = LabelStudio()
