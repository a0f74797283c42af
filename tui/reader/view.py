"""The reader as the workspace uses it: it shows the current document."""

from collections.abc import Callable

from annotations.editing.outcome import Outcome
from tui.keymap import Keymap
from tui.reader.screen import ReaderScreen
from tui.workspace.document_at_hand import DocumentAtHand, TextChanged


class ReaderView:
    """Shows the current document of a workspace in the reader."""

    def __init__(
        self, reader: ReaderScreen, keymap: Keymap, other: Callable[[], None] = lambda: None
    ) -> None:
        """`other` is called whenever a different document is shown."""
        self._reader = reader
        self._keymap = keymap
        self._other = other
        self._at_hand: DocumentAtHand | None = None

    def show_document(self, at_hand: DocumentAtHand) -> None:
        """Show a document, or draw the current one again because its annotations have arrived."""
        if self._at_hand not in (None, at_hand):
            self._reader.around.forget_messages()
            self._other()
        self._at_hand = at_hand
        self._reader.show_document(at_hand.opened, loaded=at_hand.ready)
        self.show_later()

    def show_outcome(self, outcome: Outcome) -> None:
        """Draw what was done to the document on the screen."""
        self._reader.show_outcome(outcome)

    def arrive(self, bring: Callable[[], Outcome]) -> None:
        """Do this when there is time between keys, and draw what it did to the document on the screen."""
        self._reader.arrivals.add(bring)

    @property
    def keys_stopped(self) -> bool:
        """Whether nobody has pressed a key for a while."""
        return self._reader.pauses.keys_stopped

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Call a function after this number of seconds."""
        self._reader.set_timer(seconds, call)

    def say(self, message: str) -> None:
        """Show a sentence until the next key."""
        self._reader.say(message)

    def show_later(self) -> None:
        """Bring the lines around the article up to date with the next frame."""
        if self._reader.is_mounted and self._at_hand is not None:
            self._reader.around.progress = self._at_hand.progress
            self._reader.show_later()

    def first_visible_offset(self) -> int:
        """The offset of the first code point on the screen."""
        return self._reader.article.in_sight()[0][0]

    def ask_about_earlier_text(self, changed: TextChanged, answer: Callable[[bool], None]) -> None:
        """Ask before any annotation of an earlier version of the text is carried over."""
        from tui.screens.text_changed import TextChangedScreen

        assert changed.earlier is not None
        assert changed.found is not None
        screen = TextChangedScreen(
            changed.earlier.document.text,
            changed.found,
            self._reader.appearance,
            self._keymap,
            was_done=changed.earlier.row.facts.done,
        )
        self._reader.over.open(screen, lambda answered: answer(bool(answered)))
