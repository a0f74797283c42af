"""A moment as a person types it."""

from datetime import datetime

from annotations.model.errors import AnnotateError


def parse_moment(text: str) -> datetime:
    """A moment from ISO 8601, in local time where it names no zone. Raises `AnnotateError`."""
    try:
        return datetime.fromisoformat(text.strip()).astimezone()
    except (ValueError, OverflowError):
        raise AnnotateError(
            f"{text!r} is not a date or time; write 2021-04-08 or 2021-04-08T16:30, in local time."
        ) from None
