"""Kills at any step, writes in part, and changed bytes: the store has the state before or after, or reports it."""

import json
import shutil
from pathlib import Path

import pytest

from annotations.editing.commands import label_range
from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import make_edit
from annotations.store.interface import Pending, StoreError
from annotations.store.tinydb_file import open_files
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.breaking_disk import Cut, CuttingDisk, RecordingDisk

DOCUMENT = Document("Ann met Bo in Ürümqi 🏔.", "/articles/a.txt")
OTHER = Document("Bo left.", "/articles/b.txt")
Spans = tuple[tuple[int, int, str], ...]


class Work:
    """A store to which edits are saved, and the spans of which a person saw that they are saved."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self.disk = disk
        self.store = TinyStore(path, disk)
        self.annotations = self.store.load(DOCUMENT, "ann")
        self.saved = spans_of(self.annotations)
        self.trying = self.saved

    def label(self, start: int, end: int, label: str) -> None:
        edit = make_edit("create", "ann", label_range(self.annotations.spans, start, end, label, "ann"))
        self.annotations.apply(edit)
        self.trying = spans_of(self.annotations)
        self.store.commit([Pending(DOCUMENT.sha256, "ann", edit)])
        self.saved = self.trying

    def checkpoint(self) -> None:
        self.store.database.journal.checkpoint()

    def reopen(self) -> None:
        self.store.close()
        self.store = TinyStore(self.path, self.disk)
        self.annotations = self.store.load(DOCUMENT, "ann")


def spans_of(annotations: AnnotationSet | AnnotationRow) -> Spans:
    return tuple((span.start, span.end, span.label) for span in annotations.spans)


def scenario(work: Work) -> None:
    work.label(0, 3, "PERSON")
    work.label(8, 10, "PERSON")
    work.checkpoint()
    work.label(14, 20, "GPE")
    work.reopen()
    work.label(0, 3, "ORG")
    work.checkpoint()
    work.label(8, 10, "ORG")
    work.reopen()
    work.label(4, 7, "LAW")


def stored(path: Path) -> Spans:
    store = TinyStore(path)
    found = spans_of(store.load(DOCUMENT, "ann"))
    store.close(checkpoint=False)
    return found


def goes_on(path: Path) -> None:
    """Check that the store accepts an edit and makes a checkpoint, and that stock TinyDB can read it."""
    work = Work(path, REAL)
    before = work.saved
    work.label(21, 22, "X")
    work.store.close()
    tables = json.loads(path.read_bytes())
    assert set(tables) == {"documents", "annotations", "meta"}
    assert stored(path) == tuple(sorted((*before, (21, 22, "X"))))


@pytest.fixture
def small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_files, "SEGMENT", 1000)


@pytest.mark.usefixtures("small_segments")
@pytest.mark.parametrize("part", [0.0, 0.4, 1.0])
def test_killed_after_any_step(tmp_path: Path, part: float) -> None:
    step = 0
    while True:
        folder = tmp_path / str(step)
        folder.mkdir()
        path = folder / "annotations.json"
        disk = CuttingDisk(step, part)
        work = None
        try:
            work = Work(path, disk)
            scenario(work)
        except Cut:
            assert work is not None
            if path.exists():
                json.loads(path.read_bytes())
            assert stored(path) in (work.saved, work.trying), f"killed after step {step}"
            goes_on(path)
            step += 1
            shutil.rmtree(folder)
        else:
            break
    assert step > 50


@pytest.mark.usefixtures("small_segments")
@pytest.mark.parametrize("part", [0.0, 0.6])
def test_killed_again_while_recovering(tmp_path: Path, part: float) -> None:
    """After each kill in the scenario, the program is started again and killed after each step of the start."""
    for step in range(3, 100, 7):
        folder = tmp_path / str(step)
        folder.mkdir()
        work = None
        try:
            work = Work(folder / "annotations.json", CuttingDisk(step, part))
            scenario(work)
        except Cut:
            pass
        assert work is not None
        for again in range(0, 30, 3):
            copy = tmp_path / f"{step}-{again}"
            shutil.copytree(folder, copy)
            path = copy / "annotations.json"
            second = None
            try:
                second = Work(path, CuttingDisk(again, part))
                second.label(21, 22, "X")
                second.reopen()
            except Cut:
                assert second is not None
                first = [work.saved, work.trying]
                allowed = [*first, *(tuple(sorted((*spans, (21, 22, "X")))) for spans in first)]
                assert stored(path) in allowed
                assert set(second.saved) <= set(stored(path))
                goes_on(path) if (21, 22, "X") not in stored(path) else None
            shutil.rmtree(copy)
        shutil.rmtree(folder)


@pytest.mark.usefixtures("small_segments")
def test_power_cut_after_any_step(tmp_path: Path) -> None:
    """What was not synced may be on the disk completely, in part or not at all; names and data independently."""
    states: list[tuple[dict[str, bytes], Spans, Spans]] = []
    disk = RecordingDisk()
    work: Work | None = None

    def remember() -> None:
        saved, trying = (work.saved, work.trying) if work else ((), ())
        for left in disk.left_after_a_cut():
            left = {name: data for name, data in left.items() if not name.endswith((".lock", ".index"))}
            if (left, saved, trying) not in states[-40:]:
                states.append((left, saved, trying))

    disk.after_step = remember
    work = Work(tmp_path / "annotations.json", disk)
    scenario(work)
    assert len(states) > 60
    for number, (left, saved, trying) in enumerate(states):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, data in left.items():
            (folder / name).write_bytes(data)
        path = folder / "annotations.json"
        assert stored(path) in (saved, trying), f"state {number}: {sorted(left)}"
        if number % 5 == 0:
            goes_on(path)
        shutil.rmtree(folder)


def test_killed_between_two_names_again_and_again(tmp_path: Path) -> None:
    """Each time, the file already has the name of its backup: checkpoints must still be possible."""
    path = tmp_path / "annotations.json"
    work = Work(path, REAL)
    for place in range(5):
        work.label(place, place + 1, "X")
        work.reopen()
        backup = path.with_name("annotations.json.bak1")
        backup.unlink(missing_ok=True)
        backup.hardlink_to(path)
    work.label(9, 10, "X")
    work.store.database.journal.checkpoint()
    assert work.store.database.journal.state.tail == 0
    work.store.close()
    files = [path, *path.parent.glob("annotations.json.bak*")]
    assert len({file.stat().st_ino for file in files}) == len(files) > 1


def test_last_write_torn_at_every_byte(tmp_path: Path) -> None:
    path, before, _ = _two_edits(tmp_path)
    journal = path.with_name("annotations.json.journal")
    whole = journal.read_bytes()
    begin = whole[:-1].rindex(b"\n") + 1
    for end in range(begin, len(whole)):
        for filling in (b"", b"\0" * (len(whole) - end)):
            journal.write_bytes(whole[:end] + filling)
            assert stored(path) == before
    journal.write_bytes(whole[: len(whole) - 20])
    goes_on(path)
    (kept,) = path.parent.glob("annotations.json.torn-*")
    assert kept.read_bytes() == whole[begin : len(whole) - 20]
    journal.write_bytes(whole)


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80])
def test_any_byte_of_the_journal_turned_over(tmp_path: Path, mask: int) -> None:
    path, before, _ = _two_edits(tmp_path)
    journal = path.with_name("annotations.json.journal")
    whole = journal.read_bytes()
    begin = _tail_begins(whole)
    for place in range(begin, len(whole)):
        journal.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
        try:
            found = stored(path)
        except StoreError as error:
            report = str(error)
            assert str(journal) in report
            assert "doctor" in report
        else:
            assert found == before
            assert place == len(whole) - 1, "only the end of the last line can look unfinished"


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80])
def test_any_byte_of_the_file_turned_over(tmp_path: Path, mask: int) -> None:
    path, _, after = _two_edits(tmp_path)
    whole = path.read_bytes()
    for place in range(0, len(whole), 2):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
        try:
            store = TinyStore(path)
            found = spans_of(store.load(DOCUMENT, "ann"))
        except StoreError as error:
            report = str(error)
            assert str(path) in report
            assert "nothing was changed" in report
        else:
            store.close(checkpoint=False)
            assert found == after or store.notices, f"byte {place}"


def _two_edits(folder: Path) -> tuple[Path, Spans, Spans]:
    """A store with edits in its file and two more only in the journal; its spans before and after the last edit."""
    path = folder / "annotations.json"
    work = Work(path, REAL)
    work.label(0, 3, "PERSON")
    work.checkpoint()
    work.label(8, 10, "PERSON")
    before = work.saved
    work.label(14, 20, "GPE")
    work.store.close(checkpoint=False)
    return path, before, work.saved


def _tail_begins(journal: bytes) -> int:
    """Where the line after the last checkpoint begins."""
    return journal.index(b"\n", journal.rindex(b'"base":')) + 1
