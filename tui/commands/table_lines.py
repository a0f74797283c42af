"""Tables that commands print: two columns of words, then columns of numbers."""

from collections.abc import Sequence

from rich.cells import cell_len


def laid_out(table: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines, their columns under each other. Every cell is text that can be printed."""
    widths = [max(cell_len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = []
    for row in table:
        blanks = [" " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        words = [cell + blank for cell, blank in zip(row[:2], blanks, strict=False)]
        numbers = [blank + cell for cell, blank in zip(row[2:], blanks[2:], strict=True)]
        lines.append("  ".join([*words, *numbers]).rstrip())
    return lines
