import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.annotations.text.test_invisible import awkward
from tests.texts import texts
from tui.cells.row import LARGER, Row, cluster_width, clusters, fit
from tui.cells.widths import Widths, widest
from tui.cells.wrap import Wrap

SMALLER = Widths(
    spacing_mark=0,
    spacing_letter=0,
    conjunct=0,
    emoji_style=1,
    text_style=1,
    keycap=1,
    joined=0,
    skin_tone=0,
    flag=2,
)
"""The smaller width of each class."""
WORDS = [
    *("राष्ट्रपति", "क्षेत्रीय", "தமிழ்நாட்டின்", "ബാംഗ്ലൂർ", "বাংলাদেশ", "ಬೆಂಗಳೂರು", "ශ්‍රී"),
    *("กำลัง", "ນ້ຳ", "ភ្នំពេញ", "ရန်ကုန်", "ལྷ་ས", "ᬩᬮᬶ", "東京", "キャノン", "ﾊﾟﾘ", "한국", "ᄒ\u1161ᆫ"),
    *("❤️", "⌚︎", "1️⃣", "👩‍👩‍👧", "❤️‍🔥", "👍🏽", "🇩🇪", "🇩", "™️", "“Ana”", "±", "Владимир"),
    *(" ", "  ", "\t", " \u0903", " \ufe0f", "a", "\u093e", "\u200d", "\u034f", "-"),
]
doubtful = st.one_of(st.lists(st.sampled_from(WORDS), max_size=25).map("".join), awkward, texts())
tables = st.sampled_from([LARGER, SMALLER, Widths(spacing_mark=0), Widths(flag=2, joined=0)])


@pytest.mark.parametrize(
    ("cluster", "larger", "smaller"),
    [
        *[
            ("का", 2, 1),
            ("क्ष", 2, 1),
            ("क्षि", 3, 1),
            ("கா", 2, 1),
            ("ကျ", 2, 1),
            ("กำ", 2, 1),
            ("ﾊﾟ", 2, 1),
        ],
        *[("❤️", 2, 1), ("❤", 1, 1), ("⌚", 2, 2), ("⌚︎", 2, 1), ("1️⃣", 2, 1), ("™️", 2, 1)],
        *[("👩‍👧", 4, 2), ("👩‍👩‍👧", 6, 2), ("❤️‍🔥", 4, 2), ("👍🏽", 4, 2), ("🇩🇪", 4, 2), ("🇩", 2, 1)],
        *[
            ("e\u0301", 1, 1),
            ("漢", 2, 2),
            ("한", 2, 2),
            ("ᄒ\u1161ᆫ", 2, 2),
            ("±", 1, 1),
            (" \u200b", 2, 2),
        ],
    ],
)
def test_where_terminals_differ_both_widths_are_known(cluster: str, larger: int, smaller: int) -> None:
    assert sum(width for *_, width in clusters(cluster, 0, len(cluster))) == larger
    assert sum(width for *_, width in clusters(cluster, 0, len(cluster), SMALLER)) == smaller


def test_what_is_ambiguous_is_wide_where_east_asian_languages_are_set() -> None:
    assert widest({"LANG": "ja_JP.UTF-8"}).ambiguous == 2
    assert widest({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}).ambiguous == 1
    assert widest({}) == LARGER
    east = widest({"LC_CTYPE": "ko_KR.UTF-8"})
    assert cluster_width("±", "", east) == cluster_width("Я", "", east) == 2
    assert [Row("“Я”", 0, 3, east).cell_of(offset) for offset in range(4)] == [0, 2, 4, 6]


@given(doubtful)
def test_the_layout_is_at_least_as_wide_as_any_terminal_and_rich(text: str) -> None:
    for start, end, width in clusters(text, 0, len(text)):
        assert (
            cluster_width(text[start:end], text[end : end + 1], SMALLER) <= width or text[start] == "\t"
        )
    line = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    row = Row(line, 0, len(line))
    assert cell_len(row.shown(0, len(line))) <= row.width


@given(doubtful, st.integers(2, 40), tables)
def test_no_row_is_wider_than_the_width_in_any_terminal(text: str, width: int, terminal: Widths) -> None:
    wrap = Wrap(text, width)
    wrap.extend(10**9)
    for number in range(wrap.rows):
        start, end = wrap.range_of(number)
        row = Row(text, start, end, LARGER, terminal)
        last = row.end_within(width)
        if last < end:
            # Only blanks may be beyond the edge.
            assert not text[last:end].strip(" \t")
        assert row.cell_of(last) <= width or "\t" in text[start:last]
    # Lines with nothing but blanks are drawn as one empty row.
    shown = "".join(text[slice(*wrap.range_of(row))] for row in range(wrap.rows))
    assert regex.sub(r"\s", "", shown) == regex.sub(r"\s", "", text)


@pytest.mark.parametrize("cluster", ["क" + "\u093e" * 500, "👩" + "\u200d👩" * 200, "🇩🇪"])
@pytest.mark.parametrize("width", [2, 3, 30])
def test_a_cluster_that_fills_more_than_a_row_is_cut(cluster: str, width: int) -> None:
    text = f"a {cluster} b\n{cluster}"
    wrap = Wrap(text, width)
    wrap.extend(10**9)
    assert "".join(text[slice(*wrap.range_of(row))] for row in range(wrap.rows)) == text.replace(
        "\n", ""
    )
    for number in range(wrap.rows):
        row = Row(text, *wrap.range_of(number))
        assert row.cell_of(row.end_within(width)) <= width
        assert text[row.end_within(width) : row.end].strip(" ") == ""


def test_a_hindi_word_is_not_broken_where_it_fits_a_row() -> None:
    text = "राष्ट्रपति द्रौपदी मुर्मू ने लखनऊ में किसानों से मुलाक़ात की " * 3
    wrap = Wrap(text, 30)
    wrap.extend(10**9)
    for number in range(wrap.rows):
        assert text[wrap.range_of(number)[1] - 1] == " "


def test_wrapping_is_the_same_for_every_terminal_and_so_are_tabs() -> None:
    text = "का\tकि x"
    larger, smaller = Row(text, 0, len(text)), Row(text, 0, len(text), LARGER, SMALLER)
    assert larger.shown(0, len(text)) == smaller.shown(0, len(text))
    assert (larger.cell_of(3), smaller.cell_of(3)) == (8, 7)
    assert (larger.offset_at(7), smaller.offset_at(7)) == (2, 3)


@given(doubtful, tables)
def test_cells_of_a_terminal_and_offsets_map_back_and_forth(text: str, terminal: Widths) -> None:
    text = text.replace("\n", " ").replace("\r", " ")
    row = Row(text, 0, len(text), LARGER, terminal)
    for start, end, _ in clusters(text, 0, len(text)):
        for cell in range(row.cell_of(start), row.cell_of(end)):
            assert row.offset_at(cell) == start
    assert row.offset_at(row.width) == len(text)


@given(doubtful, st.integers(0, 30))
def test_what_is_fitted_takes_its_place_and_no_more_in_any_terminal(text: str, cells: int) -> None:
    fitted = fit(text, cells)
    assert cell_len(fitted) == cells
    words = fitted.rstrip(" ")
    assert sum(width for *_, width in clusters(words, 0, len(words))) <= cells
