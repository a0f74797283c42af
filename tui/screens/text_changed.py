"""Shows where the annotations of a changed article are now, and asks whether to use them."""

from collections.abc import Sequence
from math import inf
from time import monotonic

from textual import events

from annotations.model.span import Span
from annotations.text.reanchor import Reanchored
from tui.cells.cut import wrapped
from tui.keymap import Keymap
from tui.keys.terminal_keys import pressed
from tui.screens.prompt import MARGIN
from tui.screens.sheet import AROUND, Sheet
from tui.widgets.appearance import Appearance
from tui.widgets.columns import Columns, with_thumb
from tui.widgets.hints import Hint, short_sign
from tui.widgets.lines import Line
from tui.widgets.status import quoted
from tui.widgets.thumb import thumb

KIND = 11
LABEL = 13
WORDS = 40
"""Columns for what became of a span, its label, its words."""


class TextChangedScreen(Sheet[bool]):
    """Ends with whether to use the moved spans. Nothing is written before that."""

    def __init__(
        self,
        old: str,
        found: Reanchored,
        appearance: Appearance,
        keymap: Keymap,
        *,
        was_done: bool = False,
    ) -> None:
        super().__init__(appearance)
        self._was_done = was_done
        self._old = old
        self._found = found
        self._keymap = keymap
        self._became: list[tuple[str, Span, Span | None]] = [
            *(("not found", span, None) for span in found.lost),
            *(("moved", old, new) for old, new in found.moved),
            *(("same place", span, span) for span in found.unchanged),
        ]
        self._top = 0
        self._seen_from = inf
        """The time since which the question has been on the screen, on the clock that events use."""

    def on_mount(self) -> None:
        """Keys that are pressed from now on are answers."""
        self._seen_from = monotonic()
        super().on_mount()

    def on_key(self, event: events.Key) -> None:
        """Answer, or scroll."""
        event.stop()
        event.prevent_default()
        if event.time < self._seen_from:
            # The question opens by itself: a key typed before it was shown is not an answer.
            return
        if event.key in ("enter", "escape"):
            self.dismiss(event.key == "enter")
            return
        found = self._keymap.action(pressed(event.key, event.character))
        in_sight = self._in_sight()
        last = max(len(self._became) - in_sight, 0)
        page = max(in_sight - 1, 1)
        places = {
            "line_down": self._top + 1,
            "line_up": self._top - 1,
            "page_down": self._top + page,
            "page_up": self._top - page,
            "to_start": 0,
            "to_end": last,
        }
        action = "page_down" if event.key == "space" else found.name if found else ""
        self._top = min(max(places.get(action, self._top), 0), last)
        self.show()

    def hints(self) -> tuple[str, Sequence[Hint], Hint | None]:
        """The two answers."""
        glyphs = self.appearance.glyphs
        hints = [Hint(short_sign("enter", glyphs), "use these spans")]
        if len(self._became) > self._in_sight():
            hints.append(Hint(f"{short_sign('up', glyphs)} {short_sign('down', glyphs)}", "see more"))
        return "TEXT", hints, Hint(short_sign("escape", glyphs), "start without them")

    def content(self, width: int, rows: int) -> Sequence[Line]:
        """A summary above the list."""
        above = self._summary(width)
        in_sight = max(rows - len(above), 0)
        shown = self._became[self._top : self._top + in_sight]
        lit = thumb(in_sight, self._top, in_sight, len(self._became))
        lines = [self._line(*one, width) for one in shown]
        return [
            *above,
            *(
                with_thumb(line, width, self.appearance) if number in lit else line
                for number, line in enumerate(lines)
            ),
        ][:rows]

    def _in_sight(self) -> int:
        width, height = self.app.size
        return max(self.rows_on(height) - AROUND - len(self._summary(width)), 0)

    def _summary(self, width: int) -> list[Line]:
        colours, found = self.appearance.colours, self._found
        bright, text = colours.style("bright", bold=True), colours.style("text")
        done = "It was marked as done; with the new text it no longer is." if self._was_done else ""
        said = (
            ("The text of this article has changed since it was annotated.", bright),
            (done, bright),
            (
                f"{len(found.unchanged)} spans are in the same place, {len(found.moved)} have "
                f"moved, {len(found.lost)} were not found.",
                text,
            ),
            ("The earlier text and all its annotations remain in the database.", colours.style("muted")),
        )
        return [
            Columns(self.appearance.glyphs.cut).to(MARGIN).put(row, style).line
            for words, style in said
            for row in wrapped(words, max(width - 2 * MARGIN, 8))
        ]

    def _line(self, what: str, old: Span, new: Span | None, width: int) -> Line:
        colours, glyphs = self.appearance.colours, self.appearance.glyphs
        end = width - MARGIN
        place = f"{old.start}"
        if new is not None and new != old:
            place = f"{old.start} {glyphs.changed} {new.start}"
        columns = Columns(glyphs.cut).to(MARGIN)
        columns.put(what, colours.style("bright" if new is None else "muted", bold=new is None), end)
        columns.to(MARGIN + KIND).put(old.label, colours.style("text"), min(MARGIN + KIND + LABEL, end))
        columns.to(MARGIN + KIND + LABEL + 1)
        words = quoted(self._old[old.start : old.end], WORDS, self.appearance)
        columns.put(words, colours.style("text", bold=True), end).put("  ", before=end)
        return columns.put(place, colours.style("muted"), end).line
