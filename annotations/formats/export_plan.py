"""What of a store goes into a file, decided for all documents before anything is written.

A document that is done is complete: what is undecided in it counts as no entity, which is listed as a
loss. In a document that is not done, what is undecided is unknown. How a file handles that is chosen
for the whole file: it is written as unknown if the format can express that (`missing`), it is written
as no entity if a person asks for that (`outside`), or the document is left out (`leave-out`).

Texts that a file had before the newest one its annotator decided about are left out. If a format does not
keep annotators apart, a text that several annotators decided about is refused until one of them is named.
If one text is still written twice with different labels, a remark says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.export_filter import ExportFilter
from annotations.formats.format import Undone
from annotations.formats.loss import Loss, span_loss
from annotations.formats.registry import FormatEntry
from annotations.model.document import STANDARD_INPUT
from annotations.model.errors import AnnotateError
from annotations.model.span import Span
from annotations.text.plural import counted

NAMED = 10
"""How many documents a remark names; the others are only counted."""


@dataclass(frozen=True)
class Remark:
    """A message about documents before they are written."""

    says: str
    documents: tuple[str, ...]
    refused: bool = False
    """Whether a strict export is refused because of it."""

    @property
    def words(self) -> str:
        """One line: the message, the number of documents, and which they are."""
        more = len(self.documents) - NAMED
        named = "; ".join((*self.documents[:NAMED], *([f"{more} more"] if more > 0 else [])))
        return f"{self.says}: {counted(len(self.documents), 'document')} ({named})"


@dataclass(frozen=True)
class _Version:
    """One annotator's version of one document, in numbers."""

    document: str
    annotator: str
    text: str
    """The SHA-256 of the text."""
    path: str
    name: str
    done: bool
    decided: int
    undecided: int
    labelled: int
    """A fingerprint of the spans that would be written."""

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.annotator

    @property
    def has_decisions(self) -> bool:
        return self.done or self.decided > 0

    @property
    def called(self) -> str:
        """The name of the document, with its annotator."""
        name = self.name or "a document without a name"
        return f"{name} by {self.annotator}" if self.annotator else name

    @property
    def progress(self) -> str:
        """The name of the document, with its annotator and how much is undecided."""
        return f"{self.called}: {self.undecided} of {self.decided + self.undecided} undecided"


@dataclass(frozen=True)
class ExportPlan:
    """Which documents and which of their spans are written, and remarks about that."""

    entry: FormatEntry
    selection: ExportFilter
    undone: Undone
    written: dict[tuple[str, str], None] = field(default_factory=dict)
    """The id of each document that is written and its annotator, in the order of the store."""
    remarks: tuple[Remark, ...] = ()

    @property
    def documents(self) -> list[str]:
        """The ids of the documents that are written."""
        return list(dict.fromkeys(document for document, _ in self.written))

    def chosen(self, documents: Iterable[AnnotatedDocument]) -> Iterator[AnnotatedDocument]:
        """The documents that are written, with all their spans."""
        return (one for one in documents if (one.row.document, one.row.annotator) in self.written)

    def with_wanted(self, annotated: AnnotatedDocument) -> AnnotatedDocument:
        """A document with only the spans that are written.

        In a document that is done, suggestions are not written, unless they were requested and the
        format marks them as suggestions. In one that is not done, a format that names what is undecided
        gets that too.
        """
        return annotated.with_spans(span for span in annotated.spans if self._wants(annotated, span))

    def losses_as_no_entity(self, annotated: AnnotatedDocument) -> list[Loss]:
        """The spans with wanted labels that count as no entity in the file although nobody decided that.

        These are undecided spans in a document that is done, and accepted spans if only other statuses
        were asked for. A format that only lists spans says nothing about those it does not list.
        """
        done = annotated.row.facts.done
        complete = (done or self.undone == "outside") and not self.entry.lists_spans
        text, losses = annotated.text, []
        for span in annotated.spans:
            if not self.selection.wants_label(span) or self._wants(annotated, span):
                continue
            if done and not span.decided:
                reason = "undecided in a document that is done: written as no entity"
                losses.append(span_loss(text, span, reason, "undecided"))
            elif complete and span.accepted:
                reason = "accepted, which --status does not ask for: written as no entity"
                losses.append(span_loss(text, span, reason))
        return losses

    def _wants(self, annotated: AnnotatedDocument, span: Span) -> bool:
        selection = self.selection
        if annotated.row.facts.done:
            as_suggestion = self.entry.holds_status and selection.wants_suggestions
            return selection.wants(span) and (span.decided or as_suggestion)
        names_it = self.undone == "missing" and self.entry.writes_undecided and not span.decided
        return selection.wants(span) or (names_it and selection.wants_label(span))


