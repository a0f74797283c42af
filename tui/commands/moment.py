"""A date or time that a person types."""

from datetime import datetime

from annotations.model.errors import AnnotateError


def parse_moment(text: str) -> datetime:
    """A moment in ISO 8601, in local time if it has no time zone. Raises `AnnotateError` if it is invalid."""
    try:
        return datetime.fromisoformat(text.strip()).astimezone()
    except (ValueError, OverflowError):
        raise AnnotateError(
            f"{text!r} is not a date or time; write 2021-04-08 or 2021-04-08T16:30, in local time."
        ) from None
