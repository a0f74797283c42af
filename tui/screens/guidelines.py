"""The guidelines of the project, opened at the section about a label, under the sentence they are read for."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from annotations.project.guidelines import section_of
from tui.keymap import Keymap
from tui.screens.window import Window
from tui.scrolling import scroll
from tui.terminal_keys import pressed
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints, hints_row, short_sign
from tui.widgets.lines import FixedLines, LineList, Lines
from tui.widgets.markdown_lines import Heading, markdown_page
from tui.widgets.side_panel import list_style

MARGIN = 2
"""Columns at the left and the right of the text."""
WIDEST = 100
"""Columns of the text, on wider screens too."""


class GuidelinesScreen(Window[None]):
    """Closed by Esc, Enter or the key that opened it. Links are shown and never followed."""

    DEFAULT_CSS = """
    GuidelinesScreen { align: left bottom; background: transparent; }
    GuidelinesScreen > Vertical { width: 100%; height: 50%; }
    GuidelinesScreen #guidelines-edge { height: 1; width: 100%; }
    GuidelinesScreen #guidelines-text { height: 1fr; width: 100%; }
    GuidelinesScreen #guidelines-hints { height: 1; width: 100%; }
    """

    def __init__(self, markdown: str, label: str, keymap: Keymap, appearance: Appearance) -> None:
        super().__init__()
        self._markdown = markdown
        self._label = label
        self._keymap = keymap
        self._appearance = appearance
        base = appearance.colours.style("text", "bar")
        self._headings: Sequence[Heading] = ()
        self._edge = Lines(base, id="guidelines-edge")
        self._text = LineList(list_style(appearance), id="guidelines-text")
        self._hints = Lines(base, id="guidelines-hints")

    def rows_on(self, screen_rows: int) -> int:
        """How many rows it takes on a screen of a height: it is a long text to read."""
        return screen_rows // 2

    def compose(self) -> ComposeResult:
        """The text, with an edge over it and the keys under it."""
        with Vertical():
            yield self._edge
            yield self._text
            yield self._hints

    def on_mount(self) -> None:
        """Show it, from the section of the label on."""
        self._show()
        self.call_after_refresh(self._go_to_section)

    def on_resize(self) -> None:
        """Show it as wide as the screen is now."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        event.stop()
        event.prevent_default()
        found = self._keymap.action(pressed(event.key, event.character))
        action = found.name if found else ""
        if event.key in ("escape", "enter") or action == "guidelines":
            self.dismiss(None)
        else:
            scroll(self._text, event.key, action)

    def _show(self) -> None:
        colours, glyphs = self._appearance.colours, self._appearance.glyphs
        width = self.app.size.width
        self._edge.show([[(glyphs.edge * width, colours.style("mark", "page"))]])
        page = markdown_page(self._markdown, min(width - MARGIN, WIDEST), self._appearance, MARGIN)
        self._headings = page.headings
        self._text.show(FixedLines(page.lines), None, list_style(self._appearance))
        arrows = f"{short_sign('up', glyphs)} {short_sign('down', glyphs)}"
        said = Hints(
            [Hint(arrows, "scroll"), Hint(short_sign("space", glyphs), "next page")],
            mode="GUIDELINES",
            way_out=Hint(short_sign("escape", glyphs), "back to the text"),
        )
        self._hints.show([hints_row(said, width, self._appearance)])

    def _go_to_section(self) -> None:
        number = section_of(self._label, [heading.words for heading in self._headings])
        if self._label and number is not None:
            self._text.scroll_to(y=self._headings[number].line, animate=False, force=True)
