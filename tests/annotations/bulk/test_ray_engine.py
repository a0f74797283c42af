"""Reading on a cluster: one of this machine, started once."""

import os
import signal
import sys
from pathlib import Path

import pytest

from annotations.bulk.engine import LocalEngine, engine_of
from annotations.bulk.recipe import recipe_of
from annotations.model.errors import AnnotateError
from tests.annotations.bulk.making import DATES, members, write_texts


def actors() -> list[int]:
    """The processes of the pool."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if b"ray::MapWorker" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def test_twenty_texts_are_read_as_here_though_an_actor_is_killed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    write_texts(tmp_path / "letters", range(20))
    (tmp_path / "names.jsonl").write_text('{"label": "THING", "pattern": "Letter"}\n', "utf-8")
    recipe = recipe_of(["dates", f"patterns:{tmp_path / 'names.jsonl'}"])
    batches = [(member,) for member in members(tmp_path / "letters")]
    before = set(actors())
    read, killed = [], set()
    for batch in engine_of("ray", 2).read(batches, recipe):
        read.append(batch)
        if len(read) == 2:
            killed = set(actors()) - before
            os.kill(min(killed), signal.SIGKILL)
    assert killed
    assert read == list(LocalEngine(1).read(batches, recipe))
    assert capfd.readouterr() == ("", "")
    assert set(actors()) <= before


def test_without_ray_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(AnnotateError, match=r'pip install "annotate-tui\[ray\]"'):
        engine_of("ray")


def test_there_is_nothing_to_start_where_there_is_nothing_to_read() -> None:
    pytest.importorskip("ray")
    assert list(engine_of("ray").read([], DATES)) == []
