"""Dragging with the mouse: the view stays where it is, and scrolls when the pointer leaves it."""

import pytest
from textual import events

from tests.tui.conftest import Open, Screen

ROWS = "".join(f"Line{n} Ines{n} saw Joao{n} in Porto{n} again.\n" for n in range(80))


def row_of(screen: Screen, words: str) -> tuple[int, int]:
    """The column and line of words in the article view."""
    article = screen.app.reader.article
    line = next(i for i, row in enumerate(screen.rows) if words in row)
    return screen.rows[line].index(words) - article.region.x, line - article.region.y


async def drag(screen: Screen, *places: tuple[int, int], release: bool = True) -> None:
    article = screen.app.reader.article
    await screen.pilot.mouse_down(article, offset=places[0])
    await screen.pilot.pause()
    for place in places[1:]:
        await screen.pilot._post_mouse_events([events.MouseMove], article, place, button=1)
        await screen.pilot.pause()
    if release:
        await screen.pilot.mouse_up(article, offset=places[-1])
        await screen.pilot.pause()


@pytest.mark.parametrize("label_rows", [False, True])
@pytest.mark.parametrize("line", [0, 1, 2, -1, -2, -3])
async def test_a_drag_in_the_first_and_last_rows_selects_what_is_under_the_pointer(
    open_article: Open, line: int, label_rows: bool
) -> None:
    async with open_article(ROWS, suggested=[]) as screen:
        article = screen.app.reader.article
        if label_rows:
            await screen.press("f3")
        await screen.press(*("pagedown",) * 3)
        shown = [row for row in screen.rows if "Ines" in row]
        words = shown[line].split()
        top = article.scroll_offset
        (first, row), (last, _) = row_of(screen, words[1]), row_of(screen, words[3])
        await drag(screen, (first + 1, row), (first + 4, row), (last + 1, row))
        assert article.scroll_offset == top
        assert screen.focus == " ".join(words[1:4])
        await screen.press("p")
        assert (" ".join(words[1:4]), "PERSON", "accepted") in screen.spans


@pytest.mark.parametrize(("outside", "by"), [(-1, -1), (21, 1)])
async def test_the_view_scrolls_when_the_pointer_leaves_it(
    open_article: Open, outside: int, by: int
) -> None:
    async with open_article(ROWS, suggested=[]) as screen:
        await screen.press(*("pagedown",) * 3)
        article = screen.app.reader.article
        top = article.scroll_offset.y
        assert article.size.height == 20
        begin = row_of(screen, "Ines" if by > 0 else "Porto")
        await drag(screen, begin, (begin[0], outside), release=False)
        await screen.wait(lambda: (article.scroll_offset.y - top) * by >= 3)
        opened = screen.app.reader.opened
        assert opened.selection.focus.end - opened.selection.focus.start > 100
        await screen.pilot.mouse_up(article, offset=(begin[0], begin[1]))
        await screen.pilot.pause()
        still = article.scroll_offset.y
        await screen.settle()
        assert article.scroll_offset.y == still


async def test_a_drag_ends_when_a_window_opens_or_the_terminal_gets_another_size(
    open_article: Open,
) -> None:
    async with open_article(ROWS, suggested=[]) as screen:
        article = screen.app.reader.article
        for end in ("question_mark", "resize"):
            await drag(screen, (4, 1), (13, 1), release=False)
            before = screen.focus
            assert before == "Line1 Ines1"
            if end == "resize":
                await screen.pilot.resize_terminal(70, 20)
            else:
                await screen.press(end)
                await screen.pilot.hover(offset=(30, 9))
                await screen.press("escape")
            await screen.pilot.hover(article, offset=(20, 5))
            await screen.pilot.pause()
            assert screen.focus == before


def sent(screen: Screen, *reports: tuple[type[events.MouseEvent], int, int, int]) -> None:
    """Send mouse events that come in one read: for each its kind, its column and line, and its button."""
    for kind, x, y, button in reports:
        screen.app.post_message(
            kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)
        )


async def test_a_key_behind_a_click_in_one_read_acts_where_the_click_was(open_article: Open) -> None:
    async with open_article(ROWS, suggested=[]) as screen:
        article = screen.app.reader.article
        column, line = row_of(screen, "Porto3")
        x, y = column + article.region.x, line + article.region.y
        sent(screen, (events.MouseDown, x, y, 1), (events.MouseUp, x, y, 1))
        screen.app.post_message(events.Key("g", "g"))
        await screen.wait(lambda: len(screen.spans) == 1)
        assert screen.spans == [("Porto3", "GPE", "accepted")]
        assert screen.writer.stored[-1].keys == 2


async def test_keys_between_and_behind_drags_in_one_read_act_on_what_was_selected(
    open_article: Open,
) -> None:
    async with open_article(ROWS, suggested=[]) as screen:
        article = screen.app.reader.article
        for words, key in (("Ines3 saw Joao3", "p"), ("Joao5 in Porto5", "g")):
            column, line = row_of(screen, words)
            first, last = column + article.region.x, column + article.region.x + len(words) - 1
            y = line + article.region.y
            sent(
                screen,
                (events.MouseDown, first, y, 1),
                *((events.MouseMove, x, y, 1) for x in range(first + 1, last + 1)),
                (events.MouseUp, last, y, 1),
            )
            screen.app.post_message(events.Key(key, key))
        await screen.wait(lambda: len(screen.spans) == 2)
        assert screen.spans == [
            ("Ines3 saw Joao3", "PERSON", "accepted"),
            ("Joao5 in Porto5", "GPE", "accepted"),
        ]


async def test_a_drag_out_of_the_article_in_one_read_is_over_where_the_button_is_let_go(
    open_article: Open,
) -> None:
    async with open_article(ROWS, suggested=[]) as screen:
        article = screen.app.reader.article
        column, line = row_of(screen, "Joao3")
        x, y = column + article.region.x, line + article.region.y
        below = screen.app.size.height - 1
        sent(
            screen,
            (events.MouseDown, x, y, 1),
            (events.MouseMove, x, below, 1),
            (events.MouseUp, x, below, 1),
            (events.MouseMove, x, y + 1, 0),
        )
        screen.app.post_message(events.Key("o", "o"))
        await screen.wait(lambda: len(screen.spans) == 1)
        ((words, _, _),) = screen.spans
        assert words.startswith("Joao3 in Porto3 again.\nLine4")
        assert words.count("\n") > 3


async def test_a_drag_whose_end_is_never_reported_is_over_when_no_button_is_down(
    open_article: Open,
) -> None:
    async with open_article(ROWS, suggested=[]) as screen:
        column, line = row_of(screen, "Joao3")
        await drag(screen, (column, line), (column + 9, line), release=False)
        assert screen.focus == "Joao3 in Porto3"
        await screen.pilot.hover(screen.app.reader.article, offset=(column, line + 2))
        await screen.pilot._post_mouse_events(
            [events.MouseMove], screen.app.reader.article, (column, line + 3), button=1
        )
        await screen.pilot.pause()
        assert screen.focus == "Joao3 in Porto3"


async def test_reports_of_places_that_are_not_on_the_screen_do_nothing(open_article: Open) -> None:
    async with open_article(ROWS, suggested=[]) as screen:
        for keys in ((), ("question_mark",)):
            await screen.press(*keys)
            kinds = (events.MouseMove, events.MouseDown, events.MouseMove, events.MouseUp)
            sent(screen, *((kind, 900, 700, 1) for kind in kinds))
            await screen.pilot.pause()
        await screen.press("escape", "e")
        assert screen.spans == [("Line0", "EVENT", "accepted")]
