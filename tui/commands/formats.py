"""`annotate formats`: the formats and what each can hold."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.command_line.output import add_json

if TYPE_CHECKING:
    from annotations.formats.registry import FormatEntry

_WIDE = 180
"""The width of the table in columns; in narrower terminals, each format is printed as a paragraph."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Only whether to print JSON."""
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the formats as a table, as paragraphs or as JSON."""
    import shutil
    import sys

    from annotations.formats.registry import FORMATS
    from tui.command_line.output import say, say_json
    from tui.commands.table_lines import laid_out

    cells = [format_cells(entry) for entry in FORMATS]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE
    if options.json:
        say_json(cells)
    elif width >= _WIDE:
        table = [list(cells[0]), *(list(row.values()) for row in cells)]
        for line in laid_out(table, words_in=len(cells[0])):
            say(line)
    else:
        for row in cells:
            _say_paragraph(row, width)
    return 0


def format_cells(entry: "FormatEntry") -> dict[str, str]:
    """The properties of a format, by the headings of the table."""
    return {
        "name": entry.name,
        "what it is": entry.title,
        "read": "yes" if entry.reads else "no",
        "written": "yes" if entry.writes else "no",
        "offsets": entry.offsets,
        "overlaps": entry.overlaps,
        "inside tokens": entry.subtoken,
        "values": entry.values,
        "comments": entry.comments,
        "annotators": entry.annotators,
        "not done": ", ".join(entry.undone),
        "needs": entry.needs,
    }


def _say_paragraph(row: Mapping[str, str], width: int) -> None:
    from textwrap import wrap

    from tui.command_line.output import say

    say(f"{row['name']}: {row['what it is']}")
    others = [f"{head}: {cell}" for head, cell in list(row.items())[2:] if cell]
    for line in wrap("; ".join(others), max(width - 4, 20)):
        say(f"    {line}")
