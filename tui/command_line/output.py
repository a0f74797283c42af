"""What commands print: every line goes through here, so that nothing printed can control the terminal.

Data on standard output (an export to `-`, the script of `annotate completion`) does not go through here.
"""

import argparse
import io
import sys
from typing import TYPE_CHECKING, NoReturn

from annotations.text.display import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style


def say(line: str) -> None:
    """Print one line; characters in it that could control the terminal are escaped."""
    print(escaped(line))


def say_json(value: object) -> None:
    """Print a value as JSON in one line, in ASCII."""
    import json

    say(json.dumps(value))


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option `--json` to a command that reports something."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def say_styled(pieces: "Sequence[tuple[str, Style]]") -> None:
    """Print one line in colours that the terminal has; characters that could control it are escaped."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    console.print(Text.assemble(*((escaped(text), style) for text, style in pieces)))


def ask(question: str) -> str:
    """Print a question and read one line as the answer; empty at the end of the input."""
    print(f"{escaped(question)} ", end="", flush=True)
    return sys.stdin.readline().strip()


def warn(line: str) -> None:
    """Print one line to standard error, so that it does not get into the data."""
    print(escaped(line), file=sys.stderr)


class ProgressLine:
    """A line on standard error that is overwritten again and again; only a terminal gets it."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._written = False

    def show(self, line: str) -> None:
        """Replace the line by this one."""
        if self._shows:
            self._written = True
            print(f"\r{escaped(line)}\x1b[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Remove the line, so that what is printed next has its own line."""
        if self._written:
            self._written = False
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def escape_what_cannot_be_encoded() -> None:
    """Escape characters that the terminal's encoding does not have, which would end the program otherwise."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class ArgumentParser(argparse.ArgumentParser):
    """Reports what is wrong with arguments; in its messages, the arguments are escaped."""

    def __init__(self, prog: str, description: str, below: "Callable[[], str]") -> None:
        super().__init__(
            prog, description=description, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        self._below = below
        # Python 3.14 would colour the help, which should be the same with every version.
        self.color = False

    def format_help(self) -> str:
        """The whole help; the part below the options is made only when it is needed."""
        self.epilog = self._below()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and end with exit status 2."""
        super().error(escaped(message))
