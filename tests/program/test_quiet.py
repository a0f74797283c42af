"""How little is drawn: nothing while no key is pressed, and little for a decision."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program.terminal import Terminal
from tests.tui.made_up import HARBOUR

IDLE = 60
"""Seconds for which a program is watched while no key is pressed."""
CLOCK = "clock"
"""The file with the time of a program whose clock is fast."""
MOST = 2048
"""The most bytes for a decision for which the text does not scroll."""
TRUE_COLOUR = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / HARBOUR.name).write_text(HARBOUR.text, "utf-8", newline="")
    patterns = [f'{{"label": "{label}", "pattern": "{words}"}}' for words, label, _ in HARBOUR.suggested]
    (tmp_path / "names.jsonl").write_text("\n".join(patterns), "utf-8")
    (tmp_path / "annotate.toml").write_text('patterns = ["names.jsonl"]\n', "utf-8")
    return tmp_path


def settled(terminal: Terminal) -> None:
    """Wait until all suggestions have come and are drawn."""
    terminal.wait_for(rf"0/(?:{len(HARBOUR.spans())}|[4-9]\d)")
    terminal.drain(1.0)


def watch(terminal: Terminal, seconds: Callable[[], float]) -> bytes:
    """What a program writes in the next minute of a clock, after a few keys."""
    settled(terminal)
    terminal.press("space", "enter", "f2")
    terminal.drain(1.0)
    written, end = len(terminal.raw), seconds() + IDLE
    while seconds() < end:
        terminal.read(0.1)
    return terminal.raw[written:]


def test_nothing_is_written_while_nobody_does_anything(folder: Path) -> None:
    """A minute passes for every timer, thread and wait of the program, but not for the test."""
    file = folder / CLOCK

    def late() -> float:
        # The file may be empty, because it is being written.
        return float(file.read_text() or "0")

    fast = [sys.executable, "-m", "tests.program.fast_clock", str(file)]
    with Terminal(
        [HARBOUR.name, "--no-model"],
        folder,
        columns=120,
        rows=40,
        command=fast,
        environment=TRUE_COLOUR,
    ) as terminal:
        assert watch(terminal, late) == b""


@pytest.mark.skipif(
    not os.environ.get("CI"), reason="takes a minute; the clock of the other test is fast"
)
def test_nothing_is_written_in_a_minute_of_an_ordinary_clock(folder: Path) -> None:
    with Terminal(
        [HARBOUR.name, "--no-model"], folder, columns=120, rows=40, environment=TRUE_COLOUR
    ) as terminal:
        assert watch(terminal, time.monotonic) == b""


def test_a_decision_is_little_to_draw(folder: Path) -> None:
    with Terminal(
        [HARBOUR.name, "--no-model"], folder, columns=80, rows=24, environment=TRUE_COLOUR
    ) as terminal:
        settled(terminal)
        frame = len(terminal.raw)
        terminal.press("space")
        terminal.drain(0.3)
        costs = []
        for key in ("enter", "enter", "backspace", "p", *["enter"] * 12):
            top, written = terminal.screen.display[2], len(terminal.raw)
            terminal.press(key)
            terminal.drain(0.3)
            scrolled = terminal.screen.display[2] != top
            cost = len(terminal.raw) - written
            # After a change of label, all visible suggestions of the same words are drawn again.
            most = frame if scrolled or key == "p" else MOST
            assert 0 < cost < most, (key, scrolled, terminal.raw[written:])
            costs.append(cost)
        assert min(costs) < MOST
