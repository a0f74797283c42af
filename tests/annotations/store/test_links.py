"""A stranger's folder with links and pipes in place of the store's files: nothing is written through them."""

import os
from pathlib import Path

import pytest

from annotations.store.interface import StoreError
from annotations.store.tinydb_file.checkpointing import keep_second_name
from annotations.store.tinydb_file.disk import REAL, RealDisk
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.inspection import inspect
from annotations.store.tinydb_file.location import database_path, refuse_unsafe_files
from annotations.store.tinydb_file.repair import repair
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.test_recovery import label, names, opened

NAMES = [
    "annotations.json",
    *(
        f"annotations.json.{kind}"
        for kind in (
            "journal",
            "journal.0001",
            "lock",
            "index",
            "new",
            "bak1",
            "bak2",
            "bak3",
            "begin-1",
            "v1.bak",
            "v2.bak",
        )
    ),
]
SECRET = b"alias ls=ls\n"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    victim = tmp_path / "home" / ".bashrc"
    victim.parent.mkdir()
    victim.write_bytes(SECRET)
    victim.chmod(0o644)
    return victim


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "stranger"
    folder.mkdir()
    return folder


def work(path: Path) -> str:
    """Label, make checkpoints and repair, as a person does. Return the error, or an empty text."""
    try:
        for start in range(5):
            label(path, (start, start + 1, "A"))
        repair(path, path.with_name("copy.json"))
    except StoreError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("with_store", [False, True])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["link", "dangling link", "hard link", "hard link to nothing"])
def test_what_a_link_leads_to_is_never_touched(
    folder: Path, victim: Path, name: str, kind: str, with_store: bool
) -> None:
    path = folder / "annotations.json"
    if with_store:
        label(path, (10, 11, "B"))
    place = folder / name
    place.unlink(missing_ok=True)
    target = victim
    if kind == "link":
        place.symlink_to(victim)
    elif kind == "dangling link":
        target = victim.with_name(".profile")
        place.symlink_to(target)
    elif kind == "hard link":
        os.link(victim, place)
    else:
        target = victim.with_name(".empty")
        target.touch(0o644)
        os.link(target, place)
    refusal = work(path)
    assert target.exists() == (kind != "dangling link")
    assert victim.read_bytes() == SECRET
    assert victim.stat().st_mode & 0o777 == 0o644
    if kind == "hard link to nothing":
        assert target.read_bytes() == b""
        assert target.stat().st_mode & 0o777 == 0o644
    if kind.split()[-1] == "link" and kind != "hard link" and name != "annotations.json.new":
        assert f"{place} cannot be read: it is a link" in refusal
    if name in ("annotations.json.journal", "annotations.json.lock") and "hard" in kind:
        assert "second name" in refusal
    assert "\n" not in refusal


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith(".new")])
def test_pipes_and_folders_are_refused_and_never_waited_for(folder: Path, name: str) -> None:
    os.mkfifo(folder / name)
    assert "not a regular file" in work(folder / "annotations.json")
    (folder / name).unlink()
    (folder / name).mkdir()
    assert "folder" in work(folder / "annotations.json")


@pytest.mark.parametrize("name", NAMES)
def test_the_doctor_looks_at_no_link(folder: Path, victim: Path, name: str) -> None:
    path = folder / "annotations.json"
    label(path, (0, 1, "A"))
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(victim)
    findings = [finding for finding in inspect(path) if finding.damage]
    assert (name == "annotations.json.new") == (not findings)
    assert not any("bashrc" in finding.what for finding in findings)


class NotingDisk(RealDisk):
    def __init__(self) -> None:
        self.created: list[str] = []

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        number = super().open(path, flags, mode)
        if flags & os.O_CREAT:
            self.created.append(path.name)
        return number


def test_names_of_files_being_written_are_never_the_same(folder: Path) -> None:
    disk = NotingDisk()
    for start in range(4):
        label(folder / "annotations.json", (start, start + 1, "A"))
        store = TinyStore(folder / "annotations.json", disk)
        with store.database.writing():
            store.database.journal.begin_segment()
        store.close(checkpoint=False)
    unfinished = [name for name in disk.created if ".new-" in name]
    assert len(unfinished) == len(set(unfinished)) >= 4
    assert not [file for file in folder.iterdir() if ".new-" in file.name]


def test_what_a_killed_program_was_writing_is_removed_by_the_next(folder: Path) -> None:
    path = folder / "annotations.json"
    left = StoreFiles.at(path).unfinished()
    left.write_bytes(b"half")
    other = folder / "annotations.json.new-mine"
    other.write_bytes(b"mine")
    assert any(finding.file == left for finding in inspect(path))
    label(path, (0, 1, "A"))
    assert not left.exists()
    assert other.read_bytes() == b"mine"


def test_a_file_that_is_created_must_be_new(folder: Path, victim: Path) -> None:
    (folder / "link").symlink_to(victim)
    os.link(victim, folder / "second")
    for name in ("link", "second"):
        with pytest.raises(FileExistsError):
            REAL.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    with pytest.raises(OSError, match="links"):
        REAL.open(folder / "link", os.O_RDONLY)
    with pytest.raises(OSError, match="links"):
        REAL.open(folder / "second", os.O_RDWR)
    assert victim.read_bytes() == SECRET


def test_a_backup_where_there_are_no_second_names_is_a_file_of_its_own(
    folder: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "annotations.json"
    label(path, (0, 1, "A"))

    class NoLinks(RealDisk):
        def link(self, old: Path, new: Path) -> None:
            raise OSError(1, "no second names here")

    backup = folder / "backup"
    backup.symlink_to(victim)
    keep_second_name(NoLinks(), StoreFiles.at(path), path, backup)
    assert backup.read_bytes() == path.read_bytes()
    assert not backup.is_symlink()
    assert victim.read_bytes() == SECRET


def test_a_database_behind_a_link_that_a_person_names(
    folder: Path, tmp_path: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tmp_path / "home" / "notes.json"
    label(real, (0, 1, "A"))
    monkeypatch.chdir(folder)
    link = folder / "annotations.json"
    link.symlink_to(real)
    assert database_path(str(link)) == real
    monkeypatch.setenv("ANNOTATE_DB", str(link))
    assert database_path(None) == real
    monkeypatch.delenv("ANNOTATE_DB")
    with pytest.raises(StoreError, match="name the database itself with --db"):
        database_path(None)
    for content in (SECRET, b"", b"{}", b'{"meta": {"version": 1}}'):
        link.unlink()
        victim.write_bytes(content)
        link.symlink_to(victim)
        with pytest.raises(StoreError, match="there is no database"):
            database_path(str(link))
    link.unlink()
    link.symlink_to(victim.with_name("none"))
    with pytest.raises(StoreError, match="there is no database"):
        database_path(str(link))
    with pytest.raises(StoreError, match="is a link"):
        TinyStore(link)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_of_somebody_else_in_a_folder_open_to_all(folder: Path) -> None:
    path = folder / "annotations.json"
    label(path, (0, 1, "A"))
    journal = path.with_name("annotations.json.journal")
    os.chown(journal, 12345, 12345)
    refuse_unsafe_files(path)
    folder.chmod(0o1777)
    with pytest.raises(StoreError, match="somebody else"):
        TinyStore(path)
    os.chown(journal, 0, 0)
    assert names(opened(path)[0]) == ["A"]
