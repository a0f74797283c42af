"""The rows of the thumb in the scroll bar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.thumb import thumb


@pytest.mark.parametrize(
    ("top", "rows"), [(0, range(5)), (60, range(15, 20)), (30, range(8, 13)), (1, range(5))]
)
def test_it_says_which_part_is_in_sight(top: int, rows: range) -> None:
    assert thumb(20, top, 20, 80) == rows


def test_where_everything_is_in_sight_there_is_none() -> None:
    assert not thumb(20, 0, 20, 20)
    assert not thumb(20, 0, 20, 3)


@given(st.integers(1, 80), st.integers(1, 80), st.integers(1, 10**7), st.floats(0, 1))
def test_it_is_always_in_the_bar_and_at_its_ends_at_those_of_the_text(
    height: int, in_sight: int, more: int, share: float
) -> None:
    total = in_sight + more
    rows = thumb(height, share * more, in_sight, total)
    assert 0 <= rows.start < rows.stop <= height
    assert thumb(height, 0, in_sight, total).start == 0
    assert thumb(height, more, in_sight, total).stop == height
