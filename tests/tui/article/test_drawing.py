"""The drawing of a row: what is written where, and which piece has which style."""

from typing import NamedTuple

import pytest
from textual.strip import Strip

from annotations.model.span import Span, Status
from tests.tui.own_colours import own_colours
from tui.article.drawing import RowContent, draw_names, draw_text
from tui.article.styles import ArticleStyles, Over
from tui.cells import Row
from tui.marks import Mark

STYLES = ArticleStyles(own_colours())
TEXT = "Port of Sines, Portugal"


class Stretch(NamedTuple):
    start: int
    end: int


def span(words: str, label: str = "GPE", status: Status = "accepted", text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), label, status)


def content(
    *spans: Span,
    marks: tuple[Mark, ...] = (),
    focus: tuple[int, int] = (0, 0),
    cursor: tuple[int, int] = (0, 0),
) -> RowContent:
    return RowContent(Stretch(*focus), cursor, spans, marks)


def pieces(strip: Strip) -> list[tuple[str, str]]:
    """The pieces of a strip that have text, each with the signs of its style that are no colours."""
    signs = ("bold", "italic", "underline", "strike", "reverse")
    return [
        (piece.text, " ".join(sign for sign in signs if piece.style and getattr(piece.style, sign)))
        for piece in strip
        if piece.text
    ]


def test_each_span_is_a_piece_in_the_style_of_its_status() -> None:
    spans = (span("Port", "ORG"), span("Sines", status="suggested"), span("Portugal", status="rejected"))
    drawn = draw_text(Row(TEXT, 0, len(TEXT)), 80, content(*spans, focus=(5, 7), cursor=(5, 7)), STYLES)
    assert pieces(drawn) == [
        ("Port", ""),
        (" ", ""),
        ("of", "bold underline"),
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
    start, end, label = *Stretch(8, 13), "GPE"
    mark = Mark(start, end, "to change", label, "+GPE")
    row = Row(TEXT, 0, len(TEXT))
    over = draw_text(row, 80, content(span("Sines"), marks=(mark,)), STYLES)
    assert ("Sines", "bold italic") in pieces(over)
    under = draw_text(row, 80, content(marks=(mark,), focus=(8, 13)), STYLES)
    assert ("Sines", "bold") in pieces(under)


@pytest.mark.parametrize(("start", "end"), [(0, 8), (8, 15)])
def test_of_what_reaches_over_several_rows_each_shows_its_part(start: int, end: int) -> None:
    row = Row(TEXT, start, end)
    long = content(span("of Sines", "ORG"), focus=(0, 0), cursor=(0, 0))
    drawn = pieces(draw_text(row, 80, long, STYLES))
    assert "".join(text for text, _ in drawn) == TEXT[start:end]
    assert ("of " if start == 0 else "Sines", "") in drawn
    names = draw_names(row, long, STYLES).text
    assert names == ("     ORG" if start == 0 else "‥ORG─")


def test_a_cursor_on_an_empty_line_is_a_blank_of_its_own() -> None:
    assert pieces(draw_text(Row("\n\n", 1, 1), 80, content(focus=(1, 1), cursor=(1, 1)), STYLES)) == [
        (" ", "bold underline")
    ]
    assert pieces(draw_text(Row("\n\n", 1, 1), 80, content(), STYLES)) == []


def test_blanks_behind_the_last_column_are_not_drawn() -> None:
    text = "Sines   "
    assert draw_text(Row(text, 0, 8), 6, content(), STYLES).text == "Sines "


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"status": "accepted"}, "GPE─────"),
        ({"status": "suggested"}, "GPE?┄┄┄┄"),
        ({"status": "rejected"}, "GPE×    "),
        ({"status": "accepted", "flagged": True, "comment": "sure?"}, 'GPE!"───'),
    ],
)
def test_a_name_has_the_sign_of_the_status_and_fills_its_span(
    changed: dict[str, object], name: str
) -> None:
    named = Span(15, 23, "GPE", **changed)  # type: ignore[arg-type]
    assert draw_names(Row(TEXT, 0, len(TEXT)), content(named), STYLES).text == " " * 15 + name


def test_names_that_begin_in_one_cell_share_it_the_outermost_first() -> None:
    spans = (span("Port of Sines", "ORG"), span("Port"))
    assert draw_names(Row(TEXT, 0, len(TEXT)), content(*spans), STYLES).text == "ORG/GPE──────"


def test_a_name_longer_than_its_span_is_cut_before_the_next_one() -> None:
    text = "Al in Ur"
    spans = (
        span("Al", "ORG", text=text),
        span("in", "GPE", text=text),
        span("Ur", "GPE", text=text),
    )
    assert draw_names(Row(text, 0, 8), content(*spans), STYLES).text == "OR GP GPE"


def test_a_mark_has_its_sign_among_the_names() -> None:
    marks = (
        Mark(0, 4, "to change", "ORG", "+ORG"),
        Mark(8, 13, "left out", "ORG", "="),
        Mark(15, 17, "found"),
    )
    assert draw_names(Row(TEXT, 0, len(TEXT)), content(marks=marks), STYLES).text == "+ORG    =════"


def test_names_stand_under_their_words_behind_wide_characters_and_tabs() -> None:
    text = "東京\tSines"
    names = draw_names(Row(text, 0, len(text)), content(span("Sines", text=text)), STYLES)
    assert names.text == " " * 8 + "GPE──"
