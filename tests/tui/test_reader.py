from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS, fact_changes
from annotations.model.edit import Change, make_edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.span import replace
from annotations.store.interface import SaveState
from tests.texts import ARTICLE
from tests.tui.conftest import Open
from tests.tui.memory_writer import MemoryWriter
from tui.app import AnnotateApp
from tui.article.page import DrawnRow
from tui.workspace.document_at_hand import Foreign
from tui.workspace.one_document import one_document

Draw = Callable[[int], DrawnRow]


async def test_the_article_is_shown_with_what_is_suggested(open_article: Open) -> None:
    async with open_article() as screen:
        assert "LISBON — The port authority" in screen.text
        header = screen.rows[0]
        assert "harbour.txt" in header
        assert header.endswith("──────────── 0/5  saved")
        assert "p PERSON  o ORG  g GPE  l LOC" in screen.text


async def test_every_decision_is_one_key_and_counted(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("space", "enter", "l", "backspace")
        assert screen.focus == "Tuesday"
        assert screen.spans[:3] == [
            ("Lisbon", "GPE", "accepted"),
            ("Rotterdam", "LOC", "accepted"),
            ("Portugal's Ministry of the Sea", "ORG", "rejected"),
        ]
        assert " 3/6 " in screen.rows[0]
        assert " DATE  suggested “Tuesday”" in screen.text
        assert len(screen.writer.stored) == 4


async def test_selecting_growing_and_labelling_by_plain_keys(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        screen.app.reader.opened.selection.place(ARTICLE.index("Jan de Wit"))
        await screen.press("full_stop", "full_stop", "comma", "full_stop", "p")
        assert screen.spans == [("Jan de Wit", "PERSON", "accepted")]
        await screen.press("U")
        assert screen.spans == []
        await screen.press("R")
        assert len(screen.spans) == 1
        await screen.press("shift+left", "less_than_sign", "greater_than_sign")
        assert screen.spans == [("Jan de", "PERSON", "accepted")]


async def test_lines_keep_their_column(open_article: Open) -> None:
    text = "alpha beta gamma delta\nx\none two three four\n"
    async with open_article(text, suggested=[]) as screen:
        await screen.press("right", "right")
        assert screen.focus == "gamma"
        await screen.press("down")
        assert screen.focus == "x"
        await screen.press("down")
        assert screen.focus == "three"
        await screen.press("up", "up")
        assert screen.focus == "gamma"


async def test_the_label_list_is_narrowed_by_typing(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        screen.app.reader.opened.selection.place(ARTICLE.index("Reuters"))
        await screen.press("semicolon", "w", "o", "r", "k")
        assert "WORK_OF_ART" in screen.text
        assert "PERSON" not in screen.text.split("label for")[1].split("WORK_OF_ART")[0]
        await screen.press("enter")
        assert screen.spans == [("Reuters", "WORK_OF_ART", "accepted")]
        await screen.press("semicolon", "escape")
        assert len(screen.spans) == 1


async def test_hints_follow_what_is_under_the_cursor(open_article: Open) -> None:
    async with open_article() as screen:
        assert "a-z label" in screen.rows[-1]
        await screen.press("space")
        assert "Enter accept" in screen.rows[-1]
        assert "a-z relabel" in screen.rows[-1]
        await screen.press("enter", "shift+tab")
        assert "⌫ remove" in screen.rows[-1]


async def test_the_keys_screen_lists_every_action(open_article: Open) -> None:
    async with open_article(size=(100, 110)) as screen:
        await screen.press("question_mark")
        for action in screen.app.keymap.actions:
            assert action.words in screen.text
        assert "struck through" in screen.text
        await screen.press("escape")
        assert "LISBON" in screen.text


async def test_the_palette_does_what_a_key_does(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("space", "enter", "ctrl+p")
        await screen.press(*"undo")
        await screen.wait(lambda: "also after a restart" in screen.text)
        await screen.press("enter")
        await screen.wait(lambda: screen.spans[0] == ("Lisbon", "GPE", "suggested"))


async def test_label_rows_do_not_move_the_row_of_the_cursor(open_article: Open) -> None:
    async with open_article(ARTICLE * 5) as screen:
        await screen.press("pagedown", "down", "down")
        article = screen.app.reader.article
        before = screen.app.cursor_position
        row = screen.rows[before.y]
        await screen.press("f3")
        assert screen.rows[screen.app.cursor_position.y].rstrip(" ┃") == row.rstrip(" ┃")
        assert 0 <= screen.app.cursor_position.y - before.y <= 1
        assert article.scroll_offset.y % 2 == 0
        for _ in range(2):
            await screen.press("f3")
            assert 0 <= screen.app.cursor_position.y - before.y <= 1


async def test_label_rows_name_spans_without_colour(open_article: Open) -> None:
    async with open_article(size=(100, 40)) as screen:
        await screen.press("f3", "space", "enter", "backspace")
        under = screen.rows[screen.rows.index(next(r for r in screen.rows if "Lisbon" in r)) + 1]
        assert "GPE" in under
        row = next(i for i, r in enumerate(screen.rows) if "Rotterdam and" in r)
        assert "GPE×" in screen.rows[row + 1]
        assert "ORG?" in screen.rows[row + 1]


async def test_the_side_panel_lists_and_jumps(open_article: Open) -> None:
    async with open_article(size=(120, 40)) as screen:
        await screen.press("f2")
        await screen.wait(lambda: screen.app.reader.panel.walking)
        assert "Portugal's Minis…" in screen.app.reader.panel.plain
        await screen.press("down", "enter")
        assert screen.focus == "Rotterdam"
        await screen.press("f2", "f2")
        await screen.wait(lambda: "Portugal's Minis…" in screen.app.reader.panel.plain)
        await screen.press("right")
        assert "Tuesday" in screen.app.reader.panel.plain
        await screen.press("left", "left")
        assert "NORP" in screen.app.reader.panel.plain
        await screen.press("escape", "l")
        assert ("Rotterdam", "LOC", "accepted") in screen.spans
        await screen.press("f2", "f2")
        assert not screen.app.reader.has_class("with-panel")


async def test_a_click_selects_a_span_and_a_drag_selects_words(open_article: Open) -> None:
    async with open_article() as screen:
        article = screen.app.reader.article
        line = next(i for i, row in enumerate(screen.rows) if "Ms. Duarte met Jan" in row)
        column = screen.rows[line].index("Jan")
        await screen.pilot.mouse_down(article, offset=(column + 1, line - 1))
        place = (column + 8, line - 1)
        await screen.pilot._post_mouse_events([events.MouseMove], article, place, button=1)
        await screen.pilot.mouse_up(article, offset=place)
        await screen.pilot.pause()
        assert screen.focus == "Jan de Wit"
        line = next(i for i, row in enumerate(screen.rows) if "Rotterdam and" in row)
        column = screen.rows[line].index("Rotterdam")
        await screen.pilot.click(article, offset=(column + 2, line - 1))
        assert screen.focus == "Rotterdam"
        await screen.press("l")
        assert ("Rotterdam", "LOC", "accepted") in screen.spans


async def test_a_terminal_too_small_says_so_and_recovers(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.pilot.resize_terminal(20, 6)
        await screen.pilot.pause()
        assert "too small" in screen.text
        await screen.pilot.resize_terminal(40, 12)
        await screen.pilot.pause()
        assert "too small" not in screen.text
        assert "LISBON" in screen.text
        await screen.press("space", "enter")
        assert screen.spans[0] == ("Lisbon", "GPE", "accepted")


@pytest.mark.parametrize("size", [(30, 8), (31, 9), (200, 60)])
@pytest.mark.parametrize("text", ["", "…", "\ufeff\r\n", "word " * 3000, "東京" * 500])
async def test_any_text_opens_at_any_size(open_article: Open, text: str, size: tuple[int, int]) -> None:
    async with open_article(text, size=size, suggested=[]) as screen:
        await screen.press("right", "down", "pagedown", "end", "up", "home", "o", "f3", "tab", "U")
        assert screen.spans == []


async def test_the_cursor_is_in_sight_with_rows_around_it(open_article: Open) -> None:
    async with open_article(ARTICLE * 20) as screen:
        for keys in (["end"], ["pageup"] * 3, ["home"], ["ctrl+right"] * 30, ["down"] * 20):
            await screen.press(*keys)
            article = screen.app.reader.article
            wrap = article._page.rows.wrap
            row = wrap.row_of(screen.app.reader.opened.selection.cursor)
            top = article.scroll_offset.y
            above, below = row - top, top + article._visible_rows() - 1 - row
            third = article._visible_rows() // 3
            assert above >= min(third, row)
            assert below >= min(third, wrap.rows - 1 - row)


@pytest.mark.parametrize("f3", [[], ["f3"]])
async def test_hostile_text_is_shown_never_sent(open_article: Open, f3: list[str]) -> None:
    hostile = "A\x1b]0;owned\x07B\x9b31mC\u202eD [bold]not markup[/bold] \x00\x7f"
    async with open_article(hostile, suggested=[("B\x9b31mC", "ORG")], size=(120, 30)) as screen:
        await screen.press("tab", *f3, "f2")
        shown = screen.text
        assert "[bold]not markup[/bold]" in shown
        assert not set(shown) & set("\x1b\x07\x9b\u202e\x00\x7f")


async def test_what_cannot_be_saved_is_not_shown_as_saved(open_article: Open) -> None:
    writer = MemoryWriter(lambda state: None, error="The disk is full; make room.")
    async with open_article(writer=writer) as screen:
        await screen.press("space", "enter")
        assert "NOT SAVED" in screen.rows[0]
        assert "The disk is full" in screen.text
        assert screen.spans[0] == ("Lisbon", "GPE", "accepted")
        await screen.press("ctrl+q")
        await screen.wait(lambda: "not saved" in screen.text)
        await screen.press("escape")
        writer.error = ""
        await screen.press("ctrl+s")
        assert "NOT SAVED" not in screen.rows[0]
        assert " saved" in screen.rows[0]


async def test_leaving_waits_for_the_disk_and_keeps_the_place(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("space", "space", "ctrl+q")
        await screen.wait(lambda: not screen.app.is_running)
        assert screen.writer.closed
        document = Document(ARTICLE, "")
        annotations = AnnotationSet(document.sha256, "ann")
        for edit in screen.writer.stored:
            annotations.apply(edit)
        assert annotations.cursor == ARTICLE.index("Rotterdam")


async def test_another_path_is_offered(open_article: Open, tmp_path: Path) -> None:
    writer = MemoryWriter(lambda state: None, error="The folder is read-only; choose another.")
    async with open_article(writer=writer) as screen:
        await screen.press("space", "enter", "ctrl+q")
        await screen.wait(lambda: "save to another file" in screen.text)
        await screen.press("p", *"other.json", "enter")
        await screen.wait(lambda: writer.path == Path("other.json"))


async def test_a_key_pressed_before_the_annotations_are_there_is_kept() -> None:
    writer = MemoryWriter(lambda state: None)
    late: list[Callable[[], None]] = []
    load = writer.load
    writer.load = lambda *given, **named: late.append(lambda: load(*given, **named))  # type: ignore[method-assign]

    def make(on_state: Callable[[SaveState], None], on_foreign: object) -> MemoryWriter:
        writer.on_state = on_state
        return writer

    document = Document(ARTICLE, "a.txt")
    app = AnnotateApp(one_document(document), "ann", ONTONOTES, make, lambda listener: None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "o", "right", "g")
        assert len(app.reader.opened.session.annotations.spans) == 0
        late[0]()
        for _ in range(50):
            await pilot.pause(0.02)
            if len(app.reader.opened.session.annotations.spans) == 2:
                break
        assert app.reader.opened.session.annotations.spans.labels() == ["GPE", "ORG"]


async def test_a_move_draws_two_rows_whatever_the_size(open_article: Open) -> None:
    drawn = []
    for times in (1, 300):
        async with open_article(ARTICLE * times, suggested=[]) as screen:
            article = screen.app.reader.article
            await screen.wait(lambda a=article: a._page.rows.wrap.complete)  # type: ignore[misc]
            screen.app.reader.opened.selection.place(len(ARTICLE) * times // 2)
            article.follow(jump=True)
            await screen.pilot.pause()
            count = 0
            draw = article._page._draw

            def counted(number: int, draw: Draw = draw) -> DrawnRow:
                nonlocal count
                count += 1
                return draw(number)

            article._page._draw = counted  # type: ignore[method-assign]
            await screen.press("right", "left", "right")
            drawn.append(count)
    assert drawn[0] == drawn[1] <= 6


async def test_a_date_shows_its_value_and_takes_another(open_article: Open) -> None:
    async with open_article() as screen:
        screen.app.reader.opened.selection.place(ARTICLE.index("Tuesday"))
        await screen.press("at", *"2023-05-17", "enter")
        assert " 2023-05-17 " in screen.rows[0]
        assert "= 2023-05-16, Tuesday 16 May 2023" in screen.text
        await screen.press("equals_sign", *["backspace"] * 10, *"2023-05-9", "enter")
        assert "not a date of the calendar" in screen.text
        await screen.press("backspace", *"09", "enter")
        assert "= 2023-05-09, Tuesday 9 May 2023" in screen.text
        await screen.press("U", "escape")
        await screen.wait(lambda: "= 2023-05-16" in screen.text)


async def test_comments_flags_and_filters_are_a_key_away(open_article: Open) -> None:
    async with open_article(size=(120, 40)) as screen:
        await screen.press("space", "quotation_mark", *"sure?", "enter", "F")
        assert "flagged · “sure?”" in screen.text
        row = next(row for row in screen.rows if "Lisbon" in row)
        assert row.startswith(" ❯│ ")
        await screen.press("f3")
        assert 'GPE?!"' in screen.text
        await screen.press("f5", *"PERS", "enter")
        assert screen.focus == "Duarte"
        assert "only PERSON" in screen.rows[0]
        await screen.press("f5", *"every", "enter", "A")
        assert [status for _, _, status in screen.spans].count("accepted") == 1


async def test_undo_says_what_another_program_changed_since(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        opened = screen.app.reader.opened
        opened.selection.place(ARTICLE.index("Reuters"))
        await screen.press("o")
        (own,) = opened.session.annotations.spans
        noted = replace(own, comment="the agency")
        theirs = make_edit("comment", "ann", [Change(own, noted)])
        screen.app.post_message(Foreign(screen.key, [theirs], 1))
        await screen.wait(lambda: opened.session.annotations.spans.get(own.key) == noted)
        await screen.press("U")
        assert screen.spans == [("Reuters", "ORG", "accepted")]
        assert "Not undone: “Reuters” ORG has been changed since and is kept." in screen.text
        await screen.press("U")
        assert "There is nothing to undo." in screen.text


async def test_what_another_program_did_stays_under_what_was_done_while_it_waited(
    open_article: Open,
) -> None:
    async with open_article(suggested=[]) as screen:
        opened = screen.app.reader.opened
        opened.selection.place(ARTICLE.index("Reuters"))
        await screen.press("o")
        (own,) = opened.session.annotations.spans
        await screen.press("F")
        theirs = [
            make_edit("comment", "ann", [Change(own, replace(own, comment="the agency"))]),
            make_edit("document", "ann", (), fact_changes(NO_FACTS, NO_FACTS.with_comment("read"))),
        ]
        screen.app.post_message(Foreign(screen.key, theirs, 1))
        await screen.wait(lambda: opened.session.annotations.facts.comment == "read")
        assert list(opened.session.annotations.spans) == [replace(own, flagged=True)]


async def test_accepting_a_longer_name_leaves_nothing_inside_it_to_decide(open_article: Open) -> None:
    inside = [("Portugal's Ministry of the Sea", "ORG"), ("Portugal's", "GPE"), ("Tuesday", "DATE")]
    async with open_article(suggested=inside) as screen:
        await screen.press("space")
        assert screen.focus == "Portugal's Ministry of the Sea"
        await screen.press("enter")
        assert screen.focus == "Tuesday"
        assert " 1/2 " in screen.rows[0]
        await screen.press("U")
        assert " 0/3 " in screen.rows[0]


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_a_long_comment_on_the_document_leaves_room_for_its_name_and_for_saved(
    open_article: Open, width: int
) -> None:
    async with open_article(suggested=[], size=(width, 24)) as screen:
        await screen.press('"', *("चित्र 東京 word " * 9), "enter")
        await screen.settle()
        assert screen.rows[0].startswith(" har")
        assert screen.rows[0].endswith("saved")
        assert ("“" in screen.rows[0]) == ("…”" in screen.rows[0]) == (width > 60)


async def test_every_key_up_goes_up_over_empty_rows_and_short_ones(open_article: Open) -> None:
    text = "One word. Another.\n\nA line that is longer than both of its neighbours.\n\n\nEnd; of it.\n\n(!)\n\nSo.\n"
    async with open_article(text, suggested=[]) as screen:
        selection = screen.app.reader.opened.selection
        for start in ("So", "of it", "neighbours", "longer"):
            selection.place(text.index(start))
            screen.app.reader.article.forget_column()
            places = [selection.cursor]
            while places[-1] >= text.index("A line"):
                await screen.press("up")
                places.append(selection.cursor)
                assert places[-1] < places[-2]
