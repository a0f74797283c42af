"""`annotate formats`: a table of the formats and of what each can hold."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from annotations.formats.registry import FORMATS

    table = Table(box=box.SIMPLE, pad_edge=False)
    for heading in ("name", "what it is", "read", "write", "offsets", "overlaps"):
        table.add_column(heading, no_wrap=heading == "name")
    for heading in ("inside tokens", "values", "comments", "annotators", "needs"):
        table.add_column(heading)
    for entry in FORMATS:
        table.add_row(
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
            f"annotate[{entry.extra}]" if entry.extra else "",
        )
    console = Console(markup=False)
    console.print(table, width=None if console.is_terminal else 160)
    return 0
