"""Windows over the reader: keys that come in one read, pastes, long lines, and leaving the window."""

from pathlib import Path

import pytest
from textual import events
from textual.geometry import Offset

from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tui.app import AnnotateApp
from tui.reader.screen import ReaderScreen
from tui.screens.unsaved import UnsavedScreen
from tui.widgets.line_edit import LineEdit, on_one_line

GUIDELINES = "# ORG\n\nAn organisation.\n"
WINDOWS = ["?", "G", "f5", ";", "=", '"', "@", "ctrl+p"]


def key(name: str) -> events.Key:
    return events.Key(
        name, {"enter": "\r", "escape": "\x1b"}.get(name, name if len(name) == 1 else None)
    )


async def in_one_read(screen: Screen, *what: str | events.Event) -> None:
    """Send keys and other events that are all there before the first of them is handled."""
    for one in what:
        screen.app.post_message(key(one) if isinstance(one, str) else one)
    for _ in range(5):
        await screen.pilot.pause()
    assert not screen.app.crash, screen.app.crash


async def back(screen: Screen) -> None:
    await screen.wait(lambda: screen.app.screen is screen.app.reader)


@pytest.mark.parametrize("closing", [("enter", "enter"), ("escape", "escape"), ("enter", "escape")])
@pytest.mark.parametrize("window", WINDOWS)
async def test_two_closing_keys_in_one_read_close_a_window_once(
    open_article: Open, tmp_path: Path, window: str, closing: tuple[str, str]
) -> None:
    guidelines = tmp_path / "guidelines.md"
    guidelines.write_text(GUIDELINES, "utf-8")
    async with open_article(guidelines=guidelines) as screen:
        await screen.press("space")
        await in_one_read(screen, window, *closing)
        for _ in range(3):
            if screen.app.screen is not screen.app.reader:
                await screen.press("escape")
        await back(screen)
        await in_one_read(screen, "home", "e")
        assert ("Harbour", "EVENT", "accepted") in screen.spans


@pytest.mark.parametrize("window", WINDOWS[:-1])
async def test_a_window_that_is_closed_closes_nothing_more(
    open_article: Open, tmp_path: Path, window: str
) -> None:
    guidelines = tmp_path / "guidelines.md"
    guidelines.write_text(GUIDELINES, "utf-8")
    async with open_article(guidelines=guidelines) as screen:
        await screen.press("space", window)
        for name in ("escape", "escape", "enter"):
            screen.app.screen.post_message(key(name))
        await back(screen)


