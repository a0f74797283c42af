"""Every command that the documentation shows works, in the order of its page.

Commands of the program and of spaCy run in this process. A command that opens the screen ends there,
because there is no terminal: the screen is tested elsewhere. Commands that are not run are listed with
the reason.
"""

import argparse
import contextlib
import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from tests.docs.commands import PAGES, ROOT, said_commands, shown_commands
from tui.cli import main
from tui.command_line.parsers import command_parser, reader_parser
from tui.command_line.usage import COMMANDS

NOT_RUN = {
    "annotate suggest /shared/news --engine ray": "it needs a cluster: tests/annotations/bulk/test_ray_engine.py",
    "RAY_ADDRESS=auto annotate suggest": "it needs a cluster",
    "ray ": "it starts and ends a cluster",
    "python3 -m venv": "the set-up: tests/program/test_fresh_machine.py",
    ". .venv/bin/activate": "it changes a shell",
    ".venv/bin/pip ": "the set-up",
    ".venv/bin/python -m pytest": "this is a part of it",
    "cd annotate": "of a clone",
    "ssh ": "it needs another machine",
    "tmux ": "it needs a terminal",
    "eval ": "it changes a shell: tests/tui/test_completion.py",
    ".ci/run": "this is a part of it",
    "pre-commit ": "it is told what to do by a file: tests/test_pre_commit.py",
    "git ": "it changes a clone",
    "python -m benchmarks.": "it measures for minutes",
    "python -m tests.": "it writes into the clone",
    "python -m pytest": "this is a part of it",
}
"""The beginnings of commands that are not run here, with the reason."""
STATUSES = {
    "annotate restore article.txt --at 2021-04-08T16:30": 2,  # the history of this folder began later
}
"""Commands that end with an error in the folder of this test, and their exit statuses."""
FEWER_STEPS = (
    "--training.max_steps 200 --training.eval_frequency 50",
    "--training.max_steps 4 --training.eval_frequency 2",
)


class Keyboard(io.StringIO):
    """What a person types, as standard input that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a reader of the documentation: an article, tables, a corpus, and decisions about them."""
    folder = tmp_path_factory.mktemp("docs") / "folder"
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "examples" / "port-news", folder / "port-news")
    article = Path(shutil.copy(ROOT / "examples" / "article.txt", folder))
    for file in ("ann.jsonl", "names.jsonl"):
        shutil.copy(ROOT / "examples" / "port-news" / file, folder)
    span = {"start": 0, "end": 4, "label": "GPE"}
    line = {
        "text": article.read_text("utf-8"),
        "spans": [span],
        "done": True,
        "meta": {"path": str(article)},
    }
    (folder / "one.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    (folder / "texts.jsonl").write_text('{"text": "Ann Lee met Bo on 8 April 2021."}\n')
    (folder / "texts.csv").write_text("url,body,published\na,Ann Lee met Bo.,2021-04-08\n")
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        patch.delenv("ANNOTATE_DB", raising=False)
        for place in (folder, folder / "port-news"):
            patch.chdir(place)
            assert main(["import", "ann.jsonl", "--as", "accepted"]) == 0
        patch.chdir(folder)
        assert main(["import", "one.jsonl", "--as", "accepted", "--annotator", "ann"]) == 0
        assert main(["export", "--format", "conllu-plus", "--output", "corpus.conllu"]) == 0
    return folder


def not_run(command: str) -> bool:
    return command.startswith(tuple(NOT_RUN))


def run(command: str, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
    """Run one command as a shell does, and check its exit status."""
    typed, _, file = command.partition(" > ")
    words = shlex.split(typed)
    if words[0] == "cd":
        patch.chdir(words[1])
    elif words[0] == "mkdir":
        Path(words[1]).mkdir()
    elif words[0] == "export":
        name, value = words[1].split("=", 1)
        patch.setenv(name, os.path.expandvars(value))
    elif words[:3] == ["python", "-m", "spacy"]:
        run_spacy(shlex.split(typed.replace(*FEWER_STEPS))[3:])
    elif words[0].rpartition("/")[2] == "annotate":
        if words[1:] == ["init", "--example"]:
            shutil.rmtree("port-news")  # it does not exist before the command
        status = run_annotate(words[1:])
        out, err = capsys.readouterr()
        if "There is no terminal to show the article" in err:
            status = 0
        assert status == STATUSES.get(command, 0), (command, out, err)
        if file:
            Path(file).expanduser().parent.mkdir(parents=True, exist_ok=True)
            Path(file).expanduser().write_text(out)
    else:
        raise AssertionError(f"nothing runs {command!r}, and it is not listed as not run")


def run_annotate(arguments: list[str]) -> int:
    try:
        return main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


def run_spacy(arguments: list[str]) -> None:
    from spacy.cli._util import app

    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
        app(arguments, prog_name="spacy")


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_what_a_page_shows_can_be_typed(
    page: Path,
    prepared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands = [part for line in shown_commands(page) for part in line.split(" && ")]
    commands = [command for command in commands if not not_run(command)]
    if not commands:
        return
    folder = shutil.copytree(prepared, tmp_path / "folder")
    if page.parent.name == "how-to" and "annotate init --example" in page.read_text("utf-8"):
        folder /= "port-news"
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "ann")
    monkeypatch.delenv("ANNOTATE_DB", raising=False)
    monkeypatch.setattr(sys, "stdin", Keyboard("y\n" * 9))
    for command in commands:
        run(command, capsys, monkeypatch)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_what_a_page_says_in_a_sentence_or_a_table_is_understood(page: Path) -> None:
    for command in said_commands(page):
        words = shlex.split(command)[1:]
        parser = command_parser(words.pop(0)) if words[:1] and words[0] in COMMANDS else reader_parser()
        needed = [action for action in parser._actions if action.required]
        words += [part for action in needed for part in missing(action, words)]
        assert parser.parse_args(words), command


def missing(action: argparse.Action, words: list[str]) -> list[str]:
    """The arguments that a command needs but a sentence leaves out."""
    value = str(next(iter(action.choices or ["x"])))
    if not action.option_strings:
        return [] if any(not word.startswith("-") for word in words) else [value]
    return [] if set(action.option_strings) & set(words) else [action.option_strings[0], value]


def test_what_is_not_run_is_there_and_shown() -> None:
    shown = [part for page in PAGES for line in shown_commands(page) for part in line.split(" && ")]
    assert [one for one in NOT_RUN if not any(command.startswith(one) for command in shown)] == []
    assert [one for one in STATUSES if one not in shown] == []
    for command in shown:
        if found := re.match(r"python -m ((?:tests|benchmarks)\.[\w.]+)", command):
            assert importlib.util.find_spec(found[1]), command
