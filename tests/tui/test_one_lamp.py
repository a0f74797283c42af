"""Whatever is pressed: one lamp, no row too wide, labels that stay where they are, muted ones that do nothing.

The lamp is the ground of the place where the next key acts. It is looked for in every cell but those of
the rail and of the line of hints; the rows of one span count as one.
"""

import asyncio
import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.style import Style

from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme, with_keys
from tests.texts import ARTICLE
from tests.tui.conftest import SUGGESTED, Open, Screen
from tests.tui.memory_writer import MemoryWriter
from tui.screens.reader import ReaderScreen

RIGHT_TO_LEFT = """\
ביקור בחיפה

נמל חיפה נפתח מחדש ביום שלישי, אמר השר דוד לוי. Haifa port is open.

حيفا ميناء كبير. قال الوزير داود ليفي إنه مفتوح.
"""
WIDE = """\
港の会談

リスボンで港湾庁の田中さんが会見した。ロッテルダム港は火曜日に再開する。

田中さんは「十年を失った」と述べた。Lisbon と東京も参加した。
"""
OWN = with_keys(
    Label(name) for name in ("場所", "WHO", "A_NAME_THAT_IS_LONGER_THAN_OTHERS", "שם", "WHEN")
)
CASES: dict[str, tuple[str, LabelScheme, list[tuple[str, str]]]] = {
    "default labels": (ARTICLE, ONTONOTES, SUGGESTED),
    "own labels": (ARTICLE, OWN, [("Lisbon", "場所"), ("Duarte", "WHO"), ("Tuesday", "WHEN")]),
    "right to left": (
        RIGHT_TO_LEFT,
        ONTONOTES,
        [("חיפה", "GPE"), ("דוד לוי", "PERSON"), ("حيفا", "GPE")],
    ),
    "wide": (WIDE, OWN, [("田中", "WHO"), ("東京", "場所"), ("火曜日", "WHEN")]),
}
KEYS = (
    *("right", "left", "down", "up", "tab", "shift+tab", "space", "enter", "backspace", "escape"),
    *("p", "g", "l", "1", ".", ",", "<", ">", "'", "*", "A", "C", "O", "F", "D", "U", "R", "J", "N"),
    *("/", "f2", "f3", "f4", "?", "pagedown", "home", "end", "ctrl+right", "]"),
)


def cells(row: Sequence[tuple[str, Style]], lamp: str) -> list[tuple[int, str]]:
    """The lit cells of a row: column and text."""
    lit, column = [], 0
    for text, style in row:
        ground = style.bgcolor.name if style.bgcolor is not None else ""
        if ground == lamp and text:
            lit.append((column, text))
        column += _width(text)
    return lit


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def check(screen: Screen, bars: set[str]) -> None:
    app = screen.app
    size, top = app.size, app.screen
    strips = top._compositor.render_strips()
    assert [strip.cell_length for strip in strips] == [size.width] * size.height
    if not isinstance(top, ReaderScreen):
        return
    reader, lamp = app.reader, app.reader.colours.chrome.lamp
    around = reader.around
    for lines in (around.header, around.labels, around.status, around.hints):
        assert sum(_width(text) for text, _ in lines.lines[0]) <= size.width
    # What counts is where things are; from 160 columns on there are numbers among them.
    bars.add(re.sub(r" [0-9kM]+(?= |$)", lambda found: " " * len(found.group()), around.labels.plain))
    assert len(bars) == 1
    rows = [[(segment.text, segment.style or Style.null()) for segment in strip] for strip in strips]
    geometry, focus = reader.geometry, reader.opened.selection.focus
    rail = (
        range(geometry.rail_left - 1, geometry.rail_left + geometry.rail) if geometry.rail else range(0)
    )
    text_lit, others = "", []
    region = reader.article.region
    for y, row in enumerate(rows[:-1]):
        for column, text in cells(row, lamp):
            in_text = region.contains(column, y) and not (
                reader.panel.display and reader.panel.region.contains(column, y)
            )
            if in_text and column in rail:
                continue
            if in_text:
                text_lit += text
            else:
                others.append(text)
    words = "".join(reader.opened.session.text[focus.start : focus.end].split())
    if text_lit:
        assert "".join(text_lit.split()) == words or words.startswith("".join(text_lit.split()))
    lamps = len(others) + bool(text_lit)
    at_rest = focus.end <= focus.start
    if reader.panel.walking:
        assert lamps <= 1
        assert not text_lit
    else:
        assert lamps == (0 if at_rest else 1), (lamps, text_lit, others)


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(KEYS), max_size=20),
    st.sampled_from([(80, 24), (120, 30), (61, 15), (42, 12), (200, 40)]),
)
def test_whatever_is_pressed_there_is_one_lamp(
    case: str, open_article: Open, keys: list[str], size: tuple[int, int]
) -> None:
    text, scheme, suggested = CASES[case]

    async def walk() -> None:
        writer = MemoryWriter(lambda state: None)
        async with open_article(
            text, size=size, scheme=scheme, suggested=suggested, writer=writer
        ) as screen:
            bars: set[str] = set()
            for key in keys:
                await screen.press(key)
                await screen.pilot.pause()
                check(screen, bars)

    asyncio.run(walk())


async def test_the_lamp_is_where_the_next_key_acts(open_article: Open) -> None:
    async with open_article() as screen:
        bars: set[str] = set()
        for key in (
            "space",
            "enter",
            "*",
            "tab",
            "escape",
            "/",
            "d",
            "u",
            "enter",
            "f2",
            "escape",
            "f2",
        ):
            await screen.press(key)
            await screen.settle()
            check(screen, bars)
        await screen.press("escape", "D", "D")
        await screen.settle()
        check(screen, bars)
        lamp = screen.app.reader.colours.chrome.lamp
        strips = screen.app.screen._compositor.render_strips()
        grounds = {
            s.style.bgcolor.name for strip in strips for s in strip if s.style and s.style.bgcolor
        }
        assert lamp not in grounds
        await screen.press("tab")
        await screen.settle()
        check(screen, bars)
