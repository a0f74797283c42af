"""The look of the article view in its states, compared with files that a person has checked.

`python -m pytest tests/tui/test_article_states.py --update-goldens` writes the files again.
"""

import itertools
import os

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.geometry import Region
from textual.strip import Strip

from annotations.model.label_scheme import ONTONOTES
from annotations.model.span import Span
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.golden import check_golden, painted
from tests.tui.own_colours import XTERM
from tui.actions import BY_NAME
from tui.colours.arithmetic import READABLE, contrast
from tui.colours.computed import VGA
from tui.colours.themes import DEFAULT_THEME, OWN_THEMES
from tui.screens.keys import legend_lines

STATES = [
    ("Harbour talks", "EVENT", "accepted"),
    ("Lisbon", "GPE", "suggested"),
    ("port authority of Rotterdam", "ORG", "accepted"),
    ("Rotterdam", "GPE", "accepted"),
    ("Portugal's Ministry of the Sea", "ORG", "suggested"),
    ("Portugal", "GPE", "suggested"),
    ("the Sea agreed", "LOC", "accepted"),
    ("Tuesday", "DATE", "rejected"),
    ("Sines", "GPE", "accepted"),
]
PICTURES = [*itertools.product(OWN_THEMES, [(80, 24), (120, 40)], [True])]
PICTURES += [(DEFAULT_THEME, (80, 24), False), (DEFAULT_THEME, (120, 40), False)]


async def show_states(screen: Screen, names: bool = True) -> None:
    reader = screen.app.reader
    for words, label, status in STATES:
        start = ARTICLE.index(words)
        reader.opened.session.annotations.spans.add(
            Span(start, start + len(words), label, status, sources_named("model 1"), 0.99)  # type: ignore[arg-type]
        )
    if names:
        reader.article.next_label_display()
    reader.article.repaint()
    reader.opened.selection.place(ARTICLE.index("Sines"))
    reader.show_outcome(reader.opened.resizing.grow_right())
    await screen.wait(lambda: "accepted “Sines, officials”" in screen.text)
    await screen.settle()


@pytest.mark.parametrize(("theme", "size", "names"), PICTURES)
async def test_each_state_is_drawn_as_it_was_agreed(
    open_article: Open, request: pytest.FixtureRequest, theme: str, size: tuple[int, int], names: bool
) -> None:
    async with open_article(suggested=[], size=size, theme=theme) as screen:
        await show_states(screen, names)
        article = screen.app.reader.article
        shown = painted([article.render_line(y) for y in range(article.size.height)])
    name = f"{theme.removeprefix('annotate-')}-{size[0]}x{size[1]}{'-names' if names else ''}"
    check_golden(name, shown, request)


async def test_names_under_the_text_tell_the_states_apart_by_signs(open_article: Open) -> None:
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await show_states(screen)
        for sign in ("EVENT ", "GPE? ", "ORG?/GPE?", "DATE×", "GPE "):
            assert sign in screen.text
        legend = legend_lines(ONTONOTES, 2, 100, screen.app.reader.appearance)
    assert {"".join(text for text, _ in line)[4:20].strip() for line in legend} == {
        *("accepted", "suggested", "doubtful", "rejected", "nested", "crossing", "selected"),
        *("found", "to change", "left out"),
    }


def hard_to_read(screen: Screen, wanted: float, system: ColorSystem | None = None) -> list[str]:
    """The pieces of the screen with less contrast than wanted, in the colours of `system`.

    What is behind a window is dimmed and not checked: nobody has to read it.
    """
    found = []
    on_top = screen.app.screen
    parts = [child.region for child in on_top.children] if on_top.is_modal else [on_top.region]
    there = Region.from_union(parts)
    assert there.area > 200
    for row in on_top._compositor.render_strips()[there.y : there.bottom]:
        for segment in Strip(row).crop(there.x, there.right):
            style = segment.style
            # Half blocks and lines are the edges of things, not text.
            if style is None or not segment.text.strip(" ▁▂▃▄▅▆▇█▊▎▔─┄│┃"):
                continue
            assert not style.dim or system is ColorSystem.STANDARD, segment.text
            fore, back = seen(style.color, system), seen(style.bgcolor, system)
            if contrast(fore, back) < wanted:
                found.append(f"{contrast(fore, back):.2f} {segment.text!r} {style}")
    return found


def seen(colour: RichColor | None, system: ColorSystem | None) -> str:
    assert colour is not None
    shown = (colour.downgrade(system) if system else colour).get_truecolor().hex
    return XTERM[VGA[colour.downgrade(system).number or 0]] if system is ColorSystem.STANDARD else shown


WINDOWS = (
    "",
    "keys",
    "palette",
    "label_list",
    "search",
    "propagate",
    "comment",
    "side_panel",
    "mark_done",
    "guidelines",
    "article_date",
)
"""The actions that show something other than the article; "" is no action."""


def themes_for(screen: Screen, window: str) -> list[str]:
    """The themes that a window is checked in: all if the variable CI is set, else a sample.

    The samples of all windows together have each theme once.
    """
    names = [name for name in screen.app.available_themes if not name.startswith("ansi-")]
    return names if os.environ.get("CI") else names[WINDOWS.index(window) :: len(WINDOWS)]


@pytest.mark.parametrize("window", WINDOWS)
async def test_everything_on_the_screen_can_be_read_in_every_theme(
    open_article: Open, window: str
) -> None:
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await show_states(screen)
        for theme in themes_for(screen, window):
            screen.app.theme = theme
            await screen.settle()
            if window:
                BY_NAME[window].do(screen.app.reader)
            await screen.settle()
            wanted = OWN_THEMES[theme].contrast if theme in OWN_THEMES else READABLE
            assert not hard_to_read(screen, wanted), theme
            await screen.press("escape")


@pytest.mark.parametrize("window", WINDOWS)
async def test_no_window_has_a_colour_with_no_color(
    open_article: Open, monkeypatch: pytest.MonkeyPatch, window: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await show_states(screen)
        if window:
            BY_NAME[window].do(screen.app.reader)
        await screen.settle()
        strips = screen.app.screen._compositor.render_strips()
        styles = {segment.style for strip in strips for segment in strip if segment.style}
        assert not [style for style in styles if style.color or style.bgcolor]
        assert any(style.bold for style in styles)


async def test_the_sample_has_each_theme_in_a_window(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    async with open_article(suggested=[]) as screen:
        seen = [theme for window in WINDOWS for theme in themes_for(screen, window)]
        assert sorted(seen) == sorted(
            name for name in screen.app.available_themes if "ansi-" not in name
        )


async def test_everything_can_be_read_in_sixteen_colours(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await show_states(screen)
        for theme in OWN_THEMES:
            screen.app.theme = theme
            await screen.settle()
            assert not hard_to_read(screen, READABLE, ColorSystem.STANDARD), theme


async def test_everything_can_be_read_in_256_colours(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "256")
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await show_states(screen)
        for theme in OWN_THEMES:
            screen.app.theme = theme
            await screen.settle()
            assert not hard_to_read(screen, READABLE, ColorSystem.EIGHT_BIT), theme
