"""What stands around the article: the header over it; labels, status and hints under it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.style import Style
from textual.geometry import Offset, Size

from annotations.editing.open_document import OpenDocument
from tui.colours.palette import Colours
from tui.keymap import Keymap
from tui.modes import Mode
from tui.panel_keys import panel_hints, panel_status
from tui.widgets.header import header_line
from tui.widgets.hints import hint_line, hints
from tui.widgets.label_bar import LabelBar
from tui.widgets.lines import Line, Lines
from tui.widgets.side_panel import SidePanel
from tui.widgets.status import status_line

if TYPE_CHECKING:
    from annotations.store.interface import SaveState

SMALLEST = (30, 8)
"""Columns and rows below which the reader says that there is no room."""


class ReaderState(Struct, frozen=True):
    """What the lines around the article are made from."""

    opened: OpenDocument
    position: str
    """Which of how many documents it is; empty where there is one."""
    colours: Colours
    width: int
    """Cells of each line."""
    mode: Mode | None
    panel: SidePanel | None
    """The side panel, while keys walk it."""


class Surroundings:
    """The lines around the article, and what is said in them."""

    def __init__(self, base_style: Style, keymap: Keymap) -> None:
        self.header = Lines(base_style, id="header")
        self.labels = Lines(base_style, id="labels")
        self.status = Lines(base_style, id="status")
        self.hints = Lines(base_style, id="hints")
        self.small = Lines(base_style, id="small")
        self.save_state: SaveState | None = None
        """How saving stands, as it was last state; `None` until there is a store."""
        self.progress = ""
        """What the suggesters are at."""
        self.message = ""
        """What the last key did."""
        self.notice = ""
        """What stays in the status line until the next key: an error, a piece of news."""
        self._keymap = keymap
        self._label_bar = LabelBar()

    @property
    def under(self) -> tuple[Lines, ...]:
        """The lines under the article."""
        return self.labels, self.status, self.hints

    def forget_messages(self) -> None:
        """A key was pressed: what was said before it is over."""
        self.message = self.notice = ""

    def take_state(self, state: "SaveState | None") -> None:
        """Saving stands so now."""
        if state is None or state == self.save_state:
            return
        failed_before = self.save_state is not None and self.save_state.error
        stated_before = self.save_state.notice if self.save_state is not None else ""
        self.save_state = state
        if state.error:
            self.forget_messages()
        elif failed_before:
            self.notice = "Saved now."
        if state.notice and state.notice != stated_before:
            self.notice = state.notice

    def show(self, state: ReaderState) -> None:
        """Bring all lines up to date; only those that changed are drawn."""
        base, width = state.colours.style("text", "bar"), state.width
        bar = self._label_bar.lines(state.opened, state.colours, width)
        if self.labels.size.height != len(bar):
            self.labels.styles.height = len(bar)
        self.labels.show(bar, base)
        self.status.show([self._status_line(state)], base)
        self.hints.show([hint_line(self._hints(state), width)], base)
        line = header_line(state.opened, self.save_state, self.progress, width, state.position)
        self.header.show([line], base)

    def show_too_small(self, size: Size) -> bool:
        """Say that there is no room, where there is none; whether that is so."""
        small = size.width < SMALLEST[0] or size.height < SMALLEST[1]
        if small:
            here, enough = "×".join(map(str, size)), "×".join(map(str, SMALLEST))
            self.small.show([[(f"{here} is too small;", "bold")], [(f"{enough} will do.", "bold")]])
        return small

    def typing_place(self, mode: Mode | None, width: int) -> Offset | None:
        """Where one types in the status line, in cells of the screen, if one does."""
        typed = mode.caret(width) if mode is not None else None
        return None if typed is None else self.status.region.offset + Offset(typed, 0)

    def _status_line(self, state: ReaderState) -> Line:
        message = self.message or self.notice or self._save_error()
        if state.mode is not None and not message:
            return state.mode.status(state.colours, state.width)
        panel = state.panel if state.mode is None else None
        before = panel_status(panel, self._keymap) if panel is not None else []
        return [*before, *status_line(state.opened, state.colours, message)]

    def _hints(self, state: ReaderState) -> Sequence[tuple[str, str]]:
        if state.mode is not None:
            return state.mode.hints(self._keymap)
        if state.panel is not None:
            return panel_hints(state.panel, self._keymap)
        return hints(state.opened, self._keymap)

    def _save_error(self) -> str:
        if self.save_state is None or not self.save_state.error:
            return ""
        # Folders are long and known; what is wrong must be in sight.
        error = re.sub(r"(?<!\S)/(?:\S*/)?(?=\S)", "", self.save_state.error)
        return f"{error} {self._keymap.sign('save_again')} tries again."
