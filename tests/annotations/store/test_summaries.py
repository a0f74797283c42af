"""The summaries of many documents are the same as those made by decoding all of them, after any changes."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.editing.commands import accept, reject
from annotations.editing.done import marking
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document, text_of_id
from annotations.model.document_facts import NO_FACTS, DocumentFacts, fact_changes
from annotations.model.document_summary import (
    DocumentSummary,
    ListedSummaries,
    Progress,
    Undecided,
    progress_of,
)
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.span import Span, replace
from annotations.store.interface import Pending, Store
from annotations.store.tinydb_file.snapshot import Snapshot
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.places import PLACES, Opener

ANN = Document("Ann Lee met 李雷 in Zürich 🏔.\r\n", "/articles/a.txt")
BO = Document("Bo stayed at home.\n", "/articles/b.txt")


@pytest.fixture(params=PLACES)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    return PLACES[request.param](tmp_path)


def worked_out(store: Store, annotator: str) -> list[DocumentSummary]:
    """The summaries made by decoding everything."""
    summaries = []
    for one in store.documents():
        rows = [row for row in store.annotations(one.id) if row.annotator == annotator]
        progress = progress_of(rows[0]) if rows else Progress()
        summaries.append(DocumentSummary(one.id, one.name, one.path, len(one.text.split()), progress))
    return summaries


def agree(store: Store) -> None:
    for annotator in ("ann", "bob", "nobody"):
        expected = worked_out(store, annotator)
        summaries = store.summaries(annotator)
        assert list(summaries) == expected
        assert summaries[1:] == expected[1:]
        assert len(summaries) == len(expected)
        plain = ListedSummaries(expected)
        for column in ("done", "flagged", "visited", "marked_done", "seconds", "paths", "names"):
            assert list(getattr(summaries, column)) == list(getattr(plain, column)), column
        for one in expected:
            text = text_of_id(one.document)
            for _ in range(2):
                assert summaries.with_text(text) == plain.with_text(text)
            assert summaries.place_of(one.document) == plain.place_of(one.document)
            for _ in range(2):
                assert summaries.last_at(one.path) == plain.last_at(one.path)
        assert summaries.by_path == plain.by_path
        assert summaries.last_at("/nowhere") is None
        assert summaries.with_text("0" * 64) == []
        assert summaries.place_of("0" * 64) is None
        # Each way to get a summary, with new and with already used summaries.
        assert [store.summaries(annotator)[n] for n in range(len(expected))] == expected
        assert [summaries[n] for n in range(len(expected))] == expected
        for one in expected:
            assert store.summary(one.document, annotator) == one
    assert store.summary("0" * 64, "ann") is None


def commit(store: Store, document: Document, annotator: str, edit: Edit | None) -> None:
    if edit is not None:
        store.commit([Pending(document.id, annotator, edit)])


def test_a_summary_has_what_a_list_shows(opener: Opener) -> None:
    store = opener()
    spans = [Span(0, 7, "PERSON", score=0.9), Span(12, 14, "PERSON", score=0.4), Span(18, 24, "GPE")]
    note = replace(spans[0], flagged=True)
    store.commit([], [BO, ANN])
    commit(store, ANN, "ann", make_edit("suggest", "m", [Change(None, span) for span in spans]))
    summary = store.summary(ANN.id, "ann")
    left = (Undecided("GPE", 1, 0, None), Undecided("PERSON", 2, 1, 0.4))
    assert summary == DocumentSummary(
        ANN.id, "a.txt", ANN.path, 7, Progress(undecided=3, lowest_score=0.4, doubtful=1, by_label=left)
    )
    commit(store, ANN, "ann", make_edit("flag", "ann", [Change(spans[0], note)]))
    assert store.summaries("ann").flagged == b"\0\1"
    commit(store, ANN, "ann", make_edit("flag", "ann", [Change(note, spans[0])]))
    assert store.summaries("ann").flagged == b"\0\0"
    accepted = make_edit("accept", "ann", accept(spans[1]))
    commit(store, ANN, "ann", accepted)
    commit(store, ANN, "ann", make_edit("reject", "ann", reject(spans[2], "ann")))
    marked = marking(store.load(ANN, "ann"), "ann")
    commit(store, ANN, "ann", marked)
    facts = fact_changes(NO_FACTS, DocumentFacts.of(flagged=True, creation_time="2026-03-01"))
    last = make_edit("document", "ann", (), facts)
    commit(store, ANN, "ann", last)
    assert marked is not None
    person = (Undecided("PERSON", 1, 0, 0.9),)
    assert store.summaries("ann")[1].progress == Progress(
        True,
        True,
        1,
        1,
        1,
        0.9,
        0,
        0.0,
        last.at,
        marked.at,
        "2026-03-01",
        visited=last.at,
        by_label=person,
    )
    assert store.summaries("ann").done == b"\0\1"
    assert store.summaries("bob")[1].progress == Progress()
    commit(store, ANN, "ann", marking(store.load(ANN, "ann"), "ann", done=False))
    assert not store.summaries("ann")[1].progress.marked_done
    store.close()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_summaries_say_what_the_annotations_say(opener: Opener, seed: int) -> None:
    pick = random.Random(seed)
    store, number = opener(), 0

    def some() -> Document | None:
        documents = list(store.documents())
        return pick.choice(documents) if documents else None

    def add() -> None:
        nonlocal number
        number += 1
        one = Document(f"Article {number}: Ann Lee met 李雷.", f"/articles/{number}.txt")
        if pick.random() < 0.7:
            span = Span(0, 7, "WORK", score=pick.random())
            facts = DocumentFacts.of(done=pick.random() < 0.3)
            store.adopt(AnnotationRow(one.id, pick.choice(("ann", "bob")), (span,), facts))
        store.commit([], [one])

    def decide() -> None:
        one, annotator = some(), pick.choice(("ann", "bob"))
        if one is not None:
            live = store.load(one, annotator)
            spans = [span for span in live.spans if not span.decided]
            start = pick.randrange(8)
            new = [Change(None, Span(start, start + 1, f"L{number}", score=pick.random()))]
            changes = (accept(spans[0]) or new) if spans and pick.random() < 0.5 else new
            commit(store, one, annotator, make_edit("accept", annotator, changes))

    def mark() -> None:
        one, annotator = some(), pick.choice(("ann", "bob"))
        if one is not None:
            live = store.load(one, annotator)
            commit(store, one, annotator, marking(live, annotator, done=pick.random() < 0.8))

    def move() -> None:
        one = some()
        if one is not None:
            store.commit([], [Document(one.text, f"{one.path}-moved", one.given_id)])

    def remove() -> None:
        one = some()
        if one is not None and pick.random() < 0.5:
            store.remove([one.id])
            removed = store.last_removed(lambda document: document.id == one.id)
            if removed is not None and pick.random() < 0.5:
                store.put_back(removed)

    def reopen() -> None:
        nonlocal store
        store.close(checkpoint=pick.random() < 0.6)
        store = opener()

    steps: list[Callable[[], None]] = [add, add, decide, decide, mark, mark, move, remove, reopen]
    for _ in range(40):
        pick.choice(steps)()
        agree(store)
    store.close()


def test_a_list_stays_as_it_was_and_readable_when_the_store_goes_on(opener: Opener) -> None:
    store = opener()
    store.commit([], [ANN, BO])
    commit(store, ANN, "ann", make_edit("create", "ann", [Change(None, Span(0, 7, "PERSON"))]))
    before, expected = store.summaries("ann"), worked_out(store, "ann")
    commit(store, ANN, "ann", marking(store.load(ANN, "ann"), "ann"))
    assert store.summaries("ann").done == b"\1\0"
    store.close()
    assert list(before) == expected
    assert before.done == b"\0\0"


def test_counting_and_the_first_open_one_decode_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "annotations.json"
    store = TinyStore(path)
    documents = [Document(f"Article {n}.", f"/articles/{n}.txt") for n in range(300)]
    for one in documents[:200]:
        store.adopt(AnnotationRow(one.id, "ann", (), DocumentFacts.of(done=True)))
    store.commit([], documents)
    store.close()
    again = TinyStore(path, read_only=True)

    def no_row(*_: object) -> bytes:
        raise AssertionError("A row was read.")

    monkeypatch.setattr(Snapshot, "row", no_row)
    summaries = again.summaries("ann")
    assert summaries.done == bytes([1] * 200 + [0] * 100)
    assert (len(summaries.paths), summaries.paths[7]) == (300, "/articles/7.txt")
    assert summaries.with_text(documents[7].sha256) == [7]
    assert (summaries.last_at("/articles/7.txt"), summaries.place_of(documents[7].id)) == (7, 7)
    assert summaries[200].name == "200.txt"
    assert again.summary(documents[7].id, "bob") == DocumentSummary(
        documents[7].id, "7.txt", "/articles/7.txt", 2, Progress()
    )
    again.close()
