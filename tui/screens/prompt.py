"""A line to type: a path, a date, a comment."""

from collections.abc import Callable

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset

from tui.line_edit import LineEdit
from tui.screens.window import Window
from tui.widgets.lines import Lines

LINE = 2
"""The line of the box in which one types."""
WIDTH = 60
"""Cells of the line before the window is laid out."""


def _accept_all(text: str) -> str:
    return ""


class PromptScreen(Window[str | None]):
    """Ends with what was typed, or `None` on Esc.

    `check` says in a sentence what is wrong with a text, or nothing; it is asked at every key, and
    Enter does not end while it finds fault. What it finds good may be explained by `explain`.
    """

    DEFAULT_CSS = """
    PromptScreen { align: center middle; background: $background 60%; }
    PromptScreen > Vertical { width: 64; max-width: 95%; height: 7; padding: 1 2; background: $panel; }
    PromptScreen #prompt { height: 5; width: 100%; }
    """

    def __init__(
        self,
        title: str,
        text: str,
        base_style: Style,
        check: Callable[[str], str] = _accept_all,
        explain: Callable[[str], str] = _accept_all,
        alternatives: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._title = title
        self._line = LineEdit(text)
        self._base_style = base_style
        self._check = check
        self._explain = explain
        self._alternatives = (text, *alternatives)
        self._alternative = 0

    def compose(self) -> ComposeResult:
        """The question, the line, what is to say about it."""
        with Vertical():
            yield Lines(self._base_style, id="prompt")

    def on_mount(self) -> None:
        """Show the line."""
        self._show()

    def on_resize(self) -> None:
        """Show as much of the line as there is room for now."""
        self.call_after_refresh(self._show)

    def caret(self) -> Offset:
        """Where one types, in cells of the screen."""
        lines = self.query_one(Lines)
        return lines.region.offset + Offset(self._line.caret(self._width), LINE)

    def on_paste(self, event: events.Paste) -> None:
        """Text from the clipboard goes in where the cursor is."""
        event.stop()
        self._line.paste(event.text)
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Edit the line."""
        event.stop()
        event.prevent_default()
        match event.key:
            case "escape":
                self.dismiss(None)
            case "enter":
                if not self._check(self._line.text):
                    self.dismiss(self._line.text)
            case "tab" | "down" | "up" | "shift+tab":
                step = 1 if event.key in ("tab", "down") else -1
                self._alternative = (self._alternative + step) % len(self._alternatives)
                self._line.replace(self._alternatives[self._alternative])
            case _:
                self._line.press(event.key, event.character)
        self._show()

    @property
    def _width(self) -> int:
        return self.query_one(Lines).size.width or WIDTH

    def _show(self) -> None:
        if not self.is_attached:
            return
        text = self._line.text
        wrong = self._check(text)
        more = len(self._alternatives) > 1
        self.query_one(Lines).show(
            [
                [(self._title, "dim")],
                [],
                self._line.shown(self._width),
                [(wrong or self._explain(text), "bold" if wrong else "italic")],
                [("Enter takes it, Esc leaves it" + (", Tab: another" if more else ""), "dim")],
            ]
        )
