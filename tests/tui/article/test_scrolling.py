"""Which rows are shown when the cursor moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.article.scrolling import CONTEXT, RowsInSight

SCREEN = RowsInSight(100, 20)


@pytest.mark.parametrize("row", [103, 110, 116])
def test_a_row_with_enough_around_it_moves_nothing(row: int) -> None:
    assert SCREEN.top_for(row, row, 1000) is None


@pytest.mark.parametrize(("row", "top"), [(102, 99), (99, 96), (117, 101), (120, 104)])
def test_a_near_row_scrolls_as_little_as_keeps_rows_around_it(row: int, top: int) -> None:
    assert SCREEN.top_for(row, row, 1000) == top


@pytest.mark.parametrize(("row", "top"), [(500, 494), (50, 44), (2, 0)])
def test_a_far_row_comes_to_the_upper_third(row: int, top: int) -> None:
    assert SCREEN.top_for(row, row, 1000) == top


def test_a_jump_comes_to_the_upper_third_from_anywhere() -> None:
    assert SCREEN.top_for(110, 110, 1000, jump=True) == 104


def test_at_the_end_of_the_text_there_are_no_rows_below_to_keep() -> None:
    assert SCREEN.top_for(119, 119, 120) is None
    assert SCREEN.top_for(119, 119, 121) == 103
    assert SCREEN.top_for(119, 119, None) == 103
    assert SCREEN.top_for(101, 101, 120) == 98, "upwards there are"


def test_a_range_is_shown_to_its_end_if_it_fits_and_from_its_beginning_if_not() -> None:
    assert SCREEN.top_for(110, 119, 1000) == 103
    assert SCREEN.top_for(103, 200, 1000) is None
    assert SCREEN.top_for(112, 200, 1000) == 109


@given(st.integers(0, 300), st.integers(1, 40), st.integers(0, 300), st.booleans())
def test_the_row_is_in_sight_afterwards(top: int, height: int, row: int, jump: bool) -> None:
    total = max(row + 1, top + 1)
    moved = RowsInSight(top, height).top_for(row, row, total, jump=jump)
    after = RowsInSight(top if moved is None else moved, height)
    assert after.shows(row)
    if moved is not None and not jump and abs(moved - top) < height:
        around = min(CONTEXT, (height - 1) // 2)
        assert after.top == 0 or row - after.top >= around
        assert after.top + height - 1 - row >= around
