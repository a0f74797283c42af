"""The objects that `annotations.load` returns: documents with their spans, and methods to change them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.dates.creation_time import find_creation_time
from annotations.dates.document_language import UNDECIDED, LanguageChoice
from annotations.editing import commands
from annotations.editing.document_session import DocumentSession
from annotations.editing.done import marking
from annotations.editing.outcome import ONLY_WHITE_SPACE, Outcome
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.stored import as_exported
from annotations.model.edit import Change, EditKind
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import LabelScheme
from annotations.model.span import Span, SpanKey
from annotations.model.span_index import SpanIndex
from annotations.model.value import Value
from annotations.store.interface import Pending
from annotations.store.opening import open_store
from annotations.text.segmentation import only_white_space

if TYPE_CHECKING:
    from datasets import Dataset
    from pandas import DataFrame
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True)
class LoadedFrom:
    """Where a loaded document came from, so that changes can be written there."""

    database: Path
    scheme: LabelScheme
    languages: LanguageChoice = UNDECIDED
    """What the settings of the project say about the language of all documents."""


class LoadedDocument:
    """One document of one annotator, in the state in which it was loaded or last changed by this object.

    Offsets are Unicode code points into `text`, counted from 0; the end is exclusive.

    Each method that changes something makes one edit. The edit is in the history, and U undoes it on
    the screen. It is on the disk when the method returns. A method reads what is stored at that time.
    If it cannot do what it is asked, it raises `AnnotateError` and changes nothing.
    """

    def __init__(self, annotated: AnnotatedDocument, where: LoadedFrom) -> None:
        self._annotated = annotated
        self._where = where

    def __repr__(self) -> str:
        return f"<{self.name!r} by {self.annotator!r}: {len(self.accepted)} accepted>"

    @property
    def id(self) -> str:
        """The id of the document in the database."""
        return self._annotated.document.id

    @property
    def name(self) -> str:
        """The name of the document."""
        return self._annotated.document.name

    @property
    def path(self) -> str:
        """The path of its file; empty if it has none."""
        return self._annotated.document.path

    @property
    def text(self) -> str:
        """The exact text."""
        return self._annotated.text

    @property
    def date(self) -> str:
        """The document's own date, ISO 8601; empty if it is not known."""
        return self._annotated.created

    @property
    def annotator(self) -> str:
        """The annotator whose annotations these are; empty if the document has none yet."""
        return self._annotated.row.annotator

    @property
    def done(self) -> bool:
        """Whether the document is done: text without a label is then not an entity. Otherwise this is unknown."""
        return self._annotated.row.facts.done

    @property
    def spans(self) -> tuple[Span, ...]:
        """All spans in reading order, also suggested and rejected ones; see their `status`."""
        return self._annotated.spans

    @property
    def accepted(self) -> tuple[Span, ...]:
        """The accepted spans in reading order. Dates have their `value` (TIMEX3)."""
        return tuple(span for span in self.spans if span.accepted)

    def text_of(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    def to_spacy(self, nlp: "Language") -> "Doc":
        """The accepted spans as `doc.ents` and `doc.spans["sc"]`, on the tokens of a pipeline.

        If the document is not done, tokens without a span are missing, not outside, and there is no group of
        spans. A span that does not begin and end at tokens is left out, with a `UserWarning`.
        """
        from annotations.formats.in_memory import spacy_doc

        return spacy_doc(self._annotated, nlp)

    def label(self, start: int, end: int, label: str) -> None:
        """Label a range of the text: add an accepted span, or accept the span that is there."""
        self.label_all([(start, end, label)])

    def label_all(self, ranges: Iterable[tuple[int, int, str]]) -> None:
        """Label several ranges as one edit; each is a start, an end and a label."""
        wanted = dict.fromkeys(ranges)
        for start, end, label in wanted:
            self._refuse_unknown(label)
            if not 0 <= start < end <= len(self.text):
                raise AnnotateError(
                    f"{self.name} has no text from {start} to {end}; offsets go from 0 to "
                    f"{len(self.text)}, and the start comes before the end."
                )
            if only_white_space(self.text, start, end):
                raise AnnotateError(ONLY_WHITE_SPACE)
        self._change(
            "create",
            lambda now: tuple(
                change
                for start, end, label in wanted
                for change in commands.label_range(now, start, end, label, self.annotator)
            ),
        )

    def accept(self, span: Span) -> None:
        """Accept a span."""
        self._change("accept", lambda now: commands.accept(_existing_span(now, span.key)))

    def reject(self, span: Span) -> None:
        """Reject a span: a suggestion is kept as rejected, a span that the annotator added is removed."""
        self._change(
            "reject", lambda now: commands.reject(_existing_span(now, span.key), self.annotator)
        )

    def relabel(self, span: Span, label: str) -> None:
        """Give a span another label, and accept it."""
        self._refuse_unknown(label)
        self._change(
            "relabel",
            lambda now: commands.relabel(now, _existing_span(now, span.key), label, self.annotator),
        )

    def set_value(self, span: Span, value: Value | None) -> None:
        """Give a span a value (`Timex` or `Entity`), or remove its value, and accept the span."""
        self._change("value", lambda now: commands.set_value(_existing_span(now, span.key), value))

    def mark_done(self, done: bool = True) -> None:
        """Mark the document as done, or as not done."""

        def mark(session: DocumentSession) -> Outcome:
            edit = marking(session.annotations, self.annotator, done=done)
            if edit is None:
                return Outcome()
            session.annotations.apply(edit)
            return Outcome(edit=edit)

        self._make(mark)

    def undo(self) -> None:
        """Undo the annotator's last step in this document, also if another program made it."""
        self._make(DocumentSession.undo)

    def _refuse_unknown(self, label: str) -> None:
        scheme = self._where.scheme
        if not scheme.accepts(label):
            names = ", ".join(one.name for one in scheme)
            raise AnnotateError(f"{label} is not a label of this project; its labels are {names}.")

    def _change(self, kind: EditKind, changes: "Callable[[SpanIndex], tuple[Change, ...]]") -> None:
        self._make(
            lambda session: session.apply(
                kind, changes(session.annotations.spans), cursor=session.annotations.cursor
            )
        )

    def _make(self, do: "Callable[[DocumentSession], Outcome]") -> None:
        """Make an edit to what is stored now, store it, and update this object."""
        if not self.annotator:
            raise AnnotateError(
                f"{self.name} has no annotations yet; name the annotator: load(..., annotator=NAME)."
            )
        document = self._annotated.document
        store = open_store(self._where.database, existing=True)
        try:
            live = store.load(document, self.annotator)
            session = DocumentSession(
                document, live, self._where.scheme, languages=self._where.languages
            )
            session.dating.look_for_creation_time(
                lambda language: find_creation_time(document.text, document.path, language=language)
            )
            outcome = do(session)
            if outcome.edit is not None:
                store.commit([Pending(document.id, self.annotator, outcome.edit)])
            elif outcome.message:
                raise AnnotateError(outcome.message)
        finally:
            store.close(checkpoint=False)
        self._annotated = as_exported(document, live.to_row(), self._where.scheme, self._where.languages)


@dataclass(frozen=True, repr=False)
class LoadedAnnotations:
    """All annotations of a database."""

    path: str
    """The database."""
    documents: tuple[LoadedDocument, ...]
    """One for each document and annotator, in the order in which the documents were added."""

    def __repr__(self) -> str:
        return (
            f"<{self.path}: {len(self.documents)} documents by {', '.join(self.annotators) or 'nobody'}>"
        )

    @property
    def annotators(self) -> tuple[str, ...]:
        """The names of all annotators, sorted."""
        return tuple(sorted({one.annotator for one in self.documents} - {""}))

    def to_spacy(self, nlp: "Language") -> "list[Doc]":
        """A `Doc` for each of the documents; see `LoadedDocument.to_spacy`."""
        return [one.to_spacy(nlp) for one in self.documents]

    def to_pandas(self) -> "DataFrame":
        """A row for each span, with the columns of the format `csv`. Needs pandas.

        `score` is a number, `flagged` and `done` are true or false.
        """
        from annotations.formats.in_memory import span_frame

        return span_frame(one._annotated for one in self.documents)

    def to_datasets(self, language: str = "") -> "Dataset":
        """A row for each document that is done: words, and their classes in IOB2. Needs datasets.

        The words are those of spaCy's blank pipeline for the language, by default each document's own. A span
        that does not begin and end at words, or that overlaps a longer one, is left out, with a
        `UserWarning`.
        """
        from annotations.formats.in_memory import dataset

        return dataset([one._annotated for one in self.documents if one.done], language)


def _existing_span(spans: SpanIndex, key: SpanKey) -> Span:
    found = spans.get(key)
    if found is None:
        raise AnnotateError(
            f"There is no span from {key.start} to {key.end} with the label {key.label}."
        )
    return found
