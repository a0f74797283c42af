"""What keys do while they walk the side panel, and what the hints and the status line say then."""

from collections.abc import Callable

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.entities.identity import Proposal
from tui.keymap import Keymap, key_sign
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


class PanelKeys:
    """Reads keys for the side panel."""

    def __init__(self, panel: SidePanel, keymap: Keymap, list_anew: Callable[[], None]) -> None:
        """`list_anew` brings the panel up to date."""
        self._panel = panel
        self._keymap = keymap
        self._list_anew = list_anew

    def press(self, key: str, opened: OpenDocument) -> Outcome | None:
        """Do what a key does here; `None` when it is none of the panel's."""
        panel = self._panel
        found = self._keymap.action(key)
        action = found.name if found else ""
        steps = {"line_down": 1, "line_up": -1, "page_down": 10, "page_up": -10}
        tabs = {"next_word": 1, "next_span": 1, "previous_word": -1, "previous_span": -1}
        if action in steps:
            panel.walk(steps[action])
        elif action in tabs:
            panel.turn(tabs[action])
            self._list_anew()
        elif action == "accept":
            span = panel.jump()
            if span is not None and span in opened.session.annotations.spans:
                opened.selection.select_span(span)
        elif action == "narrow":
            panel.walking = False
            self._list_anew()
        elif action in ("join_or_leave", "reject") and panel.entity is not None:
            outcome = _decide_entity(opened, *panel.entity, joined=action == "join_or_leave")
            self._list_anew()
            return outcome
        elif found is None or action == "reject":
            # Letters label, and Backspace rejects, what stands in the text behind: not from here.
            back = self._keymap.sign("narrow")
            return Outcome(
                message=f"{key_sign(key)} is no key of the side panel; {back} goes back to the text."
            )
        else:
            return None
        return Outcome()


def _decide_entity(
    opened: OpenDocument, name: str, proposal: Proposal | None, *, joined: bool
) -> Outcome:
    """Join or refuse what a line of the panel proposes; or join the mention to the line's entity."""
    linking = opened.entity_linking
    if proposal is not None:
        return linking.join(proposal) if joined else linking.refuse(proposal)
    if joined:
        return linking.join_to(name)
    return Outcome(message="Only a proposal can be refused here.")
