"""The shortened output shows the same on a terminal."""

import pyte
from hypothesis import example, given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from tui.terminal_output.lean_output import lean

COLOURS = st.sampled_from([None, "default", "#123456", "#d3d6da", "color(3)", "color(11)", "color(200)"])
FLAGS = st.sampled_from([None, True])
STYLES = st.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    bold=FLAGS,
    dim=FLAGS,
    italic=FLAGS,
    underline=FLAGS,
    strike=FLAGS,
    reverse=FLAGS,
)
PIECES = st.lists(
    st.tuples(st.sampled_from(["word", "a b", " ", "   ", "\x1b[2;3H", ""]), STYLES), max_size=12
)


def written(pieces: list[tuple[str, Style]]) -> str:
    """The pieces as Textual writes them; a sequence that moves the cursor has no style."""
    return "".join(
        text if text.startswith("\x1b") else Strip.render_style(style, text, ColorSystem.TRUECOLOR)
        for text, style in pieces
    )


def shown(output: str) -> list[list[object]]:
    """What a terminal shows, cell by cell; for a plain blank, only its background."""
    screen = pyte.Screen(60, 4)
    pyte.Stream(screen).feed(output)
    cells: list[list[object]] = []
    for y in range(4):
        row = [screen.buffer[y][x] for x in range(60)]
        cells.append(
            [
                cell
                if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough
                else cell.bg
                for cell in row
            ]
        )
    return cells


@given(PIECES)
@example([("word", Style(italic=True, reverse=True)), (" ", Style())])
@example(
    [("word", Style(bgcolor="default", bold=True, dim=True, italic=True)), (" ", Style(italic=True))]
)
def test_the_same_is_shown(pieces: list[tuple[str, Style]]) -> None:
    output = written(pieces)
    shorter = lean(output)
    assert shown(shorter) == shown(output)
    assert len(shorter) <= len(output)
    # What is written after it begins without a style.
    assert shown(shorter + "\x1b[4;1Hend") == shown(output + "\x1b[4;1Hend")


def test_a_row_of_short_pieces_is_much_shorter() -> None:
    ground = Style(color="#d3d6da", bgcolor="#1f2226")
    row = [
        (key, ground + Style(color=f"#{70 + place:02x}b47c", bold=True))
        for place, key in enumerate("poglfn")
    ]
    pieces = [piece for key in row for piece in (key, (" name", ground), ("  ", ground))]
    assert len(lean(written(pieces))) < 0.45 * len(written(pieces))


def test_dim_follows_bold_and_bold_follows_dim() -> None:
    # One sequence ends both, so the one that stays must be started again.
    pieces = [("a", Style(bold=True, dim=True)), ("b", Style(dim=True)), ("c", Style(bold=True))]
    assert lean(written(pieces)) == "\x1b[1;2ma\x1b[0;2mb\x1b[0;1mc\x1b[0m"
