"""The last line: as many keys as fit, and always the way out and the key that shows all keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tests.tui.own_colours import own_colours
from tui.cells.cut import shown_width
from tui.colours.glyphs import ASCII, UNICODE
from tui.widgets.appearance import Appearance
from tui.widgets.hints import Hint, Hints, hints_row, short_sign

PLAIN = Appearance(own_colours(), UNICODE)
HINTS = Hints(
    (
        Hint("Enter", "accept"),
        Hint("⌫", "reject"),
        Hint("a-z", "relabel"),
        Hint("", "has no key"),
        Hint("*", "all"),
    ),
    help=Hint("?", "keys"),
)
MODE = Hints(
    (Hint("J", "join"), Hint("Enter", "show in text")),
    mode="ENTITIES",
    way_out=Hint("Esc", "back to the text"),
    help=Hint("?", "keys"),
)


def shown(said: Hints, width: int, appearance: Appearance = PLAIN) -> str:
    return "".join(text for text, _ in hints_row(said, width, appearance))


def test_the_important_ones_first_and_all_keys_at_the_right() -> None:
    assert shown(HINTS, 60) == " Enter accept  ⌫ reject  a-z relabel  * all          ? keys"
    assert shown(HINTS, 40) == " Enter accept  ⌫ reject          ? keys"


def test_a_mode_has_a_chip_and_its_way_out_last() -> None:
    assert shown(MODE, 80) == (
        " ENTITIES  J join  Enter show in text  Esc back to the text              ? keys"
    )
    assert shown(MODE, 45) == " ENTITIES  Esc back to the text       ? keys"
    assert shown(MODE, 30) == " ENTITIES  Esc         ? keys"
    line = hints_row(MODE, 80, PLAIN)
    assert line[0] == (" ENTITIES ", own_colours().lamp)


def test_a_notice_stands_in_place_of_the_keys_and_is_cut_with_a_sign() -> None:
    said = Hints(HINTS.hints, notice="Undone: relabelled “Lisbon”.", help=HINTS.help)
    assert shown(said, 80) == " Undone: relabelled “Lisbon”."
    assert shown(said, 20) == " Undone: relabelle…"


@given(
    st.text(alphabet="ab東שá\u0301👩\u200d ", max_size=90),
    st.integers(30, 220),
    st.sampled_from([HINTS, MODE]),
    st.booleans(),
)
def test_it_is_never_wider_than_the_screen(text: str, width: int, said: Hints, notice: bool) -> None:
    row = Hints(
        said.hints,
        said.mode,
        before=() if notice or not text else ((text, Style(bold=True)),),
        notice=text if notice else "",
        way_out=said.way_out,
        help=said.help,
    )
    line = shown(row, width)
    assert cell_len(line) < width
    if not notice:
        assert line.endswith("? keys")
        assert ("Esc" in line) == (said is MODE)


@pytest.mark.parametrize(
    ("key", "signs"),
    [
        ("backspace", ("⌫", "BS")),
        ("shift+right", ("⇧→", "S-→")),
        ("enter", ("Enter", "Enter")),
        ("ctrl+p", ("Ctrl+P", "Ctrl+P")),
        ("+", ("+", "+")),
    ],
)
def test_keys_are_written_short(key: str, signs: tuple[str, str]) -> None:
    assert (short_sign(key, UNICODE), short_sign(key, ASCII)) == signs


@pytest.mark.parametrize("typed", ["ᄒ\u1161ᆫ" * 9, "👩\u200d👩\u200d👧" * 8, "का" * 20, "abc"])
def test_what_is_typed_has_all_the_cells_that_any_terminal_needs_for_it(typed: str) -> None:
    bold = Style(bold=True)
    said = Hints(
        mode="FIND", before=((typed, bold), (" ", Style(reverse=True))), way_out=Hint("Esc", "back")
    )
    line = hints_row(said, 80, PLAIN)
    at = cell_len(line[0][0] + line[1][0])
    pieces = line[2 : line.index(next(piece for piece in line if piece[0] == "Esc"))]
    assert pieces[0][0].rstrip().startswith(typed[:3])
    for text, style in pieces:
        assert shown_width(text.rstrip()) <= cell_len(text)
        assert "placed" in style.meta
        at += cell_len(text)
    assert at < 80
