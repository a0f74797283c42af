"""The side panel: labels, entities, dates and history, each a list to walk and to jump from."""

from collections.abc import Generator, Sequence
from time import perf_counter
from typing import overload

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from annotations.editing.open_document import OpenDocument
from annotations.entities.identity import Proposal
from annotations.model.span import SpanKey
from tui.colours.palette import Colours
from tui.pauses import Pauses
from tui.widgets.lines import Line, LineList, Lines
from tui.widgets.panel_tabs import DatesTab, EntitiesTab, HistoryTab, LabelsTab, Tab

SLICE = 0.002
"""Seconds to spend on filling a list before keys get their turn."""
PAUSE = 0.01
"""Seconds between two slices."""
AGAIN = 0.3
"""Seconds after which a list that changed while it was filled is filled anew."""


class SidePanel(Vertical):
    """Shows one tab at a time. While `walking`, the keys walk its list instead of the text."""

    DEFAULT_CSS = """
    SidePanel { width: 36; height: 1fr; }
    SidePanel > #tabs { height: 1; width: 100%; }
    SidePanel > #entries { height: 1fr; width: 100%; }
    """

    class Resized(Message):
        """The panel has another size, or came into sight: its lines must be made anew."""

    class Listed(Message):
        """Other lines are listed now."""

    def __init__(self, pauses: Pauses) -> None:
        super().__init__(id="panel")
        self._pauses = pauses
        self._tabs = Lines("", id="tabs")
        self._list = LineList("", id="entries")
        self.all: tuple[Tab, ...] = (LabelsTab(), EntitiesTab(), DatesTab(), HistoryTab())
        self.number = 1
        self.walking = False
        self._filling: Generator[None, None, None] | None = None
        self._of: tuple[OpenDocument, Colours, Style] | None = None
        """What to list, as it was last shown: the open document, its colours, the colours around them."""
        self._again = False
        """Whether to list it again once the list is filled."""
        self._working = False
        self._jumped: tuple[int, int] = (0, 0)
        """The line jumped from last, and how many of its spans have been jumped to."""

    @property
    def tab(self) -> Tab:
        """The tab in sight."""
        return self.all[self.number]

    def on_resize(self) -> None:
        """Ask for lines of the new width."""
        self.post_message(self.Resized())

    def compose(self) -> ComposeResult:
        """The names of the tabs over the list."""
        yield self._tabs
        yield self._list

    def show(
        self,
        opened: OpenDocument,
        colours: Colours,
        base_style: Style,
        *,
        at_once: bool = False,
    ) -> None:
        """Show the tab as the open document is now: at once if asked for or quickly done, else bit by bit."""
        tabs: list[tuple[str, str]] = []
        for place, tab in enumerate(self.all):
            style = "bold reverse" if place == self.number and self.walking else "bold underline"
            tabs.append((f" {tab.name} ", style if place == self.number else "dim"))
        self._tabs.show([tabs], base_style)
        other_session = self._of is None or self._of[0] is not opened
        self._of = (opened, colours, base_style)
        if self._filling is not None and not other_session:
            # A list that is half filled is finished first, or it would never be under steady editing.
            self._again = True
            return
        self._again = False
        self._filling = self.tab.fill(opened)
        self._fill_on(self.tab, at_once=at_once)

    def turn(self, by: int) -> None:
        """Another tab, the first behind the last."""
        self.number = (self.number + by) % len(self.all)
        self._filling = None
        self._again = False
        self._jumped = (0, 0)
        self._list.show((), 0)

    @property
    def _lines_each(self) -> int:
        # A label takes two lines.
        return 2 if isinstance(self.tab, LabelsTab) else 1

    @property
    def place(self) -> tuple[int, int]:
        """Which entry of the list is chosen, counted from 1, and how many there are."""
        lines = self._lines_each
        return (self._list.chosen or 0) // lines + 1, len(self.tab) // lines

    def walk(self, by: int) -> None:
        """Up or down the list."""
        lines = self._lines_each
        if len(self.tab):
            last = (len(self.tab) - 1) // lines * lines
            self._list.choose(min(max((self._list.chosen or 0) + by * lines, 0), last))

    def jump(self) -> SpanKey | None:
        """The span to jump to from the chosen line: its first mention, then the next ones."""
        chosen = self._list.chosen
        if chosen is None or chosen >= len(self.tab):
            return None
        spans = self.tab.spans(chosen)
        if not spans:
            return None
        times = self._jumped[1] if self._jumped[0] == chosen else 0
        self._jumped = (chosen, times + 1)
        return spans[times % len(spans)]

    @property
    def entity(self) -> tuple[str, Proposal | None] | None:
        """What the entity of the chosen line is called, and what the line proposes, if it does."""
        chosen, tab = self._list.chosen, self.tab
        if chosen is None or chosen >= len(tab) or not isinstance(tab, EntitiesTab):
            return None
        return tab.called(chosen), tab.proposal(chosen)

    @property
    def plain(self) -> str:
        """The tab as text."""
        return self._list.plain

    def _fill_on(self, tab: Tab, *, at_once: bool = False) -> None:
        if not at_once and self._filling is not None and not self._pauses.have_time:
            self._fill_later(tab)
            return
        begin = perf_counter()
        while self._filling is not None and tab is self.tab:
            if not at_once and perf_counter() - begin > SLICE:
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
        """The list as it was filled last, or a sign that it is being filled."""
        if len(self.tab):
            self._show_lines()
        else:
            self._list.show([[(" …", "dim")]])

    def _show_again(self) -> None:
        # What is to be listed may be another opened by now.
        if self._of is not None:
            self.show(*self._of)

    def _show_lines(self) -> None:
        assert self._of is not None
        _, colours, base_style = self._of
        width = max(self.size.width - 1, 10)
        chosen = None
        if self.walking and len(self.tab):
            chosen = min(self._list.chosen or 0, len(self.tab) - 1)
        self._list.show(_LinesOf(self.tab, colours, width), chosen, base_style)
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


class _LinesOf(Sequence[Line]):
    """The lines of a tab, each made when it is first looked at."""

    def __init__(self, tab: Tab, colours: Colours, width: int) -> None:
        self._tab = tab
        self._colours = colours
        self._width = width

    def __len__(self) -> int:
        return len(self._tab)

    @overload
    def __getitem__(self, number: int) -> Line: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Line]: ...

    def __getitem__(self, number: int | slice) -> Line | Sequence[Line]:
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        return self._tab.line(number % len(self), self._colours, self._width)
