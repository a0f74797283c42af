"""What keys do while the side panel has them, and what the hints say then."""

from collections.abc import Callable

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.entities.identity import Proposal
from tui.keymap import Keymap, key_sign
from tui.side_panel.panel import SidePanel
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints, sign_of


def panel_hints(panel: SidePanel, opened: OpenDocument, keymap: Keymap, appearance: Appearance) -> Hints:
    """The keys of the panel and what they do."""

    def hint(words: str, *names: str) -> Hint:
        signs = [sign_of(name, keymap, appearance.glyphs) for name in names]
        return Hint(" ".join(sign for sign in signs if sign), words, names[0])

    hints = []
    if panel.entity is not None:
        proposal = panel.entity[1]
        if proposal is not None or opened.selection.focused_span is not None:
            hints.append(hint("join", "join_or_leave"))
        if proposal is not None:
            hints.append(hint("refuse", "reject"))
    if panel.can_jump:
        hints.append(hint("show in text", "accept"))
    if panel.can_walk:
        hints.append(hint("walk", "line_up", "line_down"))
    if panel.can_jump:
        hints.append(hint("value", "value"))
    hints += [hint("other list", "previous_word", "next_word"), hint("close", "side_panel")]
    return Hints(
        hints,
        mode=panel.tab.name.upper(),
        way_out=hint("back to the text", "narrow"),
        help=hint("keys", "keys"),
    )


class PanelKeys:
    """Reads keys for the side panel."""

    def __init__(self, panel: SidePanel, keymap: Keymap, update_panel: Callable[[], None]) -> None:
        """`update_panel` brings the panel up to date."""
        self._panel = panel
        self._keymap = keymap
        self._list_anew = update_panel

    def press(self, key: str, opened: OpenDocument) -> Outcome | None:
        """Do what a key does here; `None` if the panel does not use the key."""
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
            self.show_in_text(opened)
        elif action == "value" and panel.can_jump:
            # The action asks about the selection: select what the row stands for.
            self.show_in_text(opened)
            return None
        elif action == "narrow":
            panel.take_keys(walking=False)
        elif action in ("join_or_leave", "reject") and panel.entity is not None:
            outcome = _decide_entity(opened, *panel.entity, joined=action == "join_or_leave")
            self._list_anew()
            return outcome
        elif found is None or action == "reject":
            # Letters label, and Backspace rejects, what is selected in the text: not from here.
            back = self._keymap.sign("narrow")
            return Outcome(
                message=f"{key_sign(key)} does nothing in the side panel; {back} goes back to the text."
            )
        else:
            return None
        return Outcome()

    def show_in_text(self, opened: OpenDocument) -> None:
        """Select in the text what the row stands for: its first mention, then the next ones."""
        span = self._panel.jump()
        if span is not None and span in opened.session.annotations.spans:
            opened.selection.select_span(span)


def _decide_entity(
    opened: OpenDocument, name: str, proposal: Proposal | None, *, joined: bool
) -> Outcome:
    """Join or refuse what a line of the panel proposes; or join the mention to the line's entity."""
    linking = opened.entity_linking
    if proposal is not None:
        return linking.join(proposal) if joined else linking.refuse(proposal)
    if joined:
        return linking.join_to(name)
    return Outcome(message="Only a proposal can be rejected here.")
