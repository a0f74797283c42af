import unicodedata

from hypothesis import given
from rich.cells import cell_len

from annotations.text.display import displayable
from tests.texts import texts
from tui.cells.row import NARROW, Row, clusters

HOSTILE = "A\x1b]0;owned\x07B\x9b31mC\u202eD\u2066E\ufeffF\x7fG\u200bH\u2028I\x00"


def test_nothing_that_drives_a_terminal_is_left() -> None:
    shown = displayable(HOSTILE)
    assert len(shown) == len(HOSTILE)
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp", "Cs") for char in shown)
    assert "␛]0;owned␇" in shown


@given(texts())
def test_what_is_shown_has_a_code_point_for_each_and_no_controls(text: str) -> None:
    shown = displayable(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in shown)
    assert displayable(shown) == shown


def test_every_narrow_character_takes_one_cell() -> None:
    # The fast path relies on this: a character of two cells would shift the rest of its row.
    narrow = [chr(code) for code in range(0x2200) if NARROW.fullmatch(chr(code))]
    assert len(narrow) > 1000
    assert [char for char in narrow if cell_len(displayable(char)) != 1] == []
    assert not NARROW.fullmatch("\t")
    assert not NARROW.fullmatch("\u0301")


@given(texts())
def test_cells_and_offsets_map_back_and_forth(text: str) -> None:
    text = text.replace("\n", " ").replace("\r", " ")
    row = Row(text, 0, len(text))
    starts = [start for start, _, _ in clusters(text, 0, len(text))]
    cell = 0
    for start in starts:
        assert row.cell_of(start) == cell
        end = next((other for other in starts if other > start), len(text))
        width = row.cell_of(end) - cell
        for inside in range(cell, cell + width):
            assert row.offset_at(inside) == start
        for offset in range(start, end):
            assert row.snap(offset) == start
        cell += width
    assert row.width == cell == row.cell_of(len(text))
    assert row.offset_at(cell) == row.offset_at(cell + 7) == len(text)
    assert cell_len(row.shown(0, len(text))) <= row.width


def test_a_tab_reaches_the_next_stop() -> None:
    row = Row("ab\tc\t\td", 0, 7)
    assert row.shown(0, 7) == "ab      c               d"
    assert [row.cell_of(offset) for offset in range(8)] == [0, 1, 2, 8, 9, 16, 24, 25]
    assert row.offset_at(5) == 2


def test_a_symbol_for_a_tab_in_the_text_itself_is_no_tab() -> None:
    row = Row("\u2409\tx", 0, 3)
    assert row.shown(0, 3) == "\u2409       x"
