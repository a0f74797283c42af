"""A TinyDB file that another program is overwriting is not regarded as damaged."""

import shutil
import time
from pathlib import Path

import pytest

from annotations.store.interface import StoreError
from annotations.store.tinydb_file import inspection, settling
from annotations.store.tinydb_file.inspection import inspect
from annotations.store.tinydb_file.snapshot import FileBeingWritten
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.test_changed_journal import Program
from tests.annotations.store.test_recovery import DOCUMENT, label, names, opened


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settling, "PAUSE", 0.001)
    monkeypatch.setattr(inspection, "PAUSE", 0.001)
    path = tmp_path / "annotations.json"
    label(path, (0, 1, "A"))
    label(path, (1, 2, "B"))
    return path


@pytest.mark.parametrize("written", ["nothing", "half", "all but the last byte"])
@pytest.mark.parametrize("with_journal", [True, False])
def test_half_written(path: Path, written: str, with_journal: bool) -> None:
    whole = path.read_bytes()
    if not with_journal:
        for file in path.parent.glob("annotations.json.*"):
            file.unlink()
    size = {"nothing": 0, "half": len(whole) // 2, "all but the last byte": len(whole) - 3}[written]
    with path.open("r+b") as other:
        other.truncate(0)
        other.write(whole[:size])
        other.flush()
        with pytest.raises(FileBeingWritten, match="being changed by another program"):
            TinyStore(path)
        if written != "nothing":
            with pytest.raises(FileBeingWritten):
                inspect(path)
        assert path.read_bytes() == whole[:size]
        other.write(whole[size:])
    found, notices = opened(path)
    assert names(found) == ["A", "B"]
    assert not [notice for notice in notices if "was damaged" in notice]
    assert not list(path.parent.glob("*.rejected-*"))


def test_while_it_is_open_here(path: Path) -> None:
    program = Program(path)
    whole = path.read_bytes()
    with path.open("r+b") as other:
        other.truncate(0)
        other.write(whole[:300])
        other.flush()
        with pytest.raises(StoreError, match="being changed"):
            program.label(5, "C")
        other.write(whole[300:].replace(b'"label":"B"', b'"label":"Z"'))
    program.label(5, "C")
    assert "external" in program.store.notices[-1]
    program.store.close()
    assert names(opened(path)[0]) == ["A", "Z", "C"]


def test_waited_for_while_it_is_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = path.read_bytes()
    other = path.open("r+b")
    other.truncate(0)
    other.write(whole[:300])
    other.flush()
    pauses = 0

    def pause(seconds: float) -> None:
        nonlocal pauses
        pauses += 1
        if pauses == 3:
            other.write(whole[300:])
            other.close()

    monkeypatch.setattr(time, "sleep", pause)
    assert names(TinyStore(path).load(DOCUMENT, "ann")) == ["A", "B"]
    assert pauses == 3


def test_a_file_that_stays_as_it_is_is_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:300])
    assert [finding for finding in inspect(path) if finding.damage]


def test_files_that_change_while_the_doctor_looks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program makes a checkpoint after the file is read and before the journal is read."""
    looks = 0
    findings = inspection._Inspection.findings

    def changing(self: inspection._Inspection) -> list[inspection.Finding]:
        nonlocal looks
        looks += 1
        if looks == 1:
            kept = path.with_name("kept")
            shutil.copy(path, kept)
            path.write_bytes(b"half")
            found = findings(self)
            kept.replace(path)
            return found
        return findings(self)

    monkeypatch.setattr(inspection._Inspection, "findings", changing)
    assert not [finding for finding in inspect(path) if finding.damage]
    assert looks == 2
