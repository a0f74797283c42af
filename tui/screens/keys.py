"""The keys screen: every action with its real keys, the labels, and a legend of the styles.

Behind each action stands the name it has in the table `[keys]` of `annotate.toml`.
"""

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from annotations.model.label_scheme import LabelScheme
from annotations.text.display import displayable
from tui.colours.palette import Colours
from tui.keymap import Keymap, key_sign
from tui.screens.window import Window
from tui.scrolling import scroll
from tui.terminal_keys import pressed
from tui.widgets.lines import Line, LineList

_AS_ACCEPTED = "as an accepted span of the first label"
LEGEND: tuple[tuple[str, str, str], ...] = (
    ("accepted", _AS_ACCEPTED, "filled and bold; NAME─── in the names under the text"),
    ("suggested", "underline", "underlined; NAME?┄┄ in the names"),
    ("rejected", "strike dim", "struck through; NAME× in the names"),
    ("nested", "bold underline", "inside another span: bold and underlined, a suggestion also italic"),
    ("selected", "bold reverse", "reversed and bold, whatever lies under it"),
    ("found", "reverse", "by a search: reversed"),
    ("to change", "reverse italic", "in a preview: reversed and italic; +NAME or ×NAME in the names"),
    ("left out", "strike italic", "of a preview: struck through and italic; = in the names"),
)
"""How each state of a span looks, as `tui.article.styles` has it."""


class KeysScreen(Window[None]):
    """Closed by Esc, Enter or the key that opened it; arrows and PgUp, PgDn scroll."""

    DEFAULT_CSS = """
    KeysScreen { align: center middle; background: $background 60%; }
    KeysScreen > Vertical { width: 100; max-width: 98%; height: 90%; padding: 1 2; background: $panel; }
    KeysScreen #help { height: 1fr; width: 100%; background: $panel; }
    """

    def __init__(
        self,
        keymap: Keymap,
        scheme: LabelScheme,
        colours: Colours,
        base_style: Style,
    ) -> None:
        super().__init__()
        self._lines = help_lines(keymap, scheme, colours)
        self._keymap = keymap
        self._base_style = base_style

    def compose(self) -> ComposeResult:
        """One long list."""
        with Vertical():
            yield LineList(self._base_style, id="help")

    def on_mount(self) -> None:
        """Show the list."""
        self.query_one(LineList).show(self._lines)

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        event.stop()
        event.prevent_default()
        found = self._keymap.action(pressed(event.key, event.character))
        action = found.name if found else ""
        if event.key in ("escape", "enter") or action == "keys":
            self.dismiss(None)
        else:
            scroll(self.query_one(LineList), event.key, action)


def help_lines(keymap: Keymap, scheme: LabelScheme, colours: Colours) -> list[Line]:
    """What the screen shows: actions by group, labels, legend."""
    lines: list[Line] = []
    for group in dict.fromkeys(action.group for action in keymap.actions):
        lines.append([(group, "bold underline")])
        for action in keymap.actions:
            if action.group == group:
                keys = "  ".join(key_sign(key) for key in action.keys) or "in the palette"
                lines.append(
                    [(f"  {keys:<20} ", "bold"), (action.words, ""), (f"  {action.name}", "dim")]
                )
        lines.append([])
    lines.append([("Labels: one key each", "bold underline")])
    for label in scheme:
        lines.append(
            [
                ("  ", ""),
                (f" {label.key or '·'} ", colours.chip(label.name)),
                (f" {displayable(label.name):<14} ", "bold"),
                (displayable(label.definition), "dim"),
            ]
        )
    lines += [[], [("What the styles mean", "bold underline")]]
    accepted = next(iter(colours.labels), None)
    filled = colours.done(accepted) if accepted else "bold"
    for name, style, words in LEGEND:
        lines.append(
            [
                ("  ", ""),
                (name, filled if style == _AS_ACCEPTED else style),
                (" " * (11 - len(name)), ""),
                (words, ""),
            ]
        )
    return lines
