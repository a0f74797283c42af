"""Every command, with names of files, folders, databases, labels and people that contain terminal codes."""

import ast
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program.terminal import COMMAND, ROOT
from tui.cli import main
from tui.command_line.output import escape_what_cannot_be_encoded, say, warn
from tui.command_line.usage import COMMANDS

NAMES = {
    "a title and a line break": "a\x1b]0;x\x07b\n.txt",
    "a name that reads backwards": "\u202etxt.exe\u2066.txt",
    "bytes that are no UTF-8": os.fsdecode(b"\xff\x9b31m.txt"),
    "controls of one byte and separators": "\x85\u2028\x9b2J\x08\r.txt",
}
TEXT = "Ann Lee met Bo in Lima.\n"


def calls(name: str) -> list[list[str]]:
    """Calls of every command, with the name wherever one can be given; some succeed, some are refused."""
    db, source = ["--db", f"db{name}"], f"in{name}"
    article = f"{source}#1"
    out = ["--output", f"out{name}"]
    return [
        ["import", source, *db, "--as", "accepted"],
        ["import", source, *db, "--annotator", name],
        ["import", source, *db, "--format", name],
        ["import", source, *db, "--language", name],
        ["import", name, *db],
        ["import", source, *db, "--json"],
        ["export", "--format", "jsonl", "--output", f"json{name}", *db, "--json"],
        ["relabel", "X", "Y", *db, "--json"],
        ["log", article, *db],
        ["log", f"none{name}", *db],
        ["stats", article, *db],
        ["stats", *db],
        ["stats", *db, "--json"],
        ["stats", f"folder{name}", ".", *db],
        ["stats", f"*{name}", f"rows{name}.jsonl", *db],
        ["import", source, f"in*{name}", f"folder{name}", *db],
        ["export", f"none{name}", f"*{name}", "--format", "jsonl", "--output", "z", *db],
        ["export", article, ".", "--format", "jsonl", "--output", "z", "--undone", "missing", *db],
        ["done", ".", f"*{name}", *db],
        ["list", *db],
        ["list", f"folder{name}", *db],
        ["list", name, *db],
        ["list", ".", *db, "--recursive"],
        ["list", ".", *db, "--json"],
        ["list", f"none{name}", *db],
        ["list", f"*{name}", "--annotator", name],
        ["list", f"rows{name}.jsonl", *db, "--id-column", "id"],
        ["list", f"rows{name}.jsonl", *db, "--id-column", name],
        ["suggest", f"folder{name}", "--no-model"],
        ["suggest", name, "--no-model", "--workers", "1", *out[:1], f"ahead{name}"],
        ["suggest", f"ahead{name}", "--no-model", "--json"],
        ["suggest", f"rows{name}.jsonl", "--id-column", name, "--no-model", "--json"],
        ["suggest", ".", "--model", name],
        ["suggest", ".", "--no-model", *out[:1], "."],
        ["suggest", ".", "--engine", name],
        ["suggest", ".", "--workers", name],
        ["stats", article, *db, "--annotator", name],
        ["export", "--format", "jsonl", *out, *db],
        ["export", "--format", "jsonl", *out, *db],
        ["export", "--format", "csv", "--output", f"csv{name}", *db],
        ["export", "--format", "iob2", "--output", f"iob2{name}", *db],
        ["export", "--format", "brat", "--output", f"brat{name}", *db],
        ["export", "--format", "jsonl", "--output", "x", *db, "--document", name],
        ["export", "--format", "jsonl", "--output", "y", *db, "--split", name],
        ["export", "--format", "jsonl", "--output", "y", *db, "--status", name],
        ["export", "--format", name, "--output", "y", *db],
        ["export", "--format", "iob2", "--output", "y", *db, "--language", name],
        ["export", "--format", "jsonl", "--output", "y", "--db", f"none{name}"],
        ["restore", article, *db, "--at", name],
        ["restore", article, *db, "--at", "2001-01-01"],
        ["restore", article, *db, "--at", "2001-01-01", "--annotator", name],
        ["log", article, *db, "--json"],
        ["doctor", *db, "--json"],
        ["doctor", *db],
        ["doctor", "--db", name],
        ["doctor", "--db", f"none{name}"],
        ["doctor", *db, "--repair"],
        ["doctor", *db, "--repair", "--output", f"repaired{name}"],
        ["prune", *db, "--before", name],
        ["prune", *db, "--before", "now"],
        ["prune", *db, "--before", "now", "--dry-run"],
        ["prune", *db, "--before", "now", "--dry-run", "--json"],
        ["done", article, *db],
        ["done", f"none{name}", *db, "--annotator", name],
        ["done", article, *db, "--annotator", "x\x1b]0;y\x07"],
        ["relabel", "PERSON", name, *db],
        ["relabel", name, "PERSON", *db],
        ["relabel", name, "PERSON", *db, "--document", name],
        ["restore", f"none{name}", *db],
        ["remove", f"none{name}", *db],
        ["remove", article, *db],
        ["done", article, *db, "--json"],
        ["restore", article, *db, "--at", "2001-01-01", "--json"],
        ["remove", article, *db, "--yes", "--json"],
        ["restore", article, *db, "--json"],
        ["remove", article, *db, "--yes"],
        ["restore", article, *db],
        ["init", f"none{name}"],
        ["init", f"example{name}", "--example"],
        ["init", f"example{name}", "--example"],
        ["init", f"folder{name}"],
        ["init", f"folder{name}"],
        ["formats", name],
        [f"exprot{name}"],
        ["completion", name],
        [f"none{name}"],
        [f"folder{name}"],
        [name, "--encoding", name],
        [name, "--suggestions", f"none{name}"],
        [name, "--language", name],
        [f"folder{name}", "--language", name],
        [name, name],
    ]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A name; the current folder has it in its own name, as have an article and a file to import."""
    name = NAMES[request.param]
    folder = tmp_path / f"here{name}"
    (folder / f"folder{name}").mkdir(parents=True)
    (folder / name).write_text(TEXT, "utf-8")
    span = {"start": 0, "end": 7, "label": "P\x1b[31m\u202e", "comment": "\x07\n"}
    line = {"text": TEXT, "spans": [span], "annotator": "x\x1b]0;y\x07"}
    (folder / f"in{name}").write_text(json.dumps(line) + "\n", "utf-8")
    row = {"text": TEXT, "id": name, "date": name}
    (folder / f"rows{name}.jsonl").write_text(json.dumps(row) + "\n{" + "\n", "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("ANNOTATE_DB", raising=False)
    return name


def test_every_command_is_called(name: str) -> None:
    assert {call[0] for call in calls(name)} >= set(COMMANDS)


def test_nothing_that_a_command_prints_can_drive_the_terminal(
    name: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    said = 0
    for call in calls(name):
        try:
            status = main(call)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        assert status in (0, 1, 2), call
        for printed in capfdbinary.readouterr():
            # If a line break in a name were printed, the name itself would be found here.
            shown = printed.decode("utf-8")
            assert name not in shown, call
            assert "".join(shown.split("\n")).isprintable(), call
            said += bool(shown)
    assert said >= len(calls(name))


def test_commands_print_in_one_place_only() -> None:
    """Only data is also printed elsewhere: the completion script for the shell."""
    printing = set()
    for file in (ROOT / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "print"
            ):
                printing.add(file.relative_to(ROOT).as_posix())
    assert printing == {"tui/command_line/output.py", "tui/commands/completion.py"}


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_what_an_encoding_has_not_is_escaped(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding, errors="strict") for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    escape_what_cannot_be_encoded()
    say("2 × 東京")
    warn("2 × 東京")
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        assert stream.buffer.getvalue().endswith(b"\\u6771\\u4eac\n")


def test_the_table_of_formats_can_be_printed_in_ascii(tmp_path: Path) -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii:strict"}
    result = subprocess.run(
        [*COMMAND, "formats"], cwd=tmp_path, env=surroundings, capture_output=True, timeout=60
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"conllu-plus" in result.stdout
