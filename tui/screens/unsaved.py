"""Asks what to do when somebody wants to leave and edits are not on disk."""

from collections.abc import Sequence
from typing import Literal

from textual import events

from annotations.store.interface import SaveState
from tui.cells.cut import wrapped
from tui.keys.keyboard_layouts import latin_key
from tui.screens.prompt import MARGIN
from tui.screens.sheet import Sheet
from tui.widgets.appearance import Appearance
from tui.widgets.columns import Columns
from tui.widgets.hints import Hint
from tui.widgets.lines import Line

Answer = Literal["retry", "elsewhere", "discard", "stay"]
_ANSWERS: tuple[tuple[str, Answer, str], ...] = (
    ("r", "retry", "try again"),
    ("p", "elsewhere", "save to another file"),
    ("D", "discard", "leave without saving the edits"),
)


class UnsavedScreen(Sheet[Answer]):
    """Ends with what to do."""

    alarm = True

    def __init__(self, state: SaveState, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._state = state

    def on_key(self, event: events.Key) -> None:
        """Accept an answer."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss("stay")
            return
        for key, answer, _ in _ANSWERS:
            if latin_key(event.character or event.key) == key:
                self.dismiss(answer)
                return

    def hints(self) -> tuple[str, Sequence[Hint], Hint | None]:
        """The way back; the answers are shown above it."""
        return "NOT SAVED", (), Hint("Esc", "stay")

    def content(self, width: int, rows: int) -> Sequence[Line]:
        """What is wrong, and the answers."""
        return unsaved_lines(self._state, width, rows, self.appearance)


def unsaved_lines(state: SaveState, width: int, rows: int, appearance: Appearance) -> list[Line]:
    """What is wrong, wrapped, and the answers; blank rows are left out first."""
    colours, glyphs = appearance.colours, appearance.glyphs
    number = state.unsaved
    edits = "1 edit is" if number == 1 else f"{number} edits are"
    error = state.error or "The disk has not answered yet."
    bright, text = colours.style("bright", bold=True), colours.style("text")
    wrong: list[Line] = [Columns(glyphs.cut).to(MARGIN).put(f"{edits} not saved.", bright).line]
    wrong += [
        Columns(glyphs.cut).to(MARGIN).put(row, text).line for row in wrapped(error, width - 2 * MARGIN)
    ]
    answers: list[Line] = []
    for key, _, words in _ANSWERS:
        columns = Columns(glyphs.cut).to(MARGIN).put(key, bright).to(MARGIN + 3)
        answers.append(columns.put(words, text, width - MARGIN).line)
    room = max(rows - len(answers), 1)
    if room > len(wrong):
        wrong.append(())
    if len(wrong) > room:
        # The path in an error can be longer than any screen.
        ended = Columns(glyphs.cut).add(wrong[room - 1]).put(f" {glyphs.cut}", text, width - MARGIN)
        wrong = [*wrong[: room - 1], ended.line]
    return [*wrong, *answers][:rows]
