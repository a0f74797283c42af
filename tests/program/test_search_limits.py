"""A search pattern that would take minutes and gigabytes, typed into the real program."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.program.terminal import Terminal
from tests.texts import ARTICLE

NO_MODEL = ["article.txt", "--no-model", "--annotator", "ann"]
DEADLINE = 60.0
"""After this number of seconds, something hangs, even if the machine is busy."""
FOREVER = r"\(?:\w+\s?)+\d$"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.txt").write_text(ARTICLE + "a" * 3000 + " end.\n", "utf-8", newline="")
    (tmp_path / "annotate.toml").write_text("")
    return tmp_path


def search_processes(program: int) -> list[int]:
    """The ids of the processes in which a program searches."""
    listed = subprocess.run(
        ["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    return [int(pid) for pid, parent, args in rows if int(parent) == program and "search_worker" in args]


def wait_until_gone(processes: list[int]) -> None:
    end = time.monotonic() + DEADLINE
    while any(Path(f"/proc/{process}").exists() for process in processes):
        assert time.monotonic() < end, "a process that searches is left"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            r"\((a{1000}){1000}){1000}",
            "Stopped: this search (needs more than 200 MB|takes more than 1 s)",
        ),
        (FOREVER, "Stopped: this search takes more than 1 s"),
    ],
)
def test_a_hostile_pattern_is_stopped_while_keys_go_on(folder: Path, typed: str, said: str) -> None:
    with Terminal(NO_MODEL, folder, columns=120) as terminal:
        terminal.wait_for(r"saved")
        assert search_processes(terminal.pid) == []
        terminal.press("/", *typed)
        terminal.wait_for(said)
        terminal.press("\x15", *"rotterdam")
        terminal.wait_for(r"FIND  rotterdam   1 of 2")
        terminal.press("enter", "g")
        terminal.wait_for(r"GPE +accepted “Rotterdam”")
        terminal.press("/", *r"\sines\b")
        terminal.wait_for(r"1 of 1")
        processes = search_processes(terminal.pid)
        assert len(processes) == 1
        terminal.wait_for(r" 1/\d +saved")
        terminal.press("enter", "ctrl+q")
        assert terminal.end() == 0
        wait_until_gone(processes)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked at in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_no_process_is_left_when_the_program_is_ended_while_it_searches(
    folder: Path, number: signal.Signals
) -> None:
    with Terminal(NO_MODEL, folder, columns=120) as terminal:
        terminal.wait_for(r"saved")
        terminal.press("/", *FOREVER)
        terminal.wait_for(r"Searching…|Stopped")
        terminal.press("x")
        end = time.monotonic() + DEADLINE
        while not (processes := search_processes(terminal.pid)):
            assert time.monotonic() < end
            terminal.read(0.01)
        os.kill(terminal.pid, number)
        terminal.end()
        wait_until_gone(processes)
