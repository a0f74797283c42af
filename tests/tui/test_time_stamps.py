"""A text full of time stamps: one notice when it is opened, one action suggests them all, one undo."""

from tests.tui.conftest import Open

TEXT = "".join(f"[00:12:{second:02}] She said something.\n" for second in range(40))
SAID = "40 time stamps such as 00:12:00 are not suggested; Ctrl+P: suggest time stamps"


async def test_time_stamps_are_one_question_and_one_undo(open_article: Open) -> None:
    async with open_article(TEXT, suggested=[], size=(100, 24)) as screen:
        await screen.wait(lambda: SAID in screen.text)
        await screen.press("ctrl+p", *"time stamps", "enter")
        assert "40 time stamps suggested." in screen.text
        assert len(screen.spans) == 40
        await screen.press("U")
        assert "Undone: suggested “00:12:00” TIME" in screen.text
        assert screen.spans == []
