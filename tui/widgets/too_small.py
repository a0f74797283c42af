"""The message on a screen that is too small for anything else."""

from collections.abc import Sequence

from rich.style import Style

from tui.widgets.lines import Line

ENOUGH = (60, 15)
"""The columns and rows that are enough for everything; fewer are often enough."""


def too_small(columns: int, rows: int) -> list[Line]:
    """Says that the screen is too small, and which size is enough."""
    said: Sequence[str] = (f"{columns} by {rows} is too small;", "{} by {} is enough.".format(*ENOUGH))
    return [[(line, Style(bold=True))] for line in said]
