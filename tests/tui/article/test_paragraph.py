"""The paragraph that the cursor is in, in texts of any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.segmentation import paragraph_at
from tests.texts import ARTICLE, texts
from tui.article.paragraph import MARGIN, REACH, CursorParagraph


@given(texts() | st.text("ab \n\r", max_size=60), st.lists(st.integers(0, 90), max_size=6))
def test_it_is_the_paragraph_that_keys_act_on(text: str, places: list[int]) -> None:
    paragraph = CursorParagraph(text, by_line=False)
    for place in places:
        at = min(place, len(text))
        assert paragraph.at(at) == paragraph_at(text, at)


def test_in_a_text_without_empty_lines_it_is_the_line() -> None:
    text = "The old quay\r\nof the harbour\rSea"
    paragraph = CursorParagraph(text, by_line=True)
    assert text[slice(*paragraph.at(3))] == "The old quay"
    assert text[slice(*paragraph.at(text.index("of")))] == "of the harbour"
    assert text[slice(*paragraph.at(len(text)))] == "Sea"


@pytest.mark.parametrize("by_line", [False, True])
def test_in_a_huge_paragraph_it_reaches_further_than_any_screen(by_line: bool) -> None:
    text = ARTICLE + "\n\n" + "Sines " * 100_000 + "\n\n" + ARTICLE
    paragraph = CursorParagraph(text, by_line=by_line)
    begin, end = text.index("Sines Sines"), text.rindex("Sines Sines") + len("Sines Sines ")
    for place in (begin, begin + 40_000, begin + 300_000, begin + 330_000, end - 1, begin + 60_000):
        start, last = paragraph.at(place)
        assert start == begin or place - start >= MARGIN
        assert last == end or last - place >= MARGIN
        assert begin <= start < last <= end
        assert last - start <= 2 * REACH


def test_it_is_looked_for_seldom() -> None:
    text = "Sines " * 100_000
    paragraph = CursorParagraph(text, by_line=False)
    seen = {paragraph.at(place) for place in range(0, len(text), 600)}
    assert len(seen) <= len(text) // (REACH - MARGIN) + 2
