import itertools
import time
from collections.abc import Generator
from typing import Any

import pytest

from annotations.editing.open_document import OpenDocument
from annotations.entities import alias_proposals as aliases
from annotations.entities.identity import Proposal
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Change, make_edit
from annotations.model.hidden_dates import HIDDEN_DATE
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span, replace
from annotations.model.value import Entity, Timex
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.conftest import Open, Screen
from tests.tui.own_colours import own_colours
from tui.colours.glyphs import UNICODE
from tui.dialogs.filter import filter_choices
from tui.side_panel import following as panel_following
from tui.side_panel import panel as side_panel
from tui.side_panel.dates_tab import DatesTab
from tui.side_panel.history_tab import HistoryTab, day_words, time_words
from tui.side_panel.lines import RowStyle
from tui.side_panel.tabs import EntitiesTab, LabelsTab, Tab
from tui.widgets.lines import Line

BIG = ARTICLE * 250
"""About 125,000 code points."""


def at(words: str, label: str, status: str = "suggested", which: int = 0, text: str = ARTICLE) -> Span:
    start = -1
    for _ in range(which + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words), label, status, sources_named("model 1"))  # type: ignore[arg-type]


def session_with(*spans: Span, text: str = ARTICLE) -> OpenDocument:
    document = Document(text, "a.txt")
    opened = OpenDocument(document, AnnotationSet(document.sha256, "ann"), ONTONOTES)
    opened.session.annotations.apply(make_edit("import", "ann", [Change(None, span) for span in spans]))
    return opened


def lines(tab: Tab, opened: OpenDocument, width: int = 40, *, as_sheet: bool = False) -> list[str]:
    for _ in tab.fill(opened):
        pass
    tab.use(RowStyle(own_colours(), UNICODE, width, as_sheet))
    return ["".join(text for text, _ in tab.line(n, False)) for n in range(len(tab))]


def foot(tab: Tab, number: int) -> list[str]:
    return [words for words, _ in tab.foot(number)]


def test_labels_come_with_key_and_counts_and_the_definition_in_the_foot() -> None:
    opened = session_with(at("Lisbon", "GPE", "accepted"), at("Rotterdam", "GPE"))
    tab = LabelsTab()
    shown = lines(tab, opened)
    assert shown[2].split() == ["g", "GPE", "━━━━────", "2"]
    assert shown[3].split() == ["l", "LOC", "0"]
    assert "Countries, cities" in foot(tab, 2)[1]
    assert [key.start for key in tab.spans(2)] == [ARTICLE.index("Lisbon"), ARTICLE.index("Rotterdam")]


def test_entities_are_listed_by_name_two_labels_for_one_first() -> None:
    opened = session_with(
        at("Rotterdam", "GPE"),
        at("Rotterdam", "GPE", which=1),
        at("AfDB", "ORG", "accepted"),
        at("AfDB", "PRODUCT", which=1),
        at("Sines", "GPE", "rejected"),
        at("Tuesday", "DATE"),
    )
    tab = EntitiesTab()
    shown = lines(tab, opened)
    assert [line.split() for line in shown] == [
        ["≠", "AfDB", "━━━━────", "2"],
        ["g", "Rotterdam", "────────", "2"],
    ]
    assert foot(tab, 0)[1] == "ORG ≠ PRODUCT: different labels for one name"
    assert "ORG ≠ PRODUCT" in lines(tab, opened, 80, as_sheet=True)[0]
    assert len(tab.spans(1)) == 2
    assert tab.summary == "2 names"


