"""The columns and rows of the parts of the page."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.article.geometry import geometry

WIDTHS = st.integers(40, 260)
MEASURES = st.one_of(st.just(0), st.integers(40, 120))


@pytest.mark.parametrize(
    ("width", "panel_open", "left", "text", "rail_left", "rail"),
    [
        (80, False, 4, 66, 72, 7),
        (80, True, 4, 66, 72, 7),
        (120, True, 4, 72, 78, 7),
        (120, False, 4, 72, 78, 24),
        (160, True, 8, 72, 82, 24),
        (200, True, 28, 72, 102, 24),
        (200, False, 28, 72, 102, 24),
        (60, False, 4, 46, 52, 7),
        (59, False, 4, 54, 60, 0),
        (49, False, 2, 46, 50, 0),
    ],
)
def test_the_page_is_as_the_pictures_have_it(
    width: int, panel_open: bool, left: int, text: int, rail_left: int, rail: int
) -> None:
    page = geometry(width, 40, 72, panel_open=panel_open)
    assert (page.left, page.text, page.rail_left, page.rail) == (left, text, rail_left, rail)


@pytest.mark.parametrize(
    ("width", "measure", "beside", "columns"),
    [
        (119, 72, False, 119),
        (120, 72, True, 34),
        (160, 72, True, 48),
        (88, 40, True, 34),
        (87, 40, False, 87),
        (160, 120, False, 160),
        (170, 120, True, 34),
        (182, 120, True, 48),
        (240, 0, False, 240),
    ],
)
def test_the_panel_stands_beside_the_text_where_both_have_room(
    width: int, measure: int, beside: bool, columns: int
) -> None:
    page = geometry(width, 40, measure, panel_open=True)
    assert (page.panel_beside, page.panel_columns) == (beside, columns)
    assert (page.panel_rows == 0) == beside


@pytest.mark.parametrize(
    ("height", "rows", "blank"), [(24, 10, 0), (15, 5, 0), (29, 10, 0), (40, 10, 1)]
)
def test_a_sheet_leaves_half_of_the_text_and_a_high_screen_has_a_blank_row(
    height: int, rows: int, blank: int
) -> None:
    page = geometry(80, height, 72)
    assert (page.panel_rows, page.blank_rows) == (rows, blank)


def test_a_measure_of_nothing_is_all_there_is_room_for() -> None:
    assert geometry(200, 50, 0).text == 186
    assert geometry(50, 50, 0).text == 45


@given(WIDTHS, MEASURES)
@example(119, 72)
@example(60, 40)
def test_the_panel_never_moves_the_text(width: int, measure: int) -> None:
    closed, opened = (geometry(width, 24, measure, panel_open=is_open) for is_open in (False, True))
    assert (opened.left, opened.text, opened.gutter) == (closed.left, closed.text, closed.gutter)


@given(WIDTHS, MEASURES, st.booleans())
@example(160, 120, True)
def test_the_parts_fill_the_view_and_never_overlap(width: int, measure: int, panel_open: bool) -> None:
    page = geometry(width, 24, measure, panel_open=panel_open)
    assert page.gutter <= page.left
    assert page.text <= (measure or width)
    if width >= 60:
        assert 7 <= page.rail <= 24
        assert page.rail_left + page.rail + 1 <= page.view
    else:
        assert page.rail == 0
        assert page.left + page.text + 1 <= page.view
    if page.panel_beside and panel_open:
        assert page.view + page.panel_columns == width
    else:
        assert page.view == width
