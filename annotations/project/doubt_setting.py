"""The probability of being wrong from which a suggestion is doubtful: `doubt` in the settings."""

from collections.abc import Callable

from annotations.learn.doubt import THRESHOLD
from annotations.model.errors import AnnotateError


def read_doubt(value: object, error: Callable[[str, str], AnnotateError]) -> float:
    """The probability; if it is wrong, raises the error that `error` makes from a sentence and the name
    of the setting.
    """
    if isinstance(value, float) and 0 < value < 1:
        return value
    raise error(f"'doubt' must be a number between 0 and 1, such as {THRESHOLD}, not {value!r}", "doubt")
