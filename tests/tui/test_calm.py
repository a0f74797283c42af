"""A finished article is calm: all its backgrounds together stand out only a little from the page."""

from annotations.model.span import Span
from tests.spans import sources_named
from tests.tui.conftest import Open, Screen
from tests.tui.made_up import HARBOUR
from tui.colours.arithmetic import contrast

THIRD = 3


def backgrounds(screen: Screen) -> list[str]:
    """The colour behind each cell of the screen."""
    found = []
    for strip in screen.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            assert style is not None
            assert style.bgcolor is not None
            shown = style.color if style.reverse else style.bgcolor
            assert shown is not None
            found += [shown.get_truecolor().hex] * len(text)
    return found


def standing_out(cells: list[str], page: str) -> float:
    return sum(contrast(cell, page) - 1 for cell in cells)


async def test_a_finished_article_stands_out_less_than_a_third_of_what_filled_labels_would(
    open_article: Open,
) -> None:
    async with open_article(HARBOUR.text, suggested=[]) as screen:
        reader = screen.app.reader
        for span in HARBOUR.spans():
            reader.opened.session.annotations.spans.add(
                Span(span.start, span.end, span.label, "accepted", sources_named("model 1"), span.score)
            )
        await screen.press("D")
        await screen.wait(lambda: "done" in screen.rows[-2])
        reader.article.repaint()
        await screen.settle()
        colours = reader.colours
        cells, page = backgrounds(screen), colours.chrome.page
        chips = {label.tint: label.chip for label in colours.labels.values()}
        filled = [chips.get(cell, cell) for cell in cells]
        assert sum(cell in chips for cell in cells) > 100
        assert standing_out(cells, page) < standing_out(filled, page) / THIRD
        # There is no lamp either, because nothing is left to decide.
        assert colours.chrome.lamp not in cells
