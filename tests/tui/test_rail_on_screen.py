"""At 80 by 24 there are 20 rows of text, and each visible span has its letter in the row where it begins."""

from annotations.model.source import Source
from annotations.model.span import Span
from tests.texts import ARTICLE
from tests.tui.conftest import Open
from tests.tui.test_text_stays import suggest
from tui.workspace.suggestions import Suggested


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


TREATY = """\
The working group on coastal shipping, which was first set up in \
accordance with the Port Framework Agreement signed in 2008 between the two harbours, meets on Friday.
"""


async def test_a_doubtful_law_and_a_date_in_one_row_are_two_letters_and_a_sign(
    open_article: Open,
) -> None:
    async with open_article(TREATY, suggested=[]) as screen:
        source, found = Source.parse("model 2"), []
        for words, label, score in (
            ("the Port Framework Agreement", "LAW", 0.44),
            ("2008", "DATE", 0.98),
        ):
            start = TREATY.index(words)
            found.append(Span(start, start + len(words), label, sources=(source,), score=score))
        screen.app.post_message(Suggested(screen.key, source, found))
        await screen.wait(lambda: len(screen.spans) == 2)
        row = next(row for row in screen.rows if "accordance" in row)
        assert row[:70].rstrip().endswith("signed in 2008")
        assert row[screen.app.reader.geometry.rail_left :].split() == ["a?", "d"]


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
