"""`annotate init`: write an annotate.toml with every setting in it, explained."""

import argparse
from pathlib import Path

from annotations.model.errors import AnnotateError
from annotations.project.settings import FILE_NAME
from annotations.project.settings_template import template
from tui.output import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write it."""
    parser.add_argument("folder", nargs="?", default=".", help="the articles' folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Write the file, never over one that is there."""
    file = Path(options.folder) / FILE_NAME
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(template())
    except FileExistsError:
        raise AnnotateError(f"{file} is there already; change it, or remove it first.") from None
    except FileNotFoundError:
        raise AnnotateError(f"There is no folder {options.folder}; make it first.") from None
    except OSError as error:
        raise AnnotateError(f"{file} cannot be written: {error.strerror}.") from None
    say(f"Wrote {file}: change its labels and settings as you like.")
    return 0
