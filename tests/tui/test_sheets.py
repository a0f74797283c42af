"""Prompts and lists at the bottom of the screen: their sizes, what stays visible, what is cut and how."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from annotations.editing.outcome import Outcome
from annotations.model.label_scheme import ONTONOTES, Label
from annotations.model.span import Span
from annotations.model.value import Timex
from annotations.store.interface import SaveState
from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.lamp import lamps
from tests.tui.own_colours import own_colours
from tui.actions import ACTIONS
from tui.cells.cut import shown_width
from tui.colours.glyphs import ASCII, UNICODE, Glyphs
from tui.dialogs.palette import LATEST, palette_order
from tui.dialogs.value import origin_words
from tui.keymap import Keymap
from tui.screens.keys import help_lines
from tui.screens.pick import Choice, PickList, PickState, matches, pick_lines
from tui.screens.prompt import PromptQuestion, PromptReading, prompt_lines
from tui.screens.sheet import sheet_rows
from tui.screens.unsaved import unsaved_lines
from tui.widgets.appearance import Appearance
from tui.widgets.examples import example_words
from tui.widgets.line_edit import LineEdit
from tui.widgets.lines import Line
from tui.widgets.month import month_lines

SMALL = (60, 15)
USUAL = (80, 24)
LONG = ARTICLE * 3


def said(line: Line) -> str:
    return "".join(text for text, _ in line)


def cells(line: Line) -> int:
    return max(sum(cell_len(text) for text, _ in line), sum(shown_width(text) for text, _ in line))


def appearance(glyphs: Glyphs = UNICODE) -> Appearance:
    return Appearance(own_colours(), glyphs)


# Sizes


def test_a_sheet_has_five_to_twelve_rows_and_never_more_than_half_of_the_screen() -> None:
    assert [sheet_rows(12, rows) for rows in (50, 24, 20, 15, 8)] == [12, 12, 10, 7, 4]
    assert [sheet_rows(wanted, 40) for wanted in (1, 5, 8, 30)] == [5, 5, 8, 12]


QUESTION = PromptQuestion(
    mode="VALUE",
    title="“ten years ago last Wednesday, 北京市人民政府外事办公室”",
    first="2020-06-12",
    field="value",
    label="DATE",
    about="article of 2021-04-08, Thursday",
    check=lambda text: (
        "" if text.startswith("2") else "That is not a value: write a year, a month, a day. " * 2
    ),
    explain=lambda text: ["Friday 12 June 2020", "10 months before the article"],
    readings=[
        PromptReading("2020-06-12", "10 months before the article"),
        PromptReading("2021-06-12", "9 weeks after the article"),
        PromptReading("XXXX-06-12", "every 12 June"),
    ],
    day=lambda text: date(2020, 6, 12),
)
CHOICES = [
    Choice(label.name, label.definition * 3, label.key, examples="    ".join(example_words(label)))
    for label in ONTONOTES
]
PICKED = PickList("LABEL", "label for “北京市人民政府外事办公室”", CHOICES, "label it", has_foot=True)


def test_in_ascii_no_row_of_a_sheet_is_wider_than_the_screen_and_no_sheet_higher_than_it_may_be() -> (
    None
):
    looks = appearance(ASCII)
    for width in range(40, 221, 5):
        for rows in range(3, 11):
            sheets: list[Sequence[Line]] = [
                prompt_lines(QUESTION, LineEdit("2" + "x" * 70), 0, width, rows, looks),
                prompt_lines(QUESTION, LineEdit("2020-06-12"), 2, width, rows, looks),
                pick_lines(PICKED, LineEdit("a"), PickState(CHOICES, 12, 0), width, rows, looks),
                pick_lines(PICKED, LineEdit("漢字" * 30), PickState([]), width, rows, looks),
                unsaved_lines(SaveState(3, "/a/long/path " * 30), width, rows, looks),
            ]
            for sheet in sheets:
                assert len(sheet) <= rows
                assert all(cells(line) <= width for line in sheet), width
        for line in help_lines(Keymap(ACTIONS), ONTONOTES, width, looks):
            assert cells(line) <= width


def test_an_error_wraps_and_is_never_cut() -> None:
    for width in (40, 60, 80, 120):
        lines = prompt_lines(QUESTION, LineEdit("nothing"), 0, width, 10, appearance())
        words = " ".join(" ".join(said(line).split()) for line in lines)
        month = "Mo Tu We"
        assert QUESTION.check("nothing").strip() in " ".join(words.split()) or month in words
        assert "…" not in "".join(said(line) for line in lines[3:6])


def test_the_value_prompt_shows_words_distance_readings_and_the_month_with_the_day_lit() -> None:
    looks = appearance()
    lines = prompt_lines(QUESTION, LineEdit("2020-06-12"), 0, 80, 10, looks)
    text = [said(line) for line in lines]
    assert "June 2020" in text[1]
    assert "Mo Tu We Th Fr Sa Su" in text[2]
    assert text[3].split()[:4] == ["Friday", "12", "June", "2020"]
    assert "10 months before the article" in text[4]
    assert [line.split()[:2] for line in text[6:9]] == [
        ["●", "2020-06-12"],
        ["○", "2021-06-12"],
        ["○", "XXXX-06-12"],
    ]
    lit = [part.strip() for line in lines for part, style in line if style == looks.colours.lamp]
    assert lit == ["12"]
    narrow = prompt_lines(QUESTION, LineEdit("2020-06-12"), 0, 71, 10, looks)
    assert not any("Mo Tu We" in said(line) for line in narrow)


def test_a_month_begins_on_the_right_day_and_ends_with_it() -> None:
    shown = [said(line).rstrip() for line in month_lines(date(2021, 2, 28), appearance())]
    assert shown == [
        "   February 2021",
        "Mo Tu We Th Fr Sa Su",
        " 1  2  3  4  5  6  7",
        " 8  9 10 11 12 13 14",
        "15 16 17 18 19 20 21",
        "22 23 24 25 26 27 28",
    ]
    assert len(month_lines(date(2020, 8, 1), appearance())) == 8


def test_the_list_of_labels_has_key_name_definition_and_the_current_one_in_full() -> None:
    found = [choice for choice in CHOICES if "A" in choice.name]
    lines = pick_lines(PICKED, LineEdit("a"), PickState(found, 1), 80, 10, appearance())
    text = [said(line) for line in lines]
    assert text[0].rstrip().endswith(f"{len(found)} of 18")
    assert text[3].startswith(" ❯ ")
    assert found[1].name in text[3]
    assert "… " in text[3]
    assert text[-2].split()[0] == found[1].name


def test_what_is_typed_narrows_by_names_and_by_definitions_once_it_tells_them_apart() -> None:
    assert all("A" in choice.name for choice in matches(CHOICES, "a"))
    assert [choice.name for choice in matches(CHOICES, "govern")] == ["GPE"]


def test_the_foot_has_examples_of_what_the_label_is_and_what_it_is_not() -> None:
    def foot(label: Label) -> list[str]:
        examples = "    ".join(example_words(label))
        choice = Choice(label.name, label.definition, label.key, examples=examples)
        lines = pick_lines(PICKED, LineEdit(), PickState([choice]), 80, 10, appearance())
        return [said(line) for line in lines[-2:]]

    label = Label("SHIP", "s", "", "Whatever floats.", ("Argo", "the Vasa"), ("Marta (PERSON)",))
    shown = ["  SHIP Whatever floats.", "       yes: Argo, the Vasa    no: Marta (PERSON)"]
    assert foot(label) == shown
    assert foot(replace(label, counterexamples=()))[1] == "       yes: Argo, the Vasa"
    assert foot(Label("SHIP", "s", "", "Whatever floats."))[1].strip() == ""


# What stays visible


def edge_row(screen: Screen) -> int:
    """The row of the screen with the upper edge of the lowest sheet."""
    return max(y for y, row in enumerate(screen.rows) if row.startswith("▁" * 20))


SHEETS = {
    "semicolon": "label for",
    "equals_sign": "name or id",
    "quotation_mark": "comment",
    "at": "own date",
    "f5": "Which suggestions should be decided?",
    "ctrl+p": "Which action?",
    "G": "GUIDELINES",
}


@pytest.mark.parametrize("key", SHEETS)
@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "60x15"])
@pytest.mark.parametrize("with_panel", [False, True], ids=["text alone", "with the panel"])
async def test_the_row_asked_about_stays_in_sight_and_all_is_as_before_after_esc(
    open_article: Open, tmp_path: Path, size: tuple[int, int], key: str, with_panel: bool
) -> None:
    guidelines = tmp_path / "guidelines.md"
    guidelines.write_text("# ORG\n\n" + "An organisation. " * 80, "utf-8")
    async with open_article(LONG, size=size, suggested=[], guidelines=guidelines) as screen:
        reader = screen.app.reader
        if with_panel:
            await screen.press("f2", "escape")
            await screen.settle()
        for offset in (LONG.index("Lisbon"), LONG.index("Wit"), LONG.rindex("Reuters")):
            words = LONG[offset : offset + 3]
            span = Span(offset, offset + 6, "ORG")
            reader.opened.session.annotations.spans.add(span)
            reader.opened.selection.select_span(span.key)
            reader.show_outcome(Outcome())
            reader._following.show()
            await screen.settle()
            before = screen.rows
            await screen.press(key)
            top = edge_row(screen)
            assert SHEETS[key] in "\n".join(screen.rows[top:])
            assert size[1] - top <= size[1] // 2
            row = reader.article.caret().y
            assert 1 <= row < top
            assert words in screen.rows[row]
            if words == "Wit":
                assert 3 <= row < top - 2
            await screen.press("escape")
            assert screen.rows == before


async def test_the_panel_moves_no_letter_of_the_article_whether_beside_or_under_it(
    open_article: Open,
) -> None:
    for size in (USUAL, SMALL, (120, 40), (200, 50)):
        async with open_article(size=size) as screen:
            await screen.press("space")
            article = screen.app.reader.article
            for keys in (("f2",), ("escape",), ("f2",), ("f2",), ("f4",), ("f2", "down", "right")):
                before = letters(screen)
                scrolled = article.scroll_offset.y
                await screen.press(*keys)
                await screen.settle()
                moved = article.scroll_offset.y - scrolled
                now = letters(screen)
                assert sum(map(len, now)) > 100
                for row, text in enumerate(now):
                    if 0 <= row + moved < len(before):
                        assert text == before[row + moved]


def letters(screen: Screen) -> list[str]:
    """The visible text of the article, row by row."""
    article, panel = screen.app.reader.article, screen.app.reader.panel
    page, region = screen.app.reader.geometry, article.region
    end = panel.region.y if panel.display and panel.region.width == screen.app.size.width else 99
    first = region.y + page.blank_rows
    strips = screen.app.screen._compositor.render_strips()[first : min(region.bottom, end)]
    # The row is cut by cells, because a letter may take two of them.
    return [Strip(row).crop(page.left, page.left + page.text).text.rstrip() for row in strips]


async def test_the_panel_stands_beside_the_text_where_it_fits_and_else_under_it(
    open_article: Open,
) -> None:
    for size, region in (
        ((80, 24), (0, 10)),
        ((120, 40), (86, 0)),
        ((200, 50), (152, 0)),
        (SMALL, (0, 5)),
    ):
        async with open_article(size=size) as screen:
            if not screen.app.reader.panel.display:
                await screen.press("f2")
            await screen.settle()
            panel = screen.app.reader.panel.region
            left, rows = region
            assert panel.x == left
            assert not rows or panel.height == rows


async def test_a_sheet_keeps_the_row_in_sight_when_the_screen_gets_smaller(
    open_article: Open,
) -> None:
    async with open_article(LONG, size=(100, 40), suggested=[]) as screen:
        reader = screen.app.reader
        reader.opened.selection.place(LONG.index("Wit", 1000))
        reader.show_outcome(Outcome())
        await screen.press("semicolon")
        await screen.pilot.resize_terminal(*SMALL)
        await screen.settle()
        assert SMALL[1] - edge_row(screen) <= SMALL[1] // 2
        row = reader.article.caret().y
        assert 1 <= row < edge_row(screen)
        assert "Wit" in screen.rows[row]


@pytest.mark.parametrize("size", [USUAL, SMALL, (120, 40)], ids=["80x24", "60x15", "120x40"])
async def test_the_lamp_is_where_the_next_key_acts_and_nowhere_else(
    open_article: Open, size: tuple[int, int]
) -> None:
    async with open_article(size=size) as screen:
        await screen.press("tab")
        assert lamps(screen) == ["Lisbon"]
        await screen.press("semicolon")
        assert lamps(screen) == ["PERSON"]
        await screen.press("down")
        assert lamps(screen) == ["ORG"]
        await screen.press("escape")
        assert lamps(screen) == ["Lisbon"]
        await screen.press("quotation_mark")
        assert lamps(screen) == []
        await screen.press("escape", "f2")
        await screen.settle()
        assert lamps(screen) == ["Lisbon"]
        assert screen.app.reader.panel.walking
        await screen.press("down")
        assert lamps(screen) == ["Rotterdam"]
        await screen.press("semicolon")
        assert lamps(screen) == ["PERSON"]
        await screen.press("escape")
        assert lamps(screen) == ["Rotterdam"]
        await screen.press("escape")
        assert lamps(screen) == ["Lisbon"]


# What is typed


async def test_a_date_is_moved_by_days_and_weeks_in_its_prompt(open_article: Open) -> None:
    async with open_article(size=USUAL, suggested=[]) as screen:
        opened = screen.app.reader.opened
        start = ARTICLE.index("2023-05-17")
        opened.session.annotations.spans.add(Span(start, start + 10, "DATE"))
        opened.selection.place(start)
        await screen.press("equals_sign")
        assert "Wednesday 17 May 2023" in screen.text
        assert "⇧← ⇧→ day" in screen.rows[-1]
        await screen.press("shift+right")
        assert "Thursday 18 May 2023" in screen.text
        await screen.press("shift+down", "shift+left")
        assert "Wednesday 24 May 2023" in screen.text
        await screen.press("ctrl+u", *"2023-05")
        assert "⇧← ⇧→ month" in screen.rows[-1]
        assert "week" not in screen.rows[-1]
        await screen.press("shift+left", "enter")
        (span,) = opened.session.annotations.spans
        assert getattr(span.value, "value", "") == "2023-04"


async def test_enter_is_no_hint_while_the_text_has_a_fault(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.press("at", "ctrl+u", *"soon")
        assert "Enter" not in screen.rows[-1]
        assert "'soon' is not a date" in " ".join(screen.text.split())
        await screen.press("enter")
        assert screen.app.screen is not screen.app.reader
        await screen.press("ctrl+u", *"2023-05-17")
        assert "Enter set" in screen.rows[-1]


# The palette


def test_the_palette_begins_with_what_was_used_last_then_what_has_no_key() -> None:
    keymap = Keymap(ACTIONS)
    used = ["undo", "comment", "theme", "line_down", "comment"]
    order = [action.name for action in palette_order(keymap, used)]
    assert order[:3] == ["comment", "theme", "undo"]
    keyless = [action.name for action in ACTIONS if not action.keys and action.name != "theme"]
    assert order[3 : 3 + len(keyless)] == keyless
    assert sorted(order) == sorted(action.name for action in ACTIONS if action.name != "palette")
    # The palette lists actions by their words, so these must differ.
    assert len({action.words for action in ACTIONS}) == len(ACTIONS)
    many = palette_order(keymap, [action.name for action in ACTIONS])
    assert [a.name for a in many[LATEST : LATEST + len(keyless)]] != keyless or len(keyless) < LATEST
    assert len(many) == len(order)


async def test_the_palette_says_words_and_keys_and_no_internal_names(open_article: Open) -> None:
    async with open_article(size=(120, 40), suggested=[]) as screen:
        await screen.press("F", "ctrl+p")
        rows = screen.rows[edge_row(screen) :]
        assert "❯ F" in rows[3]
        assert "Flag the span or the document" in rows[3]
        assert "Accept the document, except doubtful suggestions" in rows[4]
        names = {action.name for action in ACTIONS if "_" in action.name}
        assert not any(name in "\n".join(rows) for name in names)
        await screen.press(*"theme", "enter", "escape", "ctrl+p")
        assert "Choose a theme" in screen.rows[edge_row(screen) + 3]


async def test_a_click_on_a_sheet_does_nothing_to_the_text_behind(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        cursor = screen.app.reader.opened.selection.cursor
        await screen.press("semicolon")
        await screen.pilot.click(offset=(20, 16))
        screen.app.post_message(events.Paste("g"))
        await screen.settle()
        assert screen.app.reader.opened.selection.cursor == cursor
        assert screen.app.screen is not screen.app.reader


def test_the_value_of_a_date_names_its_rule_and_what_it_was_counted_from() -> None:
    article = date(2021, 4, 8)
    by_article = Timex("DATE", "2021-04-06", rule="weekday", anchor="2021-04-08")
    assert origin_words(by_article, article) == "rule: weekday"
    by_text = Timex("DATE", "1996", rule="so long later", anchor="1990")
    assert origin_words(by_text, article) == "rule: so long later, from 1990"
    assert origin_words(by_text, None) == "rule: so long later, from 1990"
    assert origin_words(Timex("DATE", "1996", "person", rule="weekday"), article) == ""
