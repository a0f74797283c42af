import re

import pytest
from textual import events

from tui.actions import ACTIONS
from tui.keymap import key_sign
from tui.keys.terminal_keys import pressed, written_key
from tui.terminal_input.parser import TerminalParser


def arrives(sequence: str) -> list[str]:
    """The keys in what a terminal sends, by the names of the keymap."""
    parser = TerminalParser(alt_keys=("alt+x", "alt+shift+x", "alt+p"))
    tokens = [*parser.feed(sequence.encode()), *parser.give_up()]
    return [pressed(t.key, t.character) for t in tokens if isinstance(t, events.Key)]


@pytest.mark.parametrize(
    ("person", "sent"),
    [
        ("U", "U"),
        ("é", "é"),
        ("<", "<"),
        ("+", "+"),
        ("space", " "),
        ("Enter", "\r"),
        ("Esc", "\x1b[27u"),
        ("backspace", "\x7f"),
        ("Tab", "\t"),
        ("shift+tab", "\x1b[Z"),
        ("Shift+→", "\x1b[1;2C"),
        ("ctrl+left", "\x1b[1;5D"),
        ("shift+ctrl+up", "\x1b[1;6A"),
        ("PgUp", "\x1b[5~"),
        ("del", "\x1b[3~"),
        ("F2", "\x1bOQ"),
        ("ctrl+f5", "\x1b[15;5~"),
        ("Ctrl+U", "\x15"),
        ("ctrl+j", "\n"),
        ("ctrl+_", "\x1f"),
        ("ctrl+/", "\x1f"),
        ("ctrl+/", "\x1b[47;5u"),
        ("ctrl+space", "\x00"),
        ("ctrl+space", "\x1b[32;5u"),
        ("ctrl+\\", "\x1c"),
        ("ctrl+]", "\x1d"),
        ("alt+x", "\x1bx"),
        ("Alt+X", "\x1bx"),
        ("alt+shift+x", "\x1bX"),
    ],
)
def test_a_key_is_written_as_it_arrives(person: str, sent: str) -> None:
    assert arrives(sent) == [written_key(person)]


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("ctrl+i", "Tab"),
        ("ctrl+M", "Enter"),
        ("ctrl+h", "Backspace"),
        ("ctrl+[", "Esc"),
        ("ctrl+enter", "Enter alone"),
        ("shift+enter", "Enter alone"),
        ("alt+enter", "Enter alone"),
        ("ctrl+backspace", "Backspace alone"),
        ("shift+space", "Space alone"),
        ("ctrl+tab", "Tab alone"),
        ("shift+pageup", "PgUp alone"),
        ("shift+f3", "every terminal"),
        ("shift+u", "'U'"),
        ("ctrl+1", "every terminal"),
        ("ctrl++", "every terminal"),
        ("ctrl+shift+u", "every terminal"),
        ("ctrl+alt+u", "every terminal"),
        ("alt+<", "every terminal"),
        ("alt+1", "every terminal"),
        ("super+u", "'super'"),
        ("entr", "did you mean 'enter'"),
        ("f13", "is not a key"),
        ("\x07", "is not a key"),
        ("", "is not a key"),
        ("UU", "is not a key"),
    ],
)
def test_a_key_that_does_not_arrive_is_refused_with_the_reason(person: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        written_key(person)


def test_alt_with_a_letter_is_not_the_letter() -> None:
    assert arrives("\x1bp") == ["alt+p"]


def test_every_key_is_written_as_it_is_shown() -> None:
    for action in ACTIONS:
        for key in action.keys:
            assert written_key(key) == key == written_key(key_sign(key))
