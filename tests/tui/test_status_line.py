"""The status line: the reason for doubt is left out last, and nothing is cut without a sign."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.conftest import Open
from tests.tui.own_colours import own_colours
from tui.colours.glyphs import ASCII, UNICODE
from tui.widgets.appearance import Appearance
from tui.widgets.lines import width_of_line
from tui.widgets.status import StatusNote, StatusParts, status_line

PLAIN = Appearance(own_colours(), UNICODE)
DOUBTFUL = StatusParts(
    "LAW",
    "doubtful",
    "the Treaty of the Harbours and Seas of 1954",
    notes=(
        StatusNote("score 0.44", "reason"),
        StatusNote("model 3.8"),
        StatusNote("inside EVENT"),
        StatusNote("= T-1954", "value"),
    ),
)


def shown(parts: StatusParts, width: int, appearance: Appearance = PLAIN) -> str:
    return "".join(text for text, _ in status_line(parts, width, appearance))


def test_what_gives_way_first() -> None:
    whole = "  LAW  doubtful “the Treaty of the Harbours and Seas of 1954”"
    bold = " score 0.44 = T-1954"
    short = "  LAW  doubtful “the Treaty…as of 1954”"
    assert shown(DOUBTFUL, 120) == f"{whole}{bold} · model 3.8 · inside EVENT"
    said = list(dict.fromkeys(shown(DOUBTFUL, width) for width in range(120, 40, -1)))
    assert said[:6] == [
        f"{whole}{bold} · model 3.8 · inside EVENT",
        f"{whole}{bold} · model 3.8",
        f"{whole}{bold}",
        f"{short}{bold}",
        f"{short} score 0.44",
        f"{short} score 0.…",
    ]
    assert said[-1] == f"{short}…"
    assert all(one.startswith(short) and one.endswith("…") for one in said[5:])


def test_the_reason_stays_where_there_is_no_room_for_the_words_of_a_value() -> None:
    value = StatusNote("= 2020-01-03, Friday 3 January 2020", "value", short="= 2020-01-03")
    reasons = [StatusNote("cut out of a longer word", "reason"), StatusNote("no capital", "reason")]
    parts = StatusParts("DATE", "doubtful", "January 3, 2020", notes=(value, *reasons))
    said = "  DATE  doubtful “January 3, 2020” = 2020-01-03"
    assert shown(parts, 120) == f"{said}, Friday 3 January 2020 cut out of a longer word, no capital"
    assert shown(parts, 90) == f"{said} cut out of a longer word, no capital"
    assert shown(parts, 80) == f"{said} cut out of a longer word"
    assert shown(parts, 64) == "  DATE  doubtful “January 3, 2020” cut out of a longer word"
    assert shown(parts, 50) == "  DATE  doubtful “January 3, 2020” cut out of a…"


def test_the_words_of_the_article_are_within_24_cells_once_they_are_cut() -> None:
    quote = shown(DOUBTFUL, 60).partition("“")[2].partition("”")[0]
    assert "…" in quote
    assert len(quote) <= 24


def test_what_is_bold_and_what_is_muted() -> None:
    style = own_colours().style
    line = list(status_line(DOUBTFUL, 120, PLAIN))
    assert (" LAW ", own_colours().chip("LAW")) in line
    assert ("doubtful", style("bright", bold=True)) in line
    assert ("score 0.44", style("bright", bold=True)) in line
    assert ("= T-1954", style("text", bold=True)) in line
    assert ("model 3.8", style("muted")) in line


def test_in_ascii() -> None:
    said = shown(DOUBTFUL, 60, Appearance(own_colours(), ASCII))
    assert said == '  LAW  doubtful "the Treaty~as of 1954" score 0.44 = T-1954'


def test_a_note_alone_has_no_sign_before_it() -> None:
    assert shown(StatusParts(notes=(StatusNote("nothing to label here"),)), 80) == (
        " nothing to label here"
    )


WORDS = st.text(alphabet="ab 東שá\u0301👩\u200d\n\x1b", max_size=80)


@given(WORDS, WORDS, st.integers(30, 220), st.sampled_from(["", "LAW"]))
def test_it_is_never_wider_than_the_screen(words: str, note: str, width: int, label: str) -> None:
    parts = StatusParts(label, "suggested", words, notes=(StatusNote(note, "value"),))
    assert width_of_line(status_line(parts, width, PLAIN)) < width


@given(st.text(alphabet="L東_", min_size=1, max_size=60), st.integers(30, 120))
def test_a_long_label_is_cut_with_a_sign(label: str, width: int) -> None:
    from annotations.model.label_scheme import Label, with_keys

    appearance = Appearance(own_colours(scheme=with_keys([Label(label)])), UNICODE)
    said = shown(StatusParts(label, "accepted", "some words"), width, appearance)
    assert cell_len(said) < width
    assert said.startswith(f"  {label} ") or "…" in said


async def test_all_labels_of_the_row_are_named_where_the_rail_has_no_room(open_article: Open) -> None:
    text = "Ana Bo Cid Dov Eli Flo Gus Hal Ida went to Oslo.\n"
    names = [(name, "PERSON") for name in text.split()[:9]] + [("Oslo", "GPE")]
    async with open_article(text, suggested=names) as screen:
        await screen.press("space")
        await screen.settle()
        assert "…" in screen.rows[1]
        await screen.press("end")
        assert " · in this row: 9 PERSON, 1 GPE" in screen.rows[-2]
        await screen.press("home")
        await screen.press("A")
        await screen.press("D")
        await screen.settle()
        assert "in this row" not in screen.rows[-2]
