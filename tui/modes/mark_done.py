"""Asks before a document with undecided suggestions is marked as done; the same key again means yes."""

from rich.cells import cell_len

from annotations.editing.done import undecided_words
from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from tui.article.marks import Marks, NoMarks
from tui.keymap import Keymap
from tui.modes import ActsOn, key_hint, label_at
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hints

ROOM_FOR_KEYS = 30
"""Cells for the keys after the question."""


class MarkDoneMode:
    """Asks once more. Any key but those for yes and no ends the question and does what it usually does."""

    waiting = False
    acts_on: ActsOn = "as before"

    def __init__(self, opened: OpenDocument, keymap: Keymap, *, still_coming: bool) -> None:
        self._opened = opened
        self._keymap = keymap
        self._still_coming = still_coming
        self.over = False

    @property
    def marks(self) -> Marks:
        """Nothing."""
        return NoMarks()

    @property
    def label(self) -> str | None:
        """The keys of labels do what they usually do, and end the question."""
        return label_at(self._opened.selection)

    def press(self, key: str, character: str | None) -> Outcome | None:
        """Mark the document as done, or end the question."""
        self.over = True
        action = self._keymap.action(key)
        if action is not None and action.name in ("mark_done", "accept"):
            return self._opened.properties.mark_done()
        if action is not None and action.name == "narrow":
            return Outcome(message="Not done.")
        return None

    def give_up(self) -> None:
        """End the question; the document is not marked as done."""
        self.over = True

    def paste(self, text: str) -> None:
        """There is no line to type in."""

    def status(self) -> None:
        """None, for the usual content."""

    def caret(self, width: int) -> None:
        """There is no line to type in."""

    def hints(self, width: int, appearance: Appearance) -> Hints:
        """What being done means for what is undecided, and the keys for yes and no."""
        undecided = undecided_words(self._opened.session.annotations)
        coming = "suggestions still being made will not be added" if self._still_coming else ""
        said = "; ".join(part for part in (undecided, coming) if part)
        question = f"Done? {said[:1].upper()}{said[1:]}."
        if undecided and coming and cell_len(question) > width - ROOM_FOR_KEYS:
            left = self._opened.session.annotations.spans.count(status="suggested")
            question = f"Done? {left:,} undecided and names to come count as no entity."
        return Hints(
            (key_hint("mark_done", "done", self._keymap, appearance),),
            before=((question, appearance.colours.style("text", bold=True)),),
            way_out=key_hint("narrow", "not done", self._keymap, appearance),
        )
