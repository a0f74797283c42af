"""Taking the spans of a file into a store, as suggestions or as decisions, overwriting nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from annotations import edits
from annotations.annotation_set import AnnotationSet
from annotations.document import STANDARD_INPUT, Document
from annotations.edits import Change, FactChange
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import Reading
from annotations.formats.loss import LossTable, StrictRefusal
from annotations.formats.matching import Match, Matcher
from annotations.span import Span
from annotations.span import replace as with_changes
from annotations.store.protocol import Pending, Store

As = Literal["suggested", "accepted"]


@dataclass
class ImportReport:
    """What came in and what did not."""

    documents: int = 0
    new_documents: int = 0
    moved_documents: int = 0
    """Documents whose text differs from the stored one in white space or Unicode form."""
    spans: int = 0
    kept: int = 0
    """Spans against which there is a decision already, or that are there already: that one stays."""
    unplaced: list[str] = field(default_factory=list)
    losses: LossTable = field(default_factory=LossTable)


def import_readings(
    readings: Iterable[Reading],
    store: Store,
    *,
    status: As,
    annotator: str,
    by_file: bool,
    name: str,
    strict: bool = False,
) -> ImportReport:
    """Commit what a file holds as one import edit a document, all of them or, on any error, none.

    With status `accepted` the decisions of the file become decisions here, except where there is one
    already; with `suggested` its accepted and suggested spans become suggestions with the source
    `import NAME`. Annotations go to `annotator`, or with `by_file` to the annotator the file names,
    where it names one. Offsets are moved where texts differ in white space or Unicode form only; other
    documents are new. Memory grows with the spans that come in. Raises `StrictRefusal` when `strict`
    and anything cannot be taken in.
    """
    report = ImportReport()
    matcher = Matcher(store.documents())
    sets: dict[tuple[str, str], AnnotationSet] = {}
    pending: list[Pending] = []
    for number, reading in enumerate(readings, 1):
        found, losses = reading.annotated, reading.losses
        report.documents += 1
        report.losses.add(found.document.name if found.document.path else "", losses)
        match = matcher.match(found)
        if match is None:
            match = Match(_new_document(found, name, number), list(found.spans))
            matcher.add(match.document)
            report.new_documents += 1
        report.moved_documents += not match.exact
        report.unplaced.extend(f"{match.document.name}: {one}" for one in match.unplaced)
        who = (by_file and found.row.annotator) or annotator
        key = (match.document.sha256, who)
        if key not in sets:
            sets[key] = store.load(match.document, who)
        live = sets[key]
        changes = (
            _suggestions(live, match.spans, name)
            if status == "suggested"
            else _decisions(live, match.spans, who)
        )
        facts = _facts(live, found) if status == "accepted" else ()
        report.spans += len(changes)
        report.kept += len(match.spans) - len(changes)
        if changes or facts:
            edit = edits.make_edit("import", who, changes, facts, cursor=live.cursor)
            live.apply(edit)
            pending.append(Pending(match.document.sha256, who, edit))
    if strict and (report.losses.lost() or report.unplaced):
        kinds = [f"{line.count} × {line.reason}" for line in report.losses.lost()]
        kinds += [f"{len(report.unplaced)} × no place in the text"] if report.unplaced else []
        raise StrictRefusal(f"Nothing was taken in: --strict forbids losing {'; '.join(kinds)}.")
    if pending:
        store.commit(pending)
    return report


def _new_document(found: AnnotatedDocument, name: str, number: int) -> Document:
    if found.document.path:
        return found.document
    origin = name if name == STANDARD_INPUT else str(Path(name).absolute())
    return replace(found.document, path=f"{origin}#{number}")


def _suggestions(live: AnnotationSet, spans: list[Span], name: str) -> tuple[Change, ...]:
    source = f"import {Path(name).name}"
    wanted = [
        with_changes(span, status="suggested", sources=span.sources or (source,))
        for span in spans
        if span.status != "rejected"
    ]
    return edits.suggest(live.spans, wanted)


def _decisions(live: AnnotationSet, spans: list[Span], annotator: str) -> tuple[Change, ...]:
    changes = []
    for span in spans:
        here = live.spans.get(span.key)
        if here is not None and (here.decided or not span.decided):
            continue
        changes.append(Change(here, with_changes(span, sources=span.sources or (annotator,))))
    return tuple(changes)


def _facts(live: AnnotationSet, found: AnnotatedDocument) -> tuple[FactChange, ...]:
    return tuple(
        FactChange(fact, "", value)
        for fact, value in found.row.facts.items()
        if value and not live.facts.get(fact)
    )
