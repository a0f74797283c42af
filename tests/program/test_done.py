"""Marking an article as done under a real terminal, and the message when the program ends."""

import re
from pathlib import Path

import pytest

from tests.program.terminal import Terminal
from tests.texts import ARTICLE

NO_MODEL = ["article.txt", "--no-model", "--annotator", "ann"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8", newline="")
    return tmp_path


def test_done_survives_leaving_and_undo_takes_it_back(folder: Path) -> None:
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r" 0/[1-9] +saved")
        terminal.press("space", "enter", "D")
        # Dates may still be read while this is asked; then it says so.
        terminal.wait_for(r"Done\? \d undecided (suggestions will|and names to come) count as no entity")
        terminal.press("enter")
        terminal.wait_for(r" done .* 1/\d +saved")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        said = rb"article\.txt: 1 of \d decided, \d undecided; done\. Saved in annotations\.json\."
        assert re.search(said, terminal.raw)
    with Terminal(NO_MODEL, folder) as terminal:
        terminal.wait_for(r" done .* 1/\d +saved")
        terminal.press("U")
        terminal.wait_for(r"Undone: marked the document as done")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert re.search(
            rb"article\.txt: 1 of \d decided, \d undecided; not done\. Saved in", terminal.raw
        )


def test_leaving_names_another_database_and_an_article_without_a_file(folder: Path) -> None:
    other = folder / "elsewhere" / "other.json"
    other.parent.mkdir()
    with Terminal([*NO_MODEL, "--db", str(other)], folder, columns=200) as terminal:
        terminal.wait_for(r"saved")
        terminal.press("e")
        terminal.wait_for(r" 1/\d +saved")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert f"Saved in {other}.".encode() in terminal.raw
