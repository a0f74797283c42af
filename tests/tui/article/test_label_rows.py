"""The rows of label names under the text."""

import pytest

from annotations.model.span import Span
from tests.tui.article.drawn import STYLES, TEXT, content, span
from tui.article.drawing import RowContent
from tui.article.label_rows import draw_names
from tui.article.marks import Mark
from tui.cells.row import Row
from tui.colours.glyphs import ASCII, UNICODE, Glyphs


def names_under(row: Row, what: RowContent, columns: int = 80, glyphs: Glyphs = UNICODE) -> str:
    return draw_names(row, what, STYLES, glyphs, columns).text.rstrip()


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"status": "accepted"}, "GPE"),
        ({"status": "suggested"}, "GPE?"),
        ({"status": "rejected"}, "GPE×"),
        ({"status": "accepted", "flagged": True, "comment": "sure?"}, 'GPE!"'),
    ],
)
def test_a_name_has_the_sign_of_the_status(changed: dict[str, object], name: str) -> None:
    named = Span(15, 23, "GPE", **changed)  # type: ignore[arg-type]
    assert names_under(Row(TEXT, 0, len(TEXT)), content(named)) == " " * 15 + name


def test_names_that_begin_in_one_cell_share_it_the_outermost_first() -> None:
    spans = (span("Port of Sines", "ORG"), span("Port"))
    assert names_under(Row(TEXT, 0, len(TEXT)), content(*spans)) == "ORG/GPE"


def test_a_name_longer_than_its_span_is_cut_before_the_next_one() -> None:
    text = "Al in Ur"
    spans = (
        span("Al", "ORG", text=text),
        span("in", "GPE", text=text),
        span("Ur", "GPE", text=text),
    )
    assert names_under(Row(text, 0, 8), content(*spans)) == "O… G… GPE"


def test_a_mark_has_its_sign_among_the_names() -> None:
    marks = (
        Mark(0, 4, "to change", "ORG", "+ORG"),
        Mark(8, 13, "left out", "ORG", "="),
        Mark(15, 17, "found"),
    )
    assert names_under(Row(TEXT, 0, len(TEXT)), content(marks=marks)) == "+ORG    ="


def test_names_stand_under_their_words_behind_wide_characters_and_tabs() -> None:
    text = "東京\tSines"
    names = names_under(Row(text, 0, len(text)), content(span("Sines", text=text)))
    assert names == " " * 8 + "GPE"


def test_a_name_ends_at_the_edge_of_the_page_and_all_signs_have_one_of_ascii() -> None:
    row = Row(TEXT, 0, len(TEXT))
    rejected = span("of Sines", "A_LONG_NAME", status="rejected")
    assert names_under(row, content(rejected), 12) == "     A_LONG…"
    assert names_under(row, content(rejected), 12, ASCII) == "     A_LONG~"
    assert names_under(row, content(rejected), 80, ASCII) == "     A_LONG_NAMEx"
