import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotations.text.display import displayable
from tui.cells.cut import ELLIPSIS, cut, cut_middle, shown_width, with_room, wrapped

TEXTS = st.text(st.sampled_from("ab 漢字שלוםم\u0301é👩‍🔬\t\x1b…"), max_size=40)


@given(TEXTS, st.integers(0, 30), st.sampled_from([ELLIPSIS, "~"]))
def test_what_is_cut_fits_and_says_so(text: str, cells: int, sign: str) -> None:
    for way in (cut, cut_middle):
        shown = way(text, cells, sign)
        assert shown_width(shown) <= cells
        if cells and shown_width(text) > cells:
            assert sign in shown
        elif shown_width(text) <= cells:
            assert shown_width(shown) == shown_width(text)


@given(TEXTS, st.integers(2, 30))
def test_nothing_of_what_is_wrapped_is_lost(text: str, cells: int) -> None:
    rows = wrapped(text.replace("\t", ""), cells)
    assert all(shown_width(row) <= cells for row in rows)
    kept = "".join("".join(rows).split())
    assert kept == "".join(displayable(text.replace("\t", "")).split())


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("the Strategic Framework Agreement", 17, "the Strategic Fr…"),
        ("漢字漢字", 5, "漢字…"),
        ("short", 5, "short"),
        ("a b", 2, "a…"),
    ],
)
def test_words_are_cut(text: str, cells: int, expected: str) -> None:
    assert cut(text, cells) == expected


def test_the_middle_goes_and_both_ends_stay() -> None:
    assert cut_middle("a-very-long-name.txt", 11) == "a-ver…e.txt"


def test_what_stands_behind_words_of_any_width_covers_none_of_them() -> None:
    for words in ("Oslo", "தமிழ்நாட்டின்", "❤️ 👩‍👧", ""):
        with_blanks = with_room(words)
        assert with_blanks.rstrip() == words
        assert cell_len(with_blanks) == max(cell_len(words), shown_width(words))
    assert with_room("Oslo") == "Oslo"
    assert with_room("தமிழ்நாட்டின்") != "தமிழ்நாட்டின்"
