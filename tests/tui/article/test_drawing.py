"""The drawing of a row: what is written where, and which piece has which style."""

import pytest
from msgspec.structs import replace
from rich.style import Style

from tests.tui.article.drawn import STYLES, TEXT, content, pieces, span
from tui.article.drawing import draw_text
from tui.article.label_rows import draw_names
from tui.article.marks import Mark
from tui.article.styles import Over
from tui.cells.row import Row
from tui.colours.glyphs import UNICODE


def test_each_span_is_a_piece_in_the_style_of_its_status() -> None:
    spans = (span("Port", "ORG"), span("Sines", status="suggested"), span("Portugal", status="rejected"))
    drawn = draw_text(Row(TEXT, 0, len(TEXT)), 80, content(*spans, focus=(5, 7), cursor=(5, 7)), STYLES)
    assert pieces(drawn) == [
        ("Port", ""),
        (" ", ""),
        ("of", "bold"),
        (" ", ""),
        ("Sines", "underline"),
        (", ", ""),
        ("Portugal", "strike"),
    ]


def test_a_place_under_several_spans_has_the_colours_of_the_innermost() -> None:
    outer, inner = span(TEXT, "ORG"), span("Sines")
    drawn = list(draw_text(Row(TEXT, 0, len(TEXT)), 80, content(outer, inner, focus=(0, 0)), STYLES))
    styles = {piece.text: piece.style for piece in drawn}
    assert styles["Port of "] == STYLES.text((Over("ORG", "accepted"),))
    assert styles["Sines"] == STYLES.text((Over("ORG", "accepted"), Over("GPE", "accepted")))
    assert styles["Sines"].bgcolor is not None
    assert styles["Sines"].bgcolor.name == STYLES.colours.labels["GPE"].tint


def test_the_word_of_the_cursor_stands_out_in_a_wider_focus() -> None:
    drawn = draw_text(Row(TEXT, 0, len(TEXT)), 80, content(focus=(0, 13), cursor=(8, 13)), STYLES)
    assert pieces(drawn)[:2] == [("Port of ", "bold"), ("Sines", "bold underline")]


def test_a_mark_is_shown_over_spans_and_under_the_focus() -> None:
    mark = Mark(8, 13, "to change", "GPE", "+GPE")
    row = Row(TEXT, 0, len(TEXT))
    over = draw_text(row, 80, content(span("Sines"), marks=(mark,)), STYLES)
    assert ("Sines", "bold italic") in pieces(over)
    under = draw_text(row, 80, content(marks=(mark,), focus=(8, 13)), STYLES)
    assert ("Sines", "bold") in pieces(under)


def letters(start: int, typed: str, label: str = "") -> Mark:
    return Mark(start, start + 1, "letters", label, typed)


def test_letters_stand_over_the_first_cells_and_nothing_behind_them_moves() -> None:
    row = Row(TEXT, 0, len(TEXT))
    marks = (letters(0, "a"), letters(5, "zb"), letters(8, "c", "GPE"), letters(8, "d", "GPE"))
    drawn = draw_text(row, 80, content(span("Sines"), marks=marks, focus=(15, 23)), STYLES)
    chips = {
        piece.text: piece.style or Style() for piece in drawn if piece.text in ("a", "zb", "c", "d")
    }
    assert chips["c"] == chips["d"] == STYLES.text((), mark=("letters", "GPE"))
    assert chips["a"] == chips["zb"] == STYLES.text((), mark=("found", ""))
    assert chips["c"] is not None
    assert chips["c"].bgcolor is not None
    assert chips["c"].bgcolor.name == STYLES.colours.labels["GPE"].chip


@pytest.mark.parametrize(
    ("text", "start", "typed", "shown"),
    [
        ("名古屋 is", 0, "a", "a 古屋 is"),
        ("名古屋 is", 1, "ab", "名ab屋 is"),
        ("cafe\u0301s", 3, "a", "cafas"),
        ("a b", 2, "ab", "a ab"),
        ("x\ty", 2, "z", "x       z"),
    ],
)
def test_letters_take_whole_signs_and_reach_over_the_end_of_a_row(
    text: str, start: int, typed: str, shown: str
) -> None:
    drawn = draw_text(Row(text, 0, len(text)), 80, content(marks=(letters(start, typed),)), STYLES)
    assert drawn.text == shown


@pytest.mark.parametrize(("start", "end"), [(0, 8), (8, 15)])
def test_of_what_reaches_over_several_rows_each_shows_its_part(start: int, end: int) -> None:
    row = Row(TEXT, start, end)
    long = content(span("of Sines", "ORG"), focus=(0, 0), cursor=(0, 0))
    drawn = pieces(draw_text(row, 80, long, STYLES))
    assert "".join(text for text, _ in drawn) == TEXT[start:end]
    assert ("of" if start == 0 else "Sines", "") in drawn
    names = draw_names(row, long, STYLES, UNICODE, 80).text.rstrip()
    assert names == ("     ORG" if start == 0 else "…ORG")


def test_a_cursor_on_an_empty_line_is_a_blank_of_its_own() -> None:
    here = replace(content(focus=(1, 1), cursor=(1, 1)), here=True)
    assert pieces(draw_text(Row("\n\n", 1, 1), 80, here, STYLES)) == [(" ", "bold")]
    assert pieces(draw_text(Row("\n\n", 1, 1), 80, content(), STYLES)) == []


def test_blanks_behind_the_last_column_are_not_drawn() -> None:
    text = "Sines   "
    assert draw_text(Row(text, 0, 8), 6, content(), STYLES).text == "Sines "


def test_nothing_is_drawn_over_the_blank_between_two_rows_unless_it_is_selected_alone() -> None:
    row, long = Row(TEXT, 0, 8), span("of Sines", status="suggested")
    drawn = pieces(draw_text(row, 80, content(long, focus=(0, 0)), STYLES))
    assert drawn == [("Port ", ""), ("of", "underline"), (" ", "")]
    drawn = pieces(draw_text(row, 80, content(long, focus=(5, 13)), STYLES))
    assert drawn[-2:] == [("of", "bold"), (" ", "")]
    drawn = pieces(draw_text(row, 80, content(long, focus=(7, 8), cursor=(7, 8)), STYLES))
    assert drawn[-2:] == [("of", "underline"), (" ", "bold")]
