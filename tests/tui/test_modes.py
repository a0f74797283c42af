from rich.style import Style

from tests.tui.conftest import Open, Screen

TOWN = """\
Lima grew again. In Lima, the mayor of Lima spoke.

The Lima Post asked Lima's mayor. LIMA is on the coast; of Limassol nobody spoke.
"""


def segments(screen: Screen) -> list[tuple[str, Style]]:
    article = screen.app.reader.article
    drawn = (segment for y in range(article.size.height) for segment in article.render_line(y))
    return [(segment.text, segment.style) for segment in drawn if segment.style is not None]


def looks(screen: Screen, words: str, number: int = 0) -> Style:
    """The style of one piece of the article with these words; `number` counts such pieces from 0."""
    return [style for text, style in segments(screen) if text == words][number]


async def test_all_mentions_are_shown_in_place_before_anything_happens(open_article: Open) -> None:
    async with open_article(TOWN, suggested=[("The Lima Post", "ORG")], size=(110, 40)) as screen:
        await screen.press("g", "asterisk")
        await screen.settle()
        assert " GPE  will label 3 more mentions of “Lima”" in screen.text
        assert "except 1 inside longer names" in screen.text
        assert screen.text.count("+GPE") == 3
        assert " PREVIEW  Enter do it" in screen.text
        assert looks(screen, "Lima", 1).italic
        assert [status for _, _, status in screen.spans].count("accepted") == 1
        await screen.press("enter")
        await screen.settle()
        assert [words for words, label, _ in screen.spans if label == "GPE"] == ["Lima"] * 4
        assert screen.app.reader.keys.mode is None
        assert "+GPE" not in screen.text
        await screen.press("U")
        assert [status for _, _, status in screen.spans].count("accepted") == 1


async def test_mentions_are_left_out_with_tab_and_backspace(open_article: Open) -> None:
    async with open_article(TOWN, suggested=[], size=(110, 40)) as screen:
        await screen.press("g", "asterisk", "tab", "backspace")
        await screen.settle()
        assert "1 left out" in screen.text
        assert "−GPE" in screen.text
        assert looks(screen, "Lima", 1) == screen.app.reader.article.article_styles.text(
            (), mark=("left out", "GPE")
        )
        await screen.press("enter")
        spans = screen.app.reader.opened.session.annotations.spans
        starts = [span.start for span in spans if span.accepted]
        places = [i for i in range(len(TOWN)) if TOWN.startswith("Lima", i)]
        assert starts == [places[0], *places[2:5]]


async def test_in_the_preview_a_label_key_changes_the_label_and_a_star_removes(
    open_article: Open,
) -> None:
    async with open_article(TOWN, suggested=[("Lima", "ORG")], size=(120, 40)) as screen:
        await screen.press("space", "asterisk", "l")
        await screen.settle()
        assert " LOC  will label 4 more mentions of" in screen.text
        await screen.press("asterisk")
        await screen.settle()
        assert " LOC  will be removed from 0 more mentions of" in screen.text
        await screen.press("asterisk", "C", "enter")
        assert [label for _, label, _ in screen.spans] == ["LOC"] * 6


async def test_esc_leaves_the_preview_and_other_keys_do_nothing_in_it(open_article: Open) -> None:
    async with open_article(TOWN, suggested=[]) as screen:
        await screen.press("g", "asterisk", "F", "U", "A")
        await screen.settle()
        assert "Leave the preview first, with Esc" in screen.text
        await screen.press("tab", "escape")
        assert screen.app.reader.keys.mode is None
        assert screen.app.reader.opened.selection.cursor == 0
        assert screen.spans[0] == ("Lima", "GPE", "accepted")
        assert {status for _, _, status in screen.spans[1:]} == {"suggested"}


async def test_the_preview_shows_far_mentions_when_walked_to(open_article: Open) -> None:
    text = TOWN + "Nothing here.\n\n" * 60 + "Only Lima."
    async with open_article(text, suggested=[]) as screen:
        await screen.press("g", "asterisk", "shift+tab")
        assert "Only Lima." in screen.text
        await screen.press("escape")
        assert "Lima grew" in screen.text


