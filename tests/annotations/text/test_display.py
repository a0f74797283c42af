import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.display import escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Inês 東京 😀 “x” a\\b", "Inês 東京 😀 “x” a\\b"),
        ("a\x1b]0;x\x07b\n.txt", "a\\x1b]0;x\\x07b\\n.txt"),
        ("\r\t\x7f\x00", "\\r\\t\\x7f\\x00"),
        ("\x85\x9b2J\u2028\u2029", "\\x85\\x9b2J\\u2028\\u2029"),
        ("\u202egpj.exe\u2066\u200f\u061c", "\\u202egpj.exe\\u2066\\u200f\\u061c"),
        ("\ufeff\u200b\xad\xa0\U000e0041", "\\ufeff\\u200b\\xad\\xa0\\U000e0041"),
        (os.fsdecode(b"caf\xe9.txt"), "caf\\xe9.txt"),
        ("\ud83d", "\\ud83d"),
    ],
)
def test_what_is_not_seen_as_a_sign_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_escaped_can_drive_a_terminal_or_fail_to_be_encoded(text: str) -> None:
    shown = escaped(text)
    assert shown.isprintable()
    assert escaped(shown) == shown
    shown.encode("utf-8")
    if text.isprintable():
        assert shown == text
