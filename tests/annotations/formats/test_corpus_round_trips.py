"""A corpus from one database, through a file, into another: only what was announced is lost.

The corpus has difficult cases: documents without spans or without text, texts that are similar or the
same, two annotators, documents done and not done. The file is imported into an empty database, which is
closed and read again from the disk.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.export import Export, Report
from annotations.formats.export_filter import ExportFilter
from annotations.formats.export_plan import ExportPlan, plan
from annotations.formats.folder import FileNames
from annotations.formats.format import Options, Reading
from annotations.formats.importing import Choices, ImportFile, check_stored, import_files
from annotations.formats.loss import Loss, minus
from annotations.formats.registry import FORMATS, FormatEntry, load
from annotations.formats.stored import StoredArticles, stored_documents
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS, DocumentFacts, fact_changes
from annotations.model.edit import Change, make_edit
from annotations.model.source import Source, person
from annotations.model.span import Span, replace
from annotations.model.value import Entity, Timex
from annotations.store.interface import Pending, Store
from annotations.store.opening import open_store
from tests.spans import sources_named

CONTRACT = "This contract is made on 8 April 2021 between Ada Brook of Lisbon and Harbour Works Ltd."
OTHER = CONTRACT.replace("Ada Brook", "Bo Karlsen").replace("Lisbon", "Bergen")
MIXED = "Zoë 😀 met 李雷 in Zürich.\r\n\r\nנעמה wrote to Zoë on Monday.\n"
ACCEPTED = "accepted"


def at(text: str, words: str, label: str, **more: object) -> Span:
    start = text.index(words)
    status = more.pop("status", ACCEPTED)
    return Span(start, start + len(words), label, status, **more)  # type: ignore[arg-type]


DONE = DocumentFacts.of(done=True)


def corpus(store: Store) -> None:
    """Store all documents, with edits by ann and by eve."""

    def add(document: Document, *spans: Span, by: str = "ann", facts: DocumentFacts = NO_FACTS) -> None:
        live = store.load(document, by)
        said = fact_changes(NO_FACTS, facts)
        edit = make_edit("import", by, [Change(None, span) for span in spans], said)
        live.apply(edit)
        store.commit([Pending(document.id, by, edit)], [document])

    def alike(text: str, path: str) -> Document:
        first = Document(text, path)
        return Document(text, path, f"{first.sha256}-0000000a")

    date = Timex("DATE", "2021-04-08", "person")
    names = (at(CONTRACT, "Ada Brook", "PERSON"), at(CONTRACT, "8 April 2021", "DATE", value=date))
    add(Document(CONTRACT, "/c/contract-1.txt"), *names, facts=DONE)
    add(Document(OTHER, "/c/contract-2.txt"), at(OTHER, "Bo Karlsen", "PERSON"), facts=DONE)
    add(Document(CONTRACT.replace(" ", "  "), "/c/contract-3.txt"), facts=DONE)
    add(alike(CONTRACT, "/c/copy.txt"), *names, facts=DONE)
    add(Document("Nothing happened in the town.", "/c/quiet.txt"), facts=DONE)
    add(Document("", "/c/empty.txt"), facts=DONE)
    undecided = at(
        OTHER + "\n", "Bergen", "GPE", status="suggested", sources=sources_named("en_core_web_sm 3.8.0")
    )
    rejected = at(OTHER + "\n", "Harbour", "GPE", status="rejected")
    open_ = (at(OTHER + "\n", "Bo Karlsen", "PERSON"), undecided, rejected)
    add(Document(OTHER + "\n", "/c/open.txt"), *open_)
    mixed = (
        at(MIXED, "Zoë", "PERSON", value=Entity("Zoë Ek", "Q1"), comment="who?", flagged=True),
        at(MIXED, "李雷", "PERSON", score=0.5, sources=sources_named("en_core_web_sm 3.8.0")),
        at(MIXED, "Zürich", "GPE"),
        at(MIXED, "נעמה", "PERSON"),
    )
    add(
        Document(MIXED, "/c/mixed.txt"),
        *mixed,
        facts=DocumentFacts.of(done=True, creation_time="2021-04-08", comment="odd"),
    )
    add(Document(MIXED, "/c/mixed.txt"), mixed[2], by="eve", facts=DONE)
    store.commit(
        (), [Document("Nobody has looked at this.", given_name="new.txt", source="/c/all.jsonl#9")]
    )


def chosen(entry: FormatEntry) -> ExportFilter:
    """All documents; only those of one annotator if the format does not keep annotators apart."""
    return ExportFilter(annotators=() if entry.keeps_annotators else ("ann",))


def fitted(
    entry: FormatEntry, planned: ExportPlan, store: Store, options: Options
) -> Iterator[AnnotatedDocument]:
    """What must be in the file: each document without what is announced as lost, and with all the rest."""
    names = FileNames(*entry.file_endings) if entry.file_endings else None
    for whole in planned.chosen(stored_documents(store)):
        wanted = planned.with_wanted(whole)
        fit, losses = load(entry.name).fit(wanted, options)
        for loss in losses:
            assert happens(wanted, loss), loss
        if not any(loss.part in ("spacing", "text") for loss in losses):
            assert fit.without_history() == minus(wanted, losses).without_history()
        if not any(loss.part == "document" for loss in losses):
            yield names.named(fit)[0] if names else fit


def happens(document: AnnotatedDocument, loss: Loss) -> bool:
    """Whether a document has what a loss names, so that it differs without it."""
    if loss.part in (
        "spacing",
        "flat",
        "document",
        "undecided",
        "unknown",
        "formula",
        "foreign",
        "label",
    ):
        return True
    return minus(document, [loss]).digest() != document.digest() or loss.part == "created by"


def in_store(store: Store) -> Iterator[tuple[object, ...]]:
    for one in stored_documents(store):
        facts = one.row.facts
        yield said(one, one.row.annotator, one.spans, facts.with_done(False), facts.done)


def said(
    one: AnnotatedDocument, by: str, spans: tuple[Span, ...], facts: DocumentFacts, done: bool
) -> tuple[object, ...]:
    document = one.document
    name = "" if not (document.given_name or document.path) else document.name
    # Values from rules are computed again from the text.
    shown = [replace(s, value=None) if is_of_rules(s) else s for s in spans]
    return one.text, name, by, tuple(shown), facts, done


def is_of_rules(span: Span) -> bool:
    return isinstance(span.value, Timex) and span.value.origin == "rule"


@pytest.mark.parametrize(
    "entry", [one for one in FORMATS if one.reads and one.writes], ids=lambda e: e.name
)
def test_a_corpus_comes_back_but_for_what_was_announced(entry: FormatEntry, tmp_path: Path) -> None:
    source = open_store(tmp_path / "source.json")
    corpus(source)
    source.close()
    source = open_store(tmp_path / "source.json", read_only=True)
    planned = plan(stored_documents(source), chosen(entry), entry)
    options = Options(undone=planned.undone, find=StoredArticles(source).find)
    announced: list[Report] = []
    export = Export(entry, tmp_path / f"file{entry.suffix}", options, plan=planned)
    export.run(lambda: stored_documents(source), announced.append)
    expected = list(fitted(entry, planned, source, options))

    target = open_store(tmp_path / "target.json")
    readings = list(load(entry.name).read(export.output, "file", options))
    report = import_files(
        [ImportFile("file", readings)], target, Choices("accepted", "who", by_file=True)
    )
    target.close()
    again = open_store(tmp_path / "target.json", read_only=True)
    check_stored(report, again)

    complete = {key_of(reading): reading.complete for reading in readings}
    wanted = Counter(
        said(
            one,
            one.row.annotator or ("who" if says_something(one, complete) else ""),
            tuple(replace(s, sources=s.sources or (by_of(one),)) for s in one.spans),
            one.row.facts.with_done(False),
            is_complete(one, complete),
        )
        for one in expected
    )
    assert Counter(in_store(again)) == wanted
    not_done = [
        one for one in expected if one.document.name == "open.txt" and entry.undone[0] == "missing"
    ]
    assert not any(is_complete(one, complete) for one in not_done)
    [only] = announced
    assert only.documents >= len(expected)
    source.close()
    again.close()


def by_of(one: AnnotatedDocument) -> Source:
    return person(one.row.annotator or "who")


def key_of(reading: Reading) -> tuple[object, ...]:
    return key(reading.annotated)


def key(one: AnnotatedDocument) -> tuple[object, ...]:
    return one.document.id, one.document.path, one.document.given_name, one.row.annotator, one.spans


def is_complete(one: AnnotatedDocument, complete: Mapping[tuple[object, ...], bool]) -> bool:
    return complete[key(one)]


def says_something(one: AnnotatedDocument, complete: Mapping[tuple[object, ...], bool]) -> bool:
    return bool(one.spans or one.row.facts or is_complete(one, complete))
