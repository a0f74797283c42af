"""What the hints and the status line say while the side panel has the keys."""

from tui.keymap import Keymap
from tui.widgets.lines import Line
from tui.widgets.panel_tabs import EntitiesTab
from tui.widgets.side_panel import SidePanel


def panel_hints(panel: SidePanel, keymap: Keymap) -> list[tuple[str, str]]:
    """The keys of the panel and what they do."""
    rows = f"{keymap.sign('line_down')} {keymap.sign('line_up')}"
    tabs = f"{keymap.sign('previous_word')} {keymap.sign('next_word')}"
    hints = [(keymap.sign("accept"), "go there"), (rows, "walk"), (tabs, "other lists")]
    if isinstance(panel.tab, EntitiesTab):
        hints += [(keymap.sign("join_or_leave"), "join"), (keymap.sign("reject"), "refuse")]
    return [
        (keymap.sign("narrow"), "back to the text"),
        *hints,
        (keymap.sign("side_panel"), "close"),
        (keymap.sign("keys"), "keys"),
        (keymap.sign("quit"), "leave"),
    ]


def panel_status(panel: SidePanel, keymap: Keymap) -> Line:
    """That the panel has the keys, where one is in its list, and how to get back to the text."""
    place = f"{panel.place[0]} of {panel.place[1]}" if panel.place[1] else "nothing yet"
    back = keymap.sign("narrow")
    return [
        (" ", ""),
        (f" {panel.tab.name} ", "bold reverse"),
        (f" {place}; {back}: back to the text ", "bold"),
    ]
