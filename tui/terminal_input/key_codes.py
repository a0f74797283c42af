"""Which characters and control sequences are keys, and what Textual calls these keys.

Three ways of writing a key with modifiers are known: xterm's (`ESC [ 1 ; 5 C`), its modifyOtherKeys
(`ESC [ 27 ; 5 ; 105 ~`), and kitty's keyboard protocol (`ESC [ 105 ; 5 u`), which also reports released
keys, other layouts, and the text that a key makes. Older sequences are in Textual's table.
"""

import re
from collections.abc import Container, Sequence
from functools import lru_cache

from msgspec import Struct
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual.keys import KEY_NAME_REPLACEMENTS, _character_to_key

_EXTENDED = r"""(?x)\x1b(?: \[ | O(?=[A-DFHPQS]) )
    (?P<code>\d{0,7}) (?: :(?P<shifted>\d{0,7}) )? (?: :(?P<base>\d{0,7}) )?
    (?: ;(?P<modifiers>\d{0,3}) (?: :(?P<event>\d?) )? )?
    (?: ;(?P<text>[\d:]*) )?
    (?P<final>[u~ABCDEFHPQS])"""
"""Compiled with the first key of this form, so as not to delay the first text shown."""
_OLD_XTERM = re.compile(r"\x1bO(\d)([A-DFHP-S])")
_MODIFY_OTHER_KEYS = re.compile(r"\x1b\[27;(?P<modifiers>\d{1,3});(?P<code>\d{1,7})~")
_MODIFIERS = ("shift", "alt", "ctrl", "super", "hyper", "meta")
_SHIFT, _CTRL_OR_ALT, _CAPS_LOCK = 1, 2 | 4, 64
_PRESSED = ("", "1", "2")
"""The events of a key that are a press: no event given, a press, a repeat; 3 is a release."""
_PRIVATE_USE = range(0xE000, 0xF900)
"""The codes that kitty's protocol gives to keys that make no character."""
_KEYPAD = {
    **{57399 + digit: str(digit) for digit in range(10)},
    **dict(zip(range(57409, 57414), "./*-+", strict=True)),
    57414: "enter",
    57415: "=",
    **dict(
        zip(
            range(57417, 57427),
            ["left", "right", "up", "down", "pageup", "pagedown", "home", "end", "insert", "delete"],
            strict=True,
        )
    ),
}
_WITH_ALT = {"\x7f": "ctrl+w", "f": "ctrl+right", "b": "ctrl+left"}
"""What is sent for Alt with Backspace and, on a Mac, with the arrows."""
_CHARACTER_OF = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "space": " "}
_OLDER = {
    sequence: meaning
    for sequence, meaning in ANSI_SEQUENCES_KEYS.items()
    if sequence.startswith(("\x1b[", "\x1bO"))
    and (isinstance(meaning, str) or (isinstance(meaning, tuple) and len(meaning) == 1))
}


class Key(Struct, frozen=True):
    """A key that was pressed: Textual's name for it, and the character that it makes, if any."""

    name: str
    character: str | None = None


@lru_cache(maxsize=1024)
def typed_key(character: str) -> Key:
    """The key of a character."""
    meaning = ANSI_SEQUENCES_KEYS.get(character)
    if isinstance(meaning, tuple):
        return Key(meaning[0].value, character)
    return _of_character(meaning if isinstance(meaning, str) else character)


def key_after_escape(character: str, known: Container[str]) -> Sequence[Key]:
    """The key with Alt if it is one of the known ones, otherwise Esc and the key, as if typed quickly.

    For Alt, terminals send an Esc before the character, so the two cannot be distinguished.
    """
    key = typed_key(character)
    shift = "shift+" if key.name.isupper() else ""
    with_alt = f"alt+{shift}{key.name.lower()}"
    if with_alt in known:
        return (Key(with_alt, character),)
    if character in _WITH_ALT:
        return (Key(_WITH_ALT[character]),)
    return (typed_key("\x1b"), key)


def _of_character(character: str) -> Key:
    name = _character_to_key(character)
    return Key(KEY_NAME_REPLACEMENTS.get(name, name), character)


