"""What commands print: every line goes through here, so that nothing printed can drive the terminal.

Data on standard output (an export to `-`, the script of `annotate completion`) is not a line of this kind.
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
    """Print one line; what names and texts in it could do to a terminal is escaped."""
    print(escaped(line))


def say_json(value: object) -> None:
    """Print a value as JSON in one line, in ASCII."""
    import json

    say(json.dumps(value))


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option of a command that reports something."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def say_styled(pieces: "Sequence[tuple[str, Style]]") -> None:
    """Print one line in colours that the terminal has; what its texts could do to it is escaped."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    console.print(Text.assemble(*((escaped(text), style) for text, style in pieces)))


def ask(question: str) -> str:
    """Print a question and read the line that answers it; empty at the end of the input."""
    print(f"{escaped(question)} ", end="", flush=True)
    return sys.stdin.readline().strip()


def warn(line: str) -> None:
    """Print one line where it cannot get into the data: to standard error."""
    print(escaped(line), file=sys.stderr)


class ProgressLine:
    """A line on standard error that is written over again and again; nothing where that is not a terminal."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._written = False

    def show(self, line: str) -> None:
        """Write this in the place of what stood there."""
        if self._shows:
            self._written = True
            print(f"\r{escaped(line)}\x1b[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take it away: what is said next has a line of its own."""
        if self._written:
            self._written = False
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def escape_what_cannot_be_encoded() -> None:
    """Let no sign that the terminal's encoding has not end a command: it is escaped as well."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class ArgumentParser(argparse.ArgumentParser):
    """Says what is wrong with arguments without passing them on to the terminal as they are."""

    def __init__(self, prog: str, description: str, below: "Callable[[], str]") -> None:
        super().__init__(
            prog, description=description, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        self._below = below
        # Python 3.14 would colour the help: it is the same with every version.
        self.color = False

    def format_help(self) -> str:
        """The whole help; what stands under the options is put together only for this."""
        self.epilog = self._below()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and end with exit status 2."""
        super().error(escaped(message))
