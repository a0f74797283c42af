"""Only what a key changed is drawn, and it is what Textual itself would draw."""

import pytest
from textual._compositor import Compositor
from textual.geometry import Region
from textual.widget import Widget

from tests.tui.conftest import Open
from tui.widgets.article import ArticleView


async def test_a_line_is_made_of_the_same_pieces_as_textual_makes(open_article: Open) -> None:
    async with open_article(size=(120, 40)) as screen:
        await screen.press("space")
        await screen.settle()
        ours = screen.app.reader._compositor
        whole = Region(0, 0, 120, 40)
        mine = ours._render_chops(whole, lambda y: True)
        textuals = Compositor._render_chops(ours, whole, lambda y: True)
        assert [[(x, piece.text) for x, piece in line.items()] for line in mine] == [
            [(x, piece.text) for x, piece in line.items()] for line in textuals
        ]


async def test_a_key_has_only_changed_lines_of_the_article_drawn(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[Widget, Region]] = []
    render_lines = ArticleView.render_lines

    def count(view: ArticleView, crop: Region) -> object:
        drawn.append((view, crop))
        return render_lines(view, crop)

    async with open_article(size=(120, 40)) as screen:
        await screen.settle()
        monkeypatch.setattr(ArticleView, "render_lines", count)
        await screen.press("right")
        await screen.settle()
        lines = sum(crop.height for _, crop in drawn)
        assert 0 < lines <= 2
