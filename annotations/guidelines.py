"""A project's guidelines: a Markdown file, and where it speaks of a label."""

import re
from pathlib import Path

from annotations.errors import AnnotateError

_HEADING = re.compile(r" {0,3}#{1,6}\s")


def read_guidelines(file: Path) -> list[str]:
    """The lines of a guidelines file. Raises `AnnotateError` when it cannot be read."""
    try:
        return file.read_text("utf-8").splitlines()
    except OSError as error:
        raise AnnotateError(f"The guidelines {file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise AnnotateError(f"The guidelines {file} are not UTF-8: byte {error.start}.") from None


def is_heading(line: str) -> bool:
    """Whether a line of Markdown is a heading (`# Names`)."""
    return _HEADING.match(line) is not None


def section_of(lines: list[str], label: str) -> int:
    """The line of the first heading that names a label, 0-based; the first line without one."""
    name = re.compile(rf"(?<!\w){re.escape(label)}(?!\w)", re.IGNORECASE)
    for number, line in enumerate(lines):
        if is_heading(line) and name.search(line):
            return number
    return 0
