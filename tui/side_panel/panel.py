"""The side panel: labels, entities, dates and history, each as a list whose rows lead to the text.

It is beside the text, with an edge at its left and the current row in full at its foot. If there is no
room for that, it is a sheet under the text, with an edge above it and without a foot.
"""

from collections.abc import Callable, Generator
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from annotations.editing.open_document import OpenDocument
from annotations.entities.identity import Proposal
from annotations.model.span import SpanKey
from tui.background.pauses import Pauses
from tui.keymap import Keymap
from tui.side_panel.dates_tab import DatesTab
from tui.side_panel.history_tab import HistoryTab
from tui.side_panel.lines import (
    RowStyle,
    empty_lines,
    foot_lines,
    heading_line,
    rule_line,
    tabs_line,
)
from tui.side_panel.tabs import EntitiesTab, LabelsTab, Tab, words_about_selection
from tui.widgets.appearance import Appearance
from tui.widgets.lines import FixedLines, Line, LineList, Lines, list_style
from tui.widgets.pressable import tab_at
from tui.widgets.status import StatusParts

SLICE = 0.002
"""Seconds to spend on filling a list before keys are handled."""
PAUSE = 0.01
"""Seconds between two slices."""
AGAIN = 0.3
"""Seconds after which a list that changed while it was filled is filled again."""
ROWS_FOR_FOOT = 16
"""From this number of rows on, there is a foot under the list."""


class PanelContent(Struct, frozen=True):
    """What the panel lists, and what it is drawn with."""

    opened: OpenDocument
    appearance: Appearance
    as_sheet: bool
    """Whether it is a sheet under the text."""
    progress: str = ""
    """What the suggesters are doing; an empty list shows it, as its content may still come."""


