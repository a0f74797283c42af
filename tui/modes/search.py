"""The search line: each letter typed searches, Enter selects the match, Esc goes back to the start."""

from collections.abc import Callable

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.text.search import REGEX_SIGN, Search
from tui.article.marks import Marks, Matches, NoMarks
from tui.keymap import Keymap
from tui.modes import ActsOn
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints
from tui.widgets.line_edit import LineEdit
from tui.widgets.lines import Line
from tui.widgets.status import StatusNote, StatusParts

CHIP = "FIND"
WAY_OUT = 8
"""Cells kept for the key that leaves the search, and for gaps."""


class SearchMode:
    """Lasts from the key that begins a search until a match is selected or the search is given up.

    `seek` begins a search for what is typed; `found` is called with the result.
    """

    acts_on: ActsOn = "selection"

    def __init__(self, opened: OpenDocument, keymap: Keymap, seek: Callable[[str], None]) -> None:
        self._opened = opened
        self._keymap = keymap
        self._seek = seek
        self._line = LineEdit()
        cursor = opened.search_cursor
        self._before = (cursor.search, opened.selection.cursor, cursor.sought)
        self._known = True
        """Whether the matches are those of what is typed now."""
        self._then: Callable[[], Outcome] | None = None
        """What to do once they are; a key waits for it."""
        self.over = False

    @property
    def waiting(self) -> bool:
        """Whether a key waits for a search that is still running."""
        return self._then is not None

    @property
    def marks(self) -> Marks:
        """The matches."""
        search = self._opened.search_cursor.search
        return Matches(search) if search is not None and self._line.text else NoMarks()

    def press(self, key: str, character: str | None) -> Outcome | None:
        """Type, go through the matches, select one or give up."""
        match key:
            case "escape":
                return self._leave()
            case "enter":
                return self._when_known(self._take)
            case "down" | "tab":
                return self._when_known(lambda: self._step(self._opened.search_cursor.next_match))
            case "up" | "shift+tab":
                return self._when_known(lambda: self._step(self._opened.search_cursor.previous_match))
            case "ctrl+r":
                self._line.toggle_start(REGEX_SIGN)
                self._look()
                return Outcome()
        before = self._line.text
        if key == "backspace" and not before:
            return self._leave()
        if not self._line.press(key, character):
            action = self._keymap.action(key)
            return None if action and action.group in ("Show", "Save", "Leave") else Outcome()
        if self._line.text != before:
            self._look()
        return Outcome()

    def give_up(self) -> None:
        """Go back to where it began."""
        self._leave()

    def paste(self, text: str) -> None:
        """Insert text from the clipboard at the cursor."""
        self._line.paste(text)
        self._look()

    def found(self, search: Search) -> Outcome:
        """Show what was found, or what is wrong with what is typed; then continue with what waited for it."""
        then, self._then = self._then, None
        self._known = True
        outcome = self._opened.search_cursor.show_match(search, self._before[1])
        if not len(search):
            self._opened.selection.place(self._before[1])
        return then() if then is not None else outcome

    def _look(self) -> None:
        self._known = False
        self._seek(self._line.text)

    def _when_known(self, then: Callable[[], Outcome]) -> Outcome:
        if self._known:
            return then()
        self._then = then
        return Outcome()

    def _step(self, step: Callable[[], Outcome]) -> Outcome:
        step()
        return Outcome()

    def _take(self) -> Outcome:
        if (
            self._line.text
            and self._opened.search_cursor.search is not None
            and self._opened.search_cursor.search.wrong
        ):
            return Outcome()
        self.over = True
        if not self._line.text:
            self._restore()
            return self._opened.search_cursor.next_match()
        return self._opened.search_cursor.take_match()

    def _leave(self) -> Outcome:
        self.over = True
        self._then = None
        self._restore()
        return self._opened.selection.place(self._before[1])

    def _restore(self) -> None:
        cursor = self._opened.search_cursor
        cursor.search, cursor.sought = self._before[0], self._before[2]

    @property
    def label(self) -> None:
        """None: the keys of labels type letters."""

    def status(self) -> StatusParts | None:
        """The number of the match at the cursor, and how many there are."""
        search, focus = self._opened.search_cursor.search, self._opened.selection.focus
        if search is None or not self._line.text or not self._known or not len(search):
            return None
        note = StatusNote(f"match {self._opened.search_cursor.match_words}")
        return StatusParts(quoted=self._opened.session.text[focus.start : focus.end], notes=(note,))

    def caret(self, width: int) -> int:
        """The cell of the cursor in the line of hints."""
        return len(CHIP) + 3 + self._line.caret(self._room(width))

    def hints(self, width: int, appearance: Appearance) -> Hints:
        """What is typed, the number of the match at the cursor and of all matches, and what the keys do."""
        style = appearance.colours.style
        typed = self._line.shown(self._room(width))
        note: Line = [("  ", style()), (self._note, style("text", bold=True))] if self._note else []
        found = self._known and bool(self._opened.search_cursor.search) and bool(self._line.text)
        hints = []
        if found:
            hints += [Hint("↓ ↑", "walk", "walk"), Hint("Enter", "select", "select")]
        elif not self._line.text:
            again = self._before[2]
            hints += [Hint("Enter", "next match", "select")] if again else []
            hints.append(Hint("Ctrl+R", "regular expression", "regex"))
        return Hints(
            hints,
            mode=CHIP,
            before=[*typed, *note],
            way_out=Hint("Esc", "back to where you were", "leave"),
        )

    @property
    def _note(self) -> str:
        if not self._line.text:
            return ""
        if not self._known:
            return "Searching…"
        search = self._opened.search_cursor.search
        return (search.wrong if search is not None else "") or self._opened.search_cursor.match_words

    def _room(self, width: int) -> int:
        """Cells for what is typed: those that the note leaves free, but at least a fifth of the line."""
        return max(width - len(CHIP) - 4 - len(self._note) - WAY_OUT, width // 5)
