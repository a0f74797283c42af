"""The history is shown in words, an earlier state is restored as a new edit, and only prune removes history."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotations.editing.difference import restoring
from annotations.editing.history import describe
from annotations.model.annotation_set import AnnotationSet
from annotations.model.edit import Change, make_edit
from annotations.model.span import Span, replace
from annotations.store.interface import Pending, StoreError
from annotations.store.tinydb_file.history import annotations_at, history
from annotations.store.tinydb_file.tinydb_store import TinyStore
from annotations.store.tinydb_file.upkeep import Upkeep
from annotations.text.display import escaped
from tests.annotations.store.test_recovery import DOCUMENT, label, names, opened
from tests.spans import sources_named

TEXT = "Ann Lee met\x1b[31m Bo."
ANN = Span(0, 7, "PERSON", "accepted", sources_named("ann"))
BO = Span(16, 19, "PERSON", "suggested", sources_named("m"))


def after_a_tick() -> datetime:
    """A moment that differs from the times of saving before and after it, which are kept in milliseconds."""
    time.sleep(0.003)
    moment = datetime.now(UTC)
    time.sleep(0.003)
    return moment


@pytest.fixture
def store(tmp_path: Path) -> tuple[Path, datetime]:
    path = tmp_path / "annotations.json"
    label(path, (0, 3, "A"), (4, 7, "B"))
    moment = after_a_tick()
    label(path, (8, 10, "C"))
    label(path, (14, 20, "D"))
    return path, moment


def test_history_has_every_edit_in_order(store: tuple[Path, datetime]) -> None:
    path, _ = store
    words = [describe(entry.edit, DOCUMENT.text) for entry in history(path, DOCUMENT.sha256)]
    assert words == [
        "labelled “Ann” A",
        "labelled “met” B",
        "labelled “Bo” C",
        "labelled “Ürümqi” D",
    ]
    assert list(history(path, "f" * 64)) == []


def test_an_earlier_state_comes_back_and_can_be_undone(store: tuple[Path, datetime]) -> None:
    path, moment = store
    then = annotations_at(path, DOCUMENT, "ann", moment).annotations
    assert names(then) == ["A", "B"]
    opened_store = TinyStore(path)
    annotations = opened_store.load(DOCUMENT, "ann")
    edit = restoring(annotations, then, "ann")
    assert edit is not None
    assert edit.undoable
    opened_store.commit([Pending(DOCUMENT.sha256, "ann", edit)])
    opened_store.close()
    assert names(opened(path)[0]) == ["A", "B"]
    assert len(list(history(path))) == 5


def test_prune_forgets_what_was_before_and_keeps_the_rest(store: tuple[Path, datetime]) -> None:
    path, moment = store
    running = TinyStore(path)
    assert Upkeep(path).prune(moment).commits > 0
    words = [describe(entry.edit, DOCUMENT.text) for entry in history(path)]
    assert words == ["labelled “Bo” C", "labelled “Ürümqi” D"]
    everything = b"".join(file.read_bytes() for file in path.parent.glob("*.journal*"))
    assert b'"label":"A"' not in everything
    with pytest.raises(StoreError, match="reaches back only to"):
        annotations_at(path, DOCUMENT, "ann", moment)

    annotations = running.load(DOCUMENT, "ann")
    edit = make_edit(
        "create", "ann", [Change(None, Span(21, 22, "E", "accepted", sources_named("ann")))]
    )
    annotations.apply(edit)
    running.commit([Pending(DOCUMENT.sha256, "ann", edit)])
    running.close()
    found, notices = opened(path)
    assert names(found) == ["A", "B", "C", "D", "E"]
    assert notices == []
    assert Upkeep(path).prune(datetime.now(UTC)).commits > 0
    assert list(history(path)) == []
    assert names(opened(path)[0]) == ["A", "B", "C", "D", "E"]
    json.loads(path.read_bytes())


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, ANN, "labelled “Ann Lee” PERSON"),
        (ANN, None, "removed “Ann Lee” PERSON"),
        (ANN, Span(0, 7, "ORG", "accepted"), "changed “Ann Lee” from PERSON to ORG"),
        (ANN, Span(0, 3, "PERSON", "accepted"), "changed “Ann Lee” to “Ann” PERSON"),
        (BO, Span(16, 19, "PERSON", "rejected", sources_named("m")), "rejected “ Bo” PERSON"),
    ],
)
def test_one_change_in_words(before: Span | None, after: Span | None, words: str) -> None:
    edit = make_edit("create", "ann", [Change(before, after)])
    assert describe(edit, TEXT).replace("“ Bo”", "“Bo”") == words.replace("“ Bo”", "“Bo”")


def test_control_characters_never_reach_the_terminal() -> None:
    edit = make_edit("create", "ann", [Change(None, Span(8, 19, "X\x1b[2J"))])
    words = describe(edit, TEXT)
    assert "\x1b" not in words
    assert "\\x1b[31m" in words
    assert escaped("a\u202eb\ud800") == "a\\u202eb\\ud800"


def test_an_undo_says_what_it_undid() -> None:
    edit = make_edit("create", "ann", [Change(None, ANN)])
    undo = make_edit("undo", "ann", [Change(ANN, None)], of=edit.id)
    assert describe(undo, TEXT, edit) == "undid: labelled “Ann Lee” PERSON"
    assert describe(undo, TEXT) == "undid “Ann Lee” PERSON"


def test_what_was_removed_is_said_to_be_removed() -> None:
    accepted = Span(16, 19, "PERSON", "accepted", sources_named("m"))
    gone, rejected = (
        Change(ANN, None),
        Change(accepted, Span(16, 19, "PERSON", "rejected", sources_named("m"))),
    )
    several = make_edit("propagate", "ann", [gone, rejected])
    assert describe(several, TEXT) == "removed the other mentions: “Ann Lee” PERSON, “Bo” PERSON"
    for kind, words in (
        ("remove", "removed “Ann Lee” PERSON; rejected “Bo” PERSON"),
        (
            "external",
            "the file was changed from outside: removed “Ann Lee” PERSON; rejected “Bo” PERSON",
        ),
    ):
        assert describe(make_edit(kind, "ann", [gone, rejected]), TEXT) == words  # type: ignore[arg-type]
    # A span whose place another one takes was changed, not removed.
    org = Span(0, 7, "ORG", "suggested", sources_named("m"))
    onto = [Change(ANN, None), Change(org, Span(0, 7, "PERSON", "accepted", sources_named("m", "ann")))]
    assert describe(make_edit("relabel", "ann", onto), TEXT) == "changed “Ann Lee” from ORG to PERSON"


def test_an_earlier_state_brings_the_suggestions_held_back_then() -> None:
    now, then = AnnotationSet("d", "ann"), AnnotationSet("d", "ann")
    for annotations, held in ((now, BO), (then, replace(BO, sources=sources_named("m", "n")))):
        annotations.apply(replace(make_edit("suggest", "m"), held=(Change(None, held),)))
    then.apply(make_edit("create", "ann", [Change(None, ANN)]))
    edit = restoring(now, then, "ann")
    assert edit is not None
    now.apply(edit)
    assert (list(now.spans), list(now.held)) == (list(then.spans), list(then.held))
