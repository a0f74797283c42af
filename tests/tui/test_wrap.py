import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.texts import ARTICLE, texts
from tui.cells.row import Row, cluster_width, clusters
from tui.cells.wrap import Wrap, has_empty_line

LINES = st.sampled_from(("ab ", "abc\t ", "ab東 ", "a\u0301 東\tb\n", "abc")).flatmap(
    lambda signs: st.text(signs, max_size=80)
)
"""Texts with many places to break, each text with only a few kinds of characters."""


def rows(text: str, width: int) -> list[str]:
    wrap = Wrap(text, width)
    wrap.extend(10**9)
    return [text[slice(*wrap.range_of(row))] for row in range(wrap.rows)]


def seen(text: str, start: int, end: int) -> int:
    """The width in cells of a row without the blanks at its end."""
    units = list(clusters(text, start, end))
    while units and text[slice(*units[-1][:2])] in (" ", "\t"):
        units.pop()
    return Row(text, start, units[-1][1] if units else start).width


def places_to_break(text: str, start: int) -> list[int]:
    """Where a row that starts at `start` may end: after blanks, beside wide characters, at the line's end."""
    places: set[int] = set()
    for first, last, width in clusters(text, start, len(text)):
        if text[first] in "\r\n":
            return sorted({*places, first} - {start})
        if text[first:last] in (" ", "\t"):
            places.add(last)
        elif width > 1 and cluster_width(text[first]) > 1:
            places |= {first, last}
    return sorted({*places, len(text)} - {start})


def test_rows_end_behind_blanks() -> None:
    assert rows("The quick brown fox", 10) == ["The quick ", "brown fox"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_where_the_text_says(end: str) -> None:
    assert rows(f"one{end}{end}two{end}", 10) == ["one", "", "two", ""]


def test_a_word_longer_than_the_row_is_cut() -> None:
    assert rows("abcdefghij kl", 4) == ["abcd", "efgh", "ij ", "kl"]


def test_wide_characters_break_anywhere_and_never_in_half() -> None:
    assert rows("東京都庁", 5) == ["東京", "都庁"]


@given(texts() | LINES, st.integers(2, 30))
def test_every_code_point_is_in_one_row_and_rows_fit(text: str, width: int) -> None:
    wrap = Wrap(text, width)
    wrap.extend(10**9)
    assert wrap.complete
    at = 0
    for number in range(wrap.rows):
        start, end = wrap.range_of(number)
        assert start >= at
        # Between two rows there are only line ends and blanks, which belong to the row before them.
        assert set(text[at:start]) <= set(" \t\r\n")
        assert wrap.reach_of(number)[0] == (wrap.reach_of(number - 1)[1] if number else 0)
        assert start == at or number > 0
        # Blanks may be beyond the edge, and so may a single cluster that is wider than the row.
        assert seen(text, start, end) <= width or len(list(clusters(text, start, end))) == 1
        for offset in range(start, end):
            assert wrap.row_of(offset) == number
        at = end
    assert set(text[at:]) <= set(" \t\r\n")
    for offset in range(len(text)):
        start, behind = wrap.reach_of(wrap.row_of(offset))
        assert start <= offset < behind


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_run_of_empty_lines_is_one_row(end: str) -> None:
    text = f"one{end}{end} \t{end}{end}two{end}{end}{end}"
    assert rows(text, 10) == ["one", "", "two", ""]
    wrap = Wrap(text, 10)
    first, second = text.index("one") + 3 + len(end), text.index("two")
    assert {wrap.row_of(offset) for offset in range(first, second)} == {1}
    assert wrap.reach_of(1) == (first, second)
    assert rows(f"{end}{end}one", 10) == ["", "one"]


def test_a_text_without_an_empty_line_gets_a_row_of_nothing_behind_what_takes_several_rows() -> None:
    text = "abcd efgh\nij\nabcd efgh ij\nkl\nabcd efgh\n"
    wrap = Wrap(text, 5, spaced=True)
    wrap.extend(100)
    shown = [text[slice(*wrap.range_of(row))] for row in range(wrap.rows)]
    assert shown == ["abcd ", "efgh", "", "ij", "abcd ", "efgh ", "ij", "", "kl", "abcd ", "efgh", ""]
    assert [row for row in range(wrap.rows) if wrap.is_spacer_row(row)] == [2, 7]
    for offset in range(len(text)):
        assert not wrap.is_spacer_row(wrap.row_of(offset))


@pytest.mark.parametrize(
    ("text", "has_one"),
    [("", False), ("a\nb\r\nc\rd", False), ("a\n\nb", True), ("a\r\n \r\nb", True), (" \na", True)],
)
def test_whether_there_is_an_empty_line(text: str, has_one: bool) -> None:
    assert has_empty_line(text) is has_one


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\nc"])
def test_a_blank_outside_the_last_row_of_a_line_begins_no_row(end: str) -> None:
    """A line that is one blank longer than its row takes one row, whatever follows."""
    wrap = Wrap(f"abcd {end}", 4)
    wrap.extend(10**9)
    assert wrap.range_of(0) == (0, 5)
    assert wrap.rows == 1 + bool(end)


@given(LINES, st.integers(4, 20))
@example(" abcd東", 4)
def test_no_row_is_shorter_than_it_must_be(text: str, width: int) -> None:
    """A row ends inside a line only if the text up to the next place to break would not fit into it."""
    wrap = Wrap(text, width)
    wrap.extend(10**9)
    for number in range(wrap.rows - 1):
        (start, end), (following, _) = wrap.range_of(number), wrap.range_of(number + 1)
        if end < following:
            continue
        breaks = places_to_break(text, start)
        if end in breaks:
            piece = next(place for place in breaks if place > end)
        else:
            # A word is cut only if its row has no earlier place to break.
            assert not [place for place in breaks if start < place < end]
            piece = next(last for _, last, _ in clusters(text, end, len(text)))
        if text[end] == " ":
            # Of several blanks after a full row, one is beyond the edge, and the others begin the next row.
            assert Row(text, start, piece).width > width + 1
        else:
            assert seen(text, start, piece) > width


def test_the_check_of_short_rows_knows_where_rows_may_end() -> None:
    assert places_to_break("ab c\td東e\nf", 0) == [3, 5, 6, 7, 8]
    assert places_to_break("東京", 0) == [1, 2]
    assert seen("ab  ", 0, 4) == 2


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("a\tb\tcd ef", 20, ["a\tb\tcd ", "ef"]),
        ("a\tb\tcd ef", 17, ["a\tb\t", "cd ef"]),
        ("abcdefgh\tij", 17, ["abcdefgh\t", "ij"]),
        ("abcdefg\tij", 10, ["abcdefg\tij"]),
        ("abcdefg\tijk", 10, ["abcdefg\t", "ijk"]),
        # Tab stops are counted from the start of the row, not of the line.
        ("abcde ijklmno\tp", 9, ["abcde ", "ijklmno\tp"]),
        ("\t\t\tab", 10, ["\t\t\t", "ab"]),
    ],
)
def test_a_tab_reaches_to_the_next_stop_of_its_row(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


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
    """The number of rows laid out for the first rows does not depend on how much text follows."""

    def laid_out(text: str) -> int:
        wrap = Wrap(text, 100)
        wrap.reach_row(60)
        return wrap.rows

    assert 60 < laid_out(ARTICLE * 12_000) == laid_out(ARTICLE * 200) < 1000
