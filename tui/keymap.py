"""Which key does what, and how keys are written for people."""

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
    """Which key does what."""

    def __init__(self, actions: tuple[Action, ...]) -> None:
        self.actions = actions
        self._by_key = {key: action for action in actions for key in action.keys}

    @property
    def keys(self) -> Container[str]:
        """All keys that do something, apart from labels."""
        return self._by_key.keys()

    def action(self, key: str) -> Action | None:
        """What a key does, apart from labels."""
        return self._by_key.get(key)

    def named(self, name: str) -> Action:
        """An action with the keys it has in this keymap. Raises `KeyError`."""
        return next(action for action in self.actions if action.name == name)

    def sign(self, name: str) -> str:
        """The first key of an action as people read it, or nothing when it has none."""
        keys = self.named(name).keys
        return key_sign(keys[0]) if keys else ""


def key_sign(key: str) -> str:
    """A key as people read it: `Shift+→`, `Ctrl+P`, `F2`."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    last = KEY_SIGNS.get(last, last.upper() if last[1:].isdigit() and last[0] == "f" else last)
    if modifiers and len(last) == 1:
        last = last.upper()
    return "+".join([*(word.capitalize() for word in modifiers), last])
