"""What a person should know about a database that a command opens."""

import sys

from annotations.history import printable
from annotations.store.tinydb_store import TinyStore


def say_notices(store: TinyStore) -> None:
    """Say on standard error what was missing, recovered or taken in when the store was opened."""
    for sentence in store.database.notices:
        print(f"annotate: {printable(sentence)}", file=sys.stderr)
