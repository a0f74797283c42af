"""Asks what to do when somebody wants to leave and edits are not on disk."""

from typing import Literal

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from annotations.store.interface import SaveState
from tui.screens.window import Window
from tui.widgets.lines import Line, Lines

Answer = Literal["retry", "elsewhere", "discard", "stay"]
_ANSWERS: tuple[tuple[str, Answer, str], ...] = (
    ("r", "retry", "try again"),
    ("p", "elsewhere", "save to another path"),
    ("D", "discard", "leave without them: they are lost"),
    ("Esc", "stay", "stay"),
)


class UnsavedScreen(Window[Answer]):
    """Ends with what to do."""

    DEFAULT_CSS = """
    UnsavedScreen { align: center middle; background: $background 60%; }
    UnsavedScreen > Vertical { width: 72; max-width: 95%; height: 12; padding: 1 2;
        background: $panel; }
    UnsavedScreen #unsaved { height: 10; width: 100%; }
    """

    def __init__(self, state: SaveState, base_style: Style) -> None:
        super().__init__()
        self._state = state
        self._base_style = base_style

    def compose(self) -> ComposeResult:
        """What is wrong, and the answers."""
        with Vertical():
            yield Lines(self._base_style, id="unsaved")

    def on_mount(self) -> None:
        """Show it."""
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Take an answer."""
        event.stop()
        event.prevent_default()
        for key, answer, _ in _ANSWERS:
            if (event.character or event.key) == key or (event.key, answer) == ("escape", "stay"):
                self.dismiss(answer)
                return

    def _show(self) -> None:
        number = self._state.unsaved
        edits = "1 edit is" if number == 1 else f"{number} edits are"
        lines: list[Line] = [[(f"{edits} not saved.", "bold")]]
        width = max(self.query_one(Lines).size.width, 20)
        error = self._state.error or "The disk has not answered yet."
        lines += [[(error[at : at + width], "")] for at in range(0, min(len(error), 3 * width), width)]
        lines.append([])
        lines += [[(f" {key:<5}", "bold"), (words, "")] for key, _, words in _ANSWERS]
        self.query_one(Lines).show(lines)
