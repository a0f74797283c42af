"""The lamp is where the next key acts, and the label bar shows whether letters label there."""

import pytest

from tests.tui.conftest import Open
from tests.tui.lamp import Lit, Place, check_lamp, lamps, lit

SIZES = {"as a sheet": (80, 24), "beside": (120, 40)}


async def test_the_lamp_is_where_the_next_key_acts(open_article: Open) -> None:
    async with open_article() as screen:
        for key in ("space", "enter", "*", "tab", "escape", "/", "d", "u", "enter"):
            await screen.press(key)
            check_lamp(screen)
        await screen.press("D", "D")
        check_lamp(screen)
        assert lit(screen) == []
        await screen.press("tab")
        assert [one.place for one in lit(screen)] == ["text"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_leaves_the_lamp_and_the_keys_of_labels_where_they_were(
    size: str, open_article: Open
) -> None:
    async with open_article(size=SIZES[size]) as screen:
        await screen.press("tab", "f2", "escape", "f2")
        await screen.settle()
        (before,), status = lit(screen), screen.rows[-2]
        assert before.place == "panel"
        await screen.press("D")
        assert "Done?" in screen.rows[-1]
        assert (lit(screen), screen.rows[-2]) == ([before], status)
        check_lamp(screen)
        spans = screen.spans
        await screen.press("p")
        assert screen.spans == spans
        await screen.press("escape", "D")
        assert lit(screen) == [Lit("text", "Lisbon")]
        check_lamp(screen)
        await screen.press("p")
        assert ("Lisbon", "PERSON", "accepted") in screen.spans


@pytest.mark.parametrize("size", SIZES)
async def test_what_acts_in_the_text_takes_the_keys_from_the_panel_until_it_is_left(
    size: str, open_article: Open
) -> None:
    async with open_article(size=SIZES[size]) as screen:
        await screen.press("slash", *"duarte", "enter", "f2", "escape", "f2", "down")
        await screen.settle()
        at = lit(screen)
        for keys, place, words in (
            (("slash", *"lis"), "text", "Lis"),
            (("asterisk",), "text", "Dua"),
            (("minus",), "", ""),
        ):
            await screen.press(*keys)
            shown: list[tuple[Place | str, str]] = [(one.place, one.words[:3]) for one in lit(screen)]
            assert shown == ([(place, words)] if place else [])
            await screen.press("escape")
            assert lit(screen) == at
        await screen.press("slash", *"dua", "enter")
        assert [one.place for one in lit(screen)] == ["text"]
        await screen.press("p")
        assert ("Duarte", "PERSON", "accepted") in screen.spans


async def test_the_panel_opens_and_closes_during_a_search_which_keeps_the_keys(
    open_article: Open,
) -> None:
    async with open_article() as screen:
        reader = screen.app.reader
        await screen.press("slash", *"dua", "f2")
        await screen.settle()
        check_lamp(screen)
        assert lamps(screen)[0].startswith("Dua")
        await screen.press("r")
        assert "duar" in screen.rows[-1]
        open_panel = reader.panel.size
        await screen.press("f2")
        assert (open_panel.height, reader.panel.display) == (10, False)
        await screen.press("f2", "escape")
        check_lamp(screen)
        assert [one.place for one in lit(screen)] == ["text"]


async def test_an_empty_list_has_the_lamp_on_its_tab(open_article: Open) -> None:
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await screen.press("f2", "escape", "f2")
        await screen.settle()
        assert lit(screen) == [Lit("panel", "Entities")]
        await screen.press("left")
        await screen.settle()
        assert lit(screen)[0].words != "Entities"
        check_lamp(screen)


async def test_another_mode_ends_the_one_before(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("slash", *"duarte", "enter", "asterisk")
        assert screen.rows[-1].startswith(" PREVIEW ")
        await screen.press("minus")
        assert screen.app.reader.opened.propagation.preview is None
        assert screen.rows[-1].startswith(" JUMP ")
        check_lamp(screen)
