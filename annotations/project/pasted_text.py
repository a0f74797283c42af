"""Writing a pasted text to a new file in a folder, as an article."""

import itertools
from pathlib import Path

from annotations.model.errors import AnnotateError
from annotations.text.new_file import write_new_file

NAME = "pasted"
SUFFIX = ".txt"


def keep_pasted(folder: Path, text: str) -> Path:
    """Write a text to a new file in the folder, in UTF-8 with `\\n` between lines. Return the path of the file.

    It is called `pasted.txt`, or `pasted-2.txt` if that exists, and so on: no file is ever
    overwritten. Raises `AnnotateError` if there is only white space, or nothing can be written.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines.strip():
        raise AnnotateError("There are no words in what was pasted.")
    for number in itertools.count(1):
        path = folder / (f"{NAME}-{number}{SUFFIX}" if number > 1 else f"{NAME}{SUFFIX}")
        try:
            whole = lines if lines.endswith("\n") else f"{lines}\n"
            write_new_file(path, whole.encode("utf-8", "replace"))
            return path
        except FileExistsError:
            continue
        except OSError as error:
            raise AnnotateError(f"The text cannot be kept in {path}: {error.strerror}.") from None
    raise AssertionError("numbers do not end")
