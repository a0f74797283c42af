"""`annotate completion`: print the script with which a shell completes commands, options and their values.

The script is made from the parsers of the commands, only when this command is run.
"""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

SHELLS = ("bash", "zsh", "fish")
_FOLDERS = {"folder", "example", "suggestions"}
_NO_FILES = {
    *("old", "new", "seed", "date", "at", "before", "split", "label", "annotator", "shell"),
    "workers",
    *("text_column", "id_column", "date_column"),
}
"""The arguments that are neither a file nor one of a few values, by their names in `argparse` (`dest`)."""

_FIRST_WORD_IN_BASH = "_shtab_annotate_pos_0_COMPGEN=_shtab_compgen_files"
"""The first word is a command or a file; shtab by itself only completes commands."""
_FIRST_WORD_IN_ZSH = (
    "_describe 'annotate commands' _commands",
    "_describe 'annotate commands' _commands\n  _files",
)
_ARTICLE_IN_ZSH = (
    "        completion) _arguments",
    "        *.*|*/*) _arguments -s ${_shtab_annotate_options:#*annotate*} '*:text:_files' ;;\n"
    "        completion) _arguments",
)
"""The same for zsh; the second change also completes options after a file."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The shell that the script is for."""
    parser.add_argument("shell", choices=SHELLS, help="the shell to print the script for")


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from tui.command_line.usage import COMMANDS

    beginning = _FIRST_WORD_IN_BASH if options.shell == "bash" else ""
    script = shtab.complete(whole_parser(), options.shell, preamble=beginning)
    print(script.replace(*_FIRST_WORD_IN_ZSH).replace(*_ARTICLE_IN_ZSH))
    if options.shell == "fish":
        commands = " ".join(COMMANDS)
        print(f"complete -c annotate -n 'not __fish_seen_subcommand_from {commands}' -F")
    return 0


def whole_parser() -> argparse.ArgumentParser:
    """One parser for the program and all its commands. Arguments with a few possible values list them."""
    from tui.command_line.parsers import command_parser, reader_parser
    from tui.command_line.usage import COMMANDS, READER

    whole = argparse.ArgumentParser("annotate", description=READER)
    commands: Any = whole.add_subparsers(metavar="COMMAND")
    values = _values()
    for name, does in COMMANDS.items():
        one = commands.add_parser(name, help=does, description=does)
        _take_over(one, command_parser(name)._actions, values)
    options = (action for action in reader_parser()._actions if action.option_strings)
    _take_over(whole, options, values)
    return whole


def _take_over(
    parser: argparse.ArgumentParser,
    actions: Iterable[argparse.Action],
    values: Mapping[str, tuple[str, ...]],
) -> None:
    for action in actions:
        if isinstance(action, argparse._HelpAction):
            continue
        if action.choices is None and action.dest in values and action.nargs != 0:
            action.choices = values[action.dest]
        elif action.choices is None and action.nargs != 0 and action.dest not in _NO_FILES:
            _complete_files(action)
        parser._add_action(action)


def _complete_files(action: argparse.Action) -> None:
    import shtab

    complete = shtab.DIRECTORY if action.dest in _FOLDERS else shtab.FILE
    action.complete = complete  # type: ignore[attr-defined]


def _values() -> dict[str, tuple[str, ...]]:
    """The possible values of arguments that take a name known to the program, by the arguments' `dest`."""
    from textual.theme import BUILTIN_THEMES

    from annotations.dates.language import languages
    from annotations.formats.registry import FORMATS
    from tui.colours.themes import OWN_THEMES

    return {
        "format": tuple(one.name for one in FORMATS),
        "theme": (*OWN_THEMES, *BUILTIN_THEMES),
        "language": languages(),
        "encoding": ("utf-8", "latin-1", "cp1252", "utf-16"),
        "model": _installed_pipelines(),
    }


def _installed_pipelines() -> tuple[str, ...]:
    from importlib.metadata import entry_points

    return tuple(sorted(point.name for point in entry_points(group="spacy_models")))