class SidePanel(Vertical):
    """Shows one tab at a time. While `walking`, the keys act on its list instead of the text."""

    DEFAULT_CSS = """
    SidePanel { layers: below above; }
    SidePanel > #panel-edge { dock: left; width: 1; height: 100%; }
    SidePanel > #panel-tabs { height: 2; width: 100%; }
    SidePanel > #entries { height: 1fr; width: 100%; }
    SidePanel > #panel-foot { height: 7; width: 100%; }
    SidePanel.-sheet > #panel-edge { dock: top; width: 100%; height: 1; }
    SidePanel.-sheet > #panel-tabs { height: 1; }
    SidePanel.-sheet > #panel-foot, SidePanel.-low > #panel-foot { display: none; }
    """

    class Resized(Message):
        """The panel has another size, or was shown: its lines must be made again."""

    class Listed(Message):
        """Other lines are listed now."""

    def __init__(self, appearance: Appearance, keymap: Keymap, pauses: Pauses) -> None:
        super().__init__(id="panel")
        base = appearance.colours.style("text", "bar")
        self._edge = Lines(base, id="panel-edge")
        self._tabs = Lines(base, id="panel-tabs")
        self._list = LineList(list_style(appearance), id="entries")
        self._foot = Lines(base, id="panel-foot")
        dates = DatesTab(keymap.sign("filter"))
        self.all: tuple[Tab, ...] = (LabelsTab(), EntitiesTab(), dates, HistoryTab())
        self.number = 1
        self.walking = False
        self.pointed: Callable[[int | None, int | None], None] = lambda tab, line: None
        """Called with the tab or the line of the list that was clicked on."""
        self._lit = True
        self._keymap = keymap
        self._pauses = pauses
        self._filling: Generator[None, None, None] | None = None
        self._of: PanelContent | None = None
        """What the panel was last told to list."""
        self._listed = 0
        """How often something was listed."""
        self._around_drawn: tuple[object, ...] = ()
        """What the lines around the list were last made from."""
        self._again = False
        """Whether to list it again once the list is filled."""
        self._working = False
        self._jumped: tuple[int, int] = (0, 0)
        """The line of the last jump, and how many of its spans have been visited."""

    @property
    def tab(self) -> Tab:
        """The tab in sight."""
        return self.all[self.number]

    def on_resize(self) -> None:
        """Ask for lines of the new size."""
        self.set_class(self.size.height < ROWS_FOR_FOOT, "-low")
        self.post_message(self.Resized())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click on a tab shows it, one on a row makes it the current one."""
        x, y = event.screen_offset
        if event.button == 1 and self._tabs.region.contains(x, y):
            tab = tab_at(self._tabs.lines[0], x - self._tabs.region.x)
            self.pointed(tab, None)
        elif event.button == 1 and self._list.region.contains(x, y):
            line = y - self._list.region.y + self._list.scroll_offset.y
            self.pointed(None, line)

    def point(self, line: int | None) -> bool:
        """Give the list the keys, and make a row the current one; return whether it already was."""
        again = line is not None and line == self.chosen
        self.take_keys(walking=True)
        if line is not None and line < len(self.tab) and self.tab.is_row(line):
            self._choose(line)
        return again

    def compose(self) -> ComposeResult:
        """An edge; the names of the tabs over the list; the current row in full under it."""
        widgets: tuple[Widget, ...] = (self._edge, self._tabs, self._list, self._foot)
        yield from widgets

    def show(self, content: PanelContent, *, at_once: bool = False) -> None:
        """Update the tab from the open document: `at_once`, or in slices between keys."""
        other_session = self._of is None or self._of.opened is not content.opened
        self._of = content
        self.set_class(content.as_sheet, "-sheet")
        if not at_once:
            self.show_around()
        if self._filling is not None and not other_session:
            # A half filled list is finished first; otherwise steady editing would keep it from ever
            # being filled.
            self._again = True
            return
        self._again = False
        self._filling = self.tab.fill(content.opened)
        self._fill_on(self.tab, at_once=at_once)

    def set_progress(self, progress: str) -> None:
        """Note what the suggesters are doing now; an empty list shows it."""
        if self._of is not None and self._of.progress != progress:
            self._of = replace(self._of, progress=progress)
            if self.display and self._filling is None and not len(self.tab):
                self._show_lines()

    def show_around(self) -> None:
        """Bring the lines around the list up to date: edge, tabs, foot."""
        of = self._of
        if of is None or not self.display:
            return
        span = of.opened.selection.focused_span
        drawn = (
            of,
            self.size,
            self.number,
            self.walking,
            self._lit,
            self.chosen,
            self._listed,
        )
        if (*drawn, span and span.key) == self._around_drawn:
            # Most keys change nothing here.
            return
        self._around_drawn = (*drawn, span and span.key)
        style = self._row_style(of)
        colours, glyphs = style.colours, style.glyphs
        base = colours.style("text", "bar")
        has_focus = self.walking and self._lit
        edge = colours.style("mark" if has_focus else "rule")
        if of.as_sheet:
            over = colours.style("mark" if has_focus else "rule", "page")
            # A window over the panel has its own edge, perhaps in the next row.
            sign = glyphs.edge if self._lit else " "
            self._edge.show([[(sign * self.size.width, over)]], base)
        else:
            sign = glyphs.focus if has_focus else glyphs.rule
            self._edge.show([[(sign, edge)]] * self.size.height, base)
        summary = self.tab.summary if of.as_sheet else ""
        names = [tab.name for tab in self.all]
        # Without a current row, as while the list is being filled, keys act on the tabs.
        on_tabs = self.chosen is None
        line = tabs_line(names, self.number, has_focus, summary, style, lit=on_tabs)
        self._tabs.show([line], base)
        self._foot.show(self._foot_lines(of, style), base)

    def turn(self, by: int) -> None:
        """Show another tab; after the last one comes the first."""
        self.number = (self.number + by) % len(self.all)
        self._filling, self._again = None, False
        self._jumped = (0, 0)
        if self._of is not None:
            self._list.show(FixedLines(), None, list_style(self._of.appearance))

    def take_keys(self, *, walking: bool) -> None:
        """Set whether the keys act on the list from now on."""
        self.walking = walking
        if self._of is not None and len(self.tab):
            self._show_lines()
        else:
            self.show_around()

    def set_lit(self, lit: bool) -> None:
        """Set whether the next key acts on the panel, if it has the keys, or on an open window."""
        if lit != self._lit:
            self._lit = lit
            if self._of is not None and self.chosen is not None:
                self.tab.use(self._row_style(self._of))
                self._list.changed(self.chosen)
            self.show_around()

    @property
    def can_jump(self) -> bool:
        """Whether the current row stands for something in the text."""
        return self.chosen is not None and self.tab.leads_to_text(self.chosen)

    @property
    def can_walk(self) -> bool:
        """Whether there is another row."""
        chosen = self.chosen
        if chosen is None:
            return False
        return any(self._row_from(chosen + step, step) is not None for step in (1, -1))

    def walk(self, by: int) -> None:
        """Move down the list, or up if negative."""
        if self._list.chosen is None:
            return
        step, place = (1 if by > 0 else -1), self._list.chosen
        for _ in range(abs(by)):
            following = self._row_from(place + step, step)
            if following is None:
                break
            place = following
        self._choose(place)

    def jump(self) -> SpanKey | None:
        """The span to jump to from the current row: its first mention, then the next ones."""
        chosen = self.chosen
        if chosen is None:
            return None
        spans = self.tab.spans(chosen)
        if not spans:
            return None
        times = self._jumped[1] if self._jumped[0] == chosen else 0
        self._jumped = (chosen, times + 1)
        return spans[times % len(spans)]

    @property
    def entity(self) -> tuple[str, Proposal | None] | None:
        """The name of the entity in the current row, and what the row proposes, if anything."""
        chosen, tab = self.chosen, self.tab
        if chosen is None or not isinstance(tab, EntitiesTab):
            return None
        return tab.called(chosen), tab.proposal(chosen)

    @property
    def about(self) -> StatusParts:
        """The current row for the status line; if there is no current row, a note that there is nothing."""
        chosen = self.chosen
        return self.tab.about(chosen) if chosen is not None else StatusParts(said="nothing here yet")

    @property
    def plain(self) -> str:
        """The tab as text."""
        return self._list.plain

    @property
    def chosen(self) -> int | None:
        """The line of the current row, while there is one."""
        chosen = self._list.chosen
        return chosen if self.walking and chosen is not None and chosen < len(self.tab) else None

    def _row_style(self, of: PanelContent) -> RowStyle:
        width = self.size.width if of.as_sheet else self.size.width - 1
        appearance, width = of.appearance, max(width, 10)
        return RowStyle(appearance.colours, appearance.glyphs, width, of.as_sheet, lit=self._lit)

    def _row_from(self, place: int, step: int) -> int | None:
        """The first row at a line or after it, in the direction of a step."""
        while 0 <= place < len(self.tab):
            if self.tab.is_row(place):
                return place
            place += step
        return None

    def _choose(self, place: int) -> None:
        self._list.choose(place)
        if self._row_from(place - 1, -1) is None:
            # The lines above the first row cannot be chosen, so show them with it.
            self._list.scroll_into_view(0)
            self._list.scroll_into_view(place)
        self.show_around()

    def _foot_lines(self, of: PanelContent, style: RowStyle) -> list[Line]:
        if of.as_sheet or self.size.height < ROWS_FOR_FOOT:
            return []
        paragraphs = self.tab.foot(self.chosen) if self.chosen is not None else ()
        if not self.walking:
            paragraphs = words_about_selection(of.opened, style)
        return [rule_line("", style), *foot_lines(paragraphs, style)]

    def _fill_on(self, tab: Tab, *, at_once: bool = False) -> None:
        if not at_once and self._filling is not None and not self._pauses.have_time:
            self._fill_later(tab)
            return
        start = perf_counter()
        while self._filling is not None and tab is self.tab:
            if not at_once and perf_counter() - start > SLICE:
                self._fill_later(tab)
                return
            if next(self._filling, "filled") == "filled":
                self._filling = None
                self._show_lines()
        if self._filling is None and self._again:
            self._again = False
            self.set_timer(AGAIN, self._show_again)

    def _fill_later(self, tab: Tab) -> None:
        if self._list.empty:
            self._show_meanwhile()
        self.set_timer(PAUSE, lambda: self._fill_on(tab))

    def _show_meanwhile(self) -> None:
        """Show the list as it was last filled, or a sign that it is being filled."""
        if len(self.tab):
            self._show_lines()
        elif self._of is not None:
            line = heading_line(self._of.appearance.glyphs.cut, self._row_style(self._of))
            self._list.show(FixedLines([line]), None, list_style(self._of.appearance))

    def _show_again(self) -> None:
        # By now the panel may have to list another document.
        if self._of is not None:
            self.show(self._of)

    def _show_lines(self) -> None:
        assert self._of is not None
        of, tab = self._of, self.tab
        self._listed += 1
        style = self._row_style(of)
        tab.use(style)
        drawn_with = list_style(of.appearance)
        if not len(tab):
            words = of.progress or tab.empty_words(self._keymap)
            self._list.show(FixedLines(empty_lines(words, style)), None, drawn_with)
        else:
            chosen = None
            if self.walking:
                place = min(self._list.chosen or 0, len(tab) - 1)
                chosen = self._row_from(place, 1)
                chosen = self._row_from(place, -1) if chosen is None else chosen
            self._list.show(tab, chosen, drawn_with)
        self.show_around()
        self.post_message(self.Listed())
        self._work_later()

    def _work_later(self) -> None:
        if not self._working:
            self._working = True
            self.set_timer(PAUSE, self._work)

    def _work(self) -> None:
        self._working = False
        if not self._pauses.have_time:
            self._work_later()
            return
        number = self.tab.go_on()
        if number is not None:
            self._list.changed(number)
            self._work_later()