def test_dates_stand_on_a_time_line_and_behind_it_what_has_no_place_in_time() -> None:
    opened = session_with(
        at("March 2, 2021", "DATE", "accepted"), at("2023-05-17", "DATE"), at("ten years", "DATE")
    )
    tab = DatesTab("F5")
    shown = lines(tab, opened)
    assert shown[0].split()[0::2] == ["2021", "2023"]
    assert [line.split() for line in shown[1:]] == [
        [],
        ["2021-03-02", "●", "March", "2,", "2021"],
        ["┊", "2", "years"],
        ["2023-05-17", "○", "2023-05-17"],
        [],
        ["without", "a", "date"],
        ["○", "P10Y", "ten", "years"],
    ]
    assert [n for n in range(len(tab)) if tab.is_row(n)] == [2, 4, 7]
    assert foot(tab, 2)[:2] == ["2021-03-02", "Tuesday 2 March 2021"]
    assert tab.summary == "3 dates"


def test_the_articles_own_date_stands_among_them() -> None:
    opened = session_with(at("March 2, 2021", "DATE", "accepted"), at("Tuesday", "DATE"))
    opened.properties.set_creation_time("2023-05-17")
    tab = DatesTab("F5")
    shown = [line.split() for line in lines(tab, opened)]
    assert shown[-1] == ["2023-05-17", "◆", "this", "article"]
    assert shown[-2][:2] == ["2023-05-16", "○"]
    assert foot(tab, len(shown) - 2)[1] == "Tuesday 16 May 2023, the day before the article"
    assert foot(tab, len(shown) - 2)[2] == "or 2023-05-23"
    assert foot(tab, len(shown) - 2)[3].startswith("rule: ")
    assert tab.spans(len(shown) - 1) == ()


def test_dates_held_back_are_counted_behind_the_others_and_offered_by_f5() -> None:
    opened = session_with(at("March 2, 2021", "DATE"))
    held = replace(at("ten years", "DATE"), value=Timex("DATE", "", rule=HIDDEN_DATE))
    opened.session.suggest(Source.parse("m 1"), [held], None)
    tab = DatesTab("F5")
    assert lines(tab, opened)[-1].strip() == "1 hidden date; F5 shows it"
    assert not tab.is_row(len(tab) - 1)
    assert filter_choices(opened)["hidden dates"][1] == "1 to decide, hidden"


def test_values_in_a_long_text_follow_one_by_one() -> None:
    opened = session_with(at("March 2, 2021", "DATE", which=200, text=BIG), text=BIG)
    tab = DatesTab("F5")
    assert lines(tab, opened)[0].split()[0] == "…"
    assert tab.go_on() == 0
    assert tab.go_on() is None
    assert lines(tab, opened)[0].split()[0] == "2021-03-02"


def test_history_is_in_few_words_the_latest_first_by_day_and_what_was_undone_above() -> None:
    opened = session_with(at("Lisbon", "GPE"))
    opened.selection.next_span()
    opened.review.label("LOC")
    opened.selection.next_span()
    opened.review.reject()
    opened.review.undo()
    tab = HistoryTab()
    shown = lines(tab, opened, 70)
    at_time = opened.session.annotations.undo[-1].at
    assert "undone: " in shown[0]
    assert shown[1].strip().startswith(day_words(at_time) + " ──")
    assert shown[2].split() == [time_words(at_time), "you", "GPE", "→", "LOC", "“Lisbon”"]
    assert not tab.is_row(1)
    assert [key.label for key in tab.spans(2)] == ["LOC"]
    assert "from GPE to LOC" in foot(tab, 2)[0]


async def test_every_tab_is_walked_and_jumped_from_by_keys(open_article: Open) -> None:
    async with open_article(size=(120, 40)) as screen:
        await screen.press("space", "enter", "f2", "right")
        assert "Tuesday" in screen.app.reader.panel.plain
        await screen.press("enter")
        assert screen.focus == "Tuesday"
        await screen.press("right", "enter")
        assert "accepted GPE" in screen.app.reader.panel.plain
        assert screen.focus == "Lisbon"
        await screen.press("right", "down", "down", "enter")
        assert screen.focus == "Lisbon"
        await screen.press("enter")
        assert screen.focus == "Rotterdam"
        await screen.press("escape", "o")
        assert ("Rotterdam", "ORG", "accepted") in screen.spans


