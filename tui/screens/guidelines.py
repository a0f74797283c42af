"""The guidelines of the project, opened at the section about a label."""

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from annotations.project.guidelines import section_of
from annotations.text.display import displayable
from tui.keymap import Keymap
from tui.screens.window import Window
from tui.scrolling import scroll
from tui.terminal_keys import pressed


class GuidelinesScreen(Window[None]):
    """Closed by Esc, Enter or the key that opened it. Links are shown and never followed."""

    DEFAULT_CSS = """
    GuidelinesScreen { align: center middle; background: $background 60%; }
    GuidelinesScreen > VerticalScroll { width: 90; max-width: 98%; height: 90%; padding: 1 2;
        background: $panel; scrollbar-size-vertical: 1; }
    """

    def __init__(self, markdown: str, label: str, keymap: Keymap) -> None:
        super().__init__()
        # What would drive the terminal becomes visible, line by line: the lines are Markdown's.
        lines = markdown.expandtabs(4).splitlines()
        self._markdown = "\n".join(displayable(line) for line in lines)
        self._label = label
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The text."""
        with VerticalScroll():
            yield Markdown(self._markdown, open_links=False)

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

    def _go_to(self, block: str) -> None:
        heading = self.query_one(f"#{block}")
        self.query_one(VerticalScroll).scroll_to_widget(heading, top=True, animate=False)
