"""A document can be exported in every format, whatever text is labelled as a date."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annotations.formats.export import Export
from annotations.formats.format import Options
from annotations.formats.registry import FORMATS, FormatEntry
from annotations.formats.stored import stored_documents
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS, fact_changes
from annotations.model.edit import Change, make_edit
from annotations.model.span import Span
from annotations.store.interface import Pending
from tests.annotations.dates.test_dates_any_extent import CREATION_TIMES, marked_texts
from tests.annotations.formats.counting_store import CountingStore


def exported(text: str, spans: list[Span], created: str, entry: FormatEntry) -> int:
    """Store the spans as an import does, export them, and return how many were written."""
    document, store = Document(text, "/articles/a.txt"), CountingStore()
    store.load(document, "ann")
    changes = [Change(None, span) for span in {span.key: span for span in spans}.values()]
    facts = fact_changes(NO_FACTS, NO_FACTS.with_creation_time(created))
    store.commit([Pending(document.id, "ann", make_edit("import", "ann", changes, facts))])
    with tempfile.TemporaryDirectory() as folder:
        export = Export(entry, Path(folder) / f"out{entry.suffix}", Options())
        return export.run(lambda: stored_documents(store), lambda report: None).spans


def test_dates_are_worked_out_in_nothing_but_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def dated(text: str, spans: Iterable[Span], *_: object) -> Iterable[Span]:
        asked.append(text)
        return spans

    monkeypatch.setattr("annotations.dates.document_dates.dated", dated)
    store = CountingStore()
    for name, annotator in (("a", "ann"), ("b", "ann"), ("b", "bob")):
        document = Document(f"{name} on 3 May", f"/{name}.txt")
        store.load(document, annotator)
        change = Change(None, Span(5, 10, "DATE"))
        store.commit([Pending(document.id, annotator, make_edit("import", annotator, [change]))])
    (one,) = stored_documents(store, only={(document.id, "bob")})
    assert (one.document.id, one.row.annotator, asked) == (document.id, "bob", ["b on 3 May"])


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_an_age_called_a_date_is_exported_in_every_format(entry: FormatEntry) -> None:
    text = "In 490 BC it fell. She was 52 then."
    assert exported(text, [Span(27, 29, "DATE", "accepted")], "", entry) == 1


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_any_extents_called_dates_are_exported_in_every_format(entry: FormatEntry) -> None:
    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
    @given(marked_texts("en"), st.sampled_from(["", *CREATION_TIMES]))
    def holds(marked: tuple[str, list[Span]], created: str) -> None:
        # Formats that are read back do not accept a text with NUL.
        assume("\0" not in marked[0])
        exported(*marked, created, entry)

    holds()
