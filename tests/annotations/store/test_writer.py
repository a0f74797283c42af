"""The thread that writes: what is submitted is written to disk in order, and nothing waits for it."""

import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB

from annotations.editing.open_document import OpenDocument
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.label_scheme import ONTONOTES
from annotations.store.tinydb_file.disk import RealDisk
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.desk import DOCUMENT, Desk


def test_what_was_submitted_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    desk = Desk(path)
    for start in range(0, 60, 3):
        desk.label(start, start + 2)
    assert desk.writer.close(10)
    again = Desk(path)
    assert again.annotations.to_row() == desk.annotations.to_row()
    assert again.writer.close(10)


def test_an_edit_is_in_the_journal_once_it_is_said_to_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    desk = Desk(path)
    edit = desk.label(0, 7)
    desk.saved()
    assert edit.id.encode() in path.with_name("annotations.json.journal").read_bytes()
    assert desk.writer.state.saved_at is not None
    assert desk.writer.close(10)


def test_stock_tinydb_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    desk = Desk(path)
    desk.label(0, 7)
    assert desk.writer.close(10)
    with TinyDB(path, access_mode="r") as database:
        (document,) = database.table("documents").all()
        (row,) = database.table("annotations").all()
    assert document["text"] == DOCUMENT.text
    assert [(span["start"], span["end"], span["label"]) for span in row["spans"]] == [(0, 7, "PERSON")]


