"""Finding rows and places in them by number, offset and column."""

from tui.article.rows import ArticleRows
from tui.cells.row import LARGER
from tui.cells.widths import Widths

TEXT = "The old quay\nSea\nof the harbour"


def rows(text: str = TEXT, columns: int = 40) -> ArticleRows:
    made = ArticleRows(text, LARGER)
    made.fit(columns)
    made.wrap.extend(1000)
    return made


def test_the_column_is_kept_across_a_shorter_row_until_it_is_forgotten() -> None:
    made = rows()
    here = TEXT.index("quay")
    short = made.offset_rows_away(here, 1)
    assert TEXT[short] == "a"
    assert made.offset_rows_away(short, 1) == TEXT.index("of") + here
    made.forget_column()
    assert made.offset_rows_away(short, 1) == TEXT.index("of") + 2


def test_beyond_the_first_and_last_row_are_the_ends_of_the_text() -> None:
    made = rows()
    assert made.offset_rows_away(5, -1) == 0
    assert made.offset_rows_away(TEXT.index("harbour"), 1) == len(TEXT)
    assert made.offset_rows_away(5, 99) == TEXT.index("of") + 5


def test_a_place_behind_a_row_is_its_last_code_point() -> None:
    made = rows()
    assert made.offset_at(1, 30) == TEXT.index("Sea") + 2
    assert made.offset_at(99, 2) == TEXT.index("of") + 2
    assert made.offset_at(-1, 0) == 0


def test_a_range_has_all_rows_it_touches() -> None:
    made = rows()
    assert made.rows_of(4, 12) == range(1)
    assert made.rows_of(4, TEXT.index("Sea") + 1) == range(2)
    assert made.rows_of(TEXT.index("Sea"), len(TEXT)) == range(1, 3)


def test_what_is_not_wrapped_yet_has_no_rows_and_no_number() -> None:
    made = ArticleRows("Sea\n" * 100_000, LARGER)
    known = [made.number]
    assert not made.rows_of(300_000, 300_010)
    assert made.wrap.reached < 1000
    made.wrap.extend(10**6)
    assert [*known, made.number] == [None, 100_001]
    assert list(made.rows_of(300_000, 300_003)) == [75_000]


def test_another_width_wraps_anew_and_the_same_one_does_not() -> None:
    made = rows(columns=6)
    before = made.wrap
    made.fit(6)
    assert made.wrap is before
    made.fit(7)
    assert made.wrap is not before


def test_columns_are_those_of_the_terminal_and_rows_those_of_the_larger_widths() -> None:
    text = "\U0001f44b\U0001f3fd Sines"
    made = rows(text, columns=8)
    sines = text.index("Sines")
    number, wide = made.wrap.row_of(sines), made.wrap.rows
    made.terminal = Widths(skin_tone=0)
    assert made.wrap.rows == wide == 2
    assert made.offset_at(number, 0) == sines
    assert made.row(0).width == 3


def test_a_step_goes_over_a_row_of_nothing_in_both_directions() -> None:
    text = "The old quay\nof the harbour"
    made = rows(text, columns=8)
    first, last = text.index("quay"), text.index("of")
    assert made.wrap.is_spacer_row(2)
    assert made.offset_rows_away(first, 1) == last
    made.forget_column()
    assert made.offset_rows_away(last, -1) == first
    assert made.offset_rows_away(0, 2) == last


def test_a_step_goes_to_empty_lines_and_on_from_them() -> None:
    text = "Sea\n\n\nBay"
    made = rows(text)
    assert made.offset_rows_away(0, 1) == 4
    assert made.offset_rows_away(5, 1) == text.index("Bay")
