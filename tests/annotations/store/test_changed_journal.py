"""A journal that another program empties, cuts or overwrites, while it is open here or while it is closed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.editing.commands import label_range
from annotations.model.annotation_set import AnnotationSet
from annotations.model.edit import make_edit
from annotations.store.interface import Pending, StoreError
from annotations.store.tinydb_file import open_files
from annotations.store.tinydb_file.disk import RealDisk
from annotations.store.tinydb_file.history import history
from annotations.store.tinydb_file.inspection import inspect
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.desk import Desk
from tests.annotations.store.test_recovery import DOCUMENT, label, names, opened


class Program:
    """A program with an open store, which labels one character after the other."""

    def __init__(self, path: Path, annotator: str = "ann") -> None:
        self.path = path
        self.annotator = annotator
        self.store = TinyStore(path)
        self.annotations: AnnotationSet = self.store.load(DOCUMENT, annotator)

    def label(self, start: int, name: str) -> None:
        changes = label_range(self.annotations.spans, start, start + 1, name, self.annotator)
        edit = make_edit("create", self.annotator, changes)
        self.store.commit([Pending(DOCUMENT.id, self.annotator, edit)])
        self.annotations.apply(edit)

    def killed(self) -> None:
        self.store.close(checkpoint=False)

    @property
    def journal(self) -> Path:
        return self.path.with_name(f"{self.path.name}.journal")


def rewritten(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def write(journal: Path) -> None:
        data = change(journal.read_bytes())
        with journal.open("r+b") as file:
            file.truncate(0)
            file.write(data)

    return write


def line_end(data: bytes, back: int) -> int:
    end = len(data)
    for _ in range(back):
        end = data.rindex(b"\n", 0, end - 1) + 1
    return end


IN_PLACE: dict[str, Callable[[Path], None]] = {
    "emptied": rewritten(lambda data: b""),
    "cut in a line": rewritten(lambda data: data[:-10]),
    "cut behind a line": rewritten(lambda data: data[: line_end(data, 1)]),
    "cut to its first line": rewritten(lambda data: data[: data.index(b"\n") + 1]),
    "cut in its first line": rewritten(lambda data: data[:9]),
    "zeros": rewritten(lambda data: bytes(len(data))),
    "as long": rewritten(lambda data: b"x" * (len(data) - 1) + b"\n"),
    "longer": rewritten(lambda data: b"Dear diary\n" * len(data)),
    "its beginning": rewritten(lambda data: b"x" * 200 + data[200:]),
    "a byte in the middle": rewritten(lambda data: data[:400] + b"~" + data[401:]),
    "its end": rewritten(lambda data: data[:-3] + b"~}\n"),
    "its beginning, and longer": rewritten(lambda data: b"x" * 200 + data[200:] + b"x" * 500),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


@pytest.mark.parametrize("checkpoint", [False, True])
@pytest.mark.parametrize("kind", IN_PLACE)
def test_noticed_before_the_next_edit_counts_as_saved(path: Path, kind: str, checkpoint: bool) -> None:
    label(path, (10, 12, "Z"), checkpoint=checkpoint)
    program = Program(path)
    program.label(0, "A")
    program.label(1, "B")
    IN_PLACE[kind](program.journal)
    spoilt = program.journal.read_bytes()
    program.label(2, "C")
    (notice,) = [n for n in program.store.notices if "emptied, cut or overwritten" in n]
    assert str(program.journal) in notice
    (kept,) = path.parent.glob("annotations.json.rejected-*")
    assert kept.read_bytes() == spoilt, "nothing was written behind it"
    assert str(kept) in notice
    program.killed()
    assert not [finding for finding in inspect(path) if finding.damage]
    found, notices = opened(path)
    assert names(found) == ["A", "B", "C", "Z"]
    assert notices == []
    assert any("C" in str(entry.edit.changes) for entry in history(path))


@pytest.mark.parametrize("kind", IN_PLACE)
def test_the_screen_is_told_without_an_edit_too(
    path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(path)
    desk.label(0, 3)
    desk.saved()
    IN_PLACE[kind](path.with_name("annotations.json.journal"))
    desk.label(4, 7)
    desk.until(lambda: not desk.writer.state.unsaved)
    assert any("emptied, cut or overwritten" in state.notice for state in desk.states)
    assert desk.writer.close(10)
    again = Desk(path)
    assert [span.start for span in again.annotations.spans] == [0, 4]
    assert again.writer.close(10)


def test_touching_it_is_no_change(path: Path) -> None:
    program = Program(path)
    program.label(0, "A")
    os.utime(program.journal, (1, 1))
    program.journal.chmod(0o640)
    program.label(1, "B")
    assert program.store.notices == []
    program.store.close()
    assert names(opened(path)[0]) == ["A", "B"]


def test_what_is_compared_before_an_edit_does_not_grow_with_the_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(path)
    read: list[int] = []
    before = RealDisk.read

    def counted(self: RealDisk, file: int, size: int, offset: int) -> bytes:
        data = before(self, file, size, offset)
        read.append(len(data))
        return data

    monkeypatch.setattr(RealDisk, "read", counted)
    sums = []
    for number in range(60):
        read.clear()
        program.label(number % 20, f"L{number}")
        sums.append(sum(read))
    assert program.journal.stat().st_size > 4 * max(sums[2:])
    assert max(sums[2:]) <= 4096
    program.store.close()


def test_replaced_by_an_older_copy(path: Path) -> None:
    program = Program(path)
    program.label(0, "A")
    copy = path.with_name("copy")
    shutil.copy(program.journal, copy)
    program.label(1, "B")
    copy.replace(program.journal)
    program.label(2, "C")
    assert any("older or another file" in notice for notice in program.store.notices)
    program.killed()
    assert names(opened(path)[0]) == ["A", "B", "C"]


@pytest.mark.parametrize("content", [b"", b"Dear diary\n", b'{"sum":"'])
def test_replaced_by_a_file_that_is_none(path: Path, content: bytes) -> None:
    program = Program(path)
    program.label(0, "A")
    copy = path.with_name("copy")
    copy.write_bytes(content)
    copy.replace(program.journal)
    program.label(1, "B")
    program.killed()
    assert names(opened(path)[0]) == ["A", "B"]


def test_emptied_and_removed(path: Path) -> None:
    program = Program(path)
    program.label(0, "A")
    program.journal.write_bytes(b"")
    program.journal.unlink()
    program.label(1, "B")
    program.killed()
    assert names(opened(path)[0]) == ["A", "B"]


def test_two_programs_have_it_open(path: Path) -> None:
    one, two = Program(path, "ann"), Program(path, "bo")
    one.label(0, "A")
    two.label(1, "B")
    one.store.follow()
    IN_PLACE["emptied"](one.journal)
    one.label(2, "C")
    two.label(3, "D")
    one.label(4, "E")
    for program in (one, two):
        program.killed()
    store = TinyStore(path)
    assert names(store.load(DOCUMENT, "ann")) == ["A", "C", "E"]
    assert names(store.load(DOCUMENT, "bo")) == ["B", "D"]
    store.close()


def test_a_program_whose_edits_only_the_lost_journal_had_is_told(path: Path) -> None:
    """The first program that notices did not know the other's last edit; the other must not say that it is saved."""
    one, two = Program(path, "ann"), Program(path, "bo")
    one.label(0, "A")
    two.store.follow()
    one.label(1, "B")
    IN_PLACE["emptied"](one.journal)
    two.label(3, "D")
    for _ in range(2):
        with pytest.raises(StoreError, match="save to another file"):
            one.label(2, "C")
    two.label(4, "E")
    one.killed()
    two.killed()
    store = TinyStore(path)
    assert names(store.load(DOCUMENT, "bo")) == ["D", "E"]
    store.close()


