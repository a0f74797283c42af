"""The tables that commands print: columns of words, then columns of numbers."""

from collections.abc import Sequence

from rich.cells import cell_len


def laid_out(table: Sequence[Sequence[str]], words_in: int = 2) -> list[str]:
    """The rows as lines with aligned columns; those after the first `words_in` are aligned to the right.

    Every cell must be printable text.
    """
    widths = [max(cell_len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = []
    for row in table:
        blanks = [" " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        words = [cell + blank for cell, blank in zip(row[:words_in], blanks, strict=False)]
        numbers = [blank + cell for cell, blank in zip(row[words_in:], blanks[words_in:], strict=True)]
        lines.append("  ".join([*words, *numbers]).rstrip())
    return lines
