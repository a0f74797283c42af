"""`annotate init`: write an annotate.toml in which every setting is explained, or the example corpus."""

import argparse
from pathlib import Path

from annotations.model.errors import AnnotateError
from annotations.project.settings import FILE_NAME
from annotations.project.settings_template import template
from annotations.text.new_file import copy_to_new_folder, write_new_file
from tui.command_line.output import say

EXAMPLE = "port-news"
"""The name of the example corpus."""
_PLACES = (Path(__file__).parents[1], Path(__file__).parents[2] / "examples")
"""The folders that may contain it: that of the installed package, and that of a clone."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to write, and to which folder."""
    parser.add_argument(
        "folder", nargs="?", help=f"the articles' folder (default: here, or {EXAMPLE} with --example)"
    )
    parser.add_argument(
        "--example",
        action="store_true",
        help="write an example corpus: ten articles, settings, guidelines, names, two people's decisions",
    )


def run(options: argparse.Namespace) -> int:
    """Write the file or the example; existing files are never overwritten."""
    if options.example:
        return _write_example(Path(options.folder or EXAMPLE))
    file = Path(options.folder or ".") / FILE_NAME
    try:
        write_new_file(file, template().encode())
    except FileExistsError:
        raise AnnotateError(f"{file} already exists; change it, or remove it first.") from None
    except FileNotFoundError:
        raise AnnotateError(f"There is no folder {options.folder}; create it first.") from None
    except OSError as error:
        raise AnnotateError(f"{file} cannot be written: {error.strerror}.") from None
    say(f"Wrote {file}: change its labels and settings as you like.")
    return 0


def _write_example(folder: Path) -> int:
    import shutil

    source = next(place / EXAMPLE for place in _PLACES if (place / EXAMPLE).is_dir())
    try:
        copy_to_new_folder(source, folder)
    except FileExistsError:
        raise AnnotateError(f"{folder} already exists; name another folder.") from None
    except shutil.Error as error:
        raise AnnotateError(f"{folder} cannot be written: {error.args[0][0][2]}.") from None
    except OSError as error:
        raise AnnotateError(f"{folder} cannot be written: {error.strerror}.") from None
    say(f"Wrote {folder} with ten articles: annotate {folder}")
    return 0
