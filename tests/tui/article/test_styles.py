"""The styles of the article, without a screen."""

import pytest

from annotations.model.span import Status
from tests.tui.own_colours import own_colours
from tui.article.styles import ArticleStyles, Over
from tui.colours.depth import Depth

STYLES = ArticleStyles(own_colours())
STATUSES: tuple[Status, ...] = ("accepted", "suggested", "rejected")


def test_a_style_is_made_once() -> None:
    around = (Over("GPE", "accepted"),)
    assert STYLES.text(around, focus="here") is STYLES.text(around, focus="here")
    assert STYLES.name("GPE", "accepted") is STYLES.name("GPE", "accepted")
    assert STYLES.base is STYLES.base


@pytest.mark.parametrize("depth", ["16", "none"])
def test_states_differ_where_there_are_few_colours_or_none(depth: Depth) -> None:
    styles = ArticleStyles(own_colours(depth))
    shown = [
        styles.base,
        *(styles.text((Over("GPE", status),)) for status in STATUSES),
        styles.text((Over("GPE", "suggested", doubtful=True),)),
        styles.text((Over("ORG", "accepted"), Over("GPE", "accepted")), crossing=True),
        styles.text((), focus="here"),
        styles.text((), mark=("found", "")),
        styles.text((), mark=("to change", "GPE")),
        styles.text((), mark=("left out", "GPE")),
        styles.text((), mark=("place", "")),
    ]
    assert len(set(shown)) == len(shown)
    if depth == "none":
        assert not [style for style in shown if style.color or style.bgcolor]


def test_what_is_rejected_steps_back() -> None:
    for style in (STYLES.text((Over("GPE", "rejected"),)), STYLES.name("GPE", "rejected")):
        assert style.color is not None
        assert style.color.name == STYLES.colours.chrome.muted


@pytest.mark.parametrize("label", ["", "GONE"])
def test_a_mark_with_a_label_the_scheme_has_not_is_bright(label: str) -> None:
    found = STYLES.text((), mark=("found", label))
    assert found.bgcolor is not None
    assert found.bgcolor.name == STYLES.colours.chrome.found
    assert STYLES.text((), mark=("to change", label)).italic


def test_a_rejected_span_does_not_make_another_one_nested() -> None:
    both = (Over("GPE", "rejected"), Over("GPE", "suggested"))
    assert STYLES.text(both) == STYLES.text(both[1:])