@lru_cache(maxsize=1024)
def sequence_keys(sequence: str) -> Sequence[Key]:
    """The keys of a control sequence: none if it is not a key that was pressed.

    There are several when text was entered at once, as input methods do.
    """
    sequence = _OLD_XTERM.sub("\x1b[1;\\1\\2", sequence)
    if match := _MODIFY_OTHER_KEYS.fullmatch(sequence):
        return _other_key(int(match["code"]), _bits(match["modifiers"]))
    if (match := re.fullmatch(_EXTENDED, sequence)) and (keys := _extended(match)) is not None:
        return keys
    meaning = _OLDER.get(sequence)
    if meaning is None:
        return ()
    if isinstance(meaning, str):
        return (_of_character(meaning),)
    assert isinstance(meaning, tuple)
    return (Key(meaning[0].value),)


def _bits(modifiers: str | None) -> int:
    return max(int(modifiers or "1") - 1, 0)


def _extended(match: re.Match[str]) -> Sequence[Key] | None:
    """The keys of a sequence in the form of xterm or kitty; `None` if it is an older one."""
    code, final = int(match["code"] or "1"), match["final"]
    name = FUNCTIONAL_KEYS.get(f"{code}{final}", "")
    if not name and final != "u":
        return None
    if (match["event"] or "") not in _PRESSED:
        return ()
    bits = _bits(match["modifiers"])
    if match["text"]:
        return tuple(_with(bits & ~3, *_name_of(char)) for char in _text(match["text"]))
    if final == "u" and code in _KEYPAD:
        name = _KEYPAD[code]
        if len(name) == 1:
            return (_with(bits, *_name_of(name)),)
    if name:
        # Keys that only change others, such as Shift itself, are named `right_shift` and the like.
        return () if "_" in name else (_with(bits, name, _CHARACTER_OF.get(name)),)
    base = int(match["base"] or 0)
    if bits & _CTRL_OR_ALT and base and code > 0x7F:
        # In another script, Ctrl and Alt combine with the letter of the same key on a Latin keyboard.
        code = base
    character = _character(code)
    if character is None:
        return ()
    shifted = _character(int(match["shifted"] or 0)) or character.upper()
    if bits & _SHIFT and not bits & _CTRL_OR_ALT and shifted != character and len(shifted) == 1:
        return (_with(bits & ~_SHIFT, *_name_of(shifted)),)
    if bits & _CAPS_LOCK and not bits & (_SHIFT | _CTRL_OR_ALT) and len(character.upper()) == 1:
        character = character.upper()
    return (_with(bits, *_name_of(character)),)


def _other_key(code: int, bits: int) -> Sequence[Key]:
    """A key of modifyOtherKeys, whose code is that of the character with Shift applied."""
    if name := FUNCTIONAL_KEYS.get(f"{code}u", ""):
        return (_with(bits, name, _CHARACTER_OF.get(name)),)
    character = _character(code)
    if character is None:
        return ()
    if bits & _CTRL_OR_ALT:
        character = character.lower() if len(character.lower()) == 1 else character
    elif character != " ":
        bits &= ~_SHIFT
    return (_with(bits, *_name_of(character)),)


def _text(codes: str) -> str:
    characters = (_character(int(code)) for code in codes.split(":") if 0 < len(code) < 8)
    return "".join(char for char in characters if char)


def _character(code: int) -> str | None:
    """The character of a code, if it can be typed."""
    if code < 0x20 or 0x7F <= code < 0xA0 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return None
    return None if code in _PRIVATE_USE else chr(code)


def _name_of(character: str) -> tuple[str, str]:
    key = _of_character(character)
    return key.name, character


def _with(bits: int, name: str, character: str | None) -> Key:
    """A key with its modifiers, as Textual names them: `alt+shift+a`. A key with modifiers has no character."""
    modifiers = sorted(word for bit, word in enumerate(_MODIFIERS) if bits & 1 << bit)
    return Key("+".join([*modifiers, name]), None if modifiers else character)
