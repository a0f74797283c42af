"""The guidelines of the project, opened at the section about a label, under the sentence they are read for."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Markdown

from annotations.project.guidelines import section_of
from annotations.text.display import displayable
from tui.keymap import Keymap
from tui.screens.window import Window
from tui.scrolling import scroll
from tui.terminal_keys import pressed
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints, hints_row, short_sign
from tui.widgets.lines import Lines


class GuidelinesScreen(Window[None]):
    """Closed by Esc, Enter or the key that opened it. Links are shown and never followed."""

    DEFAULT_CSS = """
    GuidelinesScreen { align: left bottom; background: transparent; }
    GuidelinesScreen > Vertical { width: 100%; height: 50%; background: $panel; }
    GuidelinesScreen #guidelines-edge { height: 1; width: 100%; }
    GuidelinesScreen #guidelines-hints { height: 1; width: 100%; }
    GuidelinesScreen VerticalScroll { height: 1fr; padding: 0 1; background: $panel;
        scrollbar-size-vertical: 1; }
    """

    def __init__(self, markdown: str, label: str, keymap: Keymap, appearance: Appearance) -> None:
        super().__init__()
        # What would drive the terminal becomes visible, line by line: the lines are Markdown's.
        lines = markdown.expandtabs(4).splitlines()
        self._markdown = "\n".join(displayable(line) for line in lines)
        self._label = label
        self._keymap = keymap
        self._appearance = appearance
        base = appearance.colours.style("text", "bar")
        self._edge = Lines(base, id="guidelines-edge")
        self._hints = Lines(base, id="guidelines-hints")

    def rows_on(self, screen_rows: int) -> int:
        """How many rows it takes on a screen of a height: it is a long text to read."""
        return screen_rows // 2

    def compose(self) -> ComposeResult:
        """The text, with an edge over it and the keys under it."""
        with Vertical():
            yield self._edge
            with VerticalScroll():
                yield Markdown(self._markdown, open_links=False)
            yield self._hints

    def on_mount(self) -> None:
        """Show edge and keys."""
        self._show()

    def on_resize(self) -> None:
        """Show them as wide as the screen is now."""
        self._show()

    def on_markdown_table_of_contents_updated(self, event: Markdown.TableOfContentsUpdated) -> None:
        """Go to the label's section once the headings are known."""
        headings = event.table_of_contents
        number = section_of(self._label, [heading for _, heading, _ in headings])
        block = headings[number][2] if self._label and number is not None else None
        if block is not None:
            self.call_after_refresh(self._go_to, block)

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        event.stop()
        event.prevent_default()
        found = self._keymap.action(pressed(event.key, event.character))
        action = found.name if found else ""
        if event.key in ("escape", "enter") or action == "guidelines":
            self.dismiss(None)
        else:
            scroll(self.query_one(VerticalScroll), event.key, action)

    def _show(self) -> None:
        colours, glyphs = self._appearance.colours, self._appearance.glyphs
        width = self.app.size.width
        self._edge.show([[(glyphs.edge * width, colours.style("mark", "page"))]])
        arrows = f"{short_sign('up', glyphs)} {short_sign('down', glyphs)}"
        said = Hints(
            [Hint(arrows, "scroll"), Hint(short_sign("space", glyphs), "page on")],
            mode="GUIDELINES",
            way_out=Hint(short_sign("escape", glyphs), "back to the text"),
        )
        self._hints.show([hints_row(said, width, self._appearance)])

    def _go_to(self, block: str) -> None:
        heading = self.query_one(f"#{block}")
        self.query_one(VerticalScroll).scroll_to_widget(heading, top=True, animate=False)
