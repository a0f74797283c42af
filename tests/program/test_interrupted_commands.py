"""Ctrl+C or SIGTERM in the middle of a long command: no file is half written, and a second run completes the work."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.store.opening import database_exists, open_store
from tests.annotations.bulk.making import contents
from tests.program.terminal import COMMAND, ROOT

DOCUMENTS = 1500
MANY_FILES = 200
TEXT = " ".join(f"Ann Lee met Bo in Lima on day {day}." for day in range(20))
SPANS = [{"start": start, "end": start + 3, "label": "PERSON"} for start in range(0, len(TEXT) - 3, 40)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files to import; the second takes some time."""
    for name, numbers in (("a", range(MANY_FILES)), ("b", range(MANY_FILES, DOCUMENTS))):
        lines = (json.dumps({"text": f"{TEXT} {n}", "spans": SPANS, "done": True}) for n in numbers)
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    surroundings.pop("ANNOTATE_DB", None)
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # If the tests run in the background, they and the processes that they start ignore Ctrl+C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def interrupt(
    running: subprocess.Popen[str], when: Callable[[], bool], number: int = signal.SIGINT
) -> None:
    """Interrupt a command when a condition is true; it must end without a message."""
    while not when():
        assert running.poll() is None, running.communicate()
        time.sleep(0.001)
    running.send_signal(number)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, "Traceback" in said) == (128 + number, False), said


def complete(folder: Path, *arguments: str) -> None:
    running = start(folder, *arguments)
    _, said = running.communicate(timeout=120)
    assert running.returncode == 0, said


def test_an_import_that_is_interrupted_brings_nothing_and_a_second_one_all(folder: Path) -> None:
    arguments = ("import", "a.jsonl", "b.jsonl", "--as", "accepted", "--annotator", "ann")
    running = start(folder, *arguments)
    assert running.stdout is not None
    recognised = [running.stdout.readline() for _ in range(2)]
    assert [line.split()[:2] for line in recognised] == [["Read", "a.jsonl"], ["Read", "b.jsonl"]]
    interrupt(running, lambda: True)
    assert not database_exists(folder / "annotations.json")
    complete(folder, *arguments)
    store = open_store(folder / "annotations.json", read_only=True)
    assert store.summaries("ann").done == b"\1" * DOCUMENTS
    store.close()


def test_an_export_that_is_interrupted_leaves_nothing_and_a_second_one_writes_all(folder: Path) -> None:
    complete(folder, "import", "a.jsonl", "--as", "accepted", "--annotator", "ann")
    before = sorted(folder.iterdir())
    arguments = ("export", "--format", "brat", "--output", "out")
    running = start(folder, *arguments)
    interrupt(running, lambda: len(list(folder.glob(".annotate-*/*/out/*"))) > 20, signal.SIGTERM)
    assert sorted(folder.iterdir()) == before
    complete(folder, *arguments)
    assert len(list((folder / "out").glob("*.ann"))) == MANY_FILES


def test_suggestions_that_are_ended_anywhere_end_like_undisturbed_ones(tmp_path: Path) -> None:
    days = (f"Letter {n} came on {1 + n % 28} May {1800 + n % 200}." for n in range(2_500))
    (tmp_path / "c.jsonl").write_text("".join(json.dumps({"text": day}) + "\n" for day in days), "utf-8")
    arguments = ("suggest", "c.jsonl", "--no-model", "--workers", "2", "--output")
    complete(tmp_path, *arguments, "undisturbed")
    out = tmp_path / "out"

    def shards(number: int) -> Callable[[], bool]:
        return lambda: len(list(out.glob("*-*.jsonl"))) >= number

    interrupt(start(tmp_path, *arguments, "out"), shards(1))
    assert not list(out.glob("*.part"))
    killed = start(tmp_path, *arguments, "out")
    while not (shards(2)() or killed.poll() is not None):
        time.sleep(0.001)
    killed.kill()
    killed.communicate()
    complete(tmp_path, *arguments, "out")
    assert contents(out) == contents(tmp_path / "undisturbed")
