"""The styles of the article, without a screen."""

from annotations.model.span import Status
from tui.article.styles import ArticleStyles
from tui.theme import LabelColours

STYLES = ArticleStyles(
    "#dddddd", "#111111", "#777777", {"GPE": LabelColours("#224466", "#ffffff", "#88aacc")}
)
STATUSES: tuple[Status, ...] = ("accepted", "suggested", "rejected")


def test_a_style_is_made_once() -> None:
    around = (("GPE", STATUSES[0]),)
    assert STYLES.text(around, in_focus=True) is STYLES.text(around, in_focus=True)
    assert STYLES.name("GPE", "accepted") is STYLES.name("GPE", "accepted")
    assert STYLES.base is STYLES.base


def test_statuses_differ_without_colours_in_the_text_and_in_names() -> None:
    signs = [
        (style.bold, style.italic, style.underline, style.strike, style.reverse)
        for style in (STYLES.text(()), *(STYLES.text((("GPE", status),)) for status in STATUSES))
    ]
    assert len(set(signs)) == 4


def test_what_is_rejected_steps_back() -> None:
    for style in (STYLES.text((("GPE", "rejected"),)), STYLES.name("GPE", "rejected")):
        assert style.color is not None
        assert style.color.name == "#777777"


def test_a_mark_with_a_label_the_scheme_has_not_is_painted_as_text() -> None:
    style = STYLES.text((), mark=("found", ""))
    assert style.color is not None
    assert (style.color.name, style.reverse) == ("#dddddd", True)


def test_a_rejected_span_does_not_make_another_one_nested() -> None:
    assert STYLES.text((("GPE", "rejected"), ("GPE", "suggested"))) == STYLES.text(
        (("GPE", "suggested"),)
    )
