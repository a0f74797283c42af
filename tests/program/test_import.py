"""Importing on a terminal: the question can be read, and it can be answered."""

import json
from pathlib import Path

import pytest

from annotations.store.opening import open_store
from tests.program.terminal import Terminal


def lines(*texts: str) -> str:
    span = {"start": 0, "end": 3, "label": "PERSON"}
    return "".join(
        json.dumps({"text": text, "spans": [span], "meta": {"name": "[b]one[/].txt"}}) + "\n"
        for text in texts
    )


@pytest.mark.parametrize(("answer", "status", "spans"), [("n", 2, []), ("y", 0, [3])])
def test_what_is_alike_is_shown_and_asked_about(
    answer: str, status: int, spans: list[int], tmp_path: Path
) -> None:
    text = "Ada met Bob in the long and winding street of the old town."
    (tmp_path / "one.jsonl").write_text(json.dumps({"text": text}), "utf-8")
    (tmp_path / "two.jsonl").write_text(lines(text.replace("met", " met")), "utf-8")
    with Terminal(["import", "one.jsonl"], tmp_path) as terminal:
        assert terminal.end() == 0
    with Terminal(["import", "two.jsonl", "--similar"], tmp_path) as terminal:
        terminal.wait_for(r"\[b\]one\[/\]\.txt has almost the same text as one\.jsonl#1: 1 span placed")
        terminal.wait_for(r"Put these spans there\? \[y/N\] *\n")
        terminal.press(answer, "enter")
        assert terminal.end() == status
    store = open_store(tmp_path / "annotations.json", read_only=True)
    [document] = store.documents()
    assert [row.spans[0].end for row in store.annotations(document.id)] == spans
    store.close()
