"""Which rows are shown when the cursor moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.article.scrolling import VisibleRows

SCREEN = VisibleRows(100, 21)
"""Its middle third is rows 107 to 113."""


@pytest.mark.parametrize("row", [107, 110, 113])
def test_in_the_middle_third_nothing_scrolls(row: int) -> None:
    assert SCREEN.top_for(row, row, 1000) is None


@pytest.mark.parametrize(("row", "top"), [(114, 107), (120, 113), (106, 93), (100, 87)])
def test_a_step_out_of_it_scrolls_a_third_or_more(row: int, top: int) -> None:
    assert SCREEN.top_for(row, row, 1000) == top


@pytest.mark.parametrize(("row", "top"), [(500, 493), (50, 43), (2, 0)])
def test_a_far_row_comes_to_one_third(row: int, top: int) -> None:
    assert SCREEN.top_for(row, row, 1000) == top


def test_a_jump_comes_to_one_third_from_anywhere() -> None:
    assert SCREEN.top_for(113, 113, 1000, jump=True) == 106


def test_at_either_end_the_text_scrolls_no_further() -> None:
    assert SCREEN.top_for(119, 119, 121) is None
    assert SCREEN.top_for(119, 119, 125) == 104
    assert SCREEN.top_for(119, 119, None) == 112
    assert VisibleRows(0, 21).top_for(3, 3, 1000) is None
    assert VisibleRows(4, 21).top_for(3, 3, 1000) == 0
    assert VisibleRows(0, 21).top_for(3, 3, 10, jump=True) is None


def test_a_range_is_shown_to_its_end_if_it_fits_and_from_its_beginning_if_not() -> None:
    assert SCREEN.top_for(110, 120, 1000) is None
    assert SCREEN.top_for(110, 121, 1000) == 103
    assert SCREEN.top_for(110, 129, 1000) == 109
    assert SCREEN.top_for(110, 200, 1000) == 110


@given(st.integers(0, 300), st.integers(1, 40), st.integers(0, 300), st.integers(0, 50), st.booleans())
def test_the_row_is_in_the_middle_third_afterwards_where_the_text_allows(
    top: int, height: int, row: int, more: int, jump: bool
) -> None:
    total = row + 1 + more
    top = min(top, max(total - height, 0))
    moved = VisibleRows(top, height).top_for(row, row, total, jump=jump)
    after = VisibleRows(top if moved is None else moved, height)
    assert after.shows(row)
    third = height // 3
    assert row - after.top >= third or after.top == 0
    assert after.top + height - 1 - row >= third or after.top == max(total - height, 0)
    assert VisibleRows(after.top, height).top_for(row, row, total) is None


def test_walking_down_a_text_scrolls_once_in_a_third_of_the_height() -> None:
    sight, scrolls = VisibleRows(0, 21), 0
    for row in range(210):
        top = sight.top_for(row, row, 1000)
        if top is not None:
            sight, scrolls = VisibleRows(top, 21), scrolls + 1
    assert scrolls == 28
