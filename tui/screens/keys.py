"""The keys screen: every action with its real keys, the labels, and a legend of the styles.

After each action stands the name it has in the table `[keys]` of `annotate.toml`. It is read, and asks
nothing, so it has the whole screen.
"""

from textual import events
from textual.app import ComposeResult

from annotations.model.label_scheme import LabelScheme
from tui.cut import shown_width
from tui.keymap import Keymap, key_sign
from tui.screens.window import Window
from tui.scrolling import scroll
from tui.terminal_keys import pressed
from tui.widgets.appearance import Appearance
from tui.widgets.columns import Columns
from tui.widgets.hints import Hint, Hints, hints_row, short_sign
from tui.widgets.lines import FixedLines, Line, LineList, Lines
from tui.widgets.side_panel import list_style

KEYS = 22
"""Columns for the keys of an action."""
NAMES = 16
"""Columns for the names of labels and states."""
WIDEST = 140
"""Columns of a list, on wider screens too."""


class KeysScreen(Window[None]):
    """Closed by Esc, Enter or the key that opened it; arrows and PgUp, PgDn scroll."""

    DEFAULT_CSS = """
    KeysScreen { layout: vertical; }
    KeysScreen #keys-header { height: 1; width: 100%; }
    KeysScreen #help { height: 1fr; width: 100%; }
    KeysScreen #keys-hints { height: 1; width: 100%; }
    """

    def __init__(self, keymap: Keymap, scheme: LabelScheme, appearance: Appearance) -> None:
        super().__init__()
        self._keymap = keymap
        self._scheme = scheme
        self._appearance = appearance
        base = appearance.colours.style("text", "bar")
        self._header = Lines(base, id="keys-header")
        self._list = LineList(list_style(appearance), id="help")
        self._hints = Lines(base, id="keys-hints")

    def compose(self) -> ComposeResult:
        """One long list, with the keys that scroll under it."""
        yield self._header
        yield self._list
        yield self._hints

    def on_mount(self) -> None:
        """Show the list."""
        self._show()

    def on_resize(self) -> None:
        """Show it as wide as the screen is now."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        event.stop()
        event.prevent_default()
        found = self._keymap.action(pressed(event.key, event.character))
        action = found.name if found else ""
        if event.key in ("escape", "enter") or action == "keys":
            self.dismiss(None)
        else:
            scroll(self._list, event.key, action)

    def _show(self) -> None:
        width, appearance = self.app.size.width, self._appearance
        colours, glyphs = appearance.colours, appearance.glyphs
        self._header.show([[(" Keys", colours.style("bright", bold=True))]])
        lines = help_lines(self._keymap, self._scheme, width, appearance)
        self._list.show(FixedLines(lines), None, list_style(appearance))
        arrows = f"{short_sign('up', glyphs)} {short_sign('down', glyphs)}"
        said = Hints(
            [Hint(arrows, "scroll"), Hint(short_sign("space", glyphs), "next page")],
            mode="KEYS",
            way_out=Hint(short_sign("escape", glyphs), "back to the text"),
        )
        self._hints.show([hints_row(said, width, appearance)])


def help_lines(keymap: Keymap, scheme: LabelScheme, width: int, appearance: Appearance) -> list[Line]:
    """What the screen shows: actions by group, labels, legend."""
    colours, glyphs = appearance.colours, appearance.glyphs
    margin = max((width - WIDEST) // 2, 0) + 2
    end = width - margin
    bright, text = colours.style("bright", bold=True), colours.style("text")
    muted = colours.style("muted")
    lines: list[Line] = [()]

    def heading(words: str) -> Line:
        return Columns(glyphs.cut).to(margin).put(words, bright, end).line

    for group in dict.fromkeys(action.group for action in keymap.actions):
        lines.append(heading(group))
        for action in keymap.actions:
            if action.group != group:
                continue
            columns = Columns(glyphs.cut).to(margin + 2)
            keys = glyphs.key("  ".join(key_sign(key) for key in action.keys))
            columns.put(keys or "in the palette", bright if keys else muted, margin + KEYS)
            columns.to(margin + KEYS + 1).put(action.words, text, end)
            if columns.column + shown_width(action.name) + 2 <= end:
                columns.put("  ").put(action.name, muted, end)
            lines.append(columns.line)
        lines.append(())
    lines.append(heading("Labels and their keys"))
    for label in scheme:
        columns = Columns(glyphs.cut).to(margin + 2)
        columns.put(label.key or glyphs.keyless, colours.ink(label.name, bold=True))
        columns.to(margin + 5).put(label.name, text, margin + 4 + NAMES).to(margin + 5 + NAMES)
        lines.append(columns.put(label.definition, muted, end).line)
    lines += [(), heading("What the styles mean")]
    return lines + legend_lines(scheme, margin, end, appearance)


def legend_lines(scheme: LabelScheme, margin: int, end: int, appearance: Appearance) -> list[Line]:
    """How each state of a span is drawn, in the colours of the first label."""
    colours, glyphs = appearance.colours, appearance.glyphs
    first = next(iter(scheme), None)
    label = first.name if first else ""
    plain = colours.style("text", bold=True)
    states = (
        ("suggested", colours.ink(label, underline=True) if label else plain, "underlined"),
        (
            "doubtful",
            colours.ink(label, bold=True, underline=True) if label else plain,
            "bold and underlined, a ? beside the text",
        ),
        ("accepted", colours.done(label) if label else plain, "a soft background, not underlined"),
        ("rejected", colours.style("muted", strike=True), "struck through"),
        ("nested", colours.tinted(label, bold=True) if label else plain, "inside another span: bold"),
        (
            "crossing",
            colours.style("bright", "found", bold=True, italic=True),
            "where two spans cross: bold and italic",
        ),
        ("selected", colours.lamp, "where the next key acts; nothing else has this colour"),
        ("found", colours.style("bright", "found", bold=True), "by a search: a / beside the text"),
        (
            "to change",
            colours.tinted(label, bold=True, italic=True) if label else plain,
            "in a preview: italic, a + beside the text",
        ),
        (
            "left out",
            colours.style("muted", italic=True),
            f"in a preview: italic, a {glyphs.left_out} beside the text",
        ),
    )
    lines = []
    for name, style, words in states:
        columns = Columns(glyphs.cut).to(margin + 2).put(name, style, end).to(margin + 2 + NAMES)
        lines.append(columns.put(words, colours.style("text"), end).line)
    return lines
