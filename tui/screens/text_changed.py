"""Shows what became of the annotations of an article whose text changed, and asks whether to take them."""

from math import inf
from time import monotonic

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from annotations.model.span import Span
from annotations.text.display import displayable
from annotations.text.reanchor import Reanchored
from tui.keymap import Keymap
from tui.screens.window import Window
from tui.scrolling import scroll
from tui.terminal_keys import pressed
from tui.widgets.lines import Line, LineList, Lines
from tui.widgets.status import quote


class TextChangedScreen(Window[bool]):
    """Ends with whether to take the spans over. Nothing is written before."""

    DEFAULT_CSS = """
    TextChangedScreen { align: center middle; background: $background 60%; }
    TextChangedScreen > Vertical { width: 90; max-width: 98%; height: 90%; padding: 1 2;
        background: $panel; }
    TextChangedScreen #summary { height: 5; width: 100%; }
    TextChangedScreen #became { height: 1fr; width: 100%; background: $panel; }
    """

    def __init__(
        self,
        old: str,
        found: Reanchored,
        base_style: Style,
        keymap: Keymap,
        *,
        was_done: bool = False,
    ) -> None:
        super().__init__()
        self._was_done = was_done
        self._old = old
        self._found = found
        self._base_style = base_style
        self._keymap = keymap
        self._seen_from = inf
        """The time from which on a person sees the question, as events have it."""

    def compose(self) -> ComposeResult:
        """A summary over the list."""
        with Vertical():
            yield Lines(self._base_style, id="summary")
            yield LineList(self._base_style, id="became")

    def on_mount(self) -> None:
        """Show both."""
        self._seen_from = monotonic()
        found = self._found
        self.query_one(Lines).show(
            [
                [("The text of this article has changed since it was annotated.", "bold")],
                *([[("It was done; as its text is now, it is not.", "bold")]] if self._was_done else []),
                [
                    (
                        f"{len(found.unchanged)} spans stand where they stood, {len(found.moved)} moved, "
                        f"{len(found.lost)} are not found again.",
                        "",
                    )
                ],
                [("The earlier text and all its annotations stay in the database.", "dim")],
                [("Enter", "bold"), (" takes them over  ", ""), ("Esc", "bold"), (" begins anew", "")],
            ]
        )
        self.query_one(LineList).show(
            [
                *(self._line("not found", span, None) for span in found.lost),
                *(self._line("moved", old, new) for old, new in found.moved),
                *(self._line("same place", span, span) for span in found.unchanged),
            ]
        )

    def on_key(self, event: events.Key) -> None:
        """Answer, or scroll."""
        event.stop()
        event.prevent_default()
        if event.time < self._seen_from:
            # Nobody asked for the question: what was typed before it was there is no answer to it.
            return
        if event.key in ("enter", "escape"):
            self.dismiss(event.key == "enter")
        else:
            found = self._keymap.action(pressed(event.key, event.character))
            scroll(self.query_one(LineList), event.key, found.name if found else "")

    def _line(self, what: str, old: Span, new: Span | None) -> Line:
        place = f"{old.start}" if new is None or new == old else f"{old.start} → {new.start}"
        return [
            (f"{what:<11}", "bold" if new is None else ""),
            (f"{displayable(old.label):<12} ", ""),
            (quote(self._old, old.start, old.end), "bold"),
            (f"  {place}", "dim"),
        ]
