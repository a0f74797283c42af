"""The keys screen: every action with its real keys, the labels, and a legend of the styles.

Each action is followed by its name in the table `[keys]` of `annotate.toml`. The screen is only read
and asks nothing, so it fills the terminal.
"""

from collections.abc import Sequence

from annotations.model.label_scheme import LabelScheme
from tui.cells.cut import shown_width
from tui.keymap import Keymap, key_sign
from tui.screens.long_text import LongText
from tui.widgets.appearance import Appearance
from tui.widgets.columns import Columns
from tui.widgets.lines import Line

KEYS = 22
"""Columns for the keys of an action."""
NAMES = 16
"""Columns for the names of labels and states."""
WIDEST = 140
"""A list has at most this number of columns, even on wider screens."""


class KeysScreen(LongText):
    """The screen that opens with the key for all keys."""

    def __init__(self, keymap: Keymap, scheme: LabelScheme, appearance: Appearance) -> None:
        super().__init__("keys", keymap, appearance)
        self._scheme = scheme

    def line_above(self, width: int) -> Line:
        """The title."""
        return [(" Keys", self._appearance.colours.style("bright", bold=True))]

    def lines(self, width: int) -> Sequence[Line]:
        """Actions by group, labels, legend."""
        return help_lines(self._keymap, self._scheme, width, self._appearance)


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
