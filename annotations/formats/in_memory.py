"""Annotated documents as objects of other libraries (spaCy, pandas, datasets), without writing a file."""

import importlib.util
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import Options
from annotations.formats.hugging_face import JSONL, class_names, tagged_row
from annotations.formats.loss import Loss
from annotations.formats.spacy_docbin import labelled_doc
from annotations.formats.table import COLUMNS, span_rows
from annotations.formats.tokens import TextToken, place
from annotations.model.errors import AnnotateError
from annotations.text.installing import install_command
from annotations.text.plural import counted

if TYPE_CHECKING:
    from datasets import Dataset
    from pandas import DataFrame
    from spacy.language import Language
    from spacy.tokens import Doc


def spacy_doc(annotated: AnnotatedDocument, nlp: "Language") -> "Doc":
    """The accepted spans on the tokens of a pipeline; if the document is not done, other tokens are missing."""
    doc = nlp.make_doc(annotated.text)
    ranges = [TextToken(token.idx, token.idx + len(token)) for token in doc]
    accepted = _accepted(annotated)
    _warn(annotated, place(annotated.text, accepted.spans, ranges)[1])
    return labelled_doc(doc, accepted, ranges, unknown=not annotated.row.facts.done)


def span_frame(documents: Iterable[AnnotatedDocument]) -> "DataFrame":
    """A row for each span of all documents, with the columns of the tables of spans."""
    _need("pandas")
    import pandas

    rows = [row for document in documents for row in span_rows(document)]
    frame = pandas.DataFrame(rows, columns=list(COLUMNS))
    frame["score"] = pandas.to_numeric(frame["score"], errors="coerce")
    for column in ("flagged", "done"):
        frame[column] = frame[column] == "yes"
    return frame


def dataset(documents: Iterable[AnnotatedDocument], language: str) -> "Dataset":
    """A row for each document, as the Hugging Face formats write it, with the names of the classes."""
    _need("datasets")
    from datasets import ClassLabel, Dataset, Features, Sequence, Value

    options = Options(language)
    rows, labels = [], set()
    for number, document in enumerate(documents):
        fitted = JSONL.fit(_accepted(document), options)
        _warn(document, [loss for loss in fitted.losses if loss.part == "span"])
        labels |= {span.label for span in fitted.annotated.spans}
        rows.append(tagged_row(number, fitted.annotated, options))
    classes = ClassLabel(names=class_names(labels, options))
    features = Features(
        {
            "id": Value("string"),
            "text": Value("string"),
            "tokens": Sequence(Value("string")),
            "offsets": Sequence(Value("int64")),
            "ner_tags": Sequence(classes),
        }
    )
    return Dataset.from_list(rows, features=features)


def _accepted(annotated: AnnotatedDocument) -> AnnotatedDocument:
    return annotated.with_spans(span for span in annotated.spans if span.accepted)


def _warn(annotated: AnnotatedDocument, losses: list[Loss]) -> None:
    if losses:
        left_out = f"{counted(len(losses), 'span')} left out"
        warnings.warn(f"{annotated.name}: {left_out}: {losses[0].reason}", stacklevel=4)


def _need(library: str) -> None:
    if importlib.util.find_spec(library) is None:
        raise AnnotateError(
            f"{library} is not installed; to install it, type: {install_command(library)}"
        )
