"""The process of the suggesters ends with the program, however the program ends."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.program.terminal import Terminal
from tests.texts import ARTICLE

DEADLINE = 60.0


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    return [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]


def gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, None])
def test_it_is_one_and_ends_with_the_program(end: signal.Signals | None, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8", newline="")
    with Terminal(["article.txt", "--annotator", "ann"], tmp_path) as terminal:
        terminal.wait_for(r" 0/[12]\d +saved", seconds=DEADLINE)
        (worker,) = children(terminal.pid)
        if end is None:
            terminal.press("ctrl+q")
        else:
            os.kill(terminal.pid, end)
        terminal.end(DEADLINE)
        until = time.monotonic() + DEADLINE
        while not gone(worker):
            assert time.monotonic() < until, "the process of the suggesters lives on"
            time.sleep(0.01)
