"""The value of an accepted date is the one that was shown, and it does not change."""

from collections.abc import Callable

import pytest

from annotations.corpus.timeline import timeline
from annotations.dates import resolver
from annotations.dates.document_dates import timexes
from annotations.editing import date_values
from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS
from annotations.model.edit import Edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span, SpanKey
from annotations.model.value import Timex
from tests.spans import sources_named

TEXT = "Talks began on Tuesday in Oslo. The next day they ended. On Tuesday they paid; 2008 was bad.\n"
SOURCE = sources_named("rules 1")


def place(words: str, start: int = 0) -> tuple[int, int]:
    at = TEXT.index(words, start)
    return at, at + len(words)


TUESDAY, NEXT, AGAIN = place("Tuesday"), place("The next day"), place("Tuesday", 30)
YEAR, OSLO = place("2008"), place("Oslo")


def session_with(created: str = "2021-04-08", *more: Span) -> tuple[OpenDocument, list[Edit]]:
    document = Document(TEXT, "a.txt")
    edits: list[Edit] = []
    opened = OpenDocument(document, AnnotationSet(document.id, "ann"), ONTONOTES, edits.append)
    if created:
        opened.properties.set_creation_time(created)
    dates = [Span(*extent, "DATE", sources=SOURCE) for extent in (TUESDAY, NEXT, AGAIN, YEAR)]
    opened.session.suggest(
        Source.parse("rules 1"), [*dates, Span(*OSLO, "GPE", sources=SOURCE), *more], None
    )
    return opened, edits


def value(opened: OpenDocument, extent: tuple[int, int], label: str = "DATE") -> str:
    span = opened.session.annotations.spans.get(SpanKey(*extent, label))
    assert span is not None
    timex = opened.session.timex(span)
    assert timex is not None
    return timex.value


def stored(opened: OpenDocument, extent: tuple[int, int], label: str = "DATE") -> Timex | None:
    span = opened.session.annotations.spans.get(SpanKey(*extent, label))
    assert span is not None
    assert span.value is None or isinstance(span.value, Timex)
    return span.value


def select(opened: OpenDocument, extent: tuple[int, int]) -> None:
    opened.selection.select_span(SpanKey(*extent, "DATE"))


def accept_it(opened: OpenDocument) -> Outcome:
    return opened.review.accept()


def label_again(opened: OpenDocument) -> Outcome:
    return opened.review.label("DATE")


def accept_paragraph(opened: OpenDocument) -> Outcome:
    return opened.review.accept_all(*TUESDAY)


@pytest.mark.parametrize("accept", [accept_it, label_again, accept_paragraph])
def test_the_value_that_was_shown_is_kept(accept: Callable[[OpenDocument], Outcome]) -> None:
    opened, _ = session_with()
    select(opened, TUESDAY)
    shown = value(opened, TUESDAY)
    accept(opened)
    kept = stored(opened, TUESDAY)
    assert kept is not None
    assert (kept.value, kept.origin) == (shown, "rule") == ("2021-04-06", "rule")
    assert kept.rule
    opened.review.undo()
    assert stored(opened, TUESDAY) is None


def test_an_earlier_date_that_gets_another_value_changes_only_what_is_undecided() -> None:
    opened, _ = session_with()
    select(opened, NEXT)
    opened.review.accept()
    assert value(opened, NEXT) == "2021-04-07"
    select(opened, TUESDAY)
    opened.properties.set_timex("1999-03-02")
    assert value(opened, NEXT) == "2021-04-07"
    opened.review.undo()
    opened.review.undo()
    select(opened, TUESDAY)
    opened.properties.set_timex("1999-03-02")
    assert value(opened, NEXT) == "1999-03-03"


def test_what_was_accepted_is_where_the_undecided_start_from() -> None:
    opened, _ = session_with()
    select(opened, TUESDAY)
    opened.review.accept()
    kept = stored(opened, TUESDAY)
    assert kept is not None
    assert value(opened, NEXT) == "2021-04-07"


def test_propagated_dates_and_new_ones_keep_their_values_too() -> None:
    opened, _ = session_with()
    select(opened, TUESDAY)
    opened.review.accept()
    select(opened, TUESDAY)
    opened.propagation.propagate()
    opened.propagation.apply()
    assert stored(opened, AGAIN) is not None
    opened.selection.select(*OSLO)
    opened.review.label("DATE")
    assert stored(opened, OSLO) is None
    opened.selection.select(*YEAR)
    opened.selection.narrow()
    opened.selection.select(*YEAR)
    opened.review.label("TIME")
    kept = stored(opened, YEAR, "TIME")
    assert kept is not None
    assert kept.value == "2008"