def plan(
    documents: Iterable[AnnotatedDocument],
    selection: ExportFilter,
    entry: FormatEntry,
    undone: Undone | None = None,
) -> ExportPlan:
    """Which documents of a store, and what of them, to write in a format.

    Raises `AnnotateError` if the format cannot do what is asked for, if the format cannot keep people
    apart who annotated the same text, and if nothing is left to write.
    """
    how = undone or entry.undone[0]
    if how not in entry.undone:
        raise AnnotateError(
            f"The format {entry.name} has no --undone {how}; for what is not done choose "
            f"{' or '.join(entry.undone)}."
        )
    whole = ExportPlan(entry, selection, how)
    versions = [_version(one, whole) for one in documents if selection.wants_version(one)]
    if not versions:
        raise AnnotateError("Nothing to export: the database has none of these documents.")
    remarks = []
    versions, earlier = _without_earlier_texts(versions)
    remarks.append(Remark("earlier text, left out because the newer one was annotated too", earlier))
    if not entry.keeps_annotators:
        versions, opened = _without_only_opened(versions)
        remarks.append(Remark("only opened, left out because another annotator decided", opened))
    open_ = [version for version in versions if not version.done]
    if how == "leave-out":
        versions = [version for version in versions if version.done]
    says = _undone_words(entry, how)
    remarks.append(Remark(says, tuple(version.progress for version in open_), refused=True))
    if not versions:
        raise AnnotateError(_nothing_left(entry, open_))
    if not entry.keeps_annotators:
        _refuse_several_annotators(versions, entry)
    twice = _twice(versions)
    remarks.append(Remark("same text with different labels, written twice", twice, refused=True))
    said = tuple(remark for remark in remarks if remark.documents)
    return replace(whole, written=dict.fromkeys(version.key for version in versions), remarks=said)


def _version(annotated: AnnotatedDocument, whole: ExportPlan) -> _Version:
    document, spans = annotated.document, annotated.spans
    undecided = sum(not span.decided for span in spans)
    return _Version(
        annotated.row.document,
        annotated.row.annotator,
        document.sha256,
        document.path,
        document.name,
        annotated.row.facts.done,
        len(spans) - undecided,
        undecided,
        hash(frozenset(span.key for span in whole.with_wanted(annotated).spans)),
    )


def _without_earlier_texts(versions: Sequence[_Version]) -> tuple[list[_Version], tuple[str, ...]]:
    """The versions without those of earlier texts of a file, if their annotator decided about a newer one."""
    newest: dict[tuple[str, str], tuple[int, str]] = {}
    for number, version in enumerate(versions):
        if version.path not in ("", STANDARD_INPUT) and version.has_decisions:
            newest[version.path, version.annotator] = (number, version.text)
    stay, earlier = [], []
    for number, version in enumerate(versions):
        last, text = newest.get((version.path, version.annotator), (number, version.text))
        if number < last and version.text != text:
            earlier.append(version.progress)
        else:
            stay.append(version)
    return stay, tuple(earlier)


def _without_only_opened(versions: Sequence[_Version]) -> tuple[list[_Version], tuple[str, ...]]:
    """The versions without those in which nothing was decided, if another version of the text remains."""
    by_text: defaultdict[str, list[_Version]] = defaultdict(list)
    for version in versions:
        by_text[version.text].append(version)
    stay, opened = [], []
    for version in versions:
        same_text = by_text[version.text]
        others = {other.annotator for other in same_text} - {version.annotator}
        decided = any(other.has_decisions for other in same_text)
        superfluous = bool(others) and (decided or same_text[0].annotator != version.annotator)
        if superfluous and not version.has_decisions:
            opened.append(version.called)
        else:
            stay.append(version)
    return stay, tuple(opened)


def _refuse_several_annotators(versions: Sequence[_Version], entry: FormatEntry) -> None:
    people: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for version in versions:
        people[version.text].setdefault(version.annotator, version.name)
    several = [by for by in people.values() if len(by) > 1]
    if several:
        names = sorted({annotator or "nobody named" for by in several for annotator in by})
        document = next(iter(several[0].values())) or "a document without a name"
        raise AnnotateError(
            f"{counted(len(several), 'text')} would be written once for each of {', '.join(names)} "
            f"(for example {document}), and the format {entry.name} does not keep them apart; name one "
            "of them with --annotator."
        )


def _twice(versions: Sequence[_Version]) -> tuple[str, ...]:
    """The documents of one annotator that have the same text and are labelled differently."""
    same_text: defaultdict[tuple[str, str], list[_Version]] = defaultdict(list)
    for version in versions:
        same_text[version.text, version.annotator].append(version)
    return tuple(
        version.called
        for same in same_text.values()
        if len({(version.labelled, version.done) for version in same}) > 1
        for version in same
    )


def _undone_words(entry: FormatEntry, undone: Undone) -> str:
    match undone:
        case "missing":
            return "not done, with what is undecided written as unknown"
        case "outside":
            return "not done, with what is undecided written as no entity"
        case "leave-out":
            others = [f"--undone {one}" for one in entry.undone if one != "leave-out"]
            return f"not done, left out (`annotate done` marks them, {' or '.join(others)} writes them)"
        case unknown:
            assert_never(unknown)


def _nothing_left(entry: FormatEntry, open_: Sequence[_Version]) -> str:
    named = Remark("", tuple(version.progress for version in open_)).words.removeprefix(": ")
    other = "outside" if "outside" in entry.undone else "missing"
    meaning = "as no entity" if other == "outside" else "as unknown"
    return (
        f"Nothing is left to write, as nothing is done: {named}; `annotate done` marks articles as "
        f"done, and --undone {other} writes what is undecided {meaning}."
    )
