"""Jumping: letters are shown over the visible suggestions or words; typing the letters of one goes there."""

from annotations.editing.jump import Jump, JumpTarget, go_to, jump_to_words
from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.text.text_range import Range
from tui.article.marks import JumpLetters, Marks, NoMarks
from tui.keymap import Keymap
from tui.keys.keyboard_layouts import latin_key
from tui.modes import ActsOn, key_hint
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints


class JumpMode:
    """Lasts from the key that shows the letters until the last letter or any other key is pressed."""

    waiting = False
    acts_on: ActsOn = "letters"
    label = None

    def __init__(self, opened: OpenDocument, keymap: Keymap, jump: Jump, sight: Range) -> None:
        """`sight` is the range of text on the screen."""
        self._opened = opened
        self._keymap = keymap
        self._jump = jump
        self._sight = sight
        self.over = False

    @property
    def marks(self) -> Marks:
        """The letters that remain to be typed."""
        return NoMarks() if self.over else JumpLetters(self._jump)

    def press(self, key: str, character: str | None) -> Outcome | None:
        """Go to the place of a letter, or leave: no key labels or decides anything here."""
        if (came := self._jump.after(latin_key(character or ""))) is not None:
            if isinstance(came, Jump):
                self._jump = came
                return Outcome()
            return self._go(came)
        action = self._keymap.action(key)
        if action is not None and action.name == "jump":
            session = self._opened.session
            self._jump = jump_to_words(
                session.text, session.annotations.spans, *self._sight, session.dating.language
            )
            return Outcome()
        self.over = True
        if action is not None and action.group in ("Move", "Show", "Leave", "Save"):
            return None
        return Outcome()

    def _go(self, target: JumpTarget) -> Outcome:
        self.over = True
        return go_to(target, self._opened.selection)

    def give_up(self) -> None:
        """End the mode; the cursor stays where it is."""
        self.over = True

    def paste(self, text: str) -> None:
        """There is no line to type in."""

    def status(self) -> None:
        """None, for the usual content."""

    def caret(self, width: int) -> None:
        """There is no line to type in."""

    def hints(self, width: int, appearance: Appearance) -> Hints:
        """That typing letters goes to the place where they are shown, and how to show them on words."""
        hints = [Hint(self._letters(), "go there", "letters")]
        if self._jump.kind == "suggestions":
            hints.append(key_hint("jump", "words", self._keymap, appearance))
        return Hints(
            hints,
            mode="JUMP",
            way_out=key_hint("narrow", "stay", self._keymap, appearance),
            help=key_hint("keys", "keys", self._keymap, appearance),
        )

    def _letters(self) -> str:
        first = sorted({target.letters[0] for target in self._jump.targets})
        return first[0] if len(first) == 1 else f"{first[0]}-{first[-1]}"
