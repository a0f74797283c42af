"""`annotate formats`: a table of the formats and of what each can hold."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.formats.registry import FormatEntry

_WIDE = 180
"""Columns of the whole table; in narrower terminals the descriptions are left out."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from annotations.formats.registry import FORMATS

    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    headings = ["name", "what it is", "read", "write", "offsets", "overlaps"]
    headings += ["inside tokens", "values", "comments", "annotators", "not done", "needs"]
    rows = [_row(entry) for entry in FORMATS]
    if console.width < _WIDE:
        headings.pop(1)
        rows = [[row[0], *row[2:]] for row in rows]
    table = Table(box=box.SIMPLE, pad_edge=False)
    for heading in headings:
        table.add_column(heading, no_wrap=heading == "name")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    return 0


def _row(entry: "FormatEntry") -> list[str]:
    return [
        entry.name,
        entry.title,
        "yes" if entry.reads else "no",
        "yes" if entry.writes else "no",
        entry.offsets,
        entry.overlaps,
        entry.subtoken,
        entry.values,
        entry.comments,
        entry.annotators,
        ", ".join(entry.undone),
        f"annotate[{entry.extra}]" if entry.extra else "",
    ]
