"""The doctor names everything that is wrong, saves what is whole, and changes no file."""

from pathlib import Path

import pytest

from annotations.store.interface import StoreError
from annotations.store.tinydb_file.inspection import inspect
from annotations.store.tinydb_file.repair import repair
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.test_recovery import DOCUMENT, UNSOUND, label, names


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.json"
    label(path, (0, 3, "A"))
    label(path, (4, 7, "B"))
    label(path, (8, 10, "C"), (14, 20, "D"), (21, 22, "E"), checkpoint=False)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if "repaired" not in file.name}


def repaired(path: Path) -> list[str]:
    """The labels in the repaired copy; also checks that the original is unchanged."""
    before = contents(path.parent)
    copy = path.with_name("repaired.json")
    repair(path, copy)
    assert contents(path.parent) == before
    alone = path.parent / "alone"
    alone.mkdir()
    copy.rename(alone / "annotations.json")
    store = TinyStore(alone / "annotations.json")
    found = names(store.load(DOCUMENT, "ann"))
    store.close()
    return found


def damage(path: Path) -> list[str]:
    before = contents(path.parent)
    found = [f"{finding.file.name}: {finding.what}" for finding in inspect(path) if finding.damage]
    assert contents(path.parent) == before
    return found


def test_a_sound_store_has_no_damage(path: Path) -> None:
    assert damage(path) == []
    assert repaired(path) == ["A", "B", "C", "D", "E"]


@pytest.mark.parametrize("kind", [kind for kind in UNSOUND if kind != "a row twice"])
def test_an_unsound_file(path: Path, kind: str) -> None:
    path.write_bytes(UNSOUND[kind][0](path.read_bytes()))
    assert any(UNSOUND[kind][1] in line for line in damage(path))
    assert repaired(path) == ["A", "B", "C", "D", "E"]


def test_several_problems_are_all_named(path: Path) -> None:
    data = path.read_bytes().replace(b'"start":4,"end":7', b'"start":4,"end":700')
    path.write_bytes(data.replace(b'"end":3,', b'"end":300,', 1))
    found = [line for line in damage(path) if "it reaches to" in line]
    assert len(found) == 2


def test_damage_in_the_journal_costs_the_damaged_commit_only(path: Path) -> None:
    journal = path.with_name("annotations.json.journal")
    data = journal.read_bytes()
    place = data.rindex(b'"label":"D"')
    journal.write_bytes(data[:place] + b'"lapel"' + data[place + 7 :])
    with pytest.raises(StoreError, match="is damaged at byte"):
        TinyStore(path)
    assert any("annotations.json.journal: damaged at byte" in line for line in damage(path))
    assert repaired(path) == ["A", "B", "C", "E"]


def test_a_cut_file_alone_gives_its_whole_rows(path: Path) -> None:
    label(path)
    data = path.read_bytes()
    for file in path.parent.iterdir():
        file.unlink()
    path.write_bytes(data[: data.rindex(b'"meta"')])
    assert any("ends in the middle" in line for line in damage(path))
    assert repaired(path) == ["A", "B", "C", "D", "E"]


def test_nothing_to_save_is_said(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    path.write_bytes(b"Dear diary")
    with pytest.raises(StoreError, match="Nothing usable"):
        repair(path, tmp_path / "copy.json")
    assert [file.name for file in tmp_path.iterdir()] == ["annotations.json"]