@pytest.fixture
def segments(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose journal has several segments; everything is in the TinyDB file."""
    monkeypatch.setattr(open_files, "SEGMENT", 400)
    for start in range(6):
        label(path, (start, start + 1, f"L{start}"))
    assert len(list(path.parent.glob("annotations.json.journal.*"))) > 2
    return path


@pytest.mark.parametrize("with_index", [False, True])
@pytest.mark.parametrize(
    "kind", ["gone", "emptied", "cut in a line", "cut behind a line", "cut in its first line"]
)
def test_told_on_opening_and_nothing_of_the_file_is_lost(
    segments: Path, kind: str, with_index: bool
) -> None:
    """The journal has fewer edits than the file, and the file must never be set back to the journal."""
    whole = TinyStore(segments, read_only=True).load(DOCUMENT, "ann").to_row()
    journal = segments.with_name("annotations.json.journal")
    if kind == "gone":
        journal.unlink()
    else:
        IN_PLACE[kind](journal)
    if not with_index:
        segments.with_name("annotations.json.index").unlink()
    reader = TinyStore(segments, read_only=True)
    assert reader.load(DOCUMENT, "ann").to_row() == whole
    assert [notice for notice in reader.notices if "journal" in notice]
    reader.close()
    assert [finding for finding in inspect(segments) if finding.damage]
    label(segments, (20, 21, "NEW"))
    found, notices = opened(segments)
    assert notices == []
    assert names(found) == ["L0", "L1", "L2", "L3", "L4", "L5", "NEW"]
    assert not [finding for finding in inspect(segments) if finding.damage]


@pytest.mark.parametrize("kind", ["gone", "emptied", "cut in its first line", "cut in a line"])
def test_a_journal_of_one_segment_that_was_cut_is_told(path: Path, kind: str) -> None:
    label(path, (0, 1, "A"))
    label(path, (1, 2, "B"))
    journal = path.with_name("annotations.json.journal")
    if kind == "gone":
        journal.unlink()
    else:
        IN_PLACE[kind](journal)
    store = TinyStore(path, read_only=True)
    assert [notice for notice in store.notices if "journal" in notice]
    assert names(store.load(DOCUMENT, "ann")) == ["A", "B"]
    store.close()
    assert [finding for finding in inspect(path) if finding.damage]


def test_a_last_line_that_is_not_whole_is_told(path: Path) -> None:
    label(path, (0, 1, "A"), (1, 2, "B"), checkpoint=False)
    IN_PLACE["cut in a line"](path.with_name("annotations.json.journal"))
    store = TinyStore(path, read_only=True)
    assert any("is incomplete" in notice for notice in store.notices)
    assert names(store.load(DOCUMENT, "ann")) == ["A"]


def test_file_and_journal_gone_with_backups_there_is_no_new_store(path: Path) -> None:
    label(path, (0, 1, "A"))
    label(path, (1, 2, "B"))
    path.unlink()
    path.with_name("annotations.json.journal").write_bytes(b"")
    with pytest.raises(StoreError, match="there are backups"):
        TinyStore(path)
