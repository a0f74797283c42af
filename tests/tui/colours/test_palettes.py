"""The bounds that the palettes of our themes keep, in all colours and in 256."""

import itertools
from collections.abc import Callable

import pytest
from rich.color import Color, ColorSystem

from annotations.model.label_scheme import Label, LabelScheme
from tests.tui.colours.distance import SEEN_BY, ciede2000, ciede2000_of_lab, seen_by
from tests.tui.own_colours import own_colours
from tui.colours.arithmetic import few, lightness_and_hue
from tui.colours.depth import Depth
from tui.colours.palette import LabelColours
from tui.colours.themes import OWN_THEMES

FIRST = 8
"""The number of labels whose colours are far apart: a project's own schemes are seldom longer."""
GREYS = {"16", "231", *map(str, range(232, 256))}
EIGHTEEN = LabelScheme(tuple(Label(f"L{number}") for number in range(18)))


def labels_of(theme: str, depth: Depth = "true") -> list[LabelColours]:
    return list(own_colours(depth, theme, EIGHTEEN).labels.values())


def nearest(colours: list[str], seen: Callable[[str], str] = str) -> float:
    """The distance of the two colours that are nearest to each other."""
    return min(ciede2000(seen(one), seen(other)) for one, other in itertools.combinations(colours, 2))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    # Sharma, Wu and Dalal 2005, table 1.
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_of_ciede2000(
    one: tuple[float, float, float], other: tuple[float, float, float], distance: float
) -> None:
    assert ciede2000_of_lab(one, other) == pytest.approx(distance, abs=1e-4)


@pytest.mark.parametrize("theme", OWN_THEMES)
@pytest.mark.parametrize("seen", [str, few], ids=["all colours", "256 colours"])
def test_the_first_eight_labels_are_far_apart(theme: str, seen: Callable[[str], str]) -> None:
    assert nearest([label.ink for label in labels_of(theme)[:FIRST]], seen) >= 15


@pytest.mark.parametrize("theme", OWN_THEMES)
def test_all_eighteen_labels_can_be_told_apart(theme: str) -> None:
    assert nearest([label.ink for label in labels_of(theme)]) >= 10


@pytest.mark.parametrize("who", SEEN_BY)
def test_the_first_eight_are_far_apart_for_the_colour_blind_in_their_theme(who: str) -> None:
    inks = [label.ink for label in labels_of("annotate-colour-blind")[:FIRST]]
    assert nearest(inks, lambda colour: seen_by(colour, who)) >= 12


@pytest.mark.parametrize("theme", OWN_THEMES)
def test_tints_are_soft_and_yet_no_page(theme: str) -> None:
    page = own_colours("true", theme).chrome.page
    tints = [label.tint for label in labels_of(theme)]
    assert nearest(tints[:FIRST]) >= 5
    assert min(ciede2000(tint, page) for tint in tints) >= 10
    assert max(ciede2000(tint, page) for tint in tints) < 25


def test_a_label_has_nearly_one_hue_in_the_themes_for_people_who_see_all_colours() -> None:
    themes = [labels_of(f"annotate-{name}") for name in ("dark", "light", "contrast")]
    for inks in zip(*themes, strict=True):
        hues = [lightness_and_hue(label.ink)[1] for label in inks]
        turns = [abs((one - other + 180) % 360 - 180) for one, other in itertools.combinations(hues, 2)]
        # At most 22 degrees from the hue in the middle.
        assert max(turns) <= 44, (inks, hues)


@pytest.mark.parametrize("theme", OWN_THEMES)
def test_the_grounds_of_chrome_are_greys_in_256_colours(theme: str) -> None:
    chrome = own_colours("256", theme).chrome
    grounds = (chrome.page, chrome.bar, chrome.raised, chrome.found, chrome.rule)
    texts = (chrome.muted, chrome.text, chrome.bright)
    for colour in (*grounds, *texts):
        number = Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).number
        assert str(number) in GREYS, (colour, number)
