import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.texts import ARTICLE, texts
from tui.cells import Row, clusters
from tui.wrap import Wrap


def rows(text: str, width: int) -> list[str]:
    wrap = Wrap(text, width)
    wrap.extend(10**9)
    return [text[slice(*wrap.range_of(row))] for row in range(wrap.rows)]


def test_rows_end_behind_blanks() -> None:
    assert rows("The quick brown fox", 10) == ["The quick ", "brown fox"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_where_the_text_says(end: str) -> None:
    assert rows(f"one{end}{end}two{end}", 10) == ["one", "", "two", ""]


def test_a_word_longer_than_the_row_is_cut() -> None:
    assert rows("abcdefghij kl", 4) == ["abcd", "efgh", "ij ", "kl"]


def test_wide_characters_break_anywhere_and_never_in_half() -> None:
    assert rows("東京都庁", 5) == ["東京", "都庁"]


@given(texts(), st.integers(2, 30))
def test_every_code_point_is_in_one_row_and_rows_fit(text: str, width: int) -> None:
    wrap = Wrap(text, width)
    wrap.extend(10**9)
    assert wrap.complete
    at = 0
    for number in range(wrap.rows):
        start, end = wrap.range_of(number)
        assert start >= at
        assert set(text[at:start]) <= set("\r\n")
        assert start == at or number > 0
        # Blanks may hang over the edge, and a tab on its own may be wider than the row.
        units = list(clusters(text, start, end))
        while units and text[units[-1][0]] in " \t":
            units.pop()
        shown = Row(text, start, units[-1][1] if units else start)
        assert shown.width <= width or len(units) == 1 or "\t" in text[start:end]
        for offset in range(start, end):
            assert wrap.row_of(offset) == number
        at = end
    assert set(text[at:]) <= set("\r\n")


@given(texts(), st.integers(2, 30), st.lists(st.integers(0, 60), max_size=5))
def test_looking_early_gives_the_same_rows(text: str, width: int, looks: list[int]) -> None:
    lazy = Wrap(text, width)
    for offset in looks:
        lazy.row_of(min(offset, len(text)))
        lazy.extend(1)
    lazy.extend(10**9)
    eager = Wrap(text, width)
    eager.extend(10**9)
    assert lazy.rows == eager.rows
    assert all(lazy.range_of(row) == eager.range_of(row) for row in range(eager.rows))


def test_the_first_rows_of_a_huge_text_do_not_wait_for_the_rest() -> None:
    """What is laid out for the first rows does not depend on how much text follows."""

    def laid_out(text: str) -> int:
        wrap = Wrap(text, 100)
        wrap.reach_row(60)
        return wrap.rows

    assert 60 < laid_out(ARTICLE * 12_000) == laid_out(ARTICLE * 200) < 1000
