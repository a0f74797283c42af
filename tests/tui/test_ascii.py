"""With the ASCII signs, only ASCII is drawn around an ASCII text, in every mode and window."""

from pathlib import Path

import pytest

from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.memory_writer import MemoryWriter

TEXT = ARTICLE.encode("ascii", "replace").decode()
SUGGESTED = [("Lisbon", "GPE"), ("Rotterdam", "GPE"), ("Tuesday", "DATE"), ("March 2, 2021", "DATE")]
KEYS = (
    *("space", "U", "enter", "U", "R", "backspace", "U", "p", "U", "F", "U", "A", "U"),
    *("right", "less_than_sign", "shift+right", "apostrophe", "apostrophe", "escape", "ctrl+t", "1"),
    *(
        "f2",
        "down",
        "1",
        "enter",
        "f2",
        "f4",
        "down",
        "f4",
        "f4",
        "escape",
        "f2",
        "f2",
        "f3",
        "f3",
        "f3",
    ),
    *("slash", "L", "i", "down", "enter", "slash", "backslash", "left_parenthesis", "escape"),
    *("home", "tab", "asterisk", "tab", "backspace", "C", "escape"),
    *("semicolon", "a", "down", "escape", "equals_sign", "x", "escape", "at", "x", "escape"),
    *(
        "quotation_mark",
        "o",
        "h",
        "enter",
        "f5",
        "escape",
        "ctrl+p",
        "s",
        "escape",
        "G",
        "down",
        "escape",
    ),
    *("question_mark", "pagedown", "pagedown", "pagedown", "escape", "end", "D", "escape", "D", "D"),
)


def check(screen: Screen, key: str) -> None:
    odd = [row for row in screen.rows if not row.isascii()]
    assert not odd, (key, odd)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_every_sign_is_of_ascii(open_article: Open, tmp_path: Path, size: tuple[int, int]) -> None:
    guidelines = tmp_path / "guidelines.md"
    guidelines.write_text("# DATE\n\n- A day.\n\n> Not a year.\n", "utf-8")
    writer = MemoryWriter(lambda state: None)
    async with open_article(
        TEXT, size=size, suggested=SUGGESTED, glyphs="ascii", guidelines=guidelines, writer=writer
    ) as screen:
        for key in KEYS:
            await screen.press(key)
            check(screen, key)
        writer.error = "The disk is full."
        await screen.press("U", "right")
        await screen.settle()
        check(screen, "NOT SAVED")
        assert "NOT SAVED" in screen.rows[0]
        await screen.press("ctrl+q")
        await screen.settle()
        check(screen, "leaving")
        writer.error = ""
        await screen.press("escape")
