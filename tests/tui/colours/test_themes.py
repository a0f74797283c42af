"""The colours of every theme at every depth: all text can be read on its background."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.theme import BUILTIN_THEMES, Theme

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme
from tests.tui.conftest import Open
from tests.tui.own_colours import XTERM
from tui.colours.arithmetic import READABLE, contrast, few
from tui.colours.computed import VGA, chrome_of, colours_of
from tui.colours.depth import Depth
from tui.colours.palette import DEFAULT, Chrome, LabelColours
from tui.colours.themes import OWN_THEMES, known_theme

THEMES = BUILTIN_THEMES | {
    name: Theme(name=name, primary=own.chrome.mark, dark=own.dark) for name, own in OWN_THEMES.items()
}
COLOURED: tuple[Depth, ...] = ("true", "256", "16")


def bound(name: str, depth: Depth) -> float:
    return OWN_THEMES[name].contrast if name in OWN_THEMES and depth != "16" else READABLE


def pairs_of_chrome(chrome: Chrome) -> list[tuple[str, str]]:
    """The pairs of text and background of everything but labels."""
    grounds = (chrome.page, chrome.bar, chrome.raised)
    texts = (chrome.text, chrome.bright, chrome.muted, chrome.mark, chrome.bad, chrome.good)
    return [
        *itertools.product(texts, grounds),
        (chrome.on_lamp, chrome.lamp),
        (chrome.bright, chrome.found),
    ]


def pairs_of_label(label: LabelColours, chrome: Chrome) -> list[tuple[str, str]]:
    """The pairs of text and background of a label."""
    grounds = (chrome.page, chrome.bar, chrome.raised)
    return [*((label.ink, ground) for ground in grounds), (label.on_chip, label.chip)]


def pairs_with_low_contrast(
    pairs: list[tuple[str, str]], theme: Theme, depth: Depth
) -> list[tuple[str, str]]:
    """The pairs with too little contrast; the terminal's own background counts as black or white."""
    wanted = bound(theme.name, depth)
    page = "#000000" if theme.dark else "#ffffff"
    text = "#ffffff" if theme.dark else "#000000"
    return [
        (fore, back)
        for fore, back in pairs
        if least(text if fore == DEFAULT else fore, page if back == DEFAULT else back, depth) < wanted
    ]


def least(fore: str, back: str, depth: Depth) -> float:
    match depth:
        case "256":
            return contrast(few(fore), few(back))
        case "16":
            # The terminal's own background is not one of the sixteen colours.
            return contrast(XTERM.get(fore, fore), XTERM.get(back, back))
        case _:
            return contrast(fore, back)


@pytest.mark.parametrize("depth", COLOURED)
@pytest.mark.parametrize("name", THEMES)
def test_everything_can_be_read_on_every_theme(name: str, depth: Depth) -> None:
    theme = THEMES[name]
    chrome = chrome_of(theme, depth)
    pairs = pairs_of_chrome(chrome)
    if depth == "16":
        # In 16 colours, what a search found is black on white.
        pairs = [pair for pair in pairs if pair != (chrome.bright, chrome.found)]
    for label in colours_of(ONTONOTES, theme, depth).labels.values():
        pairs += pairs_of_label(label, chrome)
        if depth == "true":
            pairs += [(label.done_text, label.tint), (label.ink, label.tint)]
    assert not pairs_with_low_contrast(pairs, theme, depth)


@pytest.mark.parametrize("name", THEMES)
def test_everything_can_be_read_on_the_console_of_linux(name: str) -> None:
    theme = THEMES[name]
    chrome = chrome_of(theme, "16", linux_console=True)
    pairs = [(chrome.rule, chrome.page)]
    pairs += [pair for pair in pairs_of_chrome(chrome) if pair != (chrome.bright, chrome.found)]
    for label in colours_of(ONTONOTES, theme, "16", linux_console=True).labels.values():
        pairs += pairs_of_label(label, chrome)
    page = "#000000" if theme.dark else "#ffffff"
    text = "#ffffff" if theme.dark else "#000000"
    for fore, back in pairs:
        shown = text if fore == DEFAULT else fore, page if back == DEFAULT else back
        assert contrast(*shown) >= READABLE


@given(st.integers(0, 0xFFFFFF), st.sampled_from(sorted(THEMES)), st.sampled_from(COLOURED))
def test_any_colour_of_ones_own_can_be_read(colour: int, name: str, depth: Depth) -> None:
    theme = THEMES[name]
    scheme = LabelScheme((Label("OWN", "o", f"#{colour:06x}"),))
    own = colours_of(scheme, theme, depth).labels["OWN"]
    pairs = pairs_of_label(own, chrome_of(theme, depth))
    if depth == "true":
        pairs += [(own.done_text, own.tint), (own.ink, own.tint)]
    assert not pairs_with_low_contrast(pairs, theme, depth)


@pytest.mark.parametrize("name", OWN_THEMES)
def test_the_labels_of_a_theme_are_eighteen_colours_and_then_begin_anew(name: str) -> None:
    scheme = LabelScheme(tuple(Label(f"L{number}") for number in range(20)), own=True)
    labels = list(colours_of(scheme, THEMES[name], "true").labels.values())
    assert len({label.ink for label in labels}) == 18
    assert labels[18:] == labels[:2]


def test_the_labels_of_ontonotes_have_colours_by_name_and_those_of_a_project_by_order() -> None:
    theme = THEMES["annotate-dark"]
    of_ontonotes = colours_of(ONTONOTES, theme, "true").labels
    assert of_ontonotes["DATE"].ink == "#56e4e9"
    assert of_ontonotes["LAW"].tint == "#2f2b45"
    own = colours_of(LabelScheme((Label("LAW"), Label("DATE")), own=True), theme, "true").labels
    assert [label.ink for label in own.values()] == ["#49acf0", "#da814b"]
    assert colours_of(ONTONOTES, theme, "16").labels["DATE"].ink == VGA[6]


def test_a_theme_there_is_not_is_refused_with_near_names() -> None:
    names = ["", "nord", "annotate-light"]
    assert [known_theme(name, "--theme") for name in names] == names
    with pytest.raises(AnnotateError, match="--theme: there is no theme 'drakula'; there is dracula"):
        known_theme("drakula", "--theme")
    with pytest.raises(AnnotateError, match="annotate-dark, annotate-light"):
        known_theme("xyzzy", "--theme")


@pytest.mark.parametrize("theme", ["annotate-light", "nord", "ansi-dark"])
async def test_no_color_leaves_attributes_alone(
    open_article: Open, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_article(theme=theme) as screen:
        strips = screen.app.screen._compositor.render_strips()
        styles = {segment.style for strip in strips for segment in strip if segment.style}
        assert not [style for style in styles if style.color or style.bgcolor]
        assert any(style.bold for style in styles)
