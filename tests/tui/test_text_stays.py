"""No edit, suggestion, panel, window or notice moves a letter of the article; no row is too wide.

Only the size of the terminal and F3 move text. The tests take scrolling into account.
"""

import asyncio
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme, with_keys
from annotations.model.source import Source
from annotations.model.span import Span
from tests.program.emulator import Emulator, WidthOf, large, small
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.memory_writer import MemoryWriter
from tui.terminal_output.placed import placed
from tui.workspace.suggestions import Suggested

OWN = with_keys([Label(f"KIND_OF_{number}") for number in range(40)] + [Label("港"), Label("Ort")])
SCHEMES: dict[str, LabelScheme] = {"default": ONTONOTES, "own": OWN}
TEXTS = {
    "English": ARTICLE * 6,
    "one line each": "Inês Duarte met Jan de Wit in Sines, and officials said that work starts soon.\n"
    * 40,
    "Chinese": "東京都の港湾局は、リスボンとロッテルダムの代表と火曜日に会談した。\n\n" * 30,
    "Arabic": "قال وزير البحر إن العمل في ميناء سينيس سيبدأ في الربيع المقبل، وفقا لوكالة الأنباء.\n\n"
    * 30,
    "Hindi": "राष्ट्रपति ने लखनऊ में किसानों से मुलाक़ात की और कहा कि योजना बनेगी। 👍🏽 🇩🇪\n\n" * 30,
}
SIZES = ((80, 24), (120, 40), (200, 50), (60, 15), (45, 20))
SUGGEST = "suggest"
"""In a list of keys, this stands for suggestions that arrive."""
EDITS = ("enter", "backspace", "p", "g", "o", "asterisk", "U", "R", "A", "F", "C", "O", "apostrophe")
MOVES = ("space", "tab", "shift+tab", "right", "left", "down", "up", "pagedown", "pageup", "home", "end")
SELECTS = ("shift+right", "shift+left", "escape", "less_than_sign", "right_parenthesis")
OPENS = (
    "f2",
    "f4",
    "slash",
    "semicolon",
    "equals_sign",
    "quotation_mark",
    "f5",
    "D",
    "G",
    "ctrl+p",
    "at",
    "minus",
    "plus",
    "V",
    "question_mark",
)
KEYS = st.lists(st.sampled_from((*EDITS, *MOVES, *SELECTS, *OPENS, SUGGEST)), min_size=4, max_size=14)


def drawn(screen: Screen, width_of: WidthOf = large) -> list[list[str]]:
    """The cells of an emulated terminal after the whole screen has been written to it."""
    app = screen.app
    width, height = app.size
    terminal = Emulator(width, height, width_of)
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=width)
    update = placed(app.screen._compositor.render_full_update(), 1)
    terminal.feed(update.render_segments(console).encode())  # type: ignore[union-attr]
    assert not terminal.overrun
    return terminal.cells


def places(screen: Screen) -> dict[int, str]:
    """The visible cells of the text, by the number of their row in the whole article."""
    reader = screen.app.reader
    page, view = reader.geometry, reader.article
    covered = view._covered
    begin = view.region.y + page.blank_rows
    rows = drawn(screen)
    return {
        view.scroll_offset.y + line: f"from column {page.left}: "
        + "".join(rows[begin + line][page.left : page.left + page.text])
        for line in range(view.region.height - page.blank_rows - covered)
    }


def check_same(before: dict[int, str], after: dict[int, str], key: str) -> None:
    for line in before.keys() & after.keys():
        assert before[line].rstrip() == after[line].rstrip(), f"line {line} has moved through {key}"


def check_widths(screen: Screen) -> None:
    """Check that each row is as wide as the screen, and that no text is to the right of its columns."""
    for strips in screen.app.screen._compositor.render_strips():
        assert sum(cell_len(segment.text) for segment in strips) == screen.app.size.width
    page = screen.app.reader.geometry
    if page.rail and screen.app.screen is screen.app.reader:
        view = screen.app.reader.article
        for width_of in (large, small):
            for row in drawn(screen, width_of)[view.region.y : view.region.bottom - view._covered]:
                assert not "".join(row[page.left + page.text : page.rail_left]).strip()


def suggest(screen: Screen) -> None:
    """Send many suggestions all over the text, some of them doubtful."""
    text = screen.app.reader.opened.session.text
    places = [(at, at + 3) for at in range(0, len(text) - 3, 37) if text[at : at + 3].strip().isalpha()]
    spans = [
        Span(
            start,
            end,
            "Ort" if start % 2 else "GPE",
            sources=sources_named("model 2"),
            score=start % 10 / 10,
        )
        for start, end in places
    ]
    screen.app.post_message(Suggested(screen.key, Source.parse("model 2"), spans))


