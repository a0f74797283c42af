"""A list to pick from while typing: labels, actions, themes, and whatever else has a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset

from tui.line_edit import LineEdit
from tui.screens.window import Window
from tui.widgets.lines import Line, LineList, Lines

WIDTH = 60
"""Cells of the line before the window is laid out."""

PAGE = 10
"""How many choices PgUp and PgDn go over."""


@dataclass(frozen=True)
class Choice:
    """Something to pick: what it is called, what to say about it."""

    name: str
    about: str = ""
    style: str | Style = ""
    key: str = ""


class PickScreen(Window[str | None]):
    """Ends with the name of the choice, or `None` on Esc."""

    DEFAULT_CSS = """
    PickScreen { align: center middle; background: $background 60%; }
    PickScreen > Vertical { width: 64; max-width: 95%; height: 24; max-height: 90%; padding: 1 2;
        background: $panel; }
    PickScreen #typed { height: 2; width: 100%; }
    PickScreen #choices { height: 1fr; width: 100%; background: $panel; }
    """

    def __init__(self, title: str, choices: Sequence[Choice], base_style: Style) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._base_style = base_style
        self._line = LineEdit()
        self._found: Sequence[Choice] = choices
        self._at = 0

    def compose(self) -> ComposeResult:
        """What was typed, over what is left of the list."""
        with Vertical():
            yield Lines(self._base_style, id="typed")
            yield LineList(self._base_style, id="choices")

    def on_mount(self) -> None:
        """Show the whole list."""
        self._show()

    def on_resize(self) -> None:
        """Show as much of what was typed as there is room for now."""
        self.call_after_refresh(self._show)

    def caret(self) -> Offset:
        """Where one types, in cells of the screen."""
        typed = self.query_one("#typed", Lines)
        return typed.region.offset + Offset(len(self._title) + 1 + self._line.caret(self._width), 0)

    def on_paste(self, event: events.Paste) -> None:
        """Text from the clipboard narrows the list as well."""
        event.stop()
        self._line.paste(event.text)
        self._narrow()

    def on_key(self, event: events.Key) -> None:
        """Type to narrow the list; arrows, PgUp and PgDn walk it."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            self.dismiss(self._found[self._at].name if self._found else None)
        elif event.key in ("down", "up", "tab", "shift+tab"):
            step = 1 if event.key in ("down", "tab") else -1
            self._at = (self._at + step) % max(len(self._found), 1)
            self._show()
        elif event.key in ("pagedown", "pageup"):
            step = PAGE if event.key == "pagedown" else -PAGE
            self._at = max(min(self._at + step, len(self._found) - 1), 0)
            self._show()
        else:
            before = self._line.text
            if self._line.press(event.key, event.character) and self._line.text == before:
                self._show()
            elif self._line.text != before:
                self._narrow()

    def _narrow(self) -> None:
        self._found = matches(self._choices, self._line.text)
        self._at = 0
        self._show()

    @property
    def _width(self) -> int:
        """Cells for what is typed, beside the title."""
        width = self.query_one("#typed", Lines).size.width or WIDTH
        return max(width - len(self._title) - 1, 8)

    def _show(self) -> None:
        if not self.is_attached:
            return
        typed: list[Line] = [[(f"{self._title} ", "dim"), *self._line.shown(self._width)]]
        self.query_one("#typed", Lines).show(typed)
        lines: list[Line] = [
            [
                (f" {choice.key or ' '} ", choice.style or "bold"),
                (f" {choice.name:<14} ", "bold"),
                (choice.about, "dim"),
            ]
            for choice in self._found
        ] or [[("Nothing is called that.", "dim")]]
        self.query_one("#choices", LineList).show(lines, self._at if self._found else None)


def matches(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that fit what was typed, the best first.

    Best are names that begin with it, then names that hold it, then descriptions that do, then names
    with its letters in order.
    """
    wanted = typed.casefold()
    ranked = []
    for place, choice in enumerate(choices):
        name, about = choice.name.casefold(), choice.about.casefold()
        if name.startswith(wanted):
            rank = 0
        elif wanted in name:
            rank = 1
        elif wanted in about:
            rank = 2
        elif _in_order(wanted, name):
            rank = 3
        else:
            continue
        ranked.append((rank, place, choice))
    return [choice for _, _, choice in sorted(ranked, key=lambda entry: entry[:2])]


def _in_order(wanted: str, name: str) -> bool:
    letters = iter(name)
    return all(char in letters for char in wanted)
