"""What a drag selects, and when it scrolls."""

import pytest

from tui.article.drag import Drag, rows_beyond


def test_a_click_without_a_move_selects_nothing() -> None:
    drag = Drag()
    drag.begin(7)
    assert drag.active
    assert drag.to(7) is None


@pytest.mark.parametrize(("to", "selected"), [(9, (7, 10)), (3, (3, 8))])
def test_both_ends_are_selected_in_either_direction(to: int, selected: tuple[int, int]) -> None:
    drag = Drag()
    drag.begin(7)
    assert drag.to(to) == selected


def test_back_where_it_began_a_drag_selects_that_place() -> None:
    drag = Drag()
    drag.begin(7)
    drag.to(9)
    assert drag.to(7) == (7, 8)


def test_a_new_drag_knows_nothing_of_the_one_before() -> None:
    drag = Drag()
    drag.begin(7)
    drag.to(9)
    drag.end()
    assert not drag.active
    assert drag.to(12) is None
    drag.begin(20)
    assert drag.to(20) is None


@pytest.mark.parametrize(("line", "rows"), [(-1, -1), (0, 0), (9, 0), (10, 1), (40, 1)])
def test_it_scrolls_above_and_below_the_view(line: int, rows: int) -> None:
    assert rows_beyond(line, 10) == rows
