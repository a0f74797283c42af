"""What every store does, whatever its implementation. The kinds of stores are in `places`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotations.editing.commands import accept, label_range
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.span import Span
from annotations.store.interface import HistoryEntry, Pending, Store, StoreError
from tests.annotations.store.places import PLACES, Opener
from tests.spans import sources_named

ANN = Document("Ann Lee met 李雷 in Zürich 🏔.\r\n", "/articles/a.txt")
BO = Document("Bo stayed at home.\n", "/articles/b.txt")


@pytest.fixture(params=PLACES)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    opener, stores = PLACES[request.param](tmp_path), []

    def open_one() -> Store:
        stores.append(opener())
        return stores[-1]

    yield open_one
    for store in stores:
        store.close(checkpoint=False)


def labelled(
    store: Store, document: Document, start: int, end: int, annotator: str = "ann", label: str = "PERSON"
) -> Edit:
    """Label a span of a document and commit it. Return the edit."""
    live = store.load(document, annotator)
    edit = make_edit("create", annotator, label_range(live.spans, start, end, label, annotator))
    store.commit([Pending(document.id, annotator, edit)])
    return edit


def places(annotations: AnnotationSet) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label) for span in annotations.spans]


def test_what_was_committed_is_there_for_whoever_opens_next(opened: Opener) -> None:
    store = opened()
    assert list(store.documents()) == []
    assert places(store.load(ANN, "ann")) == []
    labelled(store, ANN, 0, 7)
    labelled(store, ANN, 20, 21, "bob", "GPE")
    labelled(store, BO, 0, 2)
    for again in (store, opened()):
        assert list(again.documents()) == [ANN, BO]
        assert places(again.load(ANN, "ann")) == [(0, 7, "PERSON")]
        assert [row.annotator for row in again.annotations(ANN.id)] == ["ann", "bob"]
        assert list(again.annotations("0" * 64)) == []


def test_what_was_loaded_is_the_callers(opened: Opener) -> None:
    store = opened()
    labelled(store, ANN, 0, 7)
    mine = store.load(ANN, "ann")
    mine.apply(make_edit("create", "ann", label_range(mine.spans, 20, 21, "GPE", "ann")))
    assert places(store.load(ANN, "ann")) == [(0, 7, "PERSON")]


def test_opening_and_loading_store_nothing(opened: Opener) -> None:
    store = opened()
    store.load(ANN, "ann")
    store.see(BO)
    assert list(store.documents()) == list(opened().documents()) == []
    store.commit([], [BO])
    assert list(opened().documents()) == [BO]
    assert list(opened().annotations(BO.id)) == []


def test_a_stored_document_gets_another_path_but_never_another_text(opened: Opener) -> None:
    store = opened()
    store.commit([], [ANN])
    moved = Document(ANN.text, "/articles/moved.txt")
    store.commit([], [moved])
    assert list(opened().documents()) == [moved]
    store.commit([], [Document("Another text.", "/x.txt", given_id=moved.id)])
    assert list(opened().documents()) == [moved]


def test_documents_come_in_in_the_order_given_whichever_of_them_have_edits(opened: Opener) -> None:
    store = opened()
    again = [Document(ANN.text, given_id=f"{ANN.sha256}-0000000{n}") for n in range(3)]
    live = store.load(again[1], "ann")
    edit = make_edit("create", "ann", label_range(live.spans, 0, 7, "GPE", "ann"))
    store.commit([Pending(again[1].id, "ann", edit)], [ANN, *again, BO])
    for one in (store, opened()):
        assert list(one.documents()) == [ANN, *again, BO]
        assert list(one.with_text(ANN.sha256)) == [ANN, *again]


def test_documents_are_found_by_text_and_by_path(opened: Opener) -> None:
    store = opened()
    second = Document(ANN.text, "/articles/copy.txt", given_id=f"{ANN.sha256}-00000001")
    changed = Document("Ann left.", ANN.path)
    store.commit([], [ANN, second, BO, changed])
    for again in (store, opened()):
        assert list(again.with_text(ANN.sha256)) == [ANN, second]
        assert list(again.at_path(ANN.path)) == [ANN, changed]
        assert list(again.with_text("0" * 64)) == list(again.at_path("/nowhere")) == []


def test_a_text_is_the_stored_document_of_the_same_path_else_another_one(opened: Opener) -> None:
    store = opened()
    assert store.identify(ANN).document == ANN
    nameless = Document(BO.text)
    store.commit([], [ANN, nameless])
    again = opened()
    assert again.identify(ANN).document == ANN
    assert again.identify(BO).document == BO
    gone = again.identify(Document(ANN.text, "/articles/renamed.txt"))
    assert (gone.document.id, gone.document.path) == (ANN.id, "/articles/renamed.txt")
    assert "a.txt, which no longer exists" in gone.notice


def test_removed_is_removed_with_all_annotations_and_can_be_put_back(opened: Opener) -> None:
    store = opened()
    labelled(store, ANN, 0, 7)
    labelled(store, ANN, 20, 21, "bob")
    labelled(store, BO, 0, 2)
    rows = list(store.annotations(ANN.id))
    store.remove([ANN.id, "0" * 64])
    for one in (store, opened()):
        assert list(one.documents()) == [BO]
        assert list(one.annotations(ANN.id)) == []
        assert places(one.load(BO, "ann")) == [(0, 2, "PERSON")]
    again = opened()
    removed = again.last_removed(lambda document: document.path == ANN.path)
    assert removed is not None
    assert removed.document == ANN
    assert list(removed.annotations) == rows
    assert again.last_removed(lambda document: document.path == BO.path) is None
    again.put_back(removed)
    with pytest.raises(StoreError, match=r"a\.txt is in .*added again"):
        again.put_back(removed)
    for one in (again, opened()):
        assert {document.path for document in one.documents()} == {ANN.path, BO.path}
        assert list(one.annotations(ANN.id)) == rows


def test_the_last_of_several_removals_comes_back(opened: Opener) -> None:
    store = opened()
    for end in (3, 7):
        labelled(store, ANN, 0, end)
        store.remove([ANN.id])
    removed = store.last_removed(lambda document: True)
    assert removed is not None
    assert [span.end for row in removed.annotations for span in row.spans] == [7]


def test_edits_of_a_document_that_another_program_removed_are_refused_as_a_whole(opened: Opener) -> None:
    ours, theirs = opened(), opened()
    labelled(ours, ANN, 0, 7)
    labelled(ours, BO, 0, 2)
    theirs.remove([ANN.id])
    edits = [Pending(one.id, "ann", make_edit("flag", "ann", ())) for one in (BO, ANN)]
    with pytest.raises(StoreError, match=r"a\.txt was removed from"):
        ours.commit(edits)
    assert len(list(opened().history(BO.id))) == 1


def test_half_a_character_is_refused_and_nothing_of_the_commit_stays(opened: Opener) -> None:
    store = opened()
    good = make_edit(
        "create", "ann", label_range(AnnotationSet(ANN.id, "ann").spans, 0, 7, "GPE", "ann")
    )
    store.load(ANN, "ann")
    for bad in (Document("half \ud83d", "/half.txt"), Document("whole", "/whole.txt", source="\udcff")):
        with pytest.raises(StoreError, match="Half a character"):
            store.commit([Pending(ANN.id, "ann", good)], [bad])
    assert list(store.documents()) == list(opened().documents()) == []
    store.commit([Pending(ANN.id, "ann", good)])
    assert places(opened().load(ANN, "ann")) == [(0, 7, "GPE")]


def test_an_edit_that_got_there_already_is_not_written_again(opened: Opener) -> None:
    ours, theirs = opened(), opened()
    ours.load(ANN, "ann")
    theirs.load(ANN, "ann")
    edit = labelled(theirs, ANN, 0, 7)
    ours.commit([Pending(ANN.id, "ann", edit)])
    assert [entry.edit.id for entry in ours.history()] == [edit.id]


def test_follow_tells_once_what_others_did_to_what_is_open_here(opened: Opener) -> None:
    ours, theirs = opened(), opened()
    ours.load(ANN, "ann")
    first = labelled(theirs, ANN, 0, 7)
    labelled(theirs, BO, 0, 2)
    labelled(ours, ANN, 20, 21)
    second = labelled(theirs, ANN, 8, 11)
    followed = list(ours.follow())
    assert [(entry.document, entry.annotator, entry.edit.id) for entry in followed] == [
        (ANN.id, "ann", first.id),
        (ANN.id, "ann", second.id),
    ]
    assert list(ours.follow()) == []
    assert places(ours.load(ANN, "ann")) == places(opened().load(ANN, "ann"))
    assert len(ours.load(ANN, "ann").spans) == 3


def test_edits_are_put_on_top_of_what_others_did(opened: Opener) -> None:
    ours, theirs = opened(), opened()
    live = ours.load(ANN, "ann")
    other = labelled(theirs, ANN, 0, 7)
    mine = make_edit("create", "ann", label_range(live.spans, 20, 21, "GPE", "ann"))
    instead = make_edit("create", "ann", label_range(live.spans, 20, 22, "GPE", "ann"))
    seen: list[str] = []

    def on_top(theirs: object, edits: list[Pending]) -> list[Pending]:
        assert isinstance(theirs, list)
        seen.extend(entry.edit.id for entry in theirs if isinstance(entry, HistoryEntry))
        return [Pending(one.document, one.annotator, instead) for one in edits]

    ours.commit([Pending(ANN.id, "ann", mine)], on_top=on_top)
    assert seen == [other.id]
    assert places(opened().load(ANN, "ann")) == [(0, 7, "PERSON"), (20, 22, "GPE")]


def test_adopted_annotations_are_stored_with_the_next_edit_and_never_over_others(opened: Opener) -> None:
    store = opened()
    live = AnnotationSet(ANN.id, "ann")
    live.apply(make_edit("create", "ann", label_range(live.spans, 0, 7, "PERSON", "ann")))
    store.load(ANN, "ann")
    store.adopt(live.to_row())
    assert list(opened().annotations(ANN.id)) == []
    edit = make_edit("create", "ann", label_range(live.spans, 20, 21, "GPE", "ann"))
    store.commit([Pending(ANN.id, "ann", edit)])
    again = opened()
    assert places(again.load(ANN, "ann")) == [(0, 7, "PERSON"), (20, 21, "GPE")]
    again.adopt(live.to_row())
    labelled(again, BO, 0, 2)
    assert places(opened().load(ANN, "ann")) == [(0, 7, "PERSON"), (20, 21, "GPE")]


def test_history_has_every_edit_in_order_with_its_commit(opened: Opener) -> None:
    store = opened()
    edits = [labelled(store, ANN, 0, 7), labelled(store, BO, 0, 2), labelled(store, ANN, 20, 21)]
    for one in (store, opened()):
        assert [entry.edit for entry in one.history()] == edits
        assert [entry.edit for entry in one.history(ANN.id)] == [edits[0], edits[2]]
        assert list(one.history("0" * 64)) == []
        numbers = [entry.sequence for entry in one.history()]
        assert numbers == sorted(set(numbers))


def test_earlier_states_can_be_looked_at(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = datetime(2026, 3, 1, tzinfo=UTC)
    moments = iter(range(1000))

    def tick() -> str:
        moment = begin + timedelta(hours=next(moments))
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    for name in ("memory", "tinydb_file.open_files", "tinydb_file.tinydb_store"):
        monkeypatch.setattr(f"annotations.store.{name}.now", tick)
    store = opened()
    with pytest.raises(StoreError, match="has no history"):
        store.annotations_at(ANN, "ann", begin)
    between = []
    for start in (0, 8, 20):
        labelled(store, ANN, start, start + 1)
        between.append(begin + timedelta(hours=next(moments)))
    for count, moment in enumerate(between, 1):
        then = opened().annotations_at(ANN, "ann", moment)
        assert len(then.annotations.spans) == count
        assert (then.later, then.earlier) == (0, 0)
    assert places(opened().annotations_at(BO, "ann", between[0]).annotations) == []
    with pytest.raises(StoreError, match="reaches back only to"):
        store.annotations_at(ANN, "ann", begin - timedelta(days=1))


def test_undo_and_suggestions_survive(opened: Opener) -> None:
    store = opened()
    live = store.load(ANN, "ann")
    suggested = Span(0, 7, "PERSON", "suggested", sources_named("model 1"))
    edits = [make_edit("suggest", "model 1", [Change(None, suggested)])]
    live.apply(edits[0])
    edits.append(make_edit("accept", "ann", accept(suggested)))
    live.apply(edits[1])
    store.commit([Pending(ANN.id, "ann", edit) for edit in edits])
    assert opened().load(ANN, "ann").to_row() == live.to_row()
    assert live.undo


@pytest.mark.parametrize("checkpoint", [True, False])
def test_closing_loses_nothing(opened: Opener, checkpoint: bool) -> None:
    store = opened()
    labelled(store, ANN, 0, 7)
    store.close(checkpoint=checkpoint)
    again = opened()
    assert places(again.load(ANN, "ann")) == [(0, 7, "PERSON")]
    assert again.notices == []
    assert again.name


def test_two_files_with_one_text_are_two_documents_before_anything_is_decided(
    opened: Opener, tmp_path: Path
) -> None:
    first, second = (Document("Nobody came.", str(tmp_path / name)) for name in ("a.txt", "b.txt"))
    for path in ("a.txt", "b.txt"):
        (tmp_path / path).write_text("Nobody came.", "utf-8")
    store = opened()
    one = store.identify(first).document
    store.load(one, "ann")
    other = store.identify(second).document
    store.load(other, "ann")
    assert one.id != other.id
    assert (store.identify(first).document.id, store.identify(second).document.id) == (one.id, other.id)
    labelled(store, other, 0, 6)
    labelled(store, one, 7, 11)
    assert {document.path: places(store.load(document, "ann")) for document in store.documents()} == {
        first.path: [(7, 11, "PERSON")],
        second.path: [(0, 6, "PERSON")],
    }
