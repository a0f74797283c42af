"""What a key changes is drawn in one frame. Frames are counted, not timed."""

import pytest

from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.memory_writer import MemoryWriter


async def frames(screen: Screen, key: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the screen is drawn after a key, until nothing is left to draw."""
    app = screen.app
    drawn: list[object] = []
    display = app._display

    def count(of: object, update: object) -> None:
        if update is not None:
            drawn.append(update)
        display(of, update)  # type: ignore[arg-type]

    await screen.settle()
    monkeypatch.setattr(app, "_display", count)
    await screen.press(key)
    await screen.settle()
    monkeypatch.setattr(app, "_display", display)
    return len(drawn)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["alone", "with the side panel"])
async def test_a_key_leads_to_one_frame(
    open_article: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with open_article(size=size) as screen:
        await screen.press("space")
        for key in ("right", "down", "tab", "space", "enter", "o", "U", "R", "backspace", "Z"):
            assert await frames(screen, key, monkeypatch) == 1, key


async def test_moving_beyond_the_screen_is_one_frame(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_article(ARTICLE * 5) as screen:
        for key in ("pagedown", "pagedown", "pageup"):
            assert await frames(screen, key, monkeypatch) == 1, key


async def test_the_frame_of_an_edit_says_that_it_is_saved(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_article() as screen:
        await screen.press("space")
        assert await frames(screen, "enter", monkeypatch) == 1
        assert "saved" in screen.app.reader.around.header.plain


async def test_nothing_is_called_saved_before_the_annotations_are_there(open_article: Open) -> None:
    async with open_article() as screen:
        workspace, writer = screen.app.workspace, screen.writer
        workspace.current.ready = False
        assert workspace.settle() is None
        writer.error = "The disk is full."
        assert workspace.settle() == writer.state
        writer.error, workspace.current.ready = "", True
        assert workspace.settle() == writer.state


async def test_what_the_disk_takes_longer_for_is_one_more_frame(open_article: Open) -> None:
    class Slow(MemoryWriter):
        """Writes only on request."""

        def _write(self) -> None:
            pass

        def catch_up(self) -> None:
            super()._write()

    writer = Slow(lambda state: None)
    async with open_article(writer=writer) as screen:
        await screen.press("space", "enter")
        assert "saving…" in screen.app.reader.around.header.plain
        writer.catch_up()
        await screen.wait(lambda: "saving…" not in screen.app.reader.around.header.plain)
        assert "saved" in screen.app.reader.around.header.plain


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["under the text", "beside the text"])
async def test_a_key_that_walks_the_panel_leads_to_one_frame(
    open_article: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with open_article(size=size) as screen:
        await screen.press("space", "enter", "f2")
        for key in ("down", "up", "right", "left", "enter", "down", "escape"):
            assert await frames(screen, key, monkeypatch) == 1, key