async def test_the_panel_follows_edits(open_article: Open) -> None:
    async with open_article(size=(120, 40)) as screen:
        panel = screen.app.reader.panel
        await screen.settle()
        assert panel.plain.splitlines()[0].split() == ["g", "Lisbon", "────────", "1"]
        await screen.press("space", "o")
        await screen.wait(lambda: panel.plain.splitlines()[0].split()[0] == "o")
        assert panel.plain.splitlines()[0] in "\n".join(screen.rows)


def count_lines(screen: Screen) -> list[int]:
    """Count the lines of the list that are made: their numbers are added to the result as that happens."""
    tab = screen.app.reader.panel.tab
    made: list[int] = []
    line = tab.line

    def counted(number: int, chosen: bool) -> Line:
        made.append(number)
        return line(number, chosen)

    tab.line = counted  # type: ignore[method-assign]
    return made


async def test_twenty_thousand_spans_are_listed_in_slices_and_drawn_as_far_as_in_sight(
    open_article: Open,
) -> None:
    text = ARTICLE * 1000
    step = len(text) // 20_000
    async with open_article(text, suggested=[], size=(120, 40)) as screen:
        reader = screen.app.reader
        for number in range(20_000):
            start = number * step
            reader.opened.session.annotations.spans.add(Span(start, start + 6, "ORG"))
        made = count_lines(screen)
        turns = 0

        def turn() -> None:
            nonlocal turns
            turns += 1

        timer = reader.set_interval(0.005, turn)
        reader._following.show()
        await screen.wait(lambda: len(reader.panel.tab) > 100)
        # Keys are answered while the list grows, and only lines that can be seen are made.
        assert turns > 5
        timer.stop()
        assert 0 < len(set(made)) <= 40


def test_history_begins_with_comments_and_flags_as_they_stand() -> None:
    opened = session_with(at("Rotterdam", "GPE"), at("Sines", "GPE"), at("Lisbon", "GPE"))
    opened.selection.place(ARTICLE.index("Sines"))
    opened.properties.toggle_flag()
    opened.selection.place(ARTICLE.index("Rotterdam"))
    opened.properties.comment("port or\x1b[31m city?")
    opened.selection.place(0)
    opened.properties.toggle_flag()
    tab = HistoryTab()
    shown = lines(tab, opened, 60)
    assert [line.rstrip() for line in shown[:3]] == [
        " ⚑ the document",
        ' " Rotterdam: port or␛[31m city?',
        " ⚑ Sines",
    ]
    assert [[ARTICLE[key.start : key.end] for key in tab.spans(n)] for n in range(3)] == [
        [],
        ["Rotterdam"],
        ["Sines"],
    ]
    assert "flagged" in shown[4]
    assert tab.summary == "4 steps, 3 notes"


SOTO = """\
Ana Soto, who founded the World Fish Trust (WFT), retired. Soto's deputy at WFT is Ana Lima. Anna Soto denied it.
"""
SOTOS = [("Ana Soto", "PERSON"), ("World Fish Trust", "ORG"), ("Anna Soto", "PERSON")]
SOTOS += [("Soto's", "PERSON"), ("WFT is", "ORG")]


async def test_names_that_are_likely_one_are_proposed_joined_and_refused(open_article: Open) -> None:
    async with open_article(SOTO, suggested=SOTOS[:4], size=(120, 40)) as screen:
        panel = screen.app.reader.panel
        await screen.wait(lambda: "≈" in panel.plain)
        assert [line.split() for line in panel.plain.splitlines()[:5]] == [
            ["≈", "Soto's"],
            ["=", "Ana", "Soto?", "its", "last", "word"],
            ["≈", "Anna", "Soto"],
            ["=", "Ana", "Soto?", "similar", "spelling"],
            [],
        ]
        await screen.press("f2", "down", "backspace")
        await screen.wait(lambda: "similar spelling" not in panel.plain)
        await screen.press("escape", "U")
        await screen.wait(lambda: "similar spelling" in panel.plain)
        await screen.press("R")
        await screen.wait(lambda: "similar spelling" not in panel.plain)
        await screen.press("f2", "J")
        await screen.wait(lambda: "≈" not in panel.plain)
        assert panel.plain.splitlines()[0].split() == ["p", "Ana", "Soto", "────────", "2"]
        assert all(status == "suggested" for _, _, status in screen.spans)
        await screen.press("escape", "U")
        await screen.wait(lambda: "≈" in panel.plain)


