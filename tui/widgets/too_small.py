"""The message on a screen that is too small for anything else."""

from collections.abc import Sequence

from rich.style import Style

from tui.widgets.lines import Line

ENOUGH = (60, 15)
"""Columns and rows that are enough for everything. Less will often do."""


def too_small(columns: int, rows: int) -> list[Line]:
    """Says so, and what will do."""
    said: Sequence[str] = (f"{columns} by {rows} is too small;", "{} by {} is enough.".format(*ENOUGH))
    return [[(line, Style(bold=True))] for line in said]
