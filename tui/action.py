"""Something a person can do, in one object: its name, keys, description and function."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome

if TYPE_CHECKING:
    from tui.reader_protocol import Reader

Group = Literal["Move", "Find", "Select", "Decide", "Show", "Save", "Leave"]


class HintContext(Struct, frozen=True):
    """The state of reading that the hints of actions depend on."""

    opened: OpenDocument
    several: bool = False
    """Whether there are other documents."""
    coming: bool = False
    """Whether suggestions are still to come."""


class ActionHint(Struct, frozen=True):
    """The name of an action in the line of hints, and when it is shown there."""

    place: int
    """Its place among all hints; the smaller, the more important."""
    words: Callable[[HintContext], str]
    """One or two words for what the action does now; empty if it does nothing."""
    beside: str = ""
    """The name of the opposite action, whose key is shown next to it."""


class Action(Struct, frozen=True):
    """Its name in `annotate.toml`, its keys, a description in plain words, and the function."""

    name: str
    keys: tuple[str, ...]
    group: Group
    words: str
    do: "Callable[[Reader], None]"
    hint: ActionHint | None = None
    """Its place in the line of hints, if it has one."""


def show_what(do: Callable[[OpenDocument], Outcome]) -> "Callable[[Reader], None]":
    """The function of an action that changes the document or the place in it, and shows the result."""
    return lambda reader: reader.show_outcome(do(reader.opened))
