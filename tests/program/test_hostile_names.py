"""An article with control sequences in its name, in the real program."""

import os
import signal
from pathlib import Path

import pytest

from tests.program.terminal import Terminal
from tests.texts import ARTICLE

NAMES = ["a\x1b]0;owned\x07b\n.txt", "\u202etxt.exe.txt", os.fsdecode(b"\xff\x9b31m.txt")]


@pytest.mark.parametrize("name", NAMES, ids=["title", "backwards", "bytes"])
def test_the_name_of_an_article_never_drives_the_terminal(tmp_path: Path, name: str) -> None:
    folder = tmp_path / f"here{name}"
    folder.mkdir()
    (folder / name).write_text(ARTICLE, "utf-8")
    (folder / "annotate.toml").write_text("")
    arguments = [name, "--no-model", "--annotator", "ann", "--db", f"db{name}"]
    with Terminal(arguments, folder, columns=120) as terminal:
        terminal.wait_for(r"LISBON")
        terminal.wait_for(r"saved|SAVE")
        terminal.press("f2")
        terminal.drain(0.3)
        terminal.press("ctrl+q")
        os.kill(terminal.pid, signal.SIGTERM)
        terminal.end()
        assert os.fsencode(name) not in terminal.raw
        for raw in (b"owned\x07", b"\x1b]0;", "\u202e".encode(), b"\xff", b"\x9b31m"):
            assert raw not in terminal.raw


@pytest.mark.parametrize("name", NAMES, ids=["title", "backwards", "bytes"])
def test_what_is_said_instead_of_opening_it_never_drives_the_terminal(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with Terminal([name], tmp_path, columns=120) as terminal:
        assert terminal.end() == 2
        assert "There is nothing to annotate" in terminal.text
        assert terminal.raw.replace(b"\r\n", b"").decode("utf-8").isprintable()
