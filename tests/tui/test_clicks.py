"""A click does what the words under it say: in hints, label bar, tabs and rows of the panel, and sheets."""

import pytest
from rich.cells import cell_len

from annotations.model.label_scheme import Label, with_keys
from tests.tui.conftest import Open, Screen
from tui.colours.glyphs import ASCII, UNICODE
from tui.widgets.pressable import key_of_sign


async def click(screen: Screen, words: str, row: int | None = None, at: int = 0) -> None:
    """Click on words: in the given row of the screen, or else in the first row that has them."""
    rows = screen.rows
    y = row % len(rows) if row is not None else next(y for y, text in enumerate(rows) if words in text)
    assert words in rows[y]
    await screen.pilot.click(offset=(cell_len(rows[y][: rows[y].index(words)]) + at, y))
    await screen.pilot.pause()
    await screen.pilot.pause()


@pytest.mark.parametrize(
    ("sign", "key"),
    [
        ("⌫", "backspace"),
        ("⇧→", "shift+right"),
        ("Enter", "enter"),
        ("Ctrl+P", "ctrl+p"),
        ("Space", "space"),
        ("*", "*"),
        ("F2", "f2"),
        *((nothing, "") for nothing in ("a-z", "0-9", "type", "")),
    ],
)
def test_the_key_of_a_sign(sign: str, key: str) -> None:
    assert key_of_sign(sign, UNICODE) == key
    assert key_of_sign("BS", ASCII) == "backspace"
    assert key_of_sign("S-→", ASCII) == "shift+right"


async def test_hints_are_pressed(open_article: Open) -> None:
    async with open_article(size=(110, 24)) as screen:
        await click(screen, "Space", -1)
        assert screen.focus == "Lisbon"
        await click(screen, "accept", -1)
        assert screen.spans[0] == ("Lisbon", "GPE", "accepted")
        await click(screen, "⌫", -1)
        assert ("Rotterdam", "GPE", "rejected") in screen.spans
        await click(screen, "U undo", -1)
        assert ("Rotterdam", "GPE", "suggested") in screen.spans
        before = screen.spans
        await screen.press("right", "left")
        await click(screen, "a-z", -1)
        assert screen.spans == before
        await click(screen, "? keys", -1)
        assert "KEYS" in screen.rows[-1]
        await click(screen, "Esc", -1)
        assert screen.app.screen is screen.app.reader


async def test_of_two_keys_each_is_pressed_and_the_words_are_the_first(open_article: Open) -> None:
    async with open_article(size=(80, 24)) as screen:
        await screen.press("f2", "down")
        await screen.settle()
        status = screen.rows[-2]
        await click(screen, "↑ ↓ walk", -1, 2)
        down = screen.rows[-2]
        assert down != status
        await click(screen, "↑ ↓ walk", -1)
        assert screen.rows[-2] == status
        await click(screen, "walk", -1)
        assert screen.rows[-2] != status


async def test_the_label_bar_labels_where_letters_do(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("space")
        await click(screen, "ORG", -3)
        assert screen.spans[0] == ("Lisbon", "ORG", "accepted")
        before = screen.spans
        await screen.press("f2")
        await screen.settle()
        await click(screen, "PERSON", -3)
        assert screen.spans == before


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_tabs_and_rows_of_the_panel(open_article: Open, size: tuple[int, int]) -> None:
    async with open_article(size=size) as screen:
        panel = screen.app.reader.panel
        if size[0] < 100:
            await screen.press("f2", "escape")
        await screen.settle()
        await click(screen, "Dates")
        await screen.settle()
        assert (panel.tab.name, panel.walking) == ("Dates", True)
        assert "DATES" in screen.rows[-1]
        await click(screen, "Labels")
        await screen.settle()
        assert panel.tab.name == "Labels"
        row = next(y for y in range(panel.region.y, size[1] - 3) if " g GPE" in screen.rows[y])
        place = (screen.rows[row].index("GPE", panel.region.x), row)
        await screen.pilot.click(offset=place)
        await screen.settle()
        assert screen.rows[-2].strip().startswith("GPE  0 accepted, 2 to decide")
        await screen.pilot.click(offset=place)
        await screen.settle()
        assert screen.focus == "Lisbon"
        await click(screen, "Harbour talks")
        assert not panel.walking
        assert "DATES" not in screen.rows[-1]


async def test_keys_of_other_scripts_label_and_are_in_the_hints_and_can_be_clicked(
    open_article: Open,
) -> None:
    scheme = with_keys((Label("GPE", "п"), Label("場所", "名"), Label("WHO")))
    async with open_article(scheme=scheme, suggested=[("Lisbon", "GPE"), ("Duarte", "WHO")]) as screen:
        assert screen.rows[-3] == " п GPE  名 場所  w WHO"
        await screen.press("space")
        assert "a-z п 名 relabel" in screen.rows[-1]
        await screen.press("名")
        assert screen.spans[0] == ("Lisbon", "場所", "accepted")
        await screen.press("home", "tab", "п")
        assert screen.spans[0] == ("Lisbon", "GPE", "accepted")
        await screen.press("home", "tab")
        await click(screen, "名 relabel", -1)
        assert screen.spans[0] == ("Lisbon", "場所", "accepted")
        before = screen.spans
        await screen.press("П")
        assert screen.spans == before
        assert "guidelines" in screen.rows[-1], (
            "capitals of every script are commands: П is the key of G"
        )


async def test_a_sheet_is_answered(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("space", "semicolon", *"org")
        await click(screen, "Enter", -1)
        assert screen.spans[0] == ("Lisbon", "ORG", "accepted")
