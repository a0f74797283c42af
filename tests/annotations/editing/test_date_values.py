"""The value of a date that is accepted: it is the one that was shown, and it stays."""

from collections.abc import Callable

import pytest

from annotations.dates.document_dates import timexes
from annotations.editing import date_values
from annotations.editing.document_session import Outcome, Session
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.span import Span, SpanKey
from annotations.model.value import Timex

TEXT = "Talks began on Tuesday in Oslo. The next day they ended. On Tuesday they paid; 2008 was bad.\n"
SOURCE = ("rules 1",)


def place(words: str, start: int = 0) -> tuple[int, int]:
    at = TEXT.index(words, start)
    return at, at + len(words)


TUESDAY, NEXT, AGAIN = place("Tuesday"), place("The next day"), place("Tuesday", 30)
YEAR, OSLO = place("2008"), place("Oslo")


def session_with(created: str = "2021-04-08", *more: Span) -> tuple[Session, list[Edit]]:
    document = Document(TEXT, "a.txt")
    edits: list[Edit] = []
    session = Session(document, AnnotationSet(document.id, "ann"), ONTONOTES, edits.append)
    if created:
        session.set_creation_time(created)
    dates = [Span(*extent, "DATE", sources=SOURCE) for extent in (TUESDAY, NEXT, AGAIN, YEAR)]
    session.suggest("rules 1", [*dates, Span(*OSLO, "GPE", sources=SOURCE), *more], None)
    return session, edits


def value(session: Session, extent: tuple[int, int], label: str = "DATE") -> str:
    span = session.annotations.spans.get(SpanKey(*extent, label))
    assert span is not None
    timex = session.timex(span)
    assert timex is not None
    return timex.value


def stored(session: Session, extent: tuple[int, int], label: str = "DATE") -> Timex | None:
    span = session.annotations.spans.get(SpanKey(*extent, label))
    assert span is not None
    assert span.value is None or isinstance(span.value, Timex)
    return span.value


def select(session: Session, extent: tuple[int, int]) -> None:
    session.select_span(SpanKey(*extent, "DATE"))


def label_again(session: Session) -> Outcome:
    return session.label("DATE")


def accept_paragraph(session: Session) -> Outcome:
    return session.accept_all(*TUESDAY)


@pytest.mark.parametrize("accept", [Session.accept, label_again, accept_paragraph])
def test_the_value_that_was_shown_is_kept(accept: Callable[[Session], Outcome]) -> None:
    session, _ = session_with()
    select(session, TUESDAY)
    shown = value(session, TUESDAY)
    accept(session)
    kept = stored(session, TUESDAY)
    assert kept is not None
    assert (kept.value, kept.origin) == (shown, "rule") == ("2021-04-06", "rule")
    assert kept.rule
    session.undo()
    assert stored(session, TUESDAY) is None


def test_an_earlier_date_that_gets_another_value_changes_only_what_is_undecided() -> None:
    session, _ = session_with()
    select(session, NEXT)
    session.accept()
    assert value(session, NEXT) == "2021-04-07"
    select(session, TUESDAY)
    session.set_timex("1999-03-02")
    assert value(session, NEXT) == "2021-04-07"
    session.undo()
    session.undo()
    select(session, TUESDAY)
    session.set_timex("1999-03-02")
    assert value(session, NEXT) == "1999-03-03"


def test_what_was_accepted_is_where_the_undecided_start_from() -> None:
    session, _ = session_with()
    select(session, TUESDAY)
    session.accept()
    kept = stored(session, TUESDAY)
    assert kept is not None
    assert value(session, NEXT) == "2021-04-07"


def test_propagated_dates_and_new_ones_keep_their_values_too() -> None:
    session, _ = session_with()
    select(session, TUESDAY)
    session.accept()
    select(session, TUESDAY)
    session.propagate()
    session.apply_propagation()
    assert stored(session, AGAIN) is not None
    session.select(*OSLO)
    session.label("DATE")
    assert stored(session, OSLO) is None
    session.select(*YEAR)
    session.narrow()
    session.select(*YEAR)
    session.label("TIME")
    kept = stored(session, YEAR, "TIME")
    assert kept is not None
    assert kept.value == "2008"


def test_another_extent_has_the_value_of_that_extent() -> None:
    session, _ = session_with("", Span(YEAR[0], YEAR[1] + 4, "DATE", sources=SOURCE))
    select(session, (YEAR[0], YEAR[1] + 4))
    session.shrink_right()
    kept = stored(session, YEAR)
    assert kept is not None
    assert kept.value == "2008"


def test_a_value_that_is_not_known_is_not_kept() -> None:
    session, _ = session_with("")
    select(session, TUESDAY)
    session.accept()
    assert stored(session, TUESDAY) is None
    outcome = session.set_creation_time("2021-04-08")
    assert outcome.message == ""
    assert value(session, TUESDAY) == "2021-04-06"


def test_accepted_dates_follow_the_article_date_in_the_same_edit_and_that_is_said() -> None:
    session, edits = session_with()
    for extent in (TUESDAY, AGAIN, YEAR):
        select(session, extent)
        session.accept()
    select(session, NEXT)
    session.set_timex("2020-01-01")
    before = len(edits)
    outcome = session.set_creation_time("2022-04-14")
    assert outcome.message == "2 accepted dates changed."
    assert len(edits) == before + 1
    assert value(session, TUESDAY) == value(session, AGAIN) == "2022-04-12"
    assert (value(session, YEAR), value(session, NEXT)) == ("2008", "2020-01-01")
    session.undo()
    assert value(session, TUESDAY) == value(session, AGAIN) == "2021-04-06"
    assert session.annotations.facts["created"] == "2021-04-08"
    session.set_creation_time("")
    assert stored(session, TUESDAY) is None
    assert value(session, TUESDAY) == ""
    assert session.set_creation_time("").edit is None


def test_a_carried_over_value_is_the_one_it_was_accepted_with() -> None:
    session, _ = session_with()
    seen = Timex("DATE", "1999-03-02", rule="weekday")
    session.carry_over([Span(*TUESDAY, "DATE", "accepted", SOURCE, value=seen)], {})
    assert stored(session, TUESDAY) == seen
    assert value(session, TUESDAY) == "1999-03-02"


def test_a_value_a_suggestion_came_with_is_not_taken_for_one_that_was_accepted() -> None:
    odd = Span(*place("day"), "DATE", sources=SOURCE, value=Timex("DATE", "1999", rule="old"))
    session, _ = session_with("2021-04-08", odd)
    shown = value(session, place("day"))
    session.select_span(odd.key)
    session.accept()
    assert shown != "1999"
    assert value(session, place("day")) == shown


def test_the_value_on_the_screen_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    session, _ = session_with()
    asked: list[int] = []

    def counting(*arguments: object, **more: object) -> list[Timex]:
        asked.append(1)
        return timexes(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(date_values, "timexes", counting)
    select(session, TUESDAY)
    value(session, TUESDAY)
    session.accept()
    assert asked == []
    select(session, NEXT)
    session.accept()
    assert asked == [1]
    session.select_span(SpanKey(*OSLO, "GPE"))
    session.accept()
    session.comment("where?")
    assert asked == [1]
