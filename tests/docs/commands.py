"""The commands that the documentation shows."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_MADE = re.compile(r"<!-- table of .*?<!-- end of the table -->", re.DOTALL)
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def shown_commands(page: Path) -> Iterator[str]:
    """The lines of the blocks of shell commands of a page, without comments after a #."""
    for block in _BLOCK.findall(page.read_text("utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            if command := re.sub(r"(^|\s)#.*", "", line).strip():
                yield command


def said_commands(page: Path) -> Iterator[str]:
    """The calls of the program in sentences and tables, except in the tables that are generated."""
    prose = _CODE.sub("", _MADE.sub("", page.read_text("utf-8")))
    for command in re.findall(r"`(annotate(?: [^`]*)?)`", prose):
        yield re.sub(r"\s+", " ", command.replace("...", ""))
