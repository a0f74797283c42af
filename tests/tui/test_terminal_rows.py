"""What differs from the screen is written, and the terminal shows the same as if all of it were."""

from collections.abc import Iterable

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.changed_lines import LinesUpdate
from tui.placed import placed
from tui.terminal_rows import TerminalRows

Rows = list[tuple[int, int, list[tuple[str, Style]]]]
"""Row, where it is cut (0: nowhere), its pieces."""
WIDTH, HEIGHT = 12, 3
CONSOLE = Console(color_system="truecolor", force_terminal=True)
STYLES = [
    Style(color="#d3d6da", bgcolor="#16181b"),
    Style(bgcolor="#ffd75f", bold=True),
    Style(underline=True),
]
TEXTS = st.text(st.sampled_from("ab  漢é"), min_size=1, max_size=5)
PIECES = st.lists(st.tuples(TEXTS, st.sampled_from(STYLES)), max_size=5)
ROWS = st.lists(st.tuples(st.integers(0, HEIGHT - 1), st.sampled_from([0, 4]), PIECES), max_size=4)
UPDATES = st.lists(st.tuples(st.booleans(), ROWS), max_size=6)


def strip(pieces: list[tuple[str, Style]], cells: int) -> Strip:
    return Strip([Segment(*piece) for piece in pieces]).crop_extend(0, cells, STYLES[0])


def update_of(rows: Rows) -> LinesUpdate:
    """Some rows, cut at a column or not, as they are drawn one after the other."""
    chops: list[dict[int, Strip | None]] = [{0: None} for _ in range(HEIGHT)]
    ends = [[WIDTH] for _ in range(HEIGHT)]
    for y, cut, pieces in rows:
        if cut:
            whole = strip(pieces, WIDTH)
            chops[y] = {0: whole.crop(0, cut), cut: whole.crop(cut, WIDTH)}
            ends[y] = [cut, WIDTH]
        else:
            chops[y], ends[y] = {0: strip(pieces, WIDTH)}, [WIDTH]
    spans = [(y, 0, WIDTH) for y in sorted({y for y, _, _ in rows})]
    return LinesUpdate(chops, spans, ends)


def whole_update(rows: Rows) -> LayoutUpdate:
    drawn = {y: strip(pieces, WIDTH) for y, _, pieces in rows}
    strips: list[Iterable[Strip]] = [[drawn.get(y, strip([], WIDTH))] for y in range(HEIGHT)]
    return LayoutUpdate(strips, Region(0, 0, WIDTH, HEIGHT))


class Shown:
    """A terminal that gets updates through the rows it is believed to show, or always everything."""

    def __init__(self, *, remember: bool) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.stream = pyte.Stream(self.screen)
        self.rows = TerminalRows()
        self.remember = remember

    def show(self, update: LinesUpdate | LayoutUpdate) -> str:
        if not self.remember:
            self.rows.forget()
        sent = self.rows.write(update, CONSOLE)
        self.stream.feed(sent)
        return sent

    @property
    def cells(self) -> list[list[object]]:
        rows = ([self.screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT))
        return [
            [cell if cell.data != " " or cell.underscore else cell.bg for cell in row] for row in rows
        ]


@given(UPDATES)
def test_the_terminal_shows_the_same(
    updates: list[tuple[bool, Rows]],
) -> None:
    some, all_of_it = Shown(remember=True), Shown(remember=False)
    for whole, rows in updates:
        for terminal in (some, all_of_it):
            update = placed(whole_update(rows) if whole else update_of(rows), 1)
            assert isinstance(update, LinesUpdate | LayoutUpdate)
            terminal.show(update)
        assert some.cells == all_of_it.cells


ROW = [("  ❯ ", STYLES[0]), ("word", STYLES[1]), (" end", STYLES[0])]


def test_what_is_there_is_not_written_again() -> None:
    terminal = Shown(remember=True)
    assert "word" in terminal.show(update_of([(0, 0, ROW)]))
    assert terminal.show(update_of([(0, 0, ROW)])) == ""
    other = [ROW[0], ("ward", STYLES[1]), ROW[2]]
    sent = terminal.show(update_of([(0, 0, other)]))
    assert "ward" in sent
    assert "end" not in sent


def test_what_somebody_wrote_over_is_written_again() -> None:
    terminal = Shown(remember=True)
    terminal.show(update_of([(0, 0, ROW)]))
    terminal.stream.feed("\x1b[Hover it")
    terminal.rows.forget()
    terminal.show(update_of([(0, 0, ROW)]))
    assert terminal.screen.display[0] == "  ❯ word end"
    # A whole screen is always written as a whole.
    assert "word" in terminal.show(whole_update([(0, 0, ROW)]))


def test_what_terminals_draw_otherwise_is_always_written() -> None:
    terminal = Shown(remember=True)
    update = update_of([(0, 0, [("दिल्ली", STYLES[0])])])
    for _ in range(2):
        shown = placed(update, 1)
        assert isinstance(shown, LinesUpdate)
        assert "दिल्ली" in terminal.show(shown)
