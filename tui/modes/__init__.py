"""Ways of reading keys other than the usual one, each until it is over: searching, previewing.

A mode asks the session for what a key does and says what to show meanwhile; the reader draws it.
"""

from collections.abc import Callable
from typing import Literal, Protocol

from msgspec import Struct

from annotations.editing.outcome import Outcome
from annotations.editing.selection import Selection
from tui.keymap import Keymap
from tui.marks import Marks
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints, sign_of
from tui.widgets.status import StatusParts

ActsOn = Literal["selection", "letters", "as before"]
"""What keys of a mode act on: what is selected in the text, or letters that stand over the text.

One that only asks something leaves it as it was before: a key that is no answer does what it does without it.
"""


class ModeKey(Struct, frozen=True):
    """What a mode does for an action, and what the hints call it there."""

    do: Callable[[], Outcome]
    words: Callable[[], str] = str
    """One or two words; empty where it does nothing now or is not to be named."""


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

    @property
    def acts_on(self) -> ActsOn:
        """What its keys act on."""
        ...

    @property
    def label(self) -> str | None:
        """The label that the keys are about, empty for none; `None` where the keys of labels do nothing."""
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

    def status(self) -> StatusParts | None:
        """What to say in the status line; `None` for what it usually says."""
        ...

    def caret(self, width: int) -> int | None:
        """The cell of the line of hints, `width` cells wide, in which one types, if one does."""
        ...

    def hints(self, width: int, appearance: Appearance) -> Hints:
        """What is typed or asked in the line of hints, `width` cells wide; what the keys do."""
        ...


def key_hint(name: str, words: str, keymap: Keymap, appearance: Appearance) -> Hint:
    """The hint for an action that means something of its own in a mode."""
    return Hint(sign_of(name, keymap, appearance.glyphs), words, name)


def label_at(selection: Selection) -> str | None:
    """The label that the keys of labels would change, empty for none; `None` where nothing is selected."""
    if selection.focus.end <= selection.focus.start:
        return None
    span = selection.focused_span
    return span.label if span is not None else ""
