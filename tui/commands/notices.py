"""What a person should know about a database that a command opens."""

from annotations.store.tinydb_store import TinyStore
from tui.output import warn


def say_notices(store: TinyStore) -> None:
    """Say on standard error what was missing, recovered or taken in when the store was opened."""
    for sentence in store.database.notices:
        warn(f"annotate: {sentence}")
