import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme
from tests.tui.conftest import Open
from tui.theme import PALETTES, READABLE, contrast, known_theme, page_of, scheme_colours

THEMES = {**BUILTIN_THEMES, **{name: palette.theme for name, palette in PALETTES.items()}}
SEEN_BY = {
    "everybody": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    # Machado, Oliveira and Fernandes 2009, severity 1.
    "protanopes": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopes": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopes": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def variables(theme: Theme) -> dict[str, str]:
    return theme.to_color_system().generate()


def parsed(words: str) -> tuple[Color, Color]:
    fore, _, back = words.partition(" on ")
    return Color.parse(fore), Color.parse(back)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("sixteen", [False, True])
def test_every_label_can_be_read_on_every_theme(name: str, sixteen: bool) -> None:
    theme = THEMES[name]
    wanted = PALETTES[name].contrast if name in PALETTES and not sixteen else READABLE
    page = page_of(theme, variables(theme), sixteen)
    backgrounds = (
        [parsed(page.base_style)[1], Color.parse(page.back)]
        if page.back != "default"
        else [Color.parse("#000000" if theme.dark else "#ffffff")]
    )
    colours = scheme_colours(ONTONOTES, theme, variables(theme), sixteen)
    for look in colours.values():
        assert contrast(Color.parse(look.on_back), Color.parse(look.back)) >= wanted
        for background in backgrounds:
            assert contrast(Color.parse(look.fore), background) >= wanted
    if page.back != "default":
        assert contrast(*parsed(page.base_style)) >= wanted
        assert contrast(Color.parse(page.fore), Color.parse(page.back)) >= wanted
        assert contrast(Color.parse(page.muted), Color.parse(page.back)) >= wanted


@given(st.integers(0, 0xFFFFFF), st.sampled_from(sorted(THEMES)), st.booleans())
def test_any_colour_of_ones_own_can_be_read(colour: int, name: str, sixteen: bool) -> None:
    theme = THEMES[name]
    scheme = LabelScheme((Label("OWN", "o", f"#{colour:06x}"),))
    look = scheme_colours(scheme, theme, variables(theme), sixteen)["OWN"]
    assert contrast(Color.parse(look.on_back), Color.parse(look.back)) >= READABLE
    page = page_of(theme, variables(theme), sixteen)
    if page.back != "default":
        assert contrast(Color.parse(look.fore), Color.parse(page.back)) >= READABLE


@pytest.mark.parametrize("name", PALETTES)
def test_the_labels_of_a_theme_are_eighteen_colours(name: str) -> None:
    theme = THEMES[name]
    colours = scheme_colours(ONTONOTES, theme, variables(theme))
    assert len({look.back for look in colours.values()}) == len(ONTONOTES)


@pytest.mark.parametrize(
    ("name", "who"),
    [(name, "everybody") for name in PALETTES] + [("annotate-colour-blind", who) for who in SEEN_BY],
)
def test_neighbours_in_the_scheme_are_far_apart(name: str, who: str) -> None:
    theme = THEMES[name]
    backs = [look.back for look in scheme_colours(ONTONOTES, theme, variables(theme)).values()]
    labs = [oklab(back, who) for back in backs]
    distances = [math.dist(one, other) for one, other in itertools.pairwise(labs)]
    # Two hundredths are about what one just notices.
    assert min(distances) > (0.14 if who == "everybody" else 0.11), list(
        zip(itertools.pairwise(backs), distances, strict=True)
    )


def oklab(colour: str, who: str) -> tuple[float, float, float]:
    """Oklab (Ottosson 2020) of a colour as these people see it."""
    channels = [channel / 255 for channel in Color.parse(colour).rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    red, green, blue = (
        min(max(sum(m * c for m, c in zip(row, linear, strict=True)), 0), 1) for row in SEEN_BY[who]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def test_a_theme_there_is_not_is_refused_with_near_names() -> None:
    names = ["", "nord", "annotate-light"]
    assert [known_theme(name, "--theme") for name in names] == names
    with pytest.raises(AnnotateError, match="--theme: there is no theme 'drakula'; there is dracula"):
        known_theme("drakula", "--theme")
    with pytest.raises(AnnotateError, match="annotate-dark, annotate-light"):
        known_theme("xyzzy", "--theme")


async def test_no_color_never_meets_the_terminals_own_colours(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_article(theme="ansi-dark") as screen:
        assert screen.app.theme == "annotate-dark"
        assert not [name for name in screen.app.available_themes if name.startswith("ansi")]
