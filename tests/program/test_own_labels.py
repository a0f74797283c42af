"""A project's own labels from the pipeline to the training data, under a real terminal."""

import json
import re
from pathlib import Path

import pytest

from tests.program.terminal import Terminal
from tests.texts import ARTICLE
from tui.cli import main

OWN = """\
[[labels]]
name = "PLACE"
key = "p"
from = ["GPE", "LOC"]

[[labels]]
name = "WHO"
key = "w"
from = ["PERSON", "ORG", "NORP"]
"""


def test_a_pipeline_brings_no_other_label(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_text(ARTICLE, "utf-8", newline="")
    Path("annotate.toml").write_text(OWN, "utf-8")
    options = ["article.txt", "--annotator", "ann"]
    with Terminal(options, tmp_path) as terminal:
        terminal.wait_for(r" 0/\d+ +saved")
        # At the right of each row are the labels of the spans that begin in it.
        terminal.wait_for(r"port authority .* PLACE PLACE WHO *\n")
        terminal.drain(0.5)
        screen = terminal.text
        assert re.search(r"Sea agreed on Tuesday to rebuild *\n", screen)
        assert not any(label in screen for label in ("GPE", "PERSON", "MONEY", "DATE", "CARDINAL"))
        for _ in range(30):
            terminal.press("space", "enter")
        terminal.wait_for("Nothing is left to decide")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert main(["export", "--format", "jsonl", "--output", "gold.jsonl"]) == 0
    spans = json.loads(Path("gold.jsonl").read_text("utf-8"))["spans"]
    assert {span["label"] for span in spans} == {"PLACE", "WHO"}
    # With another scheme, the spans that were hidden are shown.
    Path("annotate.toml").write_text(OWN.replace('"NORP"', '"MONEY", "DATE"'), "utf-8")
    with Terminal(options, tmp_path) as terminal:
        terminal.wait_for_header(r"\d+/\d+")
        # The day had no label before.
        terminal.wait_for(r"Sea agreed on Tuesday to rebuild +WHO *\n", seconds=5)
        terminal.press("space")
        terminal.wait_for(r"WHO +(?:suggested|doubtful)")
        terminal.press("ctrl+q")
        assert terminal.end() == 0


def test_wrong_settings_are_one_sentence_and_status_two(
    tmp_path: Path,
) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8", newline="")
    (tmp_path / "annotate.toml").write_text(OWN.replace('"LOC"', '"ORG"'), "utf-8")
    with Terminal(["article.txt"], tmp_path, columns=400) as terminal:
        assert terminal.end() == 2
        assert "annotate.toml, line 9: ORG is in 'from' of both PLACE and WHO" in terminal.text
