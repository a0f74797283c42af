"""A repaired copy is a database: it can be edited, closed, killed, read again, and repaired again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.store.interface import StoreError
from annotations.store.tinydb_file import open_files
from annotations.store.tinydb_file.database import AnnotationDatabase
from annotations.store.tinydb_file.history import history
from annotations.store.tinydb_file.inspection import inspect
from annotations.store.tinydb_file.repair import repair
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.annotations.store.test_changed_journal import Program
from tests.annotations.store.test_recovery import label, names, opened


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.json"
    label(path, (0, 1, "A"))
    label(path, (1, 2, "B"), checkpoint=False)
    path.write_bytes(path.read_bytes()[:-50])
    repair(path, tmp_path / "copy.json")
    return tmp_path / "copy.json"


def leave_after_checkpoint(program: Program) -> None:
    program.store.close()


def kill(program: Program) -> None:
    program.killed()


@pytest.mark.parametrize("leave", [leave_after_checkpoint, kill])
@pytest.mark.parametrize("gone", ["nothing", "the file", "the file and the backups", "the index"])
def test_edited_left_and_read_again(copy: Path, leave: Callable[[Program], None], gone: str) -> None:
    wanted = ["A", "B"]
    for round_ in range(6):
        program = Program(copy)
        assert program.store.notices == [] or gone.startswith("the file")
        assert names(program.annotations) == wanted
        program.label(4 + round_, f"L{round_}")
        wanted.append(f"L{round_}")
        leave(program)
        if gone == "the index":
            copy.with_name("copy.json.index").unlink(missing_ok=True)
        if gone.startswith("the file"):
            copy.unlink(missing_ok=True)
        if gone.endswith("backups"):
            for backup in copy.parent.glob("copy.json.bak*"):
                backup.unlink()
        assert not [f for f in inspect(copy) if f.damage and f.what != "it is not there"]
    found, _ = opened(copy)
    assert names(found) == wanted
    assert len(list(history(copy))) == 6


def test_two_programs_on_a_copy(copy: Path) -> None:
    one, two = Program(copy), Program(copy, "bo")
    one.label(5, "C")
    two.label(6, "D")
    one.label(7, "E")
    two.store.close()
    one.killed()
    assert names(opened(copy)[0]) == ["A", "B", "C", "E"]


def test_changed_from_outside(copy: Path) -> None:
    label(copy, (5, 6, "C"), checkpoint=False)
    copy.write_bytes(copy.read_bytes().replace(b'"label":"A"', b'"label":"Z"', 1))
    found, notices = opened(copy)
    assert names(found) == ["Z", "B", "C"]
    assert "external" in notices[0]


def test_a_copy_of_a_copy_of_a_copy(copy: Path) -> None:
    for number in range(4):
        label(copy, (5 + number, 6 + number, f"L{number}"), checkpoint=number % 2 == 0)
        following = copy.with_name(f"copy{number}.json")
        said = repair(copy, following)
        assert not [line for line in said if "eft out" in line]
        assert not [f for f in inspect(following) if f.damage]
        copy = following
    assert names(opened(copy)[0]) == ["A", "B", "L0", "L1", "L2", "L3"]


def test_put_in_the_place_of_the_damaged_one(copy: Path) -> None:
    """As the last line of the repair says: the damaged files are first moved away."""
    path = copy.with_name("annotations.json")
    for file in list(path.parent.glob("annotations.json*")):
        file.unlink()
    copy.rename(path)
    store = TinyStore(path)
    assert names(store.load(Program(path).store.documents().__next__(), "ann")) == ["A", "B"]
    store.close()
    label(path, (5, 6, "C"), checkpoint=False)
    assert names(opened(path)[0]) == ["A", "B", "C"]


def test_nothing_that_is_there_is_written_over(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    for kind in ("", ".journal", ".bak1", ".index", ".begin-1"):
        other = tmp_path / f"other{len(kind)}.json"
        there = tmp_path / f"{other.name}{kind}"
        there.write_bytes(b"mine")
        with pytest.raises(StoreError, match="there already"):
            repair(path, other)
        assert there.read_bytes() == b"mine"


def test_other_tables_of_a_damaged_file_are_saved(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    label(path, (0, 1, "A"))
    with AnnotationDatabase(path) as database:
        database.table("notes").insert({"note": "mine"})
    label(path, (1, 2, "B"))
    for file in list(tmp_path.glob("annotations.json.*")):
        file.unlink()
    whole = path.read_bytes()
    for number, data in enumerate((whole[:-20], whole.replace(b'"end":2', b'"end":2000', 1))):
        path.write_bytes(data)
        copy = tmp_path / f"copy{number}.json"
        repair(path, copy)
        with AnnotationDatabase(copy) as database:
            assert database.table("notes").all() == [{"note": "mine"}]
        assert names(opened(copy)[0])[0] == "A"


def test_a_store_of_several_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_files, "SEGMENT", 400)
    path = tmp_path / "annotations.json"
    for start in range(5):
        label(path, (start, start + 1, f"L{start}"))
    label(path, (9, 10, "LAST"), checkpoint=False)
    segments = sorted(tmp_path.glob("annotations.json.journal.*"))
    assert len(segments) > 2
    kept = segments[1].read_bytes()
    segments[1].write_bytes(kept[:150] + b"~" + kept[151:])
    path.write_bytes(b"gone")
    repair(path, tmp_path / "copy.json")
    assert names(opened(tmp_path / "copy.json")[0]) == ["L0", "L1", "L2", "L3", "L4", "LAST"]
