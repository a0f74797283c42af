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
"""The keys of the list and what they do. Every printable character is typed."""
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
"""Actions of the reader, with the key of the list that does the same. The action's own keys work here
too, unless they type a character.
"""


def list_key(event: events.Key, keymap: Keymap) -> str:
    """The key of the list that a pressed key stands for: itself, or the one for the same action."""
    if event.is_printable or any(event.key in keys for keys, _ in KEYS):
        return event.key
    action = keymap.action(pressed(event.key, event.character))
    return event.key if action is None else AS_IN_THE_READER.get(action.name, event.key)
