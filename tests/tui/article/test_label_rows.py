"""The rows of label names under the text."""

import pytest

from annotations.model.span import Span
from tests.tui.article.drawn import STYLES, TEXT, content, span
from tui.article.label_rows import draw_names
from tui.cells import Row
from tui.marks import Mark


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
