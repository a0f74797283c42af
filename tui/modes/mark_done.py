"""The question before a document with undecided suggestions is marked as done: the same key again, or not."""

from collections.abc import Sequence

from annotations.editing.done import undecided_words
from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from tui.colours.palette import Colours
from tui.keymap import Keymap
from tui.marks import Marks, NoMarks
from tui.widgets.lines import Line


class MarkDoneMode:
    """Asks once more; any key but those that say yes leaves, and does what it usually does."""

    waiting = False

    def __init__(self, opened: OpenDocument, keymap: Keymap, *, still_coming: bool) -> None:
        self._opened = opened
        self._keymap = keymap
        self._still_coming = still_coming
        self.over = False

    @property
    def marks(self) -> Marks:
        """Nothing."""
        return NoMarks()

    def press(self, key: str, character: str | None) -> Outcome | None:
        """Mark the document as done, or leave."""
        self.over = True
        action = self._keymap.action(key)
        if action is not None and action.name in ("mark_done", "accept"):
            return self._opened.properties.mark_done()
        if action is not None and action.name == "narrow":
            return Outcome(message="Not done.")
        return None

    def give_up(self) -> None:
        """Not done."""
        self.over = True

    def paste(self, text: str) -> None:
        """There is no line to type."""

    def caret(self, width: int) -> None:
        """There is no line to type."""

    def status(self, colours: Colours, width: int) -> Line:
        """What being done means for what is undecided."""
        undecided = undecided_words(self._opened.session.annotations)
        coming = "suggestions that are still looked for will not be added" if self._still_coming else ""
        said = "; ".join(part for part in (undecided, coming) if part)
        return [(" Done? ", "bold"), (f"{said[:1].upper()}{said[1:]}.", "bold")]

    def hints(self, keymap: Keymap) -> Sequence[tuple[str, str]]:
        """What the keys do here."""
        return [
            (keymap.sign("mark_done"), "mark it done"),
            (keymap.sign("narrow"), "leave it not done"),
            (keymap.sign("next_undecided"), "next to decide"),
            (keymap.sign("undo"), "afterwards takes it back"),
        ]
