"""The side panel: labels, entities, dates and history, each a list to walk and to jump from."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from annotations.session import Session
from annotations.span import SpanKey
from tui.cells import displayable
from tui.theme import LabelColours
from tui.widgets.lines import Line, LineList, Lines

MOST_EDITS = 200
"""How many edits the history shows, the latest first; `annotate log` has them all."""
TABS = ("Labels", "Entities", "Dates", "History")


@dataclass(frozen=True)
class Entry:
    """One line of a tab and the spans one can jump to from it."""

    line: Line
    spans: tuple[SpanKey, ...] = ()


class SidePanel(Vertical):
    """Shows one tab at a time. While `walking`, the keys walk its list instead of the text."""

    DEFAULT_CSS = """
    SidePanel { width: 36; height: 1fr; }
    SidePanel > #tabs { height: 1; width: 100%; }
    SidePanel > #entries { height: 1fr; width: 100%; }
    """

    class Resized(Message):
        """The panel has another size, or came into sight: its lines must be made anew."""

    def __init__(self) -> None:
        super().__init__(id="panel")
        self._tabs = Lines("", id="tabs")
        self._list = LineList("", id="entries")
        self.tab = TABS.index("Entities")
        self.walking = False
        self.entries: Sequence[Entry] = ()
        self._next_mention = 0

    def on_resize(self) -> None:
        """Ask for lines of the new width."""
        self.post_message(self.Resized())

    def compose(self) -> ComposeResult:
        """The names of the tabs over the list."""
        yield self._tabs
        yield self._list

    def show(self, session: Session, colours: dict[str, LabelColours], ground: str) -> None:
        """Show the tab as the session is now."""
        name = TABS[self.tab]
        width = max(self.size.width - 1, 10)
        self.entries = _ENTRIES[name](session, colours, width)
        tabs: list[tuple[str, str]] = []
        for place, tab in enumerate(TABS):
            style = "bold reverse" if place == self.tab and self.walking else "bold underline"
            tabs.append((f" {tab} ", style if place == self.tab else "dim"))
        self._tabs.show([tabs], ground)
        chosen = self._list.chosen
        if not self.walking:
            chosen = None
        elif self.entries:
            chosen = min(chosen or 0, len(self.entries) - 1)
        self._list.show([entry.line for entry in self.entries], chosen, ground)

    def turn(self, by: int) -> None:
        """Another tab, the first behind the last."""
        self.tab = (self.tab + by) % len(TABS)
        self._list.chosen = 0
        self._next_mention = 0

    def walk(self, by: int) -> None:
        """Up or down the list."""
        if self.entries:
            here = self._list.chosen or 0
            self._list.choose(min(max(here + by, 0), len(self.entries) - 1))
            self._next_mention = 0

    def jump(self) -> SpanKey | None:
        """The span to jump to from the chosen line: its first mention, then the next ones."""
        if self._list.chosen is None or self._list.chosen >= len(self.entries):
            return None
        spans = self.entries[self._list.chosen].spans
        if not spans:
            return None
        key = spans[self._next_mention % len(spans)]
        self._next_mention += 1
        return key

    @property
    def plain(self) -> str:
        """The tab as text."""
        return self._list.plain


def _label_entries(session: Session, colours: dict[str, LabelColours], width: int) -> list[Entry]:
    entries = []
    for label in session.scheme:
        spans = session.annotations.spans
        counts = f"{spans.count(label.name, 'accepted')}/{spans.count(label.name, 'suggested')}"
        look = colours[label.name]
        room = max(width - len(counts) - 5, 4)
        line = [
            (f" {label.key or '·'} ", f"bold {look.on_back} on {look.back}"),
            (" " + set_cell_size(displayable(label.name), room), look.fore),
            (counts, ""),
        ]
        entries.append(Entry(line))
        if label.definition:
            definition = displayable(label.definition)
            entries.append(Entry([("    " + set_cell_size(definition, width - 4), "dim")]))
    return entries


def _entity_entries(session: Session, colours: dict[str, LabelColours], width: int) -> list[Entry]:
    from annotations.overview import entity_groups

    entries = []
    for group in entity_groups(session.text, session.annotations.spans):
        label = displayable("/".join(group.labels))
        count = f"{len(group.mentions)}"
        room = max(width - cell_len(label) - len(count) - 3, 4)
        name = set_cell_size(displayable(group.name), room)
        conflict = len(group.labels) > 1
        look = colours[group.labels[0]]
        line = [
            (" " + name + " ", "bold" if not group.undecided else ""),
            (label, "bold reverse" if conflict else look.fore),
            (f" {count}", "dim"),
        ]
        entries.append(Entry(line, group.mentions))
    return entries


def _date_entries(session: Session, colours: dict[str, LabelColours], width: int) -> list[Entry]:
    from annotations.overview import date_entries

    entries = []
    for entry in date_entries(session.text, session.annotations.spans, session.creation_time):
        value = set_cell_size(entry.value or "no value", 12)
        words = set_cell_size(displayable(entry.expression), max(width - 14, 4))
        style = "bold" if entry.decided else ""
        entries.append(Entry([(" " + value + " ", style), (words, "dim")], (entry.span,)))
    return entries


def _history_entries(session: Session, colours: dict[str, LabelColours], width: int) -> list[Entry]:
    from annotations.history import describe

    entries = []
    for edit in session.annotations.undo[: -MOST_EDITS - 1 : -1]:
        spans = [change.after or change.before for change in edit.changes]
        there = tuple(span.key for span in spans if span and span.key in session.annotations.spans)
        said = f" {edit.at[11:16]} {describe(edit, session.text)}"
        entries.append(Entry([(set_cell_size(displayable(said), width), "")], there))
    return entries


_ENTRIES = {
    "Labels": _label_entries,
    "Entities": _entity_entries,
    "Dates": _date_entries,
    "History": _history_entries,
}