async def press_all(screen: Screen, keys: list[str]) -> None:
    """Press keys one by one, and compare the places of the text before and after each."""
    reader = screen.app.reader
    shown = places(screen)
    for key in keys:
        if key == SUGGEST:
            suggest(screen)
            await screen.pilot.pause()
        else:
            await screen.press(key)
        check_widths(screen)
        # In a jump, letters cover the text: it is compared again when they are gone.
        if screen.app.screen is reader and not screen.rows[-1].startswith(" JUMP "):
            now = places(screen)
            check_same(shown, now, key)
            shown = now
    while screen.app.screen is not reader or screen.rows[-1].startswith(" JUMP "):
        await screen.press("escape")
    check_same(shown, places(screen), "escape")


EVERYTHING = ["space", "enter", "space", "backspace", "right", "o", "asterisk", "enter", "U", SUGGEST]
EVERYTHING += ["f2", "down", "enter", "f2", "f2", "quotation_mark", "n", "o", "enter", "at", "escape"]
EVERYTHING += [
    "slash",
    "i",
    "n",
    "enter",
    "D",
    "escape",
    "D",
    "D",
    "U",
    "A",
    "ctrl+p",
    "escape",
    "f5",
    "escape",
]


@pytest.mark.parametrize("size", SIZES[:3])
async def test_no_key_moves_the_text(open_article: Open, size: tuple[int, int]) -> None:
    async with open_article(TEXTS["English"], size=size) as screen:
        await press_all(screen, EVERYTHING)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(sorted(SCHEMES)), st.sampled_from(SIZES), KEYS)
@example("Chinese", "own", (80, 24), [SUGGEST, "space", "enter", "asterisk", "enter", "f2", "f2", "U"])
@example("Arabic", "own", (120, 40), [SUGGEST, "space", "a", "f2", "slash", "end", "A", "D"])
@example("Hindi", "default", (60, 15), [SUGGEST, "space", "backspace", "f2", "escape", "quotation_mark"])
@example(
    "one line each", "default", (200, 50), ["end", "p", "asterisk", "tab", "backspace", "enter", "f2"]
)
def test_no_sequence_of_keys_moves_the_text(
    open_article: Open, text: str, scheme: str, size: tuple[int, int], keys: list[str]
) -> None:
    async def run() -> None:
        opened = open_article(TEXTS[text], size=size, scheme=SCHEMES[scheme], suggested=[])
        async with opened as screen:
            await press_all(screen, keys)

    asyncio.run(run())


async def test_the_rail_is_straight_behind_a_sheet_as_well(open_article: Open) -> None:
    """Terminals draw these words with different widths, so what is right of them has its own fixed column."""
    async with open_article(TEXTS["Hindi"], suggested=[("योजना", "GPE")]) as screen:
        page = screen.app.reader.geometry

        def rails(width_of: WidthOf) -> list[list[str]]:
            return [row[page.left + page.text : -1] for row in drawn(screen, width_of)[1:12]]

        await screen.press("space")
        before = rails(large)
        assert ["g"] in [[cell for cell in row if cell.strip()] for row in before]
        assert rails(small) == before
        await screen.press("quotation_mark")
        assert screen.app.screen is not screen.app.reader
        assert rails(large) == rails(small) == before


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (120, 40)])
async def test_the_alarm_stands_over_the_text_and_moves_none_of_it(
    open_article: Open, size: tuple[int, int]
) -> None:
    writer = MemoryWriter(lambda state: None)
    async with open_article(TEXTS["English"], size=size, writer=writer) as screen:
        reader = screen.app.reader
        await screen.press("space", "space", "space", "space")
        for keys in ((), ("f2", "escape"), ("f2",)):
            await screen.press(*keys)
            await screen.settle()
            shown = places(screen)
            writer.error = "The disk is full; make room on it."
            await screen.press("F")
            await screen.wait(lambda: "make room" in screen.text)
            alarm, panel = reader.around.alarm.region, reader.panel.region
            assert (alarm.bottom, alarm.width) == (size[1] - 3, size[0])
            assert screen.rows[alarm.y] == "▁" * size[0]
            assert screen.rows[alarm.y + 1].strip() == writer.error
            assert not panel.overlaps(alarm)
            assert reader.article.caret().y < (panel.y if panel.width == size[0] else alarm.y)
            check_same(shown, places(screen), "the alarm")
            check_widths(screen)
            await screen.press("right", "left")
            writer.error = ""
            await screen.press("ctrl+s")
            await screen.wait(lambda: not reader.around.alarm_rows)
            assert reader.panel.region.bottom in (0, size[1] - 3)
            check_same(shown, places(screen), "saving")
