"""A line to type: a path, a date, a comment."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from annotations import words
from tui.cells import displayable
from tui.widgets.lines import Lines


def _accept_all(text: str) -> str:
    return ""


class PromptScreen(ModalScreen[str | None]):
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
        ground: str,
        check: Callable[[str], str] = _accept_all,
        explain: Callable[[str], str] = _accept_all,
        alternatives: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._at = len(text)
        self._ground = ground
        self._check = check
        self._explain = explain
        self._alternatives = (text, *alternatives)
        self._alternative = 0

    def compose(self) -> ComposeResult:
        """The question, the line, what is to say about it."""
        with Vertical():
            yield Lines(self._ground, id="prompt")

    def on_mount(self) -> None:
        """Show the line."""
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Text from the clipboard goes in where the cursor is."""
        event.stop()
        self._insert(" ".join(event.text.split()))

    def on_key(self, event: events.Key) -> None:
        """Edit the line."""
        event.stop()
        event.prevent_default()
        match event.key:
            case "escape":
                self.dismiss(None)
            case "enter":
                if not self._check(self._text):
                    self.dismiss(self._text)
            case "left":
                self._at = words.previous_grapheme(self._text, self._at)
            case "right":
                self._at = words.next_grapheme(self._text, self._at)
            case "home" | "ctrl+a":
                self._at = 0
            case "end" | "ctrl+e":
                self._at = len(self._text)
            case "tab" | "down" | "up" | "shift+tab":
                step = 1 if event.key in ("tab", "down") else -1
                self._alternative = (self._alternative + step) % len(self._alternatives)
                self._text = self._alternatives[self._alternative]
                self._at = len(self._text)
            case "backspace" | "ctrl+h":
                before = words.previous_grapheme(self._text, self._at) if self._at else 0
                self._text = self._text[:before] + self._text[self._at :]
                self._at = before
            case "delete":
                after = words.next_grapheme(self._text, self._at)
                self._text = self._text[: self._at] + self._text[after:]
            case "ctrl+u":
                self._text, self._at = self._text[self._at :], 0
            case _:
                if event.is_printable and event.character:
                    self._insert(event.character)
        if self.is_attached:
            self._show()

    def _insert(self, text: str) -> None:
        self._text = self._text[: self._at] + text + self._text[self._at :]
        self._at += len(text)
        self._show()

    def _show(self) -> None:
        after = words.next_grapheme(self._text, self._at)
        under = self._text[self._at : after] or " "
        wrong = self._check(self._text)
        more = len(self._alternatives) > 1
        self.query_one(Lines).show(
            [
                [(self._title, "dim")],
                [],
                [
                    (displayable(self._text[: self._at]), "bold"),
                    (displayable(under), "bold reverse"),
                    (displayable(self._text[after:]), "bold"),
                ],
                [(wrong or self._explain(self._text), "bold" if wrong else "italic")],
                [("Enter takes it, Esc leaves it" + (", Tab: another reading" if more else ""), "dim")],
            ]
        )
