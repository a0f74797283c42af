"""What the program prints about itself in the shell."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.project.settings import load_settings
from tui import __version__
from tui.bootstrap import suggester_names
from tui.cli import NOT_ON_WINDOWS, main
from tui.command_line.parsers import command_parser, reader_parser
from tui.command_line.usage import COMMANDS, EXAMPLES, EXIT_STATUSES, OVERVIEW, VARIABLES

ROOT = Path(__file__).parents[2]


def test_the_overview_is_ten_lines_with_two_examples_at_most() -> None:
    assert len(OVERVIEW) <= 10
    assert sum(line.startswith("  annotate ") for line in OVERVIEW) == 2
    assert max(map(len, OVERVIEW)) <= 80


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_has_examples_that_can_be_parsed_and_the_exit_statuses(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    parser = command_parser(name) if name else reader_parser()
    said = parser.format_help()
    assert "\x1b" not in said
    for example in EXAMPLES[name]:
        assert example.typed in said
        if not example.typed.startswith("eval"):
            words = shlex.split(example.typed.partition(" > ")[0])[1:]
            parser.parse_args(words[1:] if name else words)
    assert max(map(len, said.splitlines())) <= 85
    assert all(words in " ".join(said.split()) for words in EXIT_STATUSES.values())
    assert name or all(variable in said for variable in VARIABLES)


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([option])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"annotate {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["exprot", "--format", "jsonl"], "export"),
        (["Stats"], "stats"),
        (["imprt", "a.jsonl"], "import"),
        (["restor", "x"], "restore"),
    ],
)
def test_a_misspelt_command_is_named(
    typed: list[str],
    meant: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(typed) == 2
    assert capsys.readouterr().err.endswith(f"did you mean annotate {meant}?\n")


@pytest.mark.parametrize("typed", ["exprot", "exports/*.txt", "./exprot", "nothing-like-it"])
def test_a_file_and_what_is_like_no_command_is_no_misspelt_command(
    typed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exprot").write_text("Ann Lee met Bo.")
    assert main([typed]) == 2, "there is no terminal, or no such file"
    assert "did you mean" not in capsys.readouterr().err


def test_python_m_tui_is_the_program_and_on_windows_it_says_one_sentence() -> None:
    script = (
        "import sys, runpy; sys.platform = 'win32'; sys.argv = ['annotate', 'a.txt']\n"
        "for name in ('fcntl', 'termios', 'tty', 'pty', 'resource', 'grp', 'pwd'): sys.modules[name] = None\n"
        "runpy.run_module('tui', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"annotate: {NOT_ON_WINDOWS}\n")


def test_a_pipeline_that_is_not_there_is_refused_before_the_screen_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "annotate.toml"
    file.write_text('theme = "nord"\nmodel = "nope"\n')
    settings = load_settings(file)
    with pytest.raises(AnnotateError, match=r"annotate\.toml, line 2: There is no pipeline nope"):
        suggester_names(settings, None, no_model=False)
    with pytest.raises(AnnotateError, match=r"^There is no pipeline nada"):
        suggester_names(settings, "nada", no_model=False)
    with pytest.raises(AnnotateError, match=r"^There is no pipeline blank:qq: "):
        suggester_names(settings, "blank:qq", no_model=False)
    assert suggester_names(settings, "nada", no_model=True) == ["dates"]
    assert suggester_names(settings, "blank:de", no_model=False)[-1] == "pipeline:blank:de"