def test_another_extent_has_the_value_of_that_extent() -> None:
    opened, _ = session_with("", Span(YEAR[0], YEAR[1] + 4, "DATE", sources=SOURCE))
    select(opened, (YEAR[0], YEAR[1] + 4))
    opened.resizing.shrink_right()
    kept = stored(opened, YEAR)
    assert kept is not None
    assert kept.value == "2008"


def test_a_value_that_is_not_known_is_not_kept() -> None:
    opened, _ = session_with("")
    select(opened, TUESDAY)
    opened.review.accept()
    assert stored(opened, TUESDAY) is None
    outcome = opened.properties.set_creation_time("2021-04-08")
    assert outcome.message == ""
    assert value(opened, TUESDAY) == "2021-04-06"


def test_accepted_dates_follow_the_article_date_in_the_same_edit_and_that_is_said() -> None:
    opened, edits = session_with()
    for extent in (TUESDAY, AGAIN, YEAR):
        select(opened, extent)
        opened.review.accept()
    select(opened, NEXT)
    opened.properties.set_timex("2020-01-01")
    before = len(edits)
    outcome = opened.properties.set_creation_time("2022-04-14")
    assert outcome.message == "2 accepted dates changed."
    assert len(edits) == before + 1
    assert value(opened, TUESDAY) == value(opened, AGAIN) == "2022-04-12"
    assert (value(opened, YEAR), value(opened, NEXT)) == ("2008", "2020-01-01")
    opened.review.undo()
    assert value(opened, TUESDAY) == value(opened, AGAIN) == "2021-04-06"
    assert opened.session.annotations.facts.creation_time == "2021-04-08"
    opened.properties.set_creation_time("")
    assert stored(opened, TUESDAY) is None
    assert value(opened, TUESDAY) == ""
    assert opened.properties.set_creation_time("").edit is None


def test_a_carried_over_value_is_the_one_it_was_accepted_with() -> None:
    opened, _ = session_with()
    seen = Timex("DATE", "1999-03-02", rule="weekday")
    opened.session.carry_over(
        [Span(*TUESDAY, "DATE", "accepted", SOURCE, value=seen)], NO_FACTS, cursor=0
    )
    assert stored(opened, TUESDAY) == seen
    assert value(opened, TUESDAY) == "1999-03-02"


def test_a_value_a_suggestion_came_with_is_not_taken_for_one_that_was_accepted() -> None:
    odd = Span(*place("day"), "DATE", sources=SOURCE, value=Timex("DATE", "1999", rule="old"))
    opened, _ = session_with("2021-04-08", odd)
    shown = value(opened, place("day"))
    opened.selection.select_span(odd.key)
    opened.review.accept()
    assert shown != "1999"
    assert value(opened, place("day")) == shown


def test_all_values_are_worked_out_once_per_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, _ = session_with()
    asked: list[str] = []
    resolve = resolver.resolve

    def counting(text: str, *arguments: object, **more: object) -> list[Timex]:
        asked.append(text)
        return resolve(text, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(resolver, "resolve", counting)
    session = opened.session

    def look_at_all() -> list[str]:
        """The values that are computed when the cursor moves over every date and the side panel is opened."""
        for extent in (TUESDAY, NEXT, AGAIN, YEAR, NEXT):
            select(opened, extent)
            value(opened, extent)
        dates = session.annotations.spans
        found = timeline(
            session.text, dates, session.creation_time, session.doubts.stops_at, session.dating.timex
        )
        return [entry.timex.value for entry in found.placed]

    before = look_at_all()
    assert look_at_all() == before
    assert asked == [TEXT]
    select(opened, TUESDAY)
    value(opened, TUESDAY)
    opened.review.accept()
    assert asked == [TEXT]
    assert look_at_all() == before
    assert look_at_all() == before
    assert asked == [TEXT, TEXT]


def test_the_value_on_the_screen_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, _ = session_with()
    asked: list[int] = []

    def counting(*arguments: object, **more: object) -> list[Timex]:
        asked.append(1)
        return timexes(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(date_values, "timexes", counting)
    select(opened, TUESDAY)
    value(opened, TUESDAY)
    opened.review.accept()
    assert asked == []
    select(opened, NEXT)
    opened.review.accept()
    assert asked == [1]
    opened.selection.select_span(SpanKey(*OSLO, "GPE"))
    opened.review.accept()
    opened.properties.comment("where?")
    assert asked == [1]
