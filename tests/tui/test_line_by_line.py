import gc

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.widgets.line_by_line import DrawnOnce, filled


@pytest.mark.parametrize("cuts", [[5], [2, 5], [2], [9]])
def test_a_strip_is_divided_as_any_other_and_leaves_nothing_to_collect(cuts: list[int]) -> None:
    segments = [Segment("ab"), Segment("cde", Style(bold=True))]
    gc.collect()
    gc.disable()
    try:
        parts = DrawnOnce(segments, 5).divide(cuts)
        assert list(parts) == list(Strip(segments, 5).divide(cuts))
        del parts
        # Textual's own strip leaves something to collect only if it was not divided.
        own = gc.collect()
        DrawnOnce(segments, 5).divide(cuts)
        assert gc.collect() == 0
        assert bool(own) == (cuts == [5])
    finally:
        gc.enable()


@pytest.mark.parametrize(("width", "wanted"), [(5, "abcde"), (3, "abc"), (7, "abcde  ")])
def test_a_strip_is_cut_or_filled_up(width: int, wanted: str) -> None:
    strip = Strip([Segment("abcde")])
    assert filled(strip, width, Style()).text == wanted
