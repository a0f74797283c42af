"""A disk that is full, broken, missing or not permitted: it is reported, edits are kept and saved
later, and nothing is damaged.
"""

import errno
import os
import resource
import shutil
from pathlib import Path

import pytest

from annotations.store.tinydb_file.commit import START, Commit
from annotations.store.tinydb_file.disk import REAL
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.journal import Journal
from tests.annotations.store.breaking_disk import FailingDisk
from tests.annotations.store.desk import Desk

STEPS = [
    ("write", errno.ENOSPC, "full"),
    ("write", errno.EFBIG, "size limit"),
    ("write", errno.EDQUOT, "quota"),
    ("sync", errno.EIO, "error"),
    ("sync", errno.ENOSPC, "full"),
    ("open", errno.EACCES, "may not write"),
    ("open", errno.EROFS, "read-only"),
]


@pytest.mark.parametrize(("step", "error", "word"), STEPS)
@pytest.mark.parametrize("cannot_take_back", [False, True])
def test_an_edit_that_cannot_be_saved_is_kept_and_saved_later(
    tmp_path: Path, step: str, error: int, word: str, cannot_take_back: bool
) -> None:
    path = tmp_path / "annotations.json"
    disk = FailingDisk()
    first = Desk(path)
    first.label(0, 3)
    assert first.writer.close(10)
    before = path.read_bytes()

    desk = Desk(path, disk=disk)
    disk.failing = {step: error} | ({"truncate": errno.EIO} if cannot_take_back else {})
    desk.label(4, 7)
    desk.until(lambda: desk.writer.state.error)
    assert word in desk.writer.state.error
    assert str(path) in desk.writer.state.error
    assert desk.writer.state.unsaved == 1
    assert path.read_bytes() == before
    if not cannot_take_back:
        assert len(list(Desk(path).annotations.spans)) == 1

    disk.failing = {}
    desk.writer.retry()
    desk.saved()
    assert not desk.writer.state.error
    assert desk.writer.close(10)
    again = Desk(path)
    assert list(again.annotations.spans) == list(desk.annotations.spans)
    assert again.writer.close(10)


def test_leaving_tries_once_more_and_says_what_is_not_saved(tmp_path: Path) -> None:
    disk = FailingDisk()
    desk = Desk(tmp_path / "annotations.json", disk=disk)
    disk.failing = {"write": errno.ENOSPC}
    desk.label(0, 3)
    desk.until(lambda: desk.writer.state.error)
    assert not desk.writer.close(10)
    assert desk.writer.state.unsaved == 1