def test_another_programs_edit_is_handed_over(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    here, there = Desk(path), Desk(path)
    edit = there.label(0, 7)
    here.until(lambda: here.foreign == [edit])
    assert here.writer.close(10)
    assert there.writer.close(10)


class SlowDisk(RealDisk):
    """A disk whose syncs wait until `free` is set."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.busy = threading.Event()
        self.syncs = 0

    def sync(self, file: int) -> None:
        self.syncs += 1
        self.busy.set()
        assert self.free.wait(10)
        super().sync(file)


def test_edits_that_queue_up_behind_a_slow_disk_go_into_one_commit(tmp_path: Path) -> None:
    disk = SlowDisk()
    desk = Desk(tmp_path / "annotations.json", disk=disk)
    desk.label(0, 3)
    desk.saved()
    before = disk.syncs
    disk.free.clear()
    disk.busy.clear()
    desk.label(4, 7)
    assert disk.busy.wait(10)
    for start in range(10, 60, 5):
        desk.label(start, start + 2)
    assert desk.writer.state.unsaved == 11
    disk.free.set()
    desk.saved()
    assert disk.syncs == before + 2
    assert desk.writer.close(10)


@pytest.mark.parametrize("ours_first", [True, False])
def test_the_same_span_changed_by_two_programs(tmp_path: Path, ours_first: bool) -> None:
    """In the end both see the same, both edits are in the history, and at least one program gets a notice."""
    path = tmp_path / "annotations.json"
    first = Desk(path)
    first.label(0, 7, "PERSON")
    first.label(12, 14, "GPE")
    assert first.writer.close(10)

    disk = SlowDisk()
    here, there = Desk(path, disk=disk), Desk(path)
    (span, other) = list(here.annotations.spans)
    mine = _change(here, span, replace(span, label="ORG"))
    theirs = _change(there, span, replace(span, comment="sure?"))
    here_also = _change(here, other, None)
    order = ((here, [mine, here_also]), (there, [theirs]))
    for desk, edits in order if ours_first else reversed(order):
        for edit in edits:
            desk.writer.submit(DOCUMENT.sha256, "ann", edit)
        desk.saved()
    for desk in (here, there):
        desk.until(lambda d=desk: d.foreign)  # type: ignore[misc]
        for edit in desk.foreign:
            desk.annotations.apply(edit)
    assert any(desk.writer.state.notice for desk in (here, there))
    assert here.writer.close(10)
    assert there.writer.close(10)
    stored = Desk(path)
    assert list(stored.annotations.spans) in (
        list(here.annotations.spans),
        list(there.annotations.spans),
    )
    journal = path.with_name("annotations.json.journal").read_text("utf-8")
    assert mine.id in journal
    assert theirs.id in journal
    assert stored.writer.close(10)


def _change(desk: Desk, before: object, after: object) -> Edit:
    edit = make_edit("value", desk.annotator, [Change(before, after)])  # type: ignore[arg-type]
    desk.annotations.apply(edit)
    return edit


def test_half_a_character_is_refused_with_a_sentence(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "annotations.json")
    desk.label(0, 7, "\ud83d")
    desk.until(lambda: desk.writer.state.error)
    assert "U+D83D" in desk.writer.state.error
    assert not desk.writer.close(10)


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    for start in (0, 10):
        desk = Desk(path)
        desk.label(start, start + 7)
        assert desk.writer.close(10)
    files = list(tmp_path.iterdir())
    assert len(files) >= 5
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}


def test_a_file_shared_with_a_group_stays_shared(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    for start in (0, 10, 20):
        desk = Desk(path)
        desk.label(start, start + 7)
        assert desk.writer.close(10)
        path.chmod(0o660)
    desk = Desk(path)
    desk.label(30, 37)
    assert desk.writer.close(10)
    assert path.stat().st_mode & 0o777 == 0o660


def test_a_store_in_a_folder_behind_a_link_stays_there(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "here"
    link.symlink_to(tmp_path / "real")
    desk = Desk(link / "annotations.json")
    desk.label(0, 7)
    assert desk.writer.close(10)
    assert link.is_symlink()
    assert len(list(TinyStore(tmp_path / "real" / "annotations.json").documents())) == 1


@pytest.mark.parametrize("removing", [False, True])
def test_an_undo_keeps_what_another_program_did_a_moment_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, removing: bool
) -> None:
    """When undo is pressed, the comment is committed, but this program does not know it yet."""
    monkeypatch.setattr("annotations.store.writer.LOOK", 1000.0)
    path = tmp_path / "annotations.json"
    here = Desk(path)
    created = here.label(0, 7, "PERSON")
    (span,) = list(here.annotations.spans)
    now = span
    if not removing:
        now = replace(span, status="rejected")
        here.writer.submit(DOCUMENT.sha256, "ann", _change(here, span, now))
    here.saved()
    there = Desk(path)
    there.writer.submit(DOCUMENT.sha256, "ann", _change(there, now, replace(now, comment="sure?")))
    there.saved()
    assert here.foreign == []
    undo = make_edit("undo", "ann", [Change(now, None if removing else span)], of=created.id)
    here.annotations.apply(undo)
    here.writer.submit(DOCUMENT.sha256, "ann", undo)
    here.saved()
    for edit in here.foreign:
        here.annotations.apply(edit)
    assert list(here.annotations.spans) == [replace(span, comment="sure?")]
    assert ("was not undone" in here.writer.state.notice) == removing
    for desk in (here, there):
        assert desk.writer.close(10)
    stored = Desk(path)
    assert list(stored.annotations.spans) == [replace(span, comment="sure?")]
    assert stored.writer.close(10)


PRESSED = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(["create", "accept", "reject", "comment", "flag", "fact", "undo", "redo"]),
        st.integers(0, 5),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(PRESSED)
def test_whatever_two_programs_do_both_end_at_what_is_stored(
    pressed: list[tuple[bool, str, int]],
) -> None:
    """Neither program reads what the other did before both have finished."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotations.store.writer.LOOK", 1000.0)
        path = Path(folder) / "annotations.json"
        desks = [Desk(path), Desk(path)]
        sessions = [
            OpenDocument(
                DOCUMENT,
                desk.annotations,
                ONTONOTES,
                lambda edit, desk=desk: desk.writer.submit(DOCUMENT.sha256, "ann", edit),  # type: ignore[misc]
            )
            for desk in desks
        ]
        for first, key, place in pressed:
            _press(sessions[first], key, place)
            desks[first].saved()
            _take_over(sessions[first], desks[first])
        for desk, opened in zip(desks, sessions, strict=True):
            facts = desk.annotations.facts
            opened.session.set_facts(facts.with_comment(f"{facts.comment}."), cursor=0)
            desk.saved()
            _take_over(opened, desk)
        # The second program wrote last, so it has read what the first one did.
        here, stored = sessions[1].session.annotations, desks[1].load()
        assert list(here.spans) == list(stored.spans)
        assert here.facts == stored.facts
        assert list(here.held) == list(stored.held)
        for desk in desks:
            assert desk.writer.close(10)


def _take_over(opened: OpenDocument, desk: Desk) -> None:
    opened.session.take_over(desk.foreign)
    desk.foreign.clear()


def _press(opened: OpenDocument, key: str, place: int) -> None:
    spans = list(opened.session.annotations.spans)
    match key:
        case "undo":
            opened.review.undo()
        case "redo":
            opened.review.redo()
        case "fact":
            facts = opened.session.annotations.facts.with_comment(f"note {place}")
            opened.session.set_facts(facts, cursor=0)
        case _ if key == "create" or not spans:
            opened.selection.select(4 * place, 4 * place + 3)
            opened.review.label("ORG" if place % 2 else "PERSON")
        case _:
            opened.selection.select_span(spans[place % len(spans)].key)
            {
                "accept": opened.review.accept,
                "reject": opened.review.reject,
                "comment": lambda: opened.properties.comment(f"note {place}"),
                "flag": opened.properties.toggle_flag,
            }[key]()
