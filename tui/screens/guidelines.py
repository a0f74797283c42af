"""The guidelines of the project, at the section of a label."""

import textwrap

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from annotations.guidelines import is_heading
from tui.widgets.lines import Line, LineList


class GuidelinesScreen(ModalScreen[None]):
    """Closed by Esc, Enter or `G`; arrows, Space and PgUp, PgDn scroll. The text is shown as it is."""

    DEFAULT_CSS = """
    GuidelinesScreen { align: center middle; background: $background 60%; }
    GuidelinesScreen > Vertical { width: 84; max-width: 98%; height: 90%; padding: 1 2;
        background: $panel; }
    GuidelinesScreen #guidelines { height: 1fr; width: 100%; background: $panel; }
    """

    def __init__(self, lines: list[str], section: int, ground: str) -> None:
        super().__init__()
        self._lines = lines
        self._section = section
        self._ground = ground

    def compose(self) -> ComposeResult:
        """One long list."""
        with Vertical():
            yield LineList(self._ground, id="guidelines")

    def on_mount(self) -> None:
        """Wrap and show, once there is a width."""
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        event.stop()
        event.prevent_default()
        lines = self.query_one(LineList)
        page = max(lines.size.height - 1, 1)
        step = {"down": 1, "up": -1, "pagedown": page, "space": page, "pageup": -page}
        if event.key in ("escape", "enter") or event.character == "G":
            self.dismiss(None)
        elif event.key in step:
            lines.scroll_to(y=lines.scroll_offset.y + step[event.key], animate=False)

    def _show(self) -> None:
        lines = self.query_one(LineList)
        shown: list[Line] = []
        begins = 0
        for number, line in enumerate(self._lines):
            if number == self._section:
                begins = len(shown)
            style = "bold underline" if is_heading(line) else ""
            parts = textwrap.wrap(line, max(lines.size.width - 2, 10)) or [""]
            shown += [[(part, style)] for part in parts]
        lines.show(shown)
        self.call_after_refresh(lambda: lines.scroll_to(y=begins, animate=False, force=True))
