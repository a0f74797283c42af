"""Statistics in a terminal: bars that show where the accepted spans came from, and one sentence."""

from collections.abc import Mapping, Sequence

import pytest
from rich.cells import cell_len
from rich.style import Style

from annotations.corpus.statistics import FATES, Statistics, Tally
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from tests.tui.own_colours import own_colours
from tui.colours.glyphs import ASCII, UNICODE
from tui.commands.drawn_statistics import StatisticsOf, drawn_statistics
from tui.widgets.appearance import Appearance

LOOK = Appearance(own_colours(), UNICODE)
PLAIN = Appearance(own_colours("none"), ASCII)
COUNTS = {
    "GPE": (910, 120, 80, 30, 4),
    "EVENT": (0, 12, 140, 0, 0),
    "OWN\x1b[31m": (3, 0, 0, 0, 0),
    "LAW": (4, 1, 5, 2, 0),
    "TIME": (0, 0, 1, 0, 0),
    "DATE": (0, 0, 0, 7, 9),
}


def statistics_of(counts: Mapping[str, Sequence[int]], seconds: float = 12360.0) -> StatisticsOf:
    tallies = tuple(
        Tally(label, Source.parse("model 1"), dict(zip(FATES, numbers, strict=True)))
        for label, numbers in counts.items()
    )
    total = {fate: sum(tally.numbers[fate] for tally in tallies) for fate in FATES}
    return StatisticsOf("ann", 200, 71, 3, Statistics(tallies, total, 900, seconds))


def text(row: Sequence[tuple[str, Style]]) -> str:
    return "".join(piece for piece, _ in row).rstrip()


def test_what_is_shown() -> None:
    rows = [text(row) for row in drawn_statistics(statistics_of(COUNTS), ONTONOTES, LOOK, 200)]
    assert rows == [
        "",
        "annotator         ann",
        "documents         ━━━━━━━━━━━━──────────────────────── 71 of 200 done, 3 flagged",
        "spans             1,276 accepted  226 added  39 rejected  13 open",
        "time              3 h 26 min, 1.0 min a document, 0.68 keys a span",
        "",
        "label             where the accepted spans came from               spans   right",
        "g GPE             ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╌╌╌╌╌───     1,110    82 %",
        "e EVENT           ──────                                             152     0 %",
        "a LAW             ─                                                   10    40 %",
        "  OWN␛[31m        ━                                                    3   100 %",
        "t TIME            ─                                                    1     0 %",
        "",
        "━━ as suggested   ╌╌ corrected   ── added by you",
        "EVENT and LAW are mostly added by you: few were suggested correctly.",
    ]


def test_below_half_right_is_bold_and_labels_have_their_ink() -> None:
    rows = drawn_statistics(statistics_of(COUNTS), ONTONOTES, LOOK, 80)
    by_label = {text(row)[2:9].strip(): row for row in rows if text(row).endswith("%")}
    assert by_label["EVENT"][-1][1].bold
    assert not by_label["GPE"][-1][1].bold
    assert by_label["GPE"][2][1] == LOOK.colours.ink("GPE")


@pytest.mark.parametrize("width", range(50, 90, 3))
def test_no_row_is_wider_than_the_terminal(width: int) -> None:
    counts = {**COUNTS, "A_VERY_LONG_NAME_FOR_A_LABEL" * 2: (1, 99999, 1, 1, 1)}
    for look in (LOOK, PLAIN):
        rows = drawn_statistics(statistics_of(counts), ONTONOTES, look, width)
        assert max(cell_len(text(row)) for row in rows) <= min(width, 80)
        names = [text(row) for row in rows if "A_VERY" in text(row) and "%" in text(row)]
        assert names[0][2:18].rstrip().endswith(look.glyphs.cut)


def test_in_ascii_without_colour_the_parts_of_a_bar_differ() -> None:
    rows = drawn_statistics(statistics_of({"GPE": COUNTS["GPE"]}), ONTONOTES, PLAIN, 80)
    said = "\n".join(map(text, rows))
    assert "===.....---" in said
    assert not set(said) - set(map(chr, range(128)))


def test_nothing_accepted_is_no_table() -> None:
    rows = drawn_statistics(statistics_of({"DATE": (0, 0, 0, 0, 3)}, 0.0), ONTONOTES, LOOK, 80)
    assert [text(row) for row in rows][-1] == "spans             0 accepted  3 open"
