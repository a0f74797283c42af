"""The label bar: as many whole names as there is room for, the keys of all others, and nothing moves."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme, with_keys
from annotations.model.source import Source
from annotations.model.span import Span
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.own_colours import own_colours
from tui.colours.glyphs import ASCII, UNICODE
from tui.keys.label_press import pressed_label
from tui.widgets.appearance import Appearance
from tui.widgets.label_bar import label_bar, label_bar_layout, short_number
from tui.widgets.pressable import key_at, presses
from tui.workspace.suggestions import Suggested

THIRTY_SIX = with_keys(
    Label(name)
    for name in (
        *("POLITICIAN", "PARTY", "COMPANY", "MINISTRY", "COURT", "COUNTRY", "CITY", "REGION", "DATE"),
        *(f"KIND {number}" for number in range(27)),
    )
)


def bar(scheme: LabelScheme, width: int, **said: object) -> str:
    appearance = Appearance(own_colours(scheme=scheme), UNICODE)
    line = label_bar(label_bar_layout(scheme, width, ";"), appearance, list_sign=";", **said)  # type: ignore[arg-type]
    return "".join(text for text, _ in line)


def test_a_click_on_a_label_presses_its_key_or_where_it_has_none_the_label() -> None:
    scheme = LabelScheme((Label("ORG", "o"), Label("WHO")))
    line = label_bar(label_bar_layout(scheme, 80, ";"), Appearance(own_colours(scheme=scheme), UNICODE))
    shown = "".join(text for text, _ in line)
    pressed = [key_at(line, shown.index(name)) for name in ("ORG", "WHO")]
    assert [pressed_label(scheme, key) for key in pressed] == list(scheme)


def test_eighteen_labels_at_80_and_120_columns() -> None:
    assert bar(ONTONOTES, 80) == (
        " p PERSON  o ORG  g GPE  l LOC  f FAC  n NORP  d DATE  t e a r w u m h q i c"
    )
    assert bar(ONTONOTES, 120) == (
        " p PERSON  o ORG  g GPE  l LOC  f FAC  n NORP  d DATE  t TIME  e EVENT  a LAW"
        "  r PRODUCT  w WORK_OF_ART  u m h q i c"
    )


def test_thirty_six_labels_at_80_columns_have_three_names_and_all_keys_closed_up() -> None:
    shown = bar(THIRTY_SIX, 80)
    names, _, keys = shown.rpartition("  ")
    assert names == " p POLITICIAN  a PARTY  c COMPANY"
    assert sorted(keys + "pac") == sorted(string.ascii_lowercase + string.digits)


def test_what_does_not_fit_even_so_is_counted_with_the_key_of_the_list() -> None:
    shown = bar(THIRTY_SIX, 30)
    assert shown.endswith(" +15 ;")
    assert len(shown.strip().split(" ")[0]) == 21
    assert bar(LabelScheme((*ONTONOTES, Label("SHIP"), Label("STAR"))), 80).endswith(" i c +2 ;")


def test_the_label_of_the_selection_stands_out_and_muted_bars_have_one_style() -> None:
    colours = own_colours()
    appearance = Appearance(colours, UNICODE)
    layout = label_bar_layout(ONTONOTES, 80, ";")
    line = label_bar(layout, appearance, selected="GPE")
    assert ("g", colours.chip("GPE") + presses("g")) in line
    assert (" GPE", colours.style("bright", bold=True) + presses("g")) in line
    assert ("o", colours.ink("ORG", bold=True) + presses("o")) in line
    law = label_bar(layout, appearance, selected="LAW")
    assert ("a", colours.chip("LAW") + presses("a")) in law
    muted = label_bar(layout, appearance, selected="GPE", muted=True)
    assert {style for text, style in muted if text.strip()} == {colours.style("muted")}
    assert "".join(t for t, _ in line) == "".join(t for t, _ in muted)


def test_counts_have_places_kept_for_them_from_160_columns() -> None:
    numbers = {"PERSON": 3, "ORG": 412, "GPE": 0, "LOC": 12_345}
    none = bar(ONTONOTES, 200, count=lambda name: 0)
    some = bar(ONTONOTES, 200, count=lambda name: numbers.get(name, 0))
    assert some.startswith(" p PERSON 3   o ORG 412 g GPE     l LOC 12k f FAC ")
    for name in ("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT"):
        assert some.index(f" {name} ") == none.index(f" {name} ")
    assert [short_number(n) for n in (0, 7, 999, 1000, 99_999, 100_000, 12_000_000)] == [
        *("", "7", "999", "1k", "99k", "1M", "12M"),
    ]


NAMES = st.lists(
    st.text(alphabet="ABCDEÉ東京שלום_ ", min_size=1, max_size=14).map(str.strip).filter(bool),
    min_size=1,
    max_size=40,
    unique=True,
)


@given(NAMES, st.integers(40, 220), st.sampled_from([UNICODE, ASCII]))
def test_no_name_is_clipped_each_key_is_there_once_and_it_fits(
    names: list[str], width: int, glyphs: object
) -> None:
    scheme = with_keys(Label(name) for name in names)
    layout = label_bar_layout(scheme, width, ";")
    appearance = Appearance(own_colours(scheme=scheme), glyphs)  # type: ignore[arg-type]
    shown = "".join(t for t, _ in label_bar(layout, appearance, count=None, list_sign=";"))
    assert cell_len(shown) < width
    for label in layout.named:
        assert f"{label.key or appearance.glyphs.keyless} {label.name}" in shown
    keys = [label.key for label in (*layout.named, *layout.keys) if label.key]
    assert len(set(keys)) == len(keys)
    assert len(layout.named) + len(layout.keys) + layout.left_out == len(scheme)
    if width < 160 and len(scheme) <= 36:
        assert len(layout.named) == max(
            n for n in range(len(scheme) + 1) if n == 0 or fits(scheme, n, width)
        )


def fits(scheme: LabelScheme, number: int, width: int) -> bool:
    """Whether this number of names leaves room for the keys of all others, counted as in the specification."""
    rest = len(scheme) - number
    named = sum(cell_len(label.name) + 4 for label in scheme.labels[:number])
    if not rest:
        return 1 + named - 2 <= width - 2
    return 1 + named + (2 * rest if rest <= 14 else 1 + rest) <= width - 1


def labels_row(screen: Screen) -> str:
    return screen.app.reader.around.labels.plain


@pytest.mark.parametrize("width", [60, 80, 120, 159])
async def test_it_is_the_same_before_during_and_after_suggestions(
    open_article: Open, width: int
) -> None:
    async with open_article(size=(width, 24), suggested=[]) as screen:
        before = labels_row(screen)
        seen = set()
        for words, label in (("Lisbon", "GPE"), ("Duarte", "PERSON"), ("Tuesday", "DATE")):
            start = ARTICLE.index(words)
            span = Span(start, start + len(words), label, sources=sources_named("m 1"))
            screen.app.post_message(Suggested(screen.key, Source.parse("m 1"), [span]))
            await screen.settle()
            seen.add(labels_row(screen))
        await screen.press("space", "enter", "space", "backspace", "f2", "escape", "D", "D")
        seen.add(labels_row(screen))
        assert seen == {before}
        assert len(screen.spans) == 3
