"""Prune removes the history that it shows and no more, and what it keeps can be restored."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotations.store.interface import StoreError
from annotations.store.tinydb_file import open_files
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.history import annotations_at, commits, history
from annotations.store.tinydb_file.inspection import inspect
from annotations.store.tinydb_file.pruning import planned
from annotations.store.tinydb_file.repair import repair
from annotations.store.tinydb_file.tinydb_store import TinyStore
from annotations.store.tinydb_file.upkeep import Upkeep
from tests.annotations.store.breaking_disk import Cut, CuttingDisk
from tests.annotations.store.test_recovery import DOCUMENT, label, names, opened

DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """A list whose entry is the time for the next commits."""
    time = [DAY]
    for module in ("open_files", "pruning", "repair"):
        monkeypatch.setattr(
            f"annotations.store.tinydb_file.{module}.now",
            lambda: time[0].isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        )
    return time


@pytest.fixture(params=[64 << 20, 400], ids=["one segment", "several segments"])
def path(
    tmp_path: Path,
    clock: list[datetime],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A store with one edit per day for eight days, with a checkpoint after most of them."""
    monkeypatch.setattr(open_files, "SEGMENT", request.param)
    path = tmp_path / "annotations.json"
    for day in range(8):
        clock[0] = DAY + timedelta(days=day)
        label(path, (day, day + 1, f"L{day}"), checkpoint=day % 3 != 2)
    clock[0] = DAY + timedelta(days=8)
    return path


def at(path: Path, day: float) -> list[str]:
    return names(annotations_at(path, DOCUMENT, "ann", DAY + timedelta(days=day)).annotations)


def labels(last: int) -> list[str]:
    return [f"L{day}" for day in range(last + 1)]


@pytest.mark.parametrize("backups", [False, True])
@pytest.mark.parametrize("day", range(1, 8))
def test_every_state_that_is_kept_can_be_restored(path: Path, day: int, backups: bool) -> None:
    Upkeep(path).prune(DAY + timedelta(days=day, hours=-1), backups=backups)
    for kept in range(day, 8):
        assert at(path, kept + 0.5) == labels(kept)
    assert [str(entry.edit.at) for entry in history(path)] != []
    assert len(list(history(path))) == 8 - day
    assert not [finding for finding in inspect(path) if finding.damage]
    if backups:
        with pytest.raises(StoreError, match="reaches back only to"):
            at(path, day - 1 + 0.4)
    for extra in range(4):
        label(path, (10 + extra, 11 + extra, "MORE"))
    assert at(path, day + 0.5) == labels(day), "after the backups have gone their way"
    assert not [finding for finding in inspect(path) if finding.damage]


def test_the_file_and_the_backups_are_not_needed_for_it(path: Path) -> None:
    Upkeep(path).prune(DAY + timedelta(days=4), backups=True)
    path.unlink()
    for backup in path.parent.glob("*.bak*"):
        backup.unlink()
    assert names(opened(path)[0]) == labels(7)


def test_pruned_again_and_again(path: Path) -> None:
    for day in (2, 3, 5, 7):
        Upkeep(path).prune(DAY + timedelta(days=day), backups=day % 2 == 0)
        assert [len(list(history(path)))] == [8 - day]
        for kept in range(day, 8):
            assert at(path, kept + 0.5) == labels(kept)
        assert len(StoreFiles.at(path).beginnings()) == 1
    assert Upkeep(path).prune(DAY + timedelta(days=30)).commits
    assert list(history(path)) == []
    assert names(opened(path)[0]) == labels(7)
    assert not [finding for finding in inspect(path) if finding.damage]


def test_backups_stay_unless_told(path: Path) -> None:
    before = {file.name: file.read_bytes() for file in path.parent.glob("*.bak*")}
    plan = planned(path, DAY + timedelta(days=7))
    assert plan.backups
    assert Upkeep(path).prune(DAY + timedelta(days=7)).backups == 0
    there = [file.read_bytes() for file in path.parent.glob("*.bak*")]
    assert sum(data in there for data in before.values()) >= len(before) - 1, "one checkpoint was made"
    gone = Upkeep(path).prune(DAY + timedelta(days=7, hours=1), backups=True)
    assert gone.backups
    assert all(b'"label":"L7"' in file.read_bytes() for file in path.parent.glob("*.bak*"))


def test_the_plan_is_what_happens_and_changes_nothing(path: Path) -> None:
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    plan = planned(path, DAY + timedelta(days=5))
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
    assert plan.edits == 5
    assert plan.first == DAY
    assert plan.last is not None
    assert plan.last < DAY + timedelta(days=5)
    total = len(list(commits(StoreFiles.at(path))))
    assert plan.commits + plan.kept == total
    assert Upkeep(path).prune(DAY + timedelta(days=5)).commits == plan.commits
    assert planned(path, DAY + timedelta(days=5)).commits == 0
    assert planned(path, DAY).commits == 0


