"""Messages about a database or a corpus that a command opens."""

from typing import TYPE_CHECKING

from annotations.store.interface import Store
from tui.command_line.output import warn

if TYPE_CHECKING:
    from annotations.corpus.member import CorpusContents

NAMED = 10
"""How many skipped files are named; the others are counted."""


def say_notices(store: Store) -> None:
    """Say on standard error what was missing, recovered or read from outside when the store was opened."""
    for sentence in store.notices:
        warn(f"annotate: {sentence}")


def say_passed_over(contents: "CorpusContents") -> None:
    """Say on standard error which files of a corpus were skipped, with the reasons."""
    for one in contents.passed_over[:NAMED]:
        warn(f"annotate: skipped: {one.name} {one.reason}.")
    if (more := len(contents.passed_over) - NAMED) > 0:
        warn(f"annotate: skipped: {more} more; --json names them.")
