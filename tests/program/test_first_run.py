"""From an empty folder to the first decision and its statistics, under a real terminal."""

import json
from pathlib import Path

from tests.program.terminal import Terminal


def test_nothing_is_named_and_an_article_is_chosen_annotated_and_counted(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("The ship left Porto and came to Sines with grain.\n")
    (tmp_path / "notes.md").write_text("nothing")
    (tmp_path / "places.jsonl").write_text(json.dumps({"label": "GPE", "pattern": "Porto"}) + "\n")
    (tmp_path / "annotate.toml").write_text('patterns = ["places.jsonl"]\n')
    with Terminal(["--no-model", "--annotator", "ann"], tmp_path, columns=80, rows=24) as terminal:
        terminal.wait_for(r"letter\.txt +50 bytes")
        terminal.wait_for(r"Ana Sousa +doubtful: look twice")
        terminal.press("down", "up", "enter")
        terminal.wait_for(r"(?m)^ letter\.txt .* 0/1  saved")
        terminal.press("space", "enter")
        terminal.wait_for(r"(?m)^ letter\.txt .* 1/1  saved")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    with Terminal(["stats"], tmp_path, columns=80, rows=24) as terminal:
        assert terminal.end() == 0
        assert "g GPE             ━━━━" in terminal.text
        assert "━━ as suggested" in terminal.text
        assert "1 accepted" in terminal.text
    # With a database, the program does not ask what to open.
    with Terminal(["--no-model", "--annotator", "ann"], tmp_path) as terminal:
        terminal.wait_for(r"(?m)^ 1/1  letter\.txt .* 1/1  saved")
        terminal.press("ctrl+q")
        assert terminal.end() == 0


def test_leaving_without_a_choice_leaves_nothing(tmp_path: Path) -> None:
    with Terminal([], tmp_path, columns=80, rows=24) as terminal:
        terminal.wait_for(r"nothing to annotate")
        terminal.press("O", *"gone.txt", "enter")
        assert terminal.end() == 2
        assert b"There is no file gone.txt" in terminal.raw
    with Terminal([], tmp_path, columns=80, rows=24) as terminal:
        terminal.wait_for(r"nothing open")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert [path.name for path in tmp_path.iterdir() if path.name != "state"] == []