def test_a_program_that_has_it_open_goes_on(path: Path) -> None:
    store = TinyStore(path)
    Upkeep(path).prune(DAY + timedelta(days=6), backups=True)
    label(path, (14, 20, "THEIRS"), checkpoint=False)
    store.follow()
    assert names(store.load(DOCUMENT, "ann")) == [*labels(7), "THEIRS"]
    assert store.notices == []
    store.close()
    assert names(opened(path)[0]) == [*labels(7), "THEIRS"]


def test_a_copy_of_a_pruned_store(path: Path, tmp_path: Path) -> None:
    Upkeep(path).prune(DAY + timedelta(days=6), backups=True)
    path.write_bytes(b"gone")
    repair(path, tmp_path / "copy.json")
    assert names(opened(tmp_path / "copy.json")[0]) == labels(7)
    label(tmp_path / "copy.json", (14, 20, "MORE"))
    Upkeep(tmp_path / "copy.json").prune(DAY + timedelta(days=9), backups=True)
    assert not [finding for finding in inspect(tmp_path / "copy.json") if finding.damage]
    assert names(opened(tmp_path / "copy.json")[0]) == [*labels(7), "MORE"]


def test_a_crash_anywhere_costs_nothing_that_was_to_be_kept(path: Path, tmp_path: Path) -> None:
    steps = 0
    while True:
        folder = tmp_path / f"{steps}"
        folder.mkdir()
        for file in path.parent.glob("annotations.json*"):
            shutil.copy(file, folder)
        again = folder / "annotations.json"
        try:
            Upkeep(again, CuttingDisk(steps, 0.5)).prune(DAY + timedelta(days=4), backups=True)
        except Cut:
            assert not [finding for finding in inspect(again) if finding.damage], steps
            for kept in range(4, 8):
                assert at(again, kept + 0.5) == labels(kept), steps
            assert names(opened(again)[0]) == labels(7)
            Upkeep(again).prune(DAY + timedelta(days=4), backups=True)
            assert len(list(history(again))) == 4
            assert at(again, 4.5) == labels(4)
            steps += 1
            shutil.rmtree(folder)
            continue
        break
    assert steps > 8


def test_what_cannot_be_restored_is_not_forgotten(path: Path) -> None:
    """If no file has the beginning of the journal, nothing is removed."""
    Upkeep(path).prune(DAY + timedelta(days=2), backups=True)
    for file in (*path.parent.glob("*.begin-*"), *path.parent.glob("*.bak*")):
        file.unlink()
    with pytest.raises(StoreError, match="nothing was deleted"):
        Upkeep(path).prune(DAY + timedelta(days=4))
    assert len(list(history(path))) == 6


@pytest.mark.parametrize(
    ("times", "moment", "wanted", "later", "earlier"),
    [
        ([0, 1, 2, 3], 1.5, 2, 0, 0),
        ([0, 9, 2, 3], 2.5, 3, 1, 0),  # one clock is ahead
        ([0, 1, 2, 3, -9, 4], 1.5, 2, 0, 1),  # one clock is far behind: only its edit counts as earlier
        ([0, 1, -9, 3, 4], 2.5, 3, 0, 0),
        ([0, 2, 1, 3], 1.5, 3, 1, 0),  # a clock was set back: of two equal places, the later
        ([6, 0, 1, 1], 2, 4, 2, 0),
    ],
)
def test_where_clocks_disagree_the_order_of_the_journal_counts(
    tmp_path: Path,
    clock: list[datetime],
    times: list[int],
    moment: float,
    wanted: int,
    later: int,
    earlier: int,
) -> None:
    path = tmp_path / "annotations.json"
    for place, day in enumerate(times):
        clock[0] = DAY + timedelta(days=day)
        label(path, (place, place + 1, f"L{place}"), checkpoint=False)
    found = annotations_at(path, DOCUMENT, "ann", DAY + timedelta(days=moment))
    assert names(found.annotations) == labels(wanted - 1)
    assert (found.later, found.earlier) == (later, earlier)


def test_prune_keeps_what_stands_behind_a_later_time(tmp_path: Path, clock: list[datetime]) -> None:
    path = tmp_path / "annotations.json"
    for place, day in enumerate([0, 1, 5, 2, 6]):
        clock[0] = DAY + timedelta(days=day)
        label(path, (place, place + 1, f"L{place}"), checkpoint=False)
    plan = planned(path, DAY + timedelta(days=4))
    assert (plan.edits, plan.earlier_kept) == (2, 1)
    Upkeep(path).prune(DAY + timedelta(days=4))
    assert len(list(history(path))) == 3