def test_saving_elsewhere_takes_everything_along(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "annotations.json", tmp_path / "other" / "annotations.json"
    elsewhere.parent.mkdir()
    first = Desk(path)
    first.label(0, 3)
    assert first.writer.close(10)
    disk = FailingDisk()
    desk = Desk(path, disk=disk)
    disk.failing = {"write": errno.ENOSPC}
    desk.label(4, 7)
    desk.until(lambda: desk.writer.state.error)
    disk.failing = {}
    desk.writer.retry(elsewhere)
    desk.saved()
    assert desk.writer.close(10)
    there = Desk(elsewhere)
    assert list(there.annotations.spans) == list(desk.annotations.spans)
    assert there.writer.close(10)


def test_a_checkpoint_that_fails_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    for step in ("rename", "link"):
        disk = FailingDisk()
        desk = Desk(path, disk=disk)
        desk.label(0, 3) if step == "rename" else desk.label(4, 7)
        desk.saved()
        disk.failing = {step: errno.EIO}
        assert desk.writer.close(10)
    assert not path.with_name("annotations.json.new").exists()
    again = Desk(path)
    assert len(list(again.annotations.spans)) == 2
    assert again.writer.close(10)


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    desk = Desk(path)
    desk.label(0, 3)
    desk.saved()
    try:
        size = path.with_name("annotations.json.journal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, hard))
        desk.label(4, 7)
        desk.until(lambda: desk.writer.state.error)
        assert "ulimit" in desk.writer.state.error
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    desk.writer.retry()
    desk.saved()
    assert desk.writer.close(10)


def test_a_folder_that_goes_and_comes_back(tmp_path: Path) -> None:
    folder, away = tmp_path / "work", tmp_path / "away"
    folder.mkdir()
    desk = Desk(folder / "annotations.json")
    desk.label(0, 3)
    desk.saved()
    folder.rename(away)
    desk.label(4, 7)
    desk.until(lambda: desk.writer.state.error)
    assert "folder is not there" in desk.writer.state.error
    away.rename(folder)
    desk.writer.retry()
    desk.saved()
    assert desk.writer.close(10)
    again = Desk(folder / "annotations.json")
    assert len(list(again.annotations.spans)) == 2
    assert again.writer.close(10)


def test_files_removed_under_an_open_store_are_written_again(tmp_path: Path) -> None:
    path = tmp_path / "work" / "annotations.json"
    path.parent.mkdir()
    desk = Desk(path)
    desk.label(0, 3)
    desk.saved()
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    desk.label(4, 7)
    desk.saved()
    assert desk.writer.close(10)
    again = Desk(path)
    assert len(list(again.annotations.spans)) == 2
    assert again.writer.close(10)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        desk = Desk(tmp_path / "annotations.json")
        desk.label(0, 3)
        desk.until(lambda: desk.writer.state.error)
        assert "may not write" in desk.writer.state.error
    finally:
        tmp_path.chmod(0o700)
    desk.writer.retry()
    desk.saved()
    assert desk.writer.close(10)


class Journaling:
    """A journal whose next line can neither be synced nor removed again."""

    def __init__(self, folder: Path) -> None:
        self.disk = FailingDisk()
        self.files = StoreFiles.at(folder / "annotations.json")
        self.journal = Journal(self.disk, self.files)
        self.journal.append(Commit(1, "2026-03-01T10:00:00.000Z"), 0o600)
        self.disk.failing = {"sync": errno.EIO, "truncate": errno.EIO}
        with pytest.raises(OSError, match="Input/output"):
            self.journal.append(Commit(2, "2026-03-01T10:00:01.000Z", "doubtful"), 0o600)
        self.disk.failing = {}

    def read(self) -> list[str]:
        journal = Journal(REAL, self.files)
        journal.seek(START)
        found = [commit.by for commit in journal.read()]
        journal.close()
        return found


def test_settling_takes_back_a_line_that_nobody_knows_of(tmp_path: Path) -> None:
    doubtful = Journaling(tmp_path)
    size = doubtful.journal.position.offset
    assert doubtful.files.journal.stat().st_size > size
    doubtful.journal.settle()
    assert doubtful.files.journal.stat().st_size == size
    doubtful.journal.append(Commit(2, "2026-03-01T10:00:02.000Z", "certain"), 0o600)
    assert doubtful.read() == ["", "certain"]
    doubtful.journal.close()


def test_settling_makes_a_line_durable_that_another_program_went_on_behind(tmp_path: Path) -> None:
    doubtful = Journaling(tmp_path)
    other = Journal(REAL, doubtful.files)
    other.seek(START)
    assert [commit.by for commit in other.read()] == ["", "doubtful"]
    other.append(Commit(3, "2026-03-01T10:00:02.000Z", "behind"), 0o600)
    other.close()
    written: list[str] = []
    doubtful.disk.written = written.append
    doubtful.journal.settle()
    assert written == ["open", "write", "sync"]
    assert doubtful.read() == ["", "doubtful", "behind"]
    doubtful.journal.close()


def test_settling_that_fails_is_tried_again_and_then_done_with(tmp_path: Path) -> None:
    doubtful = Journaling(tmp_path)
    doubtful.disk.failing = {"truncate": errno.EIO}
    with pytest.raises(OSError, match="Input/output"):
        doubtful.journal.settle()
    doubtful.disk.failing = {}
    doubtful.journal.settle()
    written: list[str] = []
    doubtful.disk.written = written.append
    doubtful.journal.settle()
    assert written == []
    assert doubtful.read() == [""]
    doubtful.journal.close()