async def test_a_paste_waits_for_the_keys_before_it(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        reader = screen.app.reader
        reader.keys.loaded = False
        await in_one_read(screen, "/", events.Paste("officials"), "enter")
        assert reader.keys.mode is None
        reader.keys.loaded = True
        reader._press_waiting()
        await screen.wait(lambda: screen.focus == "officials")


async def test_a_key_goes_to_the_window_that_the_key_before_opened(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await in_one_read(screen, '"', *"see page", "enter", "e", ";", *"pers", "enter", "?", *"pog")
        assert screen.spans == [("Harbour", "PERSON", "accepted")]
        opened = screen.app.reader.opened
        assert opened.session.annotations.facts.comment == "see page"
        assert screen.app.screen is not screen.app.reader
        await in_one_read(screen, "escape", "right", "g")
        assert len(screen.spans) == 2


async def test_what_is_answered_is_done_before_the_next_key(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await in_one_read(screen, ";", *"pers", "enter", "right", "right", "o", "U")
        assert screen.spans == [("Harbour", "PERSON", "accepted")]


async def test_the_palette_does_once_what_was_chosen(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.press("e", "right", "right", "o", "ctrl+p", *"undo")
        await screen.wait(lambda: "also after a restart" in screen.text)
        await in_one_read(screen, "enter", "enter", "enter")
        await back(screen)
        await screen.wait(lambda: len(screen.spans) == 1)


async def test_what_is_chosen_in_the_palette_before_the_annotations_are_there_waits_for_them(
    open_article: Open,
) -> None:
    async with open_article() as screen:
        reader = screen.app.reader
        reader.keys.loaded = False
        await in_one_read(screen, "ctrl+p", *"accept the document", "enter")
        await back(screen)
        assert {status for _, _, status in screen.spans} == {"suggested"}
        reader.show_document(reader.opened, loaded=True)
        await screen.wait(lambda: {status for _, _, status in screen.spans} == {"accepted"})


async def test_keys_behind_one_that_waited_and_opens_a_window_are_for_the_window(
    open_article: Open,
) -> None:
    async with open_article(suggested=[]) as screen:
        reader = screen.app.reader
        reader.keys.loaded = False
        await in_one_read(screen, ";", *"law", "enter", '"', events.Paste("see"), *" me", "enter")
        assert screen.app.screen is reader
        reader.show_document(reader.opened, loaded=True)
        await in_one_read(screen, "right", "right", "e")
        await screen.wait(lambda: len(screen.spans) == 2)
        assert screen.spans[0] == ("Harbour", "LAW", "accepted")
        assert [span.comment for span in reader.opened.session.annotations.spans] == [
            "see me",
            "",
        ]


async def test_a_click_waits_for_the_keys_before_it(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        reader = screen.app.reader
        reader.keys.loaded = False
        y = next(i for i, row in enumerate(screen.rows) if "LISBON" in row)
        x = screen.rows[y].index("LISBON")
        click = [
            kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
            for kind in (events.MouseDown, events.MouseUp)
        ]
        await in_one_read(screen, "e", *click, "g")
        reader.show_document(reader.opened, loaded=True)
        await screen.wait(lambda: len(screen.spans) == 2)
        assert screen.spans == [("Harbour", "EVENT", "accepted"), ("LISBON", "GPE", "accepted")]


async def test_the_list_of_actions_is_walked_by_pages_at_once(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await in_one_read(screen, "ctrl+p", "pageup", "pagedown", "down", "pageup", "pageup", "pagedown")
        assert "Which action?" in screen.text
        await in_one_read(screen, *"qqqqxx", "pagedown", "pageup", "enter")
        await back(screen)


async def test_a_theme_is_chosen_from_the_list(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await in_one_read(screen, "ctrl+p", *"theme", "enter", *"nord", "enter")
        await back(screen)
        assert screen.app.theme == "nord"


@pytest.mark.parametrize("window", WINDOWS)
async def test_quit_leaves_from_every_window(open_article: Open, tmp_path: Path, window: str) -> None:
    guidelines = tmp_path / "guidelines.md"
    guidelines.write_text(GUIDELINES, "utf-8")
    async with open_article(guidelines=guidelines) as screen:
        await screen.press("space", window)
        assert screen.app.screen is not screen.app.reader
        screen.app.post_message(key("ctrl+q"))
        await screen.wait(lambda: not screen.app.is_running or screen.app._exit)


async def test_quit_asks_once_what_to_do_with_what_cannot_be_saved(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cannot(app: AnnotateApp) -> bool:
        return False

    monkeypatch.setattr(AnnotateApp, "_finish", cannot)
    async with open_article(suggested=[]) as screen:
        await in_one_read(screen, "ctrl+q", "ctrl+q", "ctrl+q")
        await screen.press("ctrl+q")
        assert [type(window) for window in screen.app.screen_stack] == [ReaderScreen, UnsavedScreen]
        await screen.press("escape")
        assert screen.app.screen is screen.app.reader


HOSTILE = "\x1b[1mhead\x1b[0m \u202eyadseut\u202c\x07\x00 a\u2066b\n\n c\t\u200fd\x9b1m"
KEPT = "[1mhead[0m yadseut ab c d1m"


def test_a_paste_keeps_no_control_or_bidi_characters() -> None:
    assert on_one_line(HOSTILE) == KEPT
    assert (
        on_one_line("می\u200cروم \U0001f469\u200d\U0001f680") == "می\u200cروم \U0001f469\u200d\U0001f680"
    )
    assert on_one_line("\x1b\x07\u202e") == ""


async def test_what_is_pasted_is_stored_without_them(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await in_one_read(screen, '"', events.Paste(HOSTILE), "enter")
        assert screen.app.reader.opened.session.annotations.facts.comment == KEPT
        await in_one_read(screen, "e", "=", "ctrl+u", events.Paste("Q1\x07 \u202eLisbon"), "enter")
        (span,) = screen.app.reader.opened.session.annotations.spans
        assert "\x07" not in str(span.value)
        assert "\u202e" not in str(span.value)


@pytest.mark.parametrize("window", [None, "?", "G", "@"])
async def test_a_paste_is_no_key_anywhere(
    open_article: Open, tmp_path: Path, window: str | None
) -> None:
    guidelines = tmp_path / "guidelines.md"
    guidelines.write_text(GUIDELINES, "utf-8")
    async with open_article(suggested=[], guidelines=guidelines) as screen:
        await in_one_read(screen, *([window] if window else []), events.Paste("pogo\r\x1b\x11"))
        assert screen.spans == []
        assert not screen.app._exit
        assert (screen.app.screen is screen.app.reader) == (window is None)


async def test_a_paste_narrows_a_list(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await in_one_read(screen, ";", events.Paste("WORK_\x07OF\n"), "enter")
        assert screen.spans == [("Harbour", "WORK_OF_ART", "accepted")]


@pytest.mark.parametrize("text", ["x" * 300, "漢字" * 90, "word " * 60, "", "short"])
@pytest.mark.parametrize("keys", [(), ("left",) * 7, ("home",), ("home", *("right",) * 40)])
@pytest.mark.parametrize("width", [8, 20, 60])
def test_the_cursor_is_in_sight_and_the_line_fits(text: str, keys: tuple[str, ...], width: int) -> None:
    from rich.cells import cell_len

    line = LineEdit(text)
    for name in keys:
        line.press(name, None)
    shown = line.shown(width)
    words = "".join(part for part, _ in shown)
    assert cell_len(words) <= width
    caret = line.caret(width)
    before = "".join(part for part, _ in shown[:2])
    assert cell_len(before) == caret < width
    assert "reverse" in str(shown[2][1])
    if cell_len(text) < width:
        assert words.rstrip() == text.rstrip()


TEXT_BEGINS = Offset(4, 0)


async def test_a_long_line_scrolls_and_the_terminals_cursor_is_where_one_types(
    open_article: Open,
) -> None:
    def there() -> str:
        place = screen.app.cursor_position
        return screen.rows[place.y].ljust(80)[place.x - 4 : place.x]

    async with open_article(suggested=[]) as screen:
        assert screen.app.cursor_position == screen.app.reader.article.region.offset + TEXT_BEGINS
        await screen.press("quotation_mark", *("x" * 100), *"last")
        assert there() == "last"
        await screen.press("left", "left")
        assert there() == "xxla"
        await screen.press("home")
        column = next(row for row in screen.rows if "xxxx" in row).index("xxxx")
        assert screen.app.cursor_position.x == column
        await screen.press("escape", "semicolon", *"org")
        assert there()[1:] == "org"
        await screen.press("escape", "slash", *"officials")
        assert there() == "ials"
        await screen.press(*("y" * 90), *"last")
        assert there() == "last"
        await screen.press("escape")
        assert screen.app.cursor_position == screen.app.reader.article.region.offset + TEXT_BEGINS


async def test_the_terminals_cursor_stays_in_the_window_when_suggestions_come(
    open_article: Open,
) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.press("quotation_mark", *"abc")
        place = screen.app.cursor_position
        screen.app.reader.arrivals.add(
            lambda: screen.app.reader.opened.selection.place(ARTICLE.index("Sines"))
        )
        await screen.settle()
        assert screen.app.cursor_position == place


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("می\u200cروم", "می\u200cروم"),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),
        ("no\u00a0break\u3000here", "no break here"),
        ("a\u202eb\u200fc\x07\x85d\ud800e", "abcde"),
    ],
)
def test_what_is_typed_is_kept_but_for_controls(typed: str, expected: str) -> None:
    line = LineEdit()
    for character in typed:
        line.press(character, character)
    assert line.text == expected
