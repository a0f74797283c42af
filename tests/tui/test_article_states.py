"""What the article view looks like in its states, held against files that a person has looked at.

`python -m pytest tests/tui/test_article_states.py --update-goldens` writes them anew.
"""

import itertools
import os

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from annotations.model.span import Span
from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.golden import check_golden, painted
from tui.actions import BY_NAME
from tui.screens.keys import LEGEND
from tui.theme import DEFAULT, PALETTES, READABLE, contrast

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
PICTURES = [*itertools.product(PALETTES, [(80, 24), (120, 40)], [True])]
PICTURES += [(DEFAULT, (80, 24), False), (DEFAULT, (120, 40), False)]


async def show_states(screen: Screen, names: bool = True) -> None:
    reader = screen.app.reader
    for words, label, status in STATES:
        start = ARTICLE.index(words)
        reader.opened.session.annotations.spans.add(
            Span(start, start + len(words), label, status, ("model 1",))  # type: ignore[arg-type]
        )
    reader.article.label_rows = not names
    reader.article.toggle_label_rows()
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


def style_at(screen: Screen, words: str, number: int = 0) -> Style:
    """The style of what begins with these words in the article, of the so-many-th such piece."""
    article = screen.app.reader.article
    drawn = (segment for y in range(article.size.height) for segment in article.render_line(y))
    style = [segment.style for segment in drawn if segment.text.startswith(words)][number]
    assert style is not None
    return style


async def test_states_differ_without_any_colour(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await show_states(screen, names=False)
        states = {
            "plain": "reporters…",
            "accepted": "port authority",
            "suggested": "Lisbon",
            "rejected": "Tuesday",
            "nested, accepted": "Rotterdam and",
            "nested, suggested": "Portugal",
            "selected": "Sines",
        }
        words = {"plain": " end in", "nested, accepted": "Rotterdam"}
        styles = {state: style_at(screen, words.get(state, text)) for state, text in states.items()}
    async with open_article("Oslo, Oslo, Oslo and Olso.", suggested=[]) as screen:
        await screen.press("slash", *"olso", "enter")
        await screen.wait(lambda: "1 of 1" in screen.text)
        await screen.press("home")
        styles["found"] = style_at(screen, "Olso")
        await screen.press("g", "asterisk", "tab", "backspace", "home")
        styles["left out"] = style_at(screen, "Oslo", 1)
        styles["to change"] = style_at(screen, "Oslo", 2)
    text_styles = {
        state: (style.bold, style.italic, style.underline, style.strike, style.reverse)
        for state, style in styles.items()
    }
    assert len(set(text_styles.values())) == len(styles), text_styles


async def test_names_under_the_text_tell_the_states_apart_by_signs(open_article: Open) -> None:
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await show_states(screen)
        for sign in ("EVENT───", "GPE?┄┄", "ORG?/GPE?┄┄", "DATE×", "GPE──────"):
            assert sign in screen.text
    assert {name for name, _, _ in LEGEND} == {
        *("accepted", "suggested", "rejected", "nested", "selected"),
        *("found", "to change", "left out"),
    }


def hard_to_read(screen: Screen, wanted: float, system: ColorSystem | None = None) -> list[str]:
    """What on the screen has too little contrast, on a terminal of so few colours.

    What is behind a window is dimmed: it is not there to be read.
    """
    found = []
    on_top = screen.app.screen
    there = on_top.children[0].region if on_top.is_modal else on_top.region
    assert there.area > 200
    for row in on_top._compositor.render_strips()[there.y : there.bottom]:
        for segment in Strip(row).crop(there.x, there.right):
            style = segment.style
            # Half blocks and lines are the edges of things, not text.
            if style is None or not segment.text.strip(" ▁▂▃▄▅▆▇█▊▎▔─┄"):
                continue
            assert not style.dim, segment.text
            fore, back = seen(style.color, system), seen(style.bgcolor, system)
            if contrast(fore, back) < wanted:
                found.append(f"{contrast(fore, back):.2f} {segment.text!r} {style}")
    return found


def seen(colour: RichColor | None, system: ColorSystem | None) -> Color:
    assert colour is not None
    triplet = (colour.downgrade(system) if system else colour).get_truecolor()
    if system is ColorSystem.STANDARD:
        from rich._palettes import STANDARD_PALETTE

        number = colour.downgrade(system).number
        assert number is not None
        triplet = STANDARD_PALETTE[number]
    return Color(triplet.red, triplet.green, triplet.blue)


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
"""The actions that show something else than the article, beside none."""


def themes_for(screen: Screen, window: str, no_color: bool) -> list[str]:
    """The themes to look at a window in: all for a check of the project, else a sample.

    Over all windows the sample has each theme once in colours and once, in another window, without.
    """
    names = [name for name in screen.app.available_themes if not name.startswith("ansi-")]
    if os.environ.get("CI"):
        return names
    place = WINDOWS.index(window) + no_color * (len(WINDOWS) // 2)
    return names[place % len(WINDOWS) :: len(WINDOWS)]


@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("window", WINDOWS)
async def test_everything_on_the_screen_can_be_read_in_every_theme(
    open_article: Open, monkeypatch: pytest.MonkeyPatch, window: str, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await show_states(screen)
        for theme in themes_for(screen, window, no_color):
            screen.app.theme = theme
            await screen.settle()
            if window:
                BY_NAME[window].do(screen.app.reader)
            await screen.settle()
            wanted = PALETTES[theme].contrast if theme in PALETTES and not no_color else READABLE
            assert not hard_to_read(screen, wanted), theme
            await screen.press("escape")


async def test_the_sample_has_each_theme_in_two_windows(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    async with open_article(suggested=[]) as screen:
        seen = {
            (theme, no_color): window
            for window in WINDOWS
            for no_color in (False, True)
            for theme in themes_for(screen, window, no_color)
        }
        themes = [name for name in screen.app.available_themes if "ansi-" not in name]
        assert len(seen) == 2 * len(themes)
        assert all(seen[theme, False] != seen[theme, True] for theme in themes)


async def test_everything_can_be_read_in_sixteen_colours(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await show_states(screen)
        for theme in PALETTES:
            screen.app.theme = theme
            await screen.settle()
            assert not hard_to_read(screen, READABLE, ColorSystem.STANDARD), theme


async def test_everything_can_be_read_in_256_colours(open_article: Open) -> None:
    async with open_article(suggested=[], size=(120, 40)) as screen:
        await show_states(screen)
        for theme in PALETTES:
            screen.app.theme = theme
            await screen.settle()
            assert not hard_to_read(screen, READABLE, ColorSystem.EIGHT_BIT), theme
