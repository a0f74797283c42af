"""Only the changed cells of a line are written, and the terminal shows the same as if all were written."""

import io

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.program.emulator import Emulator, large, small
from tui.cells.cut import shown_width
from tui.terminal_output.changed_lines import LinesUpdate
from tui.terminal_output.last_written import LastWritten
from tui.terminal_output.placed import placed

PAGE = Style(color="#d3d6da", bgcolor="#16181b")
STYLES = (
    PAGE,
    PAGE + Style(bold=True),
    PAGE + Style(underline=True),
    Style(color="#16181b", bgcolor="#ffd75f"),
)
WIDTH = 40
TEXTS = st.sampled_from(
    ("The old quay ", "of Sines", "❯│ ", "  ", "a? d", "…", "港の話", "किसानों ", "e\u0301t")
)
PIECES = st.lists(st.tuples(TEXTS, st.integers(0, 3)), max_size=6)


def strip(pieces: list[tuple[str, int]], width: int) -> Strip:
    """A strip of the pieces that fit into the width in every terminal."""
    segments, room = [], width
    for text, style in pieces:
        room -= shown_width(text)
        if room >= 0:
            segments.append(Segment(text, STYLES[style]))
    made = Strip(segments)
    return made.crop_extend(0, width, PAGE)


def update(written: LastWritten, pieces: dict[int, Strip]) -> LinesUpdate:
    made = LinesUpdate([dict(pieces)], [(0, 0, WIDTH)], [[*list(pieces)[1:], WIDTH]], written)
    assert placed(made, 1) is made
    return made


def sent(changed: LinesUpdate) -> bytes:
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")
    return changed.render_segments(console).encode()


LINE = st.one_of(
    st.builds(lambda one: {0: strip(one, WIDTH)}, PIECES),
    st.builds(lambda one, other: {0: strip(one, 26), 26: strip(other, WIDTH - 26)}, PIECES, PIECES),
)


@given(st.lists(LINE, min_size=2, max_size=6))
@settings(deadline=None)
def test_the_terminal_shows_the_same_as_if_all_were_written(lines: list[dict[int, Strip]]) -> None:
    written = LastWritten()
    for width_of in (large, small):
        written.forget()
        by_changes = Emulator(WIDTH, 1, width_of)
        for line in lines:
            by_changes.feed(sent(update(written, line)))
            whole = Emulator(WIDTH, 1, width_of)
            whole.feed(sent(update(LastWritten(), line)))
            assert by_changes.cells == whole.cells


NARROW_PIECES = st.lists(
    st.tuples(
        st.sampled_from(("The old quay ", "of Sines", "❯│ ", "  ", "a? d", "…")), st.integers(0, 3)
    ),
    max_size=6,
)


@given(st.lists(NARROW_PIECES, min_size=2, max_size=6))
@settings(deadline=None)
def test_styles_are_those_of_the_last_line_too(lines: list[list[tuple[str, int]]]) -> None:
    written, screens = LastWritten(), []
    by_changes = pyte.Screen(WIDTH, 1)
    for line in lines:
        pyte.ByteStream(by_changes).feed(sent(update(written, {0: strip(line, WIDTH)})))
        whole = pyte.Screen(WIDTH, 1)
        pyte.ByteStream(whole).feed(sent(update(LastWritten(), {0: strip(line, WIDTH)})))
        screens.append([whole.buffer[0][column] for column in range(WIDTH)])
        assert [by_changes.buffer[0][column] for column in range(WIDTH)] == screens[-1]


def test_a_sign_at_either_end_costs_what_it_is_and_not_the_text_between() -> None:
    words = ("said the decision was made", 0)
    written = LastWritten()
    sent(update(written, {0: strip([("   ", 0), words, ("  d", 0)], WIDTH)}))
    after = {0: strip([(" ❯ ", 1), words, ("  d", 2)], WIDTH)}
    changed = sent(update(written, after))
    assert b"decision" not in changed
    assert "❯".encode() in changed
    assert changed.count(b"H") == 2
    assert sent(update(written, after)) == b""


def test_what_something_else_wrote_over_is_written_whole() -> None:
    written = LastWritten()
    line = {0: strip([("said the decision", 0)], WIDTH)}
    sent(update(written, line))
    again = update(written, line)
    again.write_whole()
    assert b"decision" in sent(again)
