import io

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.program.emulator import Emulator, WidthOf, large, small
from tui.terminal_output.placed import PLACED, PlacedStrip, agreed, placed

PAGE = Style(bgcolor="#000000", color="#ffffff")
BOLD = PAGE + Style(bold=True)
WIDTHS = [pytest.param(large, id="large"), pytest.param(small, id="small")]


def strip(*texts: str, width: int) -> Strip:
    return Strip([Segment(text, BOLD) for text in texts]).crop_extend(0, width, PAGE)


def on_screen(update: LayoutUpdate | ChopsUpdate, width_of: WidthOf, before: str = "x") -> list[str]:
    terminal = Emulator(40, 2, width_of)
    terminal.cells = [[before] * 40 for _ in range(2)]
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")
    terminal.feed(update.render_segments(console).encode())
    return ["|".join(row).replace("||", "|.|") for row in terminal.cells]


@pytest.mark.parametrize("width_of", WIDTHS)
@pytest.mark.parametrize("text", ["किसानों की", "❤️ and 🇩🇪", "👩‍👧 1️⃣", "தமிழ்நாட்டின்"])
def test_what_is_right_of_it_stays_and_nothing_old_is_left(text: str, width_of: WidthOf) -> None:
    line = [strip(text, width=30), strip("│", width=1), strip("PANEL 1", width=9)]
    drawn = on_screen(placed_layout(line), width_of)
    cells = drawn[0].split("|")
    assert "".join(cells[30:]) == "│PANEL 1  "
    assert "x" not in cells[:40]
    chops = [{0: line[0], 30: line[1], 31: line[2]}, {0: None, 30: None, 31: None}]
    update = ChopsUpdate(chops, [(0, 0, 40)], [[30, 31, 40], [30, 31, 40]])  # type: ignore[arg-type]
    placed(update, 1)
    assert on_screen(update, width_of)[0] == drawn[0]


def placed_layout(line: list[Strip]) -> LayoutUpdate:
    update = LayoutUpdate([line], Region(0, 0, 40, 1))
    assert placed(update, 1) is update
    return update


@pytest.mark.parametrize("width_of", WIDTHS)
def test_only_the_part_of_an_update_that_changed_is_written(width_of: WidthOf) -> None:
    chops = [{0: strip("किसानों की", width=40)}, {0: None}]
    update = ChopsUpdate(chops, [(0, 0, 20)], [[40], [40]])  # type: ignore[arg-type]
    placed(update, 1)
    cells = on_screen(update, width_of)[0].split("|")
    assert cells[20:] == ["x"] * 20
    assert "x" not in cells[:20]


@pytest.mark.parametrize("width_of", WIDTHS)
def test_a_segment_with_a_column_of_its_own_keeps_it(width_of: WidthOf) -> None:
    segments = [Segment("का 👩‍👧".ljust(20), PAGE), Segment("ORG", PAGE + PLACED)]
    whole = Strip(segments).crop_extend(0, 40, PAGE)
    column = Strip(segments[:1]).cell_length
    cells = on_screen(placed_layout([whole]), width_of)[0].split("|")
    assert "".join(cells[column : column + 3]) == "ORG"


def test_what_all_terminals_draw_alike_is_written_as_ever() -> None:
    for text in (
        "plain",
        "“Ana” — naïve…",
        "東京とキャノン",
        "한국",
        "e\u0301",
        "กรุง",
        "─×",
        "Владимир",
    ):
        assert agreed(text, 1)
        line = [strip(text, width=30)]
        assert not isinstance(placed_layout(line).strips[0][0], PlacedStrip)  # type: ignore[index]
    for text in ("का", "❤️", "🇩🇪", "👍🏽", "กำ", "ᄒ\u1161", "\u0600", "™", "🫩"):
        assert not agreed(text, 1)
    assert not agreed("Владимир", 2)
    assert placed(None, 1) is None


@pytest.mark.parametrize("width_of", WIDTHS)
def test_blanks_between_wide_text_and_what_is_placed_reach_no_further(width_of: WidthOf) -> None:
    text = "किसानों की मुलाक़ात की"
    between = Segment(" " * (38 - cell_len(text)), PAGE)
    row = Strip([Segment(text, BOLD), between, Segment("g", BOLD + PLACED), Segment("", PAGE)])
    update = ChopsUpdate([{0: row}], [(0, 0, 39)], [[39]])
    placed(update, 1)
    cells = on_screen(update, width_of)[0].split("|")
    assert cells[38:] == ["g", "x"]
