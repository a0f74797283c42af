"""What a shell completes: commands, options, files, and the values of options that have only a few."""

import contextlib
import io
import subprocess
from pathlib import Path

import pytest

from tui.cli import main
from tui.command_line.usage import COMMANDS
from tui.commands.completion import SHELLS, whole_parser

TYPED = {
    "annotate form": ["formats"],
    "annotate exam": ["examples"],
    "annotate export --str": ["--strict"],
    "annotate export --format h": ["hf-jsonl", "hf-parquet", "html"],
    "annotate export --undone ": ["missing", "outside", "leave-out"],
    "annotate export --output exam": ["examples"],
    "annotate --theme annotate-": [
        "annotate-dark",
        "annotate-light",
        "annotate-contrast",
        "annotate-colour-blind",
    ],
    "annotate examples/article.txt --mod": ["--model"],
    "annotate --language e": ["en", "es"],
    "annotate completion ": list(SHELLS),
}


@pytest.fixture(scope="module")
def answers() -> dict[str, list[str]]:
    """What bash offers for each of the lines; all are asked in one shell."""
    ask = """
ask() {
  COMP_LINE="$1"; read -ra COMP_WORDS <<< "$1"; [[ "$1" == *" " ]] && COMP_WORDS+=("")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _shtab_annotate 2>/dev/null; echo "${COMPREPLY[@]}"
}
"""
    lines = "\n".join(f"ask '{line}'" for line in TYPED)
    script = script_of("bash")
    said = subprocess.run(
        ["bash", "-c", f"{script}\n{ask}\n{lines}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    ).stdout
    return {line: offered.split() for line, offered in zip(TYPED, said.splitlines(), strict=True)}


def script_of(shell: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(["completion", shell]) == 0
    return out.getvalue()


@pytest.mark.parametrize("line", TYPED)
def test_bash_completes(line: str, answers: dict[str, list[str]]) -> None:
    assert answers[line] == TYPED[line]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_know_the_same(shell: str) -> None:
    script = script_of(shell)
    for word in (*COMMANDS, "hf-parquet", "annotate-colour-blind", "leave-out"):
        assert word in script
    # The first word may be a file, and options may follow it.
    files = {"zsh": ("_commands\n  _files", "'*:text:_files' ;;"), "fish": ("-F\n",)}
    assert all(part in script for part in files[shell])


def test_only_what_is_free_text_has_nothing_to_complete() -> None:
    whole = whole_parser()
    (commands,) = (action.choices for action in whole._actions if isinstance(action.choices, dict))
    assert list(commands) == list(COMMANDS)
    free = {
        action.dest
        for parser in (whole, *commands.values())
        for action in parser._actions
        if action.nargs != 0 and action.choices is None and not hasattr(action, "complete")
    }
    assert free == {
        *("annotator", "at", "before", "date", "date_column", "id_column", "label", "new", "old"),
        *("seed", "split", "text_column", "workers"),
    }
