"""Importing the documents of files into a store, their spans as suggestions or as decisions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from annotations.editing import commands as edits
from annotations.editing.held_suggestions import hold_back, with_consequences
from annotations.editing.label_mapping import mapped
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import Reading
from annotations.formats.identification import Identification
from annotations.formats.loss import LossTable, StrictRefusal, span_loss
from annotations.formats.matching import Match, Matcher
from annotations.formats.white_space import without_white_space
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit, make_edit
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES, LabelScheme
from annotations.model.source import Source
from annotations.model.span import Span, Status
from annotations.model.span import replace as with_changes
from annotations.store.interface import Pending, Store

As = Literal["suggested", "accepted"]
Stored = tuple[Document, AnnotationSet | None]


class ImportFile(NamedTuple):
    """A file or folder to import, and the documents that are read from it."""

    name: str
    readings: Iterable[Reading]


@dataclass(frozen=True)
class Likeness:
    """A document of a file, and the stored document with almost the same text that it is matched with."""

    name: str
    """The name of the document in the file, or its place in the file."""
    known: Document
    placed: int
    """How many spans have a place in the stored text."""
    unplaced: int


@dataclass(frozen=True)
class Choices:
    """What a person chose about an import."""

    status: As
    """Whether the spans become suggestions or decisions."""
    annotator: str
    """The annotator who gets the spans."""
    by_file: bool
    """Whether an annotator named by the file gets the spans instead."""
    done: bool | None = None
    """Whether the documents are marked done; `None`: only those whose reading is `complete`."""
    strict: bool = False
    """Whether nothing at all is imported if something cannot be imported."""
    scheme: LabelScheme = ONTONOTES
    """The labels of the project, what other labels are mapped to, and whose spans may contain others."""
    confirm: Callable[[Sequence[Likeness]], bool] | None = None
    """Asked before spans are added to stored documents with almost the same text; `None`: none are added."""


@dataclass
class ImportReport:
    """What was imported and what was not."""

    documents: int = 0
    """The number of documents in the files; one with several annotators counts once."""
    new_documents: int = 0
    became: Counter[Status] = field(default_factory=Counter)
    """How many spans were imported, by the status they have now."""
    rejected: int = 0
    """Spans that are rejected in the file, and so do not become suggestions."""
    kept: int = 0
    """Spans that were not imported because they exist already or contradict a decision."""
    marked_done: int = 0
    passed_over_done: int = 0
    """Documents that were done already; no suggestions were added to them."""
    similar: list[Likeness] = field(default_factory=list)
    same_text: list[tuple[str, str]] = field(default_factory=list)
    """Names of new documents, each with the name of a document that has the same text."""
    unplaced: list[str] = field(default_factory=list)
    losses: LossTable = field(default_factory=LossTable)
    stored: list[Stored] = field(default_factory=list)
    """Every document of the files as it should now be stored, and its annotations if any were changed."""

    @property
    def spans(self) -> int:
        """How many spans were imported."""
        return self.became.total()


def import_files(files: Iterable[ImportFile], store: Store, choices: Choices) -> ImportReport:
    """Import files into a store: all of them, or none if there is any error.

    The result is the same as importing one file after the other: one import edit for each document of each
    file. Documents without spans are stored too. With status `accepted` the decisions in a file become
    decisions here, except where there is one already; with `suggested` its accepted and suggested spans become
    suggestions, with the source `import NAME` if the file names none (NAME is the name of the file). Memory
    grows with the texts and spans. Raises `StrictRefusal` if `strict` and something cannot be imported, and
    `AnnotateError` if one annotator would get the annotations of two people.
    """
    importer = _Import(store, choices)
    for file in files:
        importer.begin(file.name)
        for number, reading in enumerate(without_white_space(file.readings), 1):
            importer.add(reading, number)
    report = importer.report
    if choices.strict and (report.losses.lost() or report.unplaced):
        kinds = [f"{line.count} × {line.reason}" for line in report.losses.lost()]
        kinds += [f"{len(report.unplaced)} × no place in the text"] if report.unplaced else []
        raise StrictRefusal(f"Nothing was imported: --strict forbids losing {'; '.join(kinds)}.")
    if report.similar and choices.confirm is not None and not choices.confirm(report.similar):
        raise AnnotateError("Nothing was imported.")
    importer.commit()
    return report


def check_stored(
    report: ImportReport,
    store: Store,
    seen: Callable[[Iterable[Stored]], Iterable[Stored]] = lambda stored: stored,
) -> None:
    """Compare what was imported with what a newly opened store holds.

    `seen` gets all imported documents and gives them back one by one, for example to show progress. Raises
    `AnnotateError` naming the first document that differs. Edits made since the import are not compared.
    """
    there: dict[str, dict[str, Document]] = {}
    for document, live in seen(report.stored):
        if document.sha256 not in there:
            same_text = store.with_text(document.sha256)
            there[document.sha256] = {known.id: known for known in same_text}
        known = there[document.sha256].get(document.id)
        if known is None or (known.text, known.name) != (document.text, document.name):
            raise _not_as_read(document)
        if live is None:
            continue
        rows = [row for row in store.annotations(document.id) if row.annotator == live.annotator]
        if [row for row in rows if row.undo[-1:] != tuple(live.undo[-1:])]:
            continue
        wanted = live.to_row()
        if [(row.spans, row.facts) for row in rows] != [(wanted.spans, wanted.facts)]:
            raise _not_as_read(document)


def _not_as_read(document: Document) -> AnnotateError:
    return AnnotateError(
        f"{document.name} is not in the database as it was read from the file. This is a fault "
        "of the program; please report it. `annotate remove` takes the document out again."
    )


class _Import:
    """An import that is being prepared; nothing is stored before `commit`."""

    def __init__(self, store: Store, choices: Choices) -> None:
        self._store, self._choices = store, choices
        self.report = ImportReport()
        self._name = ""
        self._identification: Identification
        self._matcher = Matcher(store.documents()) if choices.confirm else None
        self._sets: dict[tuple[str, str], AnnotationSet] = {}
        self._people: dict[tuple[str, str], str] = {}
        self._documents: dict[str, Document] = {}
        self._of_text: defaultdict[str, dict[str, Document]] = defaultdict(dict)
        """The documents of the files, by the SHA-256 of their texts."""
        self._pending: list[Pending] = []
        self._edited: set[tuple[str, str]] = set()
        """The document ids and annotators for which there are edits."""

    def begin(self, name: str) -> None:
        """Begin the next file, for which the documents of the files before it count as stored."""
        self._name = name
        self._people.clear()
        self._identification = Identification(self._with_text, name)

    def _with_text(self, sha256: str) -> Iterable[Document]:
        there = {document.id: document for document in self._store.with_text(sha256)}
        return (there | self._of_text.get(sha256, {})).values()

    def add(self, reading: Reading, number: int) -> None:
        """Make the edit that imports one document."""
        found, report, choices = reading.annotated, self.report, self._choices
        identified = self._identification.identify(reading, number)
        document, spans = identified.document, list(found.spans)
        shown = found.document.name or document.name
        report.losses.add(shown, reading.losses)
        match = self._matcher.match(found) if self._matcher and identified.new else None
        if match is not None:
            document, spans = match.document, match.spans
            self._note_likeness(shown, match)
        elif identified.new:
            report.new_documents += 1
            if identified.same_text_as is not None:
                report.same_text.append((document.name, identified.same_text_as.name))
        self._documents[document.id] = document
        self._of_text[document.sha256][document.id] = document
        report.documents = len(self._documents)
        who = (choices.by_file and found.row.annotator) or choices.annotator
        says_something = spans or found.row.facts or reading.complete or choices.done is not None
        if says_something or found.row.annotator:
            self._keep_apart(document, who, found.row.annotator)
            self._edit(document, who, spans, reading)

    def commit(self) -> None:
        """Store the documents and the edits, in one step."""
        if self._documents:
            self._store.commit(self._pending, list(self._documents.values()))
        self.report.stored = [(document, None) for document in self._documents.values()]
        self.report.stored += [(self._documents[key[0]], self._sets[key]) for key in self._edited]

    def _edit(self, document: Document, who: str, spans: list[Span], reading: Reading) -> None:
        choices, report = self._choices, self.report
        key = (document.id, who)
        if key not in self._sets:
            self._sets[key] = self._store.load(document, who)
        live = self._sets[key]
        if choices.status == "suggested" and live.facts.done:
            report.passed_over_done += 1
            return
        spans, foreign = self._under_project_labels(reading.annotated, spans)
        foreign = [span for span in foreign if not span.rejected]
        if choices.status == "suggested":
            report.rejected += sum(span.rejected for span in spans)
            spans = [span for span in spans if not span.rejected]
            edit = self._suggesting(live, [*spans, *foreign])
        else:
            edit = self._deciding(live, spans, foreign, reading)
        report.became.update(change.after.status for change in edit.changes if change.after is not None)
        report.kept += len(spans) + len(foreign) - len(edit.changes)
        if edit.changes or edit.facts or edit.held:
            self._commit_later(edit, live)
        elif key not in self._edited and not any(
            row.annotator == who for row in self._store.annotations(document.id)
        ):
            # The file names an annotator without annotations: store that they had the document.
            self._commit_later(make_edit("place", who), live)

    def _suggesting(self, live: AnnotationSet, spans: list[Span]) -> Edit:
        """The edit that adds the spans of the file as suggestions."""
        wanted = edits.not_by(live.annotator, _suggestions(spans, self._name))
        changes, held = edits.add_or_hold_back(live.spans, wanted, self._choices.scheme.nested)
        edit = make_edit("import", live.annotator, changes, cursor=live.cursor)
        return with_changes(edit, held=hold_back(live, held))

    def _deciding(
        self, live: AnnotationSet, spans: list[Span], foreign: list[Span], reading: Reading
    ) -> Edit:
        """The edit that adds the spans of the file as decisions; those with foreign labels as suggestions."""
        who, nested = live.annotator, self._choices.scheme.nested
        hidden = edits.not_by(who, _suggestions(foreign, self._name))
        changes = edits.decide_as_imported(live, spans) + edits.suggest(live.spans, hidden, nested)
        facts = edits.facts_as_imported(live, reading.annotated.row.facts)
        done = edits.done_as_imported(live, complete=reading.complete, wanted=self._choices.done)
        self.report.marked_done += bool(done)
        edit = make_edit("import", who, changes, facts + done, cursor=live.cursor)
        return with_consequences(live, edit, nested)

    def _under_project_labels(
        self, found: AnnotatedDocument, spans: list[Span]
    ) -> tuple[list[Span], list[Span]]:
        """The spans with their labels mapped to those of the project, and the spans with foreign labels.

        A label is foreign if the project has no label for it. Such spans are kept as suggestions that are not
        shown, which is listed as a loss.
        """
        scheme = self._choices.scheme
        placed: list[Span] = []
        foreign: list[Span] = []
        for span in spans:
            under = mapped(scheme, span)
            if under is None:
                foreign.append(span)
            else:
                placed.append(under)
        reason = "label that is not of this project: kept as a suggestion that is not shown"
        losses = [span_loss(found.text, span, reason, "foreign") for span in foreign]
        self.report.losses.add(found.document.name, losses)
        return placed, foreign

    def _commit_later(self, edit: Edit, live: AnnotationSet) -> None:
        live.apply(edit)
        self._pending.append(Pending(live.document, live.annotator, edit))
        self._edited.add((live.document, live.annotator))

    def _keep_apart(self, document: Document, who: str, in_file: str) -> None:
        """Raise `AnnotateError` if the annotations of two people would become those of one person."""
        before = self._people.setdefault((document.id, who), in_file)
        if before != in_file:
            names = " and ".join(name or "somebody without a name" for name in (before, in_file))
            raise AnnotateError(
                f"{self._name} has annotations of {document.name} by {names}, which would become those "
                f"of {who}; leave --annotator out, so that each keeps their own."
            )

    def _note_likeness(self, name: str, match: Match) -> None:
        placed, unplaced = len(match.spans), len(match.unplaced)
        self.report.similar.append(Likeness(name, match.document, placed, unplaced))
        self.report.unplaced.extend(f"{match.document.name}: {one}" for one in match.unplaced)


def _suggestions(spans: list[Span], name: str) -> Iterator[Span]:
    """The spans; those without a source get the file as their source."""
    source = Source("import", Path(name).name)
    for span in spans:
        yield with_changes(span, sources=span.sources or (source,))
