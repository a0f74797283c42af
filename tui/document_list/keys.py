"""The keys of the list of documents: its own, and those of the reader that do the same here."""

from textual import events

from tui.keymap import Keymap
from tui.keys.terminal_keys import pressed

KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("enter",), "Open the document"),
    (("up", "down"), "Previous document, next document"),
    (("pageup", "pagedown"), "Page up, page down"),
    (("home", "end"), "First document, last document"),
    (("tab", "shift+tab"), "Next order, previous order"),
    (("ctrl+d",), "Mark the document as done, or as not done"),
    (("ctrl+l",), "Set the language of the document"),
    (("escape",), "Clear the filter; if it is empty, go back to the article"),
    (("f1",), "This list of keys"),
)
"""The keys of the list and what they do. Everything that can be read is typed."""
AS_IN_THE_READER = {
    "line_up": "up",
    "line_down": "down",
    "page_up": "pageup",
    "page_down": "pagedown",
    "to_start": "home",
    "to_end": "end",
    "accept": "enter",
    "narrow": "escape",
    "keys": "f1",
}
"""The keys of the list that do what an action of the reader does: the action's own keys do so here too,
as long as they are nothing to type."""


def list_key(event: events.Key, keymap: Keymap) -> str:
    """The key of the list that a key is: its own, or one that does the same in the reader."""
    if event.is_printable or any(event.key in keys for keys, _ in KEYS):
        return event.key
    action = keymap.action(pressed(event.key, event.character))
    return event.key if action is None else AS_IN_THE_READER.get(action.name, event.key)
