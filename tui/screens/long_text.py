"""A long text to read: it scrolls, asks nothing, and is closed by Esc, Enter or the key that opened it."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.keymap import Keymap
from tui.keys.terminal_keys import pressed
from tui.screens.scrolling import scroll
from tui.screens.window import Window
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints, hints_row, short_sign
from tui.widgets.lines import FixedLines, Line, LineList, Lines, list_style


class LongText(Window[None]):
    """Shows its lines in the full width of the screen, and below them the keys that scroll."""

    DEFAULT_CSS = """
    LongText { align: left bottom; background: transparent; }
    LongText > Vertical { width: 100%; height: 100%; }
    LongText #above, LongText #hints { height: 1; width: 100%; }
    LongText #text { height: 1fr; width: 100%; }
    """

    def __init__(self, opened_by: str, keymap: Keymap, appearance: Appearance) -> None:
        """`opened_by` is the name of the action that opened it."""
        super().__init__()
        self._opened_by = opened_by
        self._keymap = keymap
        self._appearance = appearance
        base = appearance.colours.style("text", "bar")
        self._above = Lines(base, id="above")
        self._text = LineList(list_style(appearance), id="text")
        self._hints = Lines(base, id="hints")

    def compose(self) -> ComposeResult:
        """The text, with a line above it and the keys below it."""
        with Vertical():
            yield self._above
            yield self._text
            yield self._hints

    def line_above(self, width: int) -> Line:
        """The line above the text on a screen of a width in cells."""
        raise NotImplementedError

    def lines(self, width: int) -> Sequence[Line]:
        """The text on a screen of a width in cells."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show the text."""
        self._show()

    def on_resize(self) -> None:
        """Show the text in the new width."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        event.stop()
        event.prevent_default()
        found = self._keymap.action(pressed(event.key, event.character))
        action = found.name if found else ""
        if event.key in ("escape", "enter") or action == self._opened_by:
            self.dismiss(None)
        else:
            scroll(self._text, event.key, action)

    def _show(self) -> None:
        width, glyphs = self.app.size.width, self._appearance.glyphs
        self._above.show([self.line_above(width)])
        self._text.show(FixedLines(self.lines(width)), None, list_style(self._appearance))
        arrows = f"{short_sign('up', glyphs)} {short_sign('down', glyphs)}"
        said = Hints(
            [Hint(arrows, "scroll"), Hint(short_sign("space", glyphs), "next page")],
            mode=self._opened_by.upper(),
            way_out=Hint(short_sign("escape", glyphs), "back to the text"),
        )
        self._hints.show([hints_row(said, width, self._appearance)])
