"""Ways of reading keys other than the usual one, such as searching and previewing. Each lasts until it is over.

A mode makes the session do what a key means, and says what to show meanwhile; the reader draws it.
"""

from collections.abc import Callable
from typing import Literal, Protocol

from msgspec import Struct

from annotations.editing.outcome import Outcome
from annotations.editing.selection import Selection
from tui.article.marks import Marks
from tui.keymap import Keymap
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints, sign_of
from tui.widgets.status import StatusParts

ActsOn = Literal["selection", "letters", "as before"]
"""What keys of a mode act on: what is selected in the text, or letters shown over the text.

A mode that only asks something does not change this: a key that is not an answer does what it usually does.
"""


class ModeKey(Struct, frozen=True):
    """What a mode does for an action, and what the hints call it there."""

    do: Callable[[], Outcome]
    words: Callable[[], str] = str
    """One or two words; empty if the action does nothing now or should not be named."""


class Mode(Protocol):
    """A way of reading keys."""

    @property
    def marks(self) -> Marks:
        """What to mark in the text."""
        ...

    @property
    def over(self) -> bool:
        """Whether the mode has ended and keys have their usual meaning again."""
        ...

    @property
    def waiting(self) -> bool:
        """Whether the next keys must wait for a result that has not arrived yet."""
        ...

    @property
    def acts_on(self) -> ActsOn:
        """What its keys act on."""
        ...

    @property
    def label(self) -> str | None:
        """The label that the keys are about, empty for none; `None` if the keys of labels do nothing."""
        ...

    def press(self, key: str, character: str | None) -> Outcome | None:
        """Do what a key does; `None` leaves the key to the reader."""
        ...

    def give_up(self) -> None:
        """End the mode without a result, because another document is opened."""
        ...

    def paste(self, text: str) -> None:
        """Insert text from the clipboard, if there is a line to type in."""
        ...

    def status(self) -> StatusParts | None:
        """What to show in the status line; `None` for its usual content."""
        ...

    def caret(self, width: int) -> int | None:
        """The cell of the cursor in the line of hints, `width` cells wide, if the person is typing there."""
        ...

    def hints(self, width: int, appearance: Appearance) -> Hints:
        """What is typed or asked in the line of hints, `width` cells wide, and what the keys do."""
        ...


def key_hint(name: str, words: str, keymap: Keymap, appearance: Appearance) -> Hint:
    """The hint for an action that has a different meaning in a mode."""
    return Hint(sign_of(name, keymap, appearance.glyphs), words, name)


def label_at(selection: Selection) -> str | None:
    """The label that the keys of labels would change, empty for none; `None` if nothing is selected."""
    if selection.focus.end <= selection.focus.start:
        return None
    span = selection.focused_span
    return span.label if span is not None else ""
