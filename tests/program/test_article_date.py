"""`--date` under a real terminal: stored without any other key, exported, shown in the history."""

import json
from pathlib import Path

import pytest

from tests.program.terminal import Terminal
from tui.cli import main

TEXT = "The talks ended on Wednesday. They began two weeks ago.\n"


def test_the_date_reaches_the_database_and_the_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    options = ["article.txt", "--no-model", "--annotator", "ann", "--date"]
    # The first time, the program is ended as soon as it shows something.
    for date in ("2021-04-08", "8 April 2021"):
        with Terminal([*options, date], tmp_path) as terminal:
            terminal.wait_for("The talks ended")
            if date != "2021-04-08":
                terminal.wait_for(r" 0/2 +saved")
            terminal.press("ctrl+q")
            assert terminal.end() == 0
    assert main(["log", "article.txt"]) == 0
    said = capsys.readouterr().out
    assert said.count("ann  set the date of the document to 2021-04-08") == 1
    assert main(["export", "--format", "jsonl", "--status", "all", "--output", "out.jsonl"]) == 0
    document = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert document["document_date"] == "2021-04-08"
    values = {span["text"]: span["value"]["value"] for span in document["spans"]}
    assert values["Wednesday"] == "2021-04-07"


def test_what_is_no_date_is_said_before_the_screen_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli._screen_is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    for date in ("tomorrow", "", "2021-02-30"):
        assert main([str(tmp_path / "article.txt"), "--date", date]) == 2
        assert "not a date" in capsys.readouterr().err
    assert not (tmp_path / "annotations.json").exists()
