"""Which key belongs to which action, and how keys are written for people."""

from collections.abc import Container

from tui.action import Action

KEY_SIGNS = {
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
    "enter": "Enter",
    "backspace": "Backspace",
    "delete": "Delete",
    "tab": "Tab",
    "space": "Space",
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "insert": "Ins",
    "underscore": "_",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
}


class Keymap:
    """The actions and their keys."""

    def __init__(self, actions: tuple[Action, ...]) -> None:
        self.actions = actions
        self._by_key = {key: action for action in actions for key in action.keys}

    @property
    def keys(self) -> Container[str]:
        """All keys of actions; keys of labels are not among them."""
        return self._by_key.keys()

    def action(self, key: str) -> Action | None:
        """The action of a key; `None` for any other key, also the key of a label."""
        return self._by_key.get(key)

    def named(self, name: str) -> Action:
        """The action with this name, which must exist, with its keys in this keymap."""
        return next(action for action in self.actions if action.name == name)

    def sign(self, name: str) -> str:
        """The first key of an action as people read it; empty if it has none."""
        keys = self.named(name).keys
        return key_sign(keys[0]) if keys else ""


def key_sign(key: str) -> str:
    """A key as people read it: `Shift+→`, `Ctrl+P`, `F2`."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    last = KEY_SIGNS.get(last, last.upper() if last[1:].isdigit() and last[0] == "f" else last)
    if modifiers and len(last) == 1:
        last = last.upper()
    return "+".join([*(word.capitalize() for word in modifiers), last])
