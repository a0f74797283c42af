"""Ways of reading keys other than the usual one, each until it is over: searching, previewing.

A mode asks the session for what a key does and says what to show meanwhile; the reader draws it.
"""

from collections.abc import Sequence
from typing import Protocol

from annotations.editing.outcome import Outcome
from tui.colours.palette import Colours
from tui.keymap import Keymap
from tui.marks import Marks
from tui.widgets.lines import Line


class Mode(Protocol):
    """A way of reading keys."""

    @property
    def marks(self) -> Marks:
        """What to mark in the text."""
        ...

    @property
    def over(self) -> bool:
        """Whether keys mean again what they usually mean."""
        ...

    @property
    def waiting(self) -> bool:
        """Whether the next keys must wait for something that is on its way."""
        ...

    def press(self, key: str, character: str | None) -> Outcome | None:
        """Do what a key does; `None` leaves it to the reader."""
        ...

    def give_up(self) -> None:
        """Another document comes: let what was begun go."""
        ...

    def paste(self, text: str) -> None:
        """Take text from the clipboard, where there is a line to type."""
        ...

    def status(self, colours: Colours, width: int) -> Line:
        """What to say in the status line, which is `width` cells wide."""
        ...

    def caret(self, width: int) -> int | None:
        """The cell of the status line in which one types, if one does."""
        ...

    def hints(self, keymap: Keymap) -> Sequence[tuple[str, str]]:
        """The keys that matter and what they do."""
        ...
