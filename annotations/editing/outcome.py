"""The result of a key: the ranges of the text that look different now, a message, the edit that was made."""

from msgspec import Struct

from annotations.model.edit import Edit
from annotations.text.text_range import Range

ONLY_WHITE_SPACE = "A span cannot be white space only; there is no word in it."


class Outcome(Struct, frozen=True):
    """The result of a key."""

    touched: tuple[Range, ...] = ()
    """The ranges of text that look different because of an edit, not because of moving."""
    message: str = ""
    """A sentence for the person; empty if the screen shows enough."""
    edit: Edit | None = None
    further: int | None = None
    """The offset where the next screen begins, if the next screen should be shown."""


def no_label(name: str) -> Outcome:
    """The result for a label that the project does not have: nothing was done."""
    return Outcome(message=f"{name} is not a label of this project; press the key of another label.")
