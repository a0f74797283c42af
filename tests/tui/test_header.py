"""The first line: what it says, and what is left out where there is no room."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.dates.date_sources import date_sources
from annotations.model.source import DATE_RULES, Source, person
from annotations.model.span import Span, SpanKey
from annotations.model.span_index import SpanIndex
from annotations.model.value import Timex
from annotations.store.interface import SaveState
from tests.tui.conftest import Open
from tests.tui.own_colours import own_colours
from tui.colours.glyphs import ASCII, UNICODE
from tui.widgets.appearance import Appearance
from tui.widgets.header import HeaderParts, header_line, header_parts
from tui.widgets.lines import width_of_line

PLAIN = Appearance(own_colours(), UNICODE)
PARTS = HeaderParts(
    "3/312",
    "reuters-2021-04-08.txt",
    "2021-04-08",
    True,
    ["done", "names 41 %"],
    20,
    69,
    SaveState(0),
)


def shown(parts: HeaderParts, width: int, appearance: Appearance = PLAIN) -> str:
    return "".join(text for text, _ in header_line(parts, width, appearance))


def test_all_of_it() -> None:
    assert shown(PARTS, 100) == (
        " 3/312  reuters-2021-04-08.txt  2021-04-08  ⚑  done  names 41 %"
        "   ━━━━━─────────────── 20/69  saved "
    )


def test_all_of_it_in_ascii() -> None:
    assert shown(replace(PARTS, saving=SaveState(2)), 100, Appearance(own_colours(), ASCII)) == (
        " 3/312  reuters-2021-04-08.txt  2021-04-08  !  done  "
        "           =====--------------- 20/69  saving~ "
    )


def test_without_a_position_where_there_is_one_document() -> None:
    assert shown(replace(PARTS, position=""), 100).startswith(" reuters-2021-04-08.txt  2021-04-08  ")


@pytest.mark.parametrize("width", [40, 46, 52, 62])
def test_what_stays_where_it_is_narrow(width: int) -> None:
    line = shown(PARTS, width)
    for part in (" 3/312  ", "⚑", "━", "20/69  saved "):
        assert part in line
    assert ("…" in line) == (width < 60)
    assert "done" not in line
    assert len(line) == width


def test_what_gives_way_first() -> None:
    dropped = []
    for width in range(100, 40, -1):
        line = shown(PARTS, width)
        assert len(line) == width
        dropped += [
            part
            for part in ("names 41 %", "done", "2021-04-08  ", "reuters-2021-04-08.txt")
            if part not in line and part not in dropped
        ]
    assert dropped == ["names 41 %", "done", "2021-04-08  ", "reuters-2021-04-08.txt"]


def test_which_source_made_the_dates_is_said_shorter_and_goes_before_any_note() -> None:
    spans = [Span(at, at + 1, "DATE", sources=(DATE_RULES,)) for at in range(33)]
    model, other = Source.parse("en_core_web_sm 3.8.0"), Source.parse("patterns 0a1b2c3d")
    spans += [Span(at, at + 1, "TIME", sources=(model, person("ann"))) for at in range(40, 48)]
    spans += [
        Span(60, 61, "ORG", sources=(model,)),
        Span(61, 62, "DATE", "rejected", (other,)),
        Span(62, 63, "Datum", value=Timex("DATE", "2021")),
    ]
    forms = date_sources(SpanIndex(spans))
    parts = replace(PARTS, dates=forms)
    assert forms == (
        "42 dates: 33 rules, 8 pipeline, 1 by hand",
        "dates 33 rules, 8 pipeline, 1 by hand",
        "42 dates",
    )
    for width in range(60, 150):
        line = shown(parts, width)
        assert len(line) == width
        said = [form for form in forms if f"  {form}  " in line]
        if said:
            assert "names 41 %" in line
        assert ("42 dates" in line or "dates 33" in line) == bool(said)
    assert forms[0] in shown(parts, 149)
    assert forms[1] in shown(parts, 139)
    assert forms[2] in shown(parts, 115)


def test_dates_of_one_source_and_of_none() -> None:
    index = SpanIndex([Span(3, 7, "DATE", sources=(DATE_RULES,))])
    assert date_sources(index) == ("1 date: rules", "1 date")
    index.discard(SpanKey(3, 7, "DATE"))
    assert date_sources(index) == ()


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
    line = shown(replace(PARTS, decided=decided, total=total), 80)
    assert f" {bar} {decided}/{total}" in line


@pytest.mark.parametrize("state", [SaveState(3, "The disk is full."), SaveState(0, "No place.")])
def test_that_something_is_not_saved_stays_at_every_width(state: SaveState) -> None:
    parts = replace(PARTS, saving=state)
    words = " NOT SAVED 3 " if state.unsaved else " CANNOT SAVE "
    for width in range(40, 221):
        line = header_line(parts, width, PLAIN)
        text, style = line[-1]
        assert text == words
        assert style == own_colours().style("bad", bold=True, reverse=True)


@given(st.text(alphabet="aé東\u0301\x1bß👩\u200dشא ", max_size=60), st.integers(40, 220))
def test_no_name_makes_it_wider_than_the_screen(name: str, width: int) -> None:
    line = header_line(replace(PARTS, name=name, notes=[name]), width, PLAIN)
    assert width_of_line(line) == width


async def test_what_it_is_made_of(open_article: Open) -> None:
    async with open_article() as screen:
        await screen.press("space", "enter")
        opened = screen.app.reader.opened
        line = shown(header_parts(opened, SaveState(0), "names 41 %", "3/312", "news/article.txt"), 100)
        assert line.startswith(" 3/312  news/article.txt  ")
        assert "names 41 %" in line
        assert line.endswith("━━━━──────────────── 1/5  saved ")


async def test_it_goes_with_the_document(open_article: Open) -> None:
    async with open_article(size=(120, 30)) as screen:
        await screen.press("@", *"2021-04-08", "enter", "F", '"', *"read twice", "enter")
        await screen.settle()
        assert screen.rows[0].startswith(" harbour.txt  2021-04-08  ⚑  “read twice” ")


async def test_what_is_not_shown_is_counted_and_comes_back_by_undo_or_the_filter(
    open_article: Open,
) -> None:
    text = "May came. May went. May stayed. May left.\n"
    async with open_article(text, suggested=[]) as screen:
        source = Source.parse("model 1")
        starts = [at for at in range(len(text)) if text.startswith("May", at)]
        months = [Span(at, at + 3, "DATE", sources=(source,)) for at in starts]
        opened = screen.app.reader.opened
        opened.session.suggest(source, months, None)
        opened.selection.select_span(months[0].key)
        await screen.press("backspace")
        assert "3 not shown" in screen.rows[0]
        assert screen.spans == [("May", "DATE", "rejected")]
        await screen.press("U")
        assert "not shown" not in screen.rows[0]
        assert screen.spans == [("May", "DATE", "suggested")] * 4
        await screen.press("backspace")
        assert "3 not shown" in screen.rows[0]
        await screen.press("f5", *"not", "space", *"shown", "enter")
        assert "not shown" not in screen.rows[0]
        assert screen.spans == [("May", "DATE", "rejected"), *[("May", "DATE", "suggested")] * 3]
        assert opened.selection.focus.start == starts[1]
