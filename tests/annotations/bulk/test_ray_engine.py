"""Reading with Ray, on a cluster that is started on this machine."""

import os
import re
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from annotations.bulk.engine import LocalEngine, engine_of
from annotations.bulk.recipe import recipe_of
from annotations.model.errors import AnnotateError
from annotations.text.installing import install_command
from tests.annotations.bulk.making import DATES, members, write_texts


def actors(mark: str) -> set[int]:
    """The processes of the pool that was started with this mark in its environment: other programs may
    use Ray here, too.
    """
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            started = f"STARTED_BY={mark}\0".encode() in (process / "environ").read_bytes()
            if started and b"ray::MapWorker" in (process / "cmdline").read_bytes():
                found.add(int(process.name))
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
    monkeypatch.setenv("STARTED_BY", mark := str(tmp_path))
    read, killed = [], set()
    for batch in engine_of("ray", 2).read(batches, recipe):
        read.append(batch)
        if len(read) == 2:
            killed = actors(mark)
            os.kill(min(killed), signal.SIGKILL)
    assert killed
    assert read == list(LocalEngine(1).read(batches, recipe))
    assert capfd.readouterr() == ("", "")
    # The processes end a moment later, because the machine may be busy.
    end = time.monotonic() + 30
    while actors(mark) and time.monotonic() < end:
        time.sleep(0.05)
    assert not actors(mark)


def test_without_ray_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(AnnotateError, match=re.escape(install_command("ray[data]"))):
        engine_of("ray")


def test_there_is_nothing_to_start_where_there_is_nothing_to_read() -> None:
    pytest.importorskip("ray")
    assert list(engine_of("ray").read([], DATES)) == []
