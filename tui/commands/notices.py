"""What a person should know about a database that a command opens."""

from annotations.store.interface import Store
from tui.output import warn


def say_notices(store: Store) -> None:
    """Say on standard error what was missing, recovered or brought in when the store was opened."""
    for sentence in store.notices:
        warn(f"annotate: {sentence}")
