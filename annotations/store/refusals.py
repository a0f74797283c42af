"""What every store refuses, in the same words."""

from datetime import datetime

from annotations.store.interface import StoreError


def was_removed(document: str, store: str) -> StoreError:
    """The error for an edit of a document that no longer exists."""
    return StoreError(
        f"{document} was removed from {store} by another program; `annotate restore` brings it back, "
        "and these edits then go into it."
    )


def put_back_twice(document: str, store: str) -> StoreError:
    """The error for putting back a document that exists."""
    return StoreError(f"{document} is in {store}: it has been added again.")


def half_character(error: UnicodeEncodeError) -> StoreError:
    """The error for a text with half a surrogate pair."""
    return StoreError(
        f"Half a character (U+{ord(error.object[error.start]):04X}) cannot be saved; read the article "
        "with another --encoding."
    )


def no_history_before(store: str, first: datetime | None) -> StoreError:
    """The error for a moment before the first commit, whose time has a time zone; `None` if there is no commit."""
    if first is None:
        return StoreError(f"{store} has no history, because it has no journal.")
    since = f"{first.astimezone():%Y-%m-%d %H:%M:%S}"
    return StoreError(f"The history of {store} reaches back only to {since}; name a later time.")