async def test_keys_wait_while_many_names_are_compared_and_esc_gives_that_up(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare, patient = aliases.propose_aliases, True

    def slowly(*given: Any) -> Generator[None, None, list[Proposal]]:
        while patient:
            time.sleep(0.002)
            yield
        return (yield from compare(*given))

    monkeypatch.setattr(aliases, "propose_aliases", slowly)
    async with open_article(SOTO, suggested=SOTOS[:4], size=(80, 24)) as screen:
        await screen.press("tab", "tab", "tab")
        focus = screen.focus
        await screen.press("J", "U")
        await screen.wait(lambda: "Comparing names…" in screen.text)
        await screen.press("escape")
        await screen.wait(lambda: "Comparing" not in screen.text)
        assert all(span.value is None for span in screen.app.reader.opened.session.annotations.spans)
        await screen.press("J", "home")
        await screen.wait(lambda: "Comparing names…" in screen.text)
        assert screen.focus == focus
        patient = False
        await screen.wait(lambda: screen.focus != focus)
        values = {span.value for span in screen.app.reader.opened.session.annotations.spans}
        assert Entity("Ana Soto") in values


async def test_a_mention_joins_the_entity_chosen_in_the_panel(open_article: Open) -> None:
    async with open_article(SOTO, suggested=SOTOS[:2], size=(120, 40)) as screen:
        panel = screen.app.reader.panel
        await screen.press("slash", *"lima", "enter")
        await screen.wait(lambda: screen.focus == "Lima")
        await screen.press("p", "f2", "J")
        await screen.wait(lambda: "────  2" in panel.plain or "━────  2" in panel.plain)
        await screen.press("escape")
        await screen.settle()
        assert "= Ana Soto" in screen.text
        await screen.press("J")
        await screen.settle()
        assert "It is no longer a mention of Ana Soto" in screen.text


async def test_an_entity_gets_a_name_and_an_id(open_article: Open) -> None:
    async with open_article(SOTO, suggested=SOTOS[:2], size=(120, 40)) as screen:
        await screen.press("equals_sign")
        assert "“Ana Soto”" in screen.text
        assert "name or id" in screen.text
        await screen.press(*" Q42")
        assert "name Ana Soto, id Q42" in screen.text
        await screen.press("enter")
        await screen.settle()
        assert "accepted “Ana Soto” = Ana Soto Q42" in screen.text
        assert "Ana Soto Q42" in screen.app.reader.panel.plain
        await screen.press("tab", "equals_sign", "tab")
        assert "World Fish Trust" in screen.text
        await screen.press("escape")


def one_step_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each step of filling a list seem to take most of the time that one slice has."""
    ticks = itertools.count()
    monkeypatch.setattr(side_panel, "perf_counter", lambda: next(ticks) * side_panel.SLICE * 0.7)
    monkeypatch.setattr(panel_following, "QUICKLY_LISTED", -1)


async def test_the_list_is_of_the_session_that_came_last(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This happens when an article is reopened: the annotations come while the empty list is being filled."""
    one_step_at_a_time(monkeypatch)
    async with open_article(suggested=[], size=(120, 40)) as screen:
        reader = screen.app.reader
        await screen.settle()
        reader._following.show()
        reader._following.show()
        await screen.pilot.pause()
        reader.show_document(session_with(at("Lisbon", "GPE", "accepted")), loaded=True)
        await screen.wait(lambda: "Lisbon" in reader.panel.plain)
        for _ in range(5):
            await screen.settle()
        assert "Lisbon" in reader.panel.plain


async def test_a_list_that_takes_long_is_not_empty_meanwhile(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_article(size=(120, 40)) as screen:
        panel = screen.app.reader.panel
        await screen.press("space", "enter")
        await screen.wait(lambda: "Lisbon" in panel.plain)
        one_step_at_a_time(monkeypatch)
        seen = []
        for _ in panel.all:
            await screen.press("f4")
            seen.append(panel.plain.strip())
        assert all(seen)


async def test_while_the_panel_has_the_keys_no_letter_labels(open_article: Open) -> None:
    async with open_article(size=(120, 40)) as screen:
        before = screen.spans
        await screen.press("f2", "p", "o", "1", "x")
        assert screen.spans == before
        assert "x does nothing in the side panel; Esc goes back to the text" in screen.text
        await screen.press("right", "backspace")
        assert screen.spans == before
        assert "Backspace does nothing" in screen.text
        await screen.press("escape", "p")
        assert len(screen.spans) == len(before) + 1


async def test_hints_and_status_say_the_keys_of_the_panel(open_article: Open) -> None:
    async with open_article(size=(120, 40)) as screen:
        await screen.settle()
        assert "a-z" in screen.rows[-1]
        await screen.press("f2", "down")
        await screen.settle()
        assert "Enter show in text" in screen.rows[-1]
        assert "a-z" not in screen.rows[-1]
        assert "GPE  name Rotterdam" in screen.rows[-2]
        await screen.press("right")
        await screen.settle()
        assert "J join" not in screen.rows[-1]
        assert "Tuesday" in screen.app.reader.panel.plain
        await screen.press("enter")
        await screen.settle()
        assert screen.focus == "Tuesday"
        await screen.press("escape")
        await screen.settle()
        assert "back to the text" not in screen.text
        assert "a-z relabel" in screen.rows[-1]


async def test_a_list_that_is_filled_bit_by_bit_gets_its_current_row_with_the_rest(
    open_article: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count()
    monkeypatch.setattr(side_panel, "perf_counter", lambda: next(ticks) * side_panel.SLICE * 0.7)
    monkeypatch.setattr(panel_following, "QUICKLY_LISTED", -1)
    monkeypatch.setattr(side_panel, "PAUSE", 0.1)
    async with open_article() as screen:
        await screen.press("f2")
        await screen.wait(lambda: "nothing here yet" in screen.text)
        await screen.wait(lambda: "Lisbon" in screen.app.reader.panel.plain)
        await screen.settle()
        assert "nothing here yet" not in screen.text
        assert "name Lisbon" in screen.rows[-2]


async def test_an_empty_list_says_so_and_the_key_that_fills_it_or_what_is_being_read(
    open_article: Open,
) -> None:
    async with open_article(suggested=[], size=(120, 40)) as screen:
        panel = screen.app.reader.panel
        await screen.wait(lambda: "There are no names yet." in panel.plain)
        assert "Space goes to the first" in " ".join(panel.plain.split())
        screen.app.reader.around.progress = "names 41 %"
        screen.app.reader.show_later()
        await screen.wait(lambda: panel.plain.strip() == "names 41 %")
        screen.app.reader.around.progress = ""
        screen.app.reader.show_later()
        await screen.wait(lambda: "There are no names yet." in panel.plain)
        await screen.press("f4")
        await screen.wait(lambda: "article's own date: @" in " ".join(panel.plain.split()))
        await screen.press("f4")
        await screen.wait(lambda: "Nothing has been done yet." in panel.plain)


async def test_equals_in_the_panel_asks_about_its_row(open_article: Open) -> None:
    async with open_article(size=(120, 40)) as screen:
        await screen.press("f2", "down", "equals_sign")
        assert "“Rotterdam”" in screen.text
        await screen.press("escape")
        assert screen.focus == "Rotterdam"
        assert screen.app.reader.panel.walking