async def test_a_search_shows_its_matches_as_one_types(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.press("slash", *"duar")
        await screen.wait(lambda: " FIND  duar   1 of 3" in screen.text)
        assert screen.focus == "Duar"
        assert looks(screen, "Duar", 1) == screen.app.reader.article.article_styles.text(
            (), mark=("found", "")
        )
        await screen.press("t", "z")
        await screen.wait(lambda: "not found" in screen.text)
        assert screen.app.reader.opened.selection.cursor == 0
        await screen.press("backspace", "down")
        await screen.wait(lambda: " FIND  duart   2 of 3" in screen.text)
        await screen.press("escape")
        assert screen.app.reader.opened.selection.cursor == 0
        lamp = screen.app.reader.colours.lamp.bgcolor
        found = screen.app.reader.colours.found.bgcolor
        assert [text for text, style in segments(screen) if style.bgcolor in (lamp, found)] == [
            "Harbour"
        ]


async def test_enter_selects_the_match_even_when_typed_faster_than_found(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.pilot.press("slash", *"rotterd", "enter", "g")
        await screen.wait(lambda: bool(screen.spans))
        assert screen.spans[0] == ("Rotterdam", "GPE", "accepted")


async def test_next_and_previous_match_after_the_search(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.press("slash", *"afdb", "enter")
        await screen.wait(lambda: "afdb: 1 of 2" in screen.text)
        first = screen.app.reader.opened.selection.cursor
        await screen.press("N")
        assert screen.app.reader.opened.selection.cursor > first
        await screen.press("escape")
        await screen.press("P")
        assert screen.app.reader.opened.selection.cursor == first
        await screen.press("o", "slash", "enter")
        await screen.wait(lambda: screen.app.reader.opened.selection.cursor > first)
        await screen.press("o")
        assert screen.spans == [("AfDB", "ORG", "accepted")] * 2


async def test_a_broken_regular_expression_is_said_while_it_is_typed(open_article: Open) -> None:
    async with open_article(suggested=[], size=(120, 30)) as screen:
        await screen.press("slash", "backslash", "(", *"ministe")
        await screen.wait(lambda: "Not a regular expression yet" in screen.text)
        await screen.press("enter")
        assert screen.app.reader.keys.mode is not None
        await screen.press("r", ")")
        await screen.wait(lambda: "1 of 2" in screen.text)
        await screen.press("enter")
        assert screen.focus == "Minister"


async def test_a_pattern_without_end_blocks_no_key(open_article: Open) -> None:
    async with open_article("a" * 3000 + "c", suggested=[]) as screen:
        await screen.press("slash", "backslash", *"(a+)+$")
        await screen.press("escape")
        assert screen.app.reader.keys.mode is None
        await screen.press("e")
        assert len(screen.spans) == 1


FOREVER = r"(?:\w+\s?)+\d$"


async def test_esc_gives_up_what_enter_waits_for_and_the_next_search_is_shown(
    open_article: Open,
) -> None:
    async with open_article("Lisbon " + "a" * 3000 + " c", suggested=[]) as screen:
        await screen.press("slash", "backslash", *FOREVER)
        await screen.wait(lambda: "Searching…" in screen.text)
        await screen.press("enter", "g")
        assert "Searching…" in screen.text
        await screen.press("escape")
        assert screen.app.reader.keys.mode is None
        await screen.press("slash", *"lis")
        await screen.wait(lambda: " FIND  lis   1 of 1" in screen.text)
        await screen.press("enter")
        assert screen.focus == "Lisbon"
        assert screen.spans == []


async def test_a_stopped_search_is_said_in_one_sentence(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.press("slash", "backslash", *"((a{1000}){1000}){1000}")
        await screen.wait(lambda: "Stopped: this search needs more than 200 MB." in screen.text)
        await screen.press("enter")
        await screen.wait(lambda: "Stopped: this search needs" in screen.text)
        assert screen.app.reader.keys.mode is None


async def test_a_capital_makes_case_matter(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.press("slash", *"lisbon")
        await screen.wait(lambda: "1 of 2" in screen.text)
        await screen.press("ctrl+u", *"Lisbon")
        await screen.wait(lambda: "1 of 1" in screen.text)


async def test_enter_on_a_match_that_is_a_span_selects_the_span(open_article: Open) -> None:
    async with open_article(suggested=[("Rotterdam", "GPE")]) as screen:
        await screen.press("slash", *"rotterd", "enter")
        await screen.wait(lambda: screen.app.reader.opened.selection.focused_span is not None)
        await screen.press("enter")
        assert screen.spans[0] == ("Rotterdam", "GPE", "accepted")


async def test_text_from_the_clipboard_is_searched_for(open_article: Open) -> None:
    from textual.events import Paste

    async with open_article(suggested=[]) as screen:
        await screen.press("slash")
        screen.app.post_message(Paste("African\nDevelopment"))
        await screen.wait(lambda: "1 of 1" in screen.text)
        await screen.press("enter")
        assert screen.focus == "African Development"


async def test_the_program_can_be_left_and_help_shown_while_searching(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.press("slash", "x", "f1")
        assert "What the styles mean" in screen.text or "Next word" in screen.text
        await screen.press("escape", "A", "ctrl+a", "L")
        await screen.wait(lambda: " FIND  LxA" in screen.text)
        await screen.press("ctrl+q")
        assert screen.app.reader.keys.mode is not None
        assert not screen.app.is_running or screen.app._exit
