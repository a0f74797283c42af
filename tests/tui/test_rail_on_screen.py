"""At 80 by 24 there are 20 rows of text, and each span in sight has its letter in the row where it begins."""

from tests.texts import ARTICLE
from tests.tui.conftest import Open
from tests.tui.test_text_stays import suggest


async def test_each_span_in_sight_has_its_letter_where_it_begins(open_article: Open) -> None:
    async with open_article(ARTICLE * 4, suggested=[]) as screen:
        suggest(screen)
        await screen.wait(lambda: len(screen.spans) > 20)
        reader = screen.app.reader
        page, view, opened = reader.geometry, reader.article, reader.opened
        assert view.region.height - page.blank_rows == 20
        wrap = view._page.rows.wrap
        keys = {label.name: label.key for label in opened.session.scheme}
        seen = 0
        for line in range(20):
            start, behind = wrap.reach_of(view.scroll_offset.y + line)
            begin = [span for span in opened.session.annotations.spans if start <= span.start < behind]
            rail = screen.rows[view.region.y + line].ljust(80)[
                page.rail_left : page.rail_left + page.rail
            ]
            stops_at = opened.session.doubts.stops_at
            letters = "".join(keys[span.label] + "?" * stops_at(span) for span in begin)
            assert rail.replace(" ", "") == letters or rail.rstrip().endswith("…")
            seen += len(begin)
        assert seen > 10


async def test_a_done_article_has_a_rail_in_the_paragraph_of_the_cursor_alone(
    open_article: Open,
) -> None:
    async with open_article(ARTICLE * 2) as screen:
        await screen.press("space", "enter", "space", "backspace", "home")
        page, view = screen.app.reader.geometry, screen.app.reader.article

        def rail() -> list[str]:
            rows = screen.rows[view.region.y : view.region.bottom]
            return [row.ljust(80)[page.rail_left : page.rail_left + page.rail].strip() for row in rows]

        assert len([letters for letters in rail() if letters]) > 2
        await screen.press("D", "D")
        assert screen.app.reader.opened.session.annotations.facts.done
        await screen.press("home")
        assert [line for line, letters in enumerate(rail()) if letters] == [0]
