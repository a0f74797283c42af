"""Something a person can do: one object from the key to the function."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from tui.reader_protocol import Reader

Group = Literal["Move", "Find", "Select", "Decide", "Show", "Save", "Leave"]


class Action(Struct, frozen=True):
    """Its name in `annotate.toml`, its keys, what it does: in plain words, and the function."""

    name: str
    keys: tuple[str, ...]
    group: Group
    words: str
    do: "Callable[[Reader], None]"
    hint: str = ""
    """One or two words for the line of hints."""
