"""The lines around the article: the header above it; labels, status and hints below it."""

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.style import Style
from textual.geometry import Offset, Size

from annotations.editing.open_document import OpenDocument
from tui.action import HintContext
from tui.actions.hinting import reading_hints
from tui.keymap import Keymap
from tui.modes import Mode, label_at
from tui.side_panel.keys import panel_hints
from tui.side_panel.panel import SidePanel
from tui.widgets.alarm import alarm_lines
from tui.widgets.appearance import Appearance
from tui.widgets.at_cursor import at_cursor
from tui.widgets.header import header_line, header_parts
from tui.widgets.hints import Hint, Hints, hints_row, sign_of
from tui.widgets.label_bar import WITH_COUNTS, label_bar, label_bar_layout
from tui.widgets.lines import Line, Lines
from tui.widgets.status import StatusNote, StatusParts, status_line
from tui.widgets.too_small import too_small

if TYPE_CHECKING:
    from annotations.store.interface import SaveState

SMALLEST = (30, 8)
"""Columns and rows below which the reader says that there is no room."""


class ReaderState(Struct, frozen=True):
    """What the lines around the article are made from."""

    opened: OpenDocument
    position: str
    """The place of the document among all documents, as `3/312`; empty if there is only one."""
    name: str
    """The name of the document."""
    appearance: Appearance
    width: int
    """The width of each line in cells."""
    mode: Mode | None
    panel: SidePanel | None
    """The side panel if keys act on it, also while a window is over it; otherwise `None`."""
    labels_cut: tuple[str, ...] = ()
    """The labels of the cursor's row if the rail has no room for them."""


class Surroundings:
    """The lines around the article, and what they show."""

    def __init__(self, base_style: Style, keymap: Keymap) -> None:
        self.header = Lines(base_style, id="header")
        self.alarm = Lines(base_style, id="alarm")
        """Why nothing can be saved and what to do about it; shown until saving works again."""
        self.labels = Lines(base_style, id="labels")
        self.status = Lines(base_style, id="status")
        self.hints = Lines(base_style, id="hints")
        self.small = Lines(base_style, id="small")
        self.save_state: SaveState | None = None
        """The last known state of saving; `None` until there is a store."""
        self.progress = ""
        """What the suggesters are doing."""
        self.message = ""
        """What the last key did."""
        self.notice = ""
        """A message until the next key: an error, or news."""
        self.said = Hints()
        """The content of the line of hints."""
        self._keymap = keymap

    @property
    def under(self) -> tuple[Lines, ...]:
        """The lines under the article."""
        return self.labels, self.status, self.hints

    def forget_messages(self) -> None:
        """A key was pressed: remove the earlier messages."""
        self.message = self.notice = ""

    def take_state(self, state: "SaveState | None") -> None:
        """Take over the state of saving; show a message if saving works again or has news."""
        if state is None or state == self.save_state:
            return
        failed_before = self.save_state is not None and self.save_state.error
        stated_before = self.save_state.notice if self.save_state is not None else ""
        self.save_state = state
        if state.error:
            self.forget_messages()
        elif failed_before:
            self.notice = "Saved again."
        if state.notice and state.notice != stated_before:
            self.notice = state.notice

    @property
    def alarm_rows(self) -> int:
        """How many of the last rows of the article the alarm covers."""
        return len(self.alarm.lines)

    def show(self, state: ReaderState) -> bool:
        """Draw the lines that changed; return whether the alarm has another number of rows now."""
        appearance, width = state.appearance, state.width
        base = appearance.colours.style("text", "bar")
        parts = header_parts(state.opened, self.save_state, self.progress, state.position, state.name)
        self.said = self._hints(state)
        self.header.show([header_line(parts, width, appearance)], base)
        self.labels.show([self._label_bar(state)], base)
        self.status.show([status_line(self._status(state), width, appearance)], base)
        self.hints.show([hints_row(self.said, width, appearance)], base)
        return self._show_alarm(state)

    def show_too_small(self, size: Size) -> bool:
        """Say that there is no room, if the screen is too small; return whether it is."""
        small = size.width < SMALLEST[0] or size.height < SMALLEST[1]
        if small:
            self.small.show(too_small(size.width, size.height))
        return small

    def typing_place(self, mode: Mode | None, width: int) -> Offset | None:
        """The position of the text cursor in the line of hints, in cells of the screen, if it is there."""
        typed = mode.caret(width) if mode is not None and not self.said.notice else None
        return None if typed is None else self.hints.region.offset + Offset(typed, 0)

    def _label_bar(self, state: ReaderState) -> Line:
        session = state.opened.session

        def count(name: str) -> int:
            spans = session.annotations.spans
            return spans.count(name, "accepted") + spans.count(name, "suggested")

        sign = self._keymap.sign("label_list")
        label = _label_of(state)
        return label_bar(
            label_bar_layout(session.scheme, state.width, sign),
            state.appearance,
            selected=label or "",
            muted=label is None,
            count=count if state.width >= WITH_COUNTS else None,
            list_sign=sign,
        )

    def _status(self, state: ReaderState) -> StatusParts:
        if state.panel is not None:
            return state.panel.about
        if state.mode is not None and (said := state.mode.status()) is not None:
            return said
        said = at_cursor(state.opened, state.appearance.glyphs)
        if state.labels_cut:
            numbers = Counter(state.labels_cut).items()
            row = ", ".join(f"{number} {label}" for label, number in numbers)
            return replace(said, notes=(StatusNote(f"in this row: {row}"), *said.notes))
        return said

    def _hints(self, state: ReaderState) -> Hints:
        hints = self._keys(state)
        failed = self.save_state is not None and bool(self.save_state.error)
        notice = self.message or self.notice
        if failed and not notice and not hints.mode:
            glyphs = state.appearance.glyphs
            again = [
                Hint(sign_of("save_again", self._keymap, glyphs), "try now", "save_again"),
                Hint(
                    sign_of("save_elsewhere", self._keymap, glyphs), "save elsewhere", "save_elsewhere"
                ),
            ]
            return replace(hints, hints=[*again, *hints.hints], mode="NOT SAVED", alarm=True)
        return replace(hints, notice=notice)

    def _keys(self, state: ReaderState) -> Hints:
        keymap, appearance = self._keymap, state.appearance
        if state.mode is not None:
            return state.mode.hints(state.width, appearance)
        if state.panel is not None:
            return panel_hints(state.panel, state.opened, keymap, appearance)
        now = HintContext(state.opened, bool(state.position), bool(self.progress))
        return Hints(
            reading_hints(now, keymap, appearance.glyphs),
            mode="CHAR" if state.opened.state.by_character else "",
            help=Hint(sign_of("keys", keymap, appearance.glyphs), "keys", "keys"),
        )

    def _show_alarm(self, state: ReaderState) -> bool:
        saving = self.save_state
        lines = alarm_lines(saving, state.width, state.appearance) if saving and saving.error else []
        changed = len(lines) != self.alarm_rows
        if changed:
            self.alarm.styles.height = len(lines)
            self.alarm.display = bool(lines)
        self.alarm.show(lines, state.appearance.colours.style("text", "bar"))
        return changed


def _label_of(state: ReaderState) -> str | None:
    """The label to highlight in the label bar, empty for none; `None` if letters do not label now."""
    if state.panel is not None:
        return None
    return state.mode.label if state.mode is not None else label_at(state.opened.selection)
