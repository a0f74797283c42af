"""Keys as a terminal sends them: one name for each, and which of them never arrive.

A terminal sends most keys as bytes that are older than keys such as Ctrl+Enter: Ctrl+I is a Tab, Ctrl+M
is Enter, Shift and Ctrl do not change Enter and Backspace, and Alt is an Esc before the key, which can be
distinguished from a real Esc only before a letter. A terminal with kitty's keyboard protocol
distinguishes them, and gives them other names. So the only keys used are those that arrive under one
name in every terminal (xterm's ctlseqs, "PC-Style Function Keys"; ECMA-48).
"""

import difflib
import string

from tui.keymap import KEY_SIGNS

_FUNCTION_KEYS = tuple(f"f{number}" for number in range(1, 13))
_NAMED = (
    *("right", "left", "up", "down", "home", "end", "pageup", "pagedown", "insert", "delete"),
    *("enter", "backspace", "tab", "space", "escape"),
    *_FUNCTION_KEYS,
)
_ALSO = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "del": "delete",
    "ins": "insert",
    "control": "ctrl",
    **{sign: name for name, sign in KEY_SIGNS.items() if len(sign) == 1 and name in _NAMED},
}
_CTRL = {
    **{letter: f"ctrl+{letter}" for letter in string.ascii_lowercase},
    "_": "ctrl+underscore",
    "/": "ctrl+underscore",
    "@": "ctrl+@",
    "space": "ctrl+@",
    "\\": "ctrl+backslash",
    "]": "ctrl+right_square_bracket",
    "^": "ctrl+circumflex_accent",
}
_SENT_AS = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+h": "Backspace", "ctrl+[": "Esc"}
_ONE_KEY = {"ctrl+slash": "ctrl+underscore", "ctrl+space": "ctrl+@"}
"""Keys that kitty's protocol distinguishes and older terminals do not."""
_WITH = {
    **dict.fromkeys(
        ("right", "left", "up", "down"), ("ctrl", "shift", "alt", "ctrl+shift", "alt+shift")
    ),
    **dict.fromkeys(("home", "end"), ("ctrl", "shift")),
    **dict.fromkeys(("pageup", "pagedown", "delete"), ("ctrl",)),
    # In xterm, F3 with a modifier looks the same as a report of the cursor's position.
    **dict.fromkeys((key for key in _FUNCTION_KEYS if key != "f3"), ("shift", "ctrl")),
    "tab": ("shift",),
}
"""The modifiers that reach a program with a key."""


def pressed(key: str, character: str | None) -> str:
    """The name of a key that was pressed, from what Textual calls it and the character it makes."""
    if character is not None and character.isprintable() and not key.startswith("alt+"):
        return "space" if character == " " else character
    return _ONE_KEY.get(key, key)


def written_key(text: str) -> str:
    """The name of a key that a person has written as `U`, `ctrl+u`, `Shift+→` or `PgUp`.

    Raises `ValueError` with the reason if it is not a key, or does not reach a program in every terminal.
    """
    if len(text) == 1 and text not in _ALSO:
        if not text.isprintable():
            raise ValueError("is not a key")
        return "space" if text == " " else text
    *words, last = [*text[:-2].split("+"), "+"] if text.endswith("++") else text.split("+")
    modifiers = {_ALSO.get(word.lower(), word.lower()) for word in words}
    if len(last) > 1 or last in _ALSO:
        last = _ALSO.get(last.lower(), last.lower())
    for word in sorted(modifiers - {"ctrl", "alt", "shift"}):
        raise ValueError(f"is not a key: {word!r} is not Ctrl, Alt or Shift, which terminals know")
    if len(last) == 1:
        return _character(last, modifiers)
    if last not in _NAMED:
        near = difflib.get_close_matches(last, _NAMED, 1)
        raise ValueError("is not a key" + (f"; did you mean {near[0]!r}?" if near else ""))
    if not modifiers:
        return last
    if (last, modifiers) == ("space", {"ctrl"}):
        return _CTRL["space"]
    # Textual names the modifiers in this order.
    together = "+".join(word for word in ("alt", "ctrl", "shift") if word in modifiers)
    if together not in _WITH.get(last, ()):
        alone = KEY_SIGNS.get(last, last.upper())
        raise ValueError(
            f"does not reach programs in every terminal; many send {alone} alone; choose another key"
        )
    return f"{together}+{last}"


def _character(char: str, modifiers: set[str]) -> str:
    if modifiers == {"ctrl"}:
        same = _SENT_AS.get(f"ctrl+{char.lower()}")
        if same:
            raise ValueError(
                f"reaches programs as {same}; terminals send the same for both; choose another key"
            )
        if char.lower() in _CTRL:
            return _CTRL[char.lower()]
    if modifiers == {"shift"}:
        raise ValueError(f"is written as the character it makes, such as {char.upper()!r}")
    if modifiers in ({"alt"}, {"alt", "shift"}) and char in string.ascii_letters:
        shift = "shift+" if "shift" in modifiers else ""
        return f"alt+{shift}{char.lower()}"
    raise ValueError("does not reach programs in every terminal; choose another key")
