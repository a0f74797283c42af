from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotations.store.interface import SaveState
from tests.tui.conftest import Open
from tui.widgets.corpus_header import HeaderParts, corpus_header, cut_in_middle
from tui.widgets.header import header_line
from tui.widgets.lines import Line

PARTS = HeaderParts(
    "3/312", "reuters-2021-04-08.txt", "2021-04-08", True, ["done", "names 41 %"], 20, 69, ("saved", "")
)


def shown(line: Line) -> str:
    return "".join(text for text, _ in line)


def test_all_of_it() -> None:
    assert shown(corpus_header(PARTS, 100)) == (
        " 3/312  reuters-2021-04-08.txt  2021-04-08  ⚑  done  names 41 %"
        "   ━━━━━─────────────── 20/69  saved "
    )


@pytest.mark.parametrize("width", [40, 46, 52, 62])
def test_what_stays_where_it_is_narrow(width: int) -> None:
    line = shown(corpus_header(PARTS, width))
    for part in (" 3/312  ", "⚑", "━", "20/69  saved "):
        assert part in line
    assert ("…" in line) == (width < 60)
    assert "done" not in line
    assert len(line) == width


def test_what_gives_way_first() -> None:
    dropped = []
    for width in range(100, 40, -1):
        line = shown(corpus_header(PARTS, width))
        assert len(line) == width
        dropped += [
            part
            for part in ("names 41 %", "done", "2021-04-08  ", "reuters-2021-04-08.txt")
            if part not in line and part not in dropped
        ]
    assert dropped == ["names 41 %", "done", "2021-04-08  ", "reuters-2021-04-08.txt"]


@pytest.mark.parametrize(
    ("decided", "total", "bar"),
    [
        (0, 0, "────────────"),
        (0, 9, "────────────"),
        (1, 1000, "━───────────"),
        (999, 1000, "━━━━━━━━━━━─"),
        (9, 9, "━━━━━━━━━━━━"),
    ],
)
def test_the_bar_is_full_only_when_all_is_decided(decided: int, total: int, bar: str) -> None:
    line = shown(corpus_header(replace(PARTS, decided=decided, total=total), 80))
    assert f" {bar} {decided}/{total}" in line


def test_that_something_is_not_saved_stays_at_every_width() -> None:
    parts = replace(PARTS, saving=("3 NOT SAVED", "bold reverse"))
    for width in range(40, 200):
        assert "3 NOT SAVED" in shown(corpus_header(parts, width))


@given(st.text(alphabet="aé東\u0301\x1bß👩\u200d ", max_size=40), st.integers(0, 30))
def test_a_name_cut_in_its_middle_keeps_its_ends(name: str, cells: int) -> None:
    cut, whole = cut_in_middle(name, cells), cut_in_middle(name, 500)
    assert cell_len(cut) <= cells
    if cut != whole and "…" in cut:
        head, tail = cut.split("…")
        assert whole.startswith(head)
        assert whole.endswith(tail)


@given(st.text(alphabet="aé東\u0301\x1bß👩\u200d ", max_size=60), st.integers(40, 200))
def test_no_name_makes_it_wider_than_the_screen(name: str, width: int) -> None:
    line = corpus_header(replace(PARTS, name=name, notes=[name]), width)
    assert cell_len(shown(line)) == width


async def test_the_reader_can_say_which_document_it_is(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("space", "enter")
        opened = screen.app.reader.opened
        line = shown(header_line(opened, SaveState(0), "names 41 %", 100, "3/312"))
        assert line.startswith(" 3/312  harbour.txt  ")
        assert "names 41 %" in line
        assert line.endswith("━━━━──────────────── 1/5  saved ")
