"""What a person can do and the keys that do it: one registry for bindings, hints, help and palette.

Lower-case letters and digits belong to labels. Nothing needs a key that plain terminals, tmux or ssh do
not deliver. A key is written as its character (`U`, `<`) or its name (`enter`, `shift+right`, `f2`).
"""

from collections.abc import Mapping

from msgspec import Struct

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


class Action(Struct, frozen=True):
    """Something a person can do: its name in `annotate.toml`, its keys, what it does in plain words."""

    name: str
    keys: tuple[str, ...]
    group: str
    does: str
    hint: str = ""
    """One or two words for the line of hints."""


ACTIONS = (
    Action("next_word", ("right",), "Move", "Next word"),
    Action("previous_word", ("left",), "Move", "Previous word"),
    Action("line_down", ("down",), "Move", "Line down, in the same column"),
    Action("line_up", ("up",), "Move", "Line up, in the same column"),
    Action("next_sentence", ("ctrl+right",), "Move", "Sentence on"),
    Action("previous_sentence", ("ctrl+left",), "Move", "Sentence back"),
    Action("page_down", ("pagedown",), "Move", "Page down"),
    Action("page_up", ("pageup",), "Move", "Page up"),
    Action("to_start", ("home", "ctrl+home"), "Move", "To the start of the article"),
    Action("to_end", ("end", "ctrl+end"), "Move", "To the end of the article"),
    Action("next_span", ("tab",), "Move", "Next span, selecting it", "next span"),
    Action("previous_span", ("shift+tab",), "Move", "Previous span, selecting it"),
    Action("next_undecided", ("space",), "Move", "Next suggestion still to decide", "next to decide"),
    Action("search", ("/",), "Find", "Search as you type; \\ begins a regular expression", "search"),
    Action("next_match", ("N",), "Find", "Next match of the search"),
    Action("previous_match", ("P",), "Find", "Previous match of the search"),
    Action("grow_right", ("shift+right", "."), "Select", "Grow at the right", "grow"),
    Action("shrink_right", ("shift+left", ","), "Select", "Shrink at the right", "shrink"),
    Action("grow_left", ("<",), "Select", "Grow at the left"),
    Action("shrink_left", (">",), "Select", "Shrink at the left"),
    Action("toggle_characters", ("'",), "Select", "Step by character instead of by word, or back"),
    Action("narrow", ("escape",), "Select", "Let the selection, or the span around, go", "word only"),
    Action("label_list", (";",), "Decide", "Label from a list of all labels", "all labels"),
    Action("accept", ("enter",), "Decide", "Accept and go on to the next", "accept"),
    Action("reject", ("backspace", "delete"), "Decide", "Reject or remove, and go on", "reject"),
    Action(
        "accept_paragraph", ("A",), "Decide", "Accept what is left in the paragraph", "accept all here"
    ),
    Action("accept_document", (), "Decide", "Accept what is left in the document"),
    Action("propagate", ("*",), "Decide", "All other mentions alike: preview first", "all mentions"),
    Action("toggle_case", ("C",), "Decide", "In that preview: upper and lower case alike, or not"),
    Action("toggle_decided_too", ("O",), "Decide", "In that preview: decided mentions too, or not"),
    Action("comment", ('"',), "Decide", "Comment on the span, or the document", "comment"),
    Action("toggle_flag", ("F",), "Decide", "Flag the span or the document"),
    Action("filter", ("f5",), "Decide", "Choose which suggestions to decide about"),
    Action("value", ("=",), "Decide", "Value of a date; name or id of an entity", "value"),
    Action(
        "join_or_leave", ("J",), "Decide", "One entity with what is likely the same, or not any more"
    ),
    Action("article_date", ("@",), "Decide", "The article's own date"),
    Action("mark_done", ("D",), "Decide", "Mark the document as done: the rest is no entity", "done"),
    Action("undo", ("U",), "Decide", "Undo, also after a restart", "undo"),
    Action("redo", ("R", "ctrl+r"), "Decide", "Redo"),
    Action("side_panel", ("f2",), "Show", "Side panel", "panel"),
    Action("next_tab", ("f4",), "Show", "Next tab of the side panel"),
    Action("label_rows", ("f3",), "Show", "Label names under the text", "names"),
    Action("guidelines", ("G",), "Show", "Guidelines, at the label of the span", "guidelines"),
    Action("keys", ("?", "f1"), "Show", "This list of keys", "keys"),
    Action("palette", ("ctrl+p",), "Show", "Command palette"),
    Action("theme", (), "Show", "Choose a theme"),
    Action("screenshot", (), "Show", "Write the screen to an SVG file"),
    Action("save_again", ("ctrl+s",), "Save", "Try again to save what could not be saved"),
    Action("save_elsewhere", (), "Save", "Save to another database file"),
    Action("suspend", ("ctrl+z",), "Leave", "Back to the shell for a while; fg returns"),
    Action("quit", ("ctrl+q",), "Leave", "Leave (there is nothing to save: it is saved)", "leave"),
)

BY_NAME: Mapping[str, Action] = {action.name: action for action in ACTIONS}


class Keymap:
    """Which key does what."""

    def __init__(self, actions: tuple[Action, ...] = ACTIONS) -> None:
        self.actions = actions
        self._by_key = {key: action for action in actions for key in action.keys}

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
