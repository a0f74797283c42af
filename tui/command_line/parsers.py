"""The parsers of the command line: of the program itself and of each command."""

import argparse
import importlib
from types import ModuleType

from tui import __version__
from tui.command_line.corpus_arguments import add_order, add_texts
from tui.command_line.output import ArgumentParser, say
from tui.command_line.usage import COMMANDS, READER, commands, epilog


def command_module(name: str) -> ModuleType:
    """The module of a command, which has `add_arguments(parser)` and `run(options)`."""
    return importlib.import_module(f"tui.commands.{name.replace('import', 'import_')}")


def command_parser(name: str) -> argparse.ArgumentParser:
    """The parser for the arguments of a command."""
    parser = ArgumentParser(
        f"annotate {name}", f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}.", lambda: epilog(name)
    )
    command_module(name).add_arguments(parser)
    return parser


def reader_parser() -> argparse.ArgumentParser:
    """The parser for the arguments of the program itself, which opens articles."""
    parser = ArgumentParser("annotate", READER, lambda: f"{commands()}\n\n{epilog('')}")
    add_texts(
        parser,
        "a text file, or - for standard input; or several: a folder, files, a pattern, JSONL or "
        "CSV (default: the documents of the database here)",
    )
    add_order(parser)
    parser.add_argument(
        "--db",
        metavar="PATH",
        help="the database (default: annotations.json here, or in the folder that is named)",
    )
    parser.add_argument("--annotator", metavar="NAME", help="the annotator (default: your login name)")
    parser.add_argument("--encoding", default="utf-8", help="encoding of the article (default: utf-8)")
    parser.add_argument(
        "--date", metavar="DATE", help="the article's own date, such as 2021-04-08; it is stored"
    )
    parser.add_argument("--language", metavar="CODE", help="language of the articles: en, es, de, …")
    parser.add_argument("--model", metavar="NAME", help="a spaCy package, a path, or blank:xx")
    parser.add_argument("--no-model", action="store_true", help="annotate without a pipeline")
    parser.add_argument(
        "--suggestions",
        metavar="FOLDER",
        help="suggestions made in advance by annotate suggest (default: TEXT.suggested next to TEXT)",
    )
    parser.add_argument("--theme", metavar="NAME", help="the theme; Ctrl+P on the screen lists them")
    parser.add_argument("-V", "--version", action=_Version, nargs=0, help="show the version")
    return parser


class _Version(argparse.Action):
    """Prints the version in the same way as all other output."""

    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        say(f"annotate {__version__}")
        parser.exit()
