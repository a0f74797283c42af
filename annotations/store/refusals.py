"""What every store refuses, in the same words."""

from datetime import datetime

from annotations.store.interface import StoreError


def was_removed(document: str, store: str) -> StoreError:
    """That a document is not there any more which an edit is about."""
    return StoreError(
        f"{document} was removed from {store} by another program; `annotate restore` brings it back, "
        "and these edits then go into it."
    )


def put_back_twice(document: str, store: str) -> StoreError:
    """That a document that is to be put back is there."""
    return StoreError(f"{document} is in {store}: it was added again since.")


def half_character(error: UnicodeEncodeError) -> StoreError:
    """That a text has half a surrogate pair in it."""
    return StoreError(
        f"Half a character (U+{ord(error.object[error.start]):04X}) cannot be saved; read the article "
        "with another --encoding."
    )


def no_history_before(store: str, first: datetime | None) -> StoreError:
    """That a moment is before the first commit, which has a time zone; `None` where there is none."""
    if first is None:
        return StoreError(f"{store} has no history, because it has no journal.")
    since = f"{first.astimezone():%Y-%m-%d %H:%M:%S}"
    return StoreError(f"The history of {store} reaches back only to {since}; name a later time.")
