"""Jumping on the screen: letters over the text, the chip, and no key that labels anything until it ends."""

from tests.tui.conftest import SUGGESTED, Open, Screen


def article(screen: Screen) -> list[str]:
    return [row.rstrip() for row in screen.rows[1:-3]]


def under(letters: list[str], plain: list[str]) -> set[tuple[str, str]]:
    """The characters that the letters put on the screen, each with the one that was there before."""
    return {
        (new, old)
        for row, before in zip(letters, plain, strict=True)
        for new, old in zip(row.ljust(80), before.ljust(80), strict=True)
        if new != old
    }


async def test_letters_lead_to_suggestions_and_words_and_label_nothing(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("space")
        await screen.settle()
        before, spans, first = article(screen), screen.spans, screen.focus
        await screen.press("-")
        assert screen.rows[-1].startswith(f" JUMP  a-{'abcde'[len(SUGGESTED) - 1]} go there  - words")
        shown = article(screen)
        assert {new for new, _ in under(shown, before)} == set("abcde")
        assert len(shown) == len(before)
        lamp = screen.app.reader.colours.lamp
        strips = screen.app.screen._compositor.render_strips()
        assert not any(
            segment.style is not None and segment.style.bgcolor == lamp.bgcolor and segment.text.strip()
            for strip in strips[1:-3]
            for segment in strip
        )

        await screen.press("c")
        assert (screen.focus, screen.spans) == (sorted_by_place(screen)[2], spans)
        assert article(screen) != shown
        assert not screen.rows[-1].startswith(" JUMP")

        for key in ("p", "z", "A", "V", "+", "enter", "backspace", ";", "escape"):
            await screen.press("-", key)
            assert (screen.focus, screen.spans) == (sorted_by_place(screen)[2], spans), key
            assert not screen.rows[-1].startswith(" JUMP")
            assert screen.app.screen is screen.app.reader

        await screen.press("-", "space")
        assert screen.focus == sorted_by_place(screen)[3]
        assert not screen.rows[-1].startswith(" JUMP")

        await screen.press("-", "-")
        assert screen.rows[-1].startswith(" JUMP  a-z go there")
        assert "- words" not in screen.rows[-1]
        words = article(screen)
        await screen.press("-")
        assert article(screen) == words
        await screen.press("b")
        opened = screen.app.reader.opened
        text = opened.session.text
        assert opened.selection.cursor == text.index("LISBON"), "the second one that may be a name"
        assert screen.spans == spans

        await screen.press("-", "-", "z")
        assert screen.rows[-1].startswith(" JUMP  a-")
        assert len(under(article(screen), before)) > 5
        await screen.press("b")
        assert opened.selection.cursor > text.index(text.split()[24])
        assert (screen.spans, first) == (spans, spans[0][0])

        await screen.press("-")
        row = next(number for number, line in enumerate(screen.rows) if "the old quay" in line)
        await screen.pilot.click(offset=(screen.rows[row].index("old"), row))
        await screen.pilot.pause()
        assert not screen.rows[-1].startswith(" JUMP")
        assert (screen.focus, screen.spans) == ("old", spans)


def sorted_by_place(screen: Screen) -> list[str]:
    text = screen.app.reader.opened.session.text
    return sorted((words for words, _ in SUGGESTED), key=text.index)


async def test_where_nothing_is_suggested_the_letters_are_on_the_words_at_once(
    open_article: Open,
) -> None:
    async with open_article("One two three.\n", suggested=[]) as screen:
        await screen.press("-", "-", "c")
        assert screen.focus == "three"
    async with open_article("...\n", suggested=[]) as screen:
        await screen.press("-")
        assert screen.rows[-1].startswith(" There is nothing to jump to on this screen.")
