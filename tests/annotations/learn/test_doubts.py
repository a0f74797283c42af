"""Verdicts about the suggestions of a document: they change only when `look` is called."""

import pytest

from annotations.learn.doubt import SPOT_CHECKS, Weights, is_spot_check, reasons
from annotations.learn.doubts import Doubts
from annotations.learn.first_weights import FIRST_WEIGHTS
from annotations.learn.fitting import fitted_to
from annotations.learn.learned import FITTED_EVERY, Learned
from annotations.learn.record import Teaching
from annotations.model.document import Document
from annotations.model.edit import Change, make_edit
from annotations.model.label_scheme import LabelScheme
from annotations.model.span import Span, replace
from tests.spans import sources_named

TEXT = "Ana met Rui in Lisbon(Photo and in Lisbon"
DOCUMENT = Document(TEXT)
TEACHING = Teaching(DOCUMENT, "ann", LabelScheme(()))


def suggestion(start: int, end: int, label: str, score: float = 0.99) -> Span:
    return Span(start, end, label, sources=sources_named("model 1"), score=score, beside=0.99)


ANA = suggestion(0, 3, "PERSON")
GLUED = suggestion(15, 27, "GPE", 0.6)
LISBON = suggestion(35, 41, "GPE", 0.97)


def test_at_the_start_a_sure_suggestion_is_undoubted_and_an_odd_one_doubtful() -> None:
    doubts = Doubts(DOCUMENT, TEACHING, Learned())
    assert not doubts.of(ANA).doubtful
    assert doubts.stops_at(GLUED)
    assert doubts.reasons(GLUED) == ["an odd sign inside", "unsure (0.60)"]


def test_a_sure_sign_is_a_stop_however_likely_it_is_until_the_person_said_so() -> None:
    learned = Learned()
    doubts = Doubts(DOCUMENT, TEACHING, learned)
    learned.weights = Weights((-9.0, *FIRST_WEIGHTS.values[1:]), FIRST_WEIGHTS.typical)
    assert doubts.of(GLUED).wrong < 0.01
    assert doubts.of(GLUED).doubtful
    accept = make_edit("accept", "ann", (Change(GLUED, replace(GLUED, status="accepted")),))
    learned.follow(accept, TEACHING)
    doubts.look([GLUED])
    assert not doubts.of(GLUED).doubtful


def test_a_reason_is_said_once_and_that_of_a_label_here_from_three_decisions_on() -> None:
    text = "the US-Iraq talks and the US-Iran talks"
    document = Document(text)
    teaching, learned = Teaching(document, "ann", LabelScheme(())), Learned()
    doubts = Doubts(document, teaching, learned)
    said = ["“-Iraq talks and…” may belong to it", "cut out of a longer word"]
    assert doubts.reasons(suggestion(4, 6, "GPE", 0.9)) == said
    other = suggestion(26, 28, "GPE", 0.9)
    for number in range(5):
        said = [f"GPE was right 0 of {number} times here"] if number >= 3 else ["unsure"]
        assert reasons(["rate here"], document, other, learned.memory) == said
        no = make_edit("reject", "ann", (Change(other, replace(other, status="rejected")),))
        learned.follow(no, teaching)


def test_weights_are_fitted_in_steps() -> None:
    learned = Learned()
    for number in range(FITTED_EVERY + 1):
        assert len(learned.lessons_to_fit()) == number // FITTED_EVERY * FITTED_EVERY
        accept = make_edit("accept", "ann", (Change(ANA, replace(ANA, status="accepted")),))
        learned.follow(accept, TEACHING)
    assert len(learned.lessons_to_fit()) == FITTED_EVERY


def test_what_is_decided_is_no_stop() -> None:
    assert not Doubts(DOCUMENT, TEACHING, Learned()).stops_at(replace(GLUED, status="accepted"))


def test_a_verdict_stays_until_somebody_looks() -> None:
    learned = Learned()
    doubts = Doubts(DOCUMENT, TEACHING, learned)
    assert not doubts.of(LISBON).doubtful
    other = replace(LISBON, start=15, end=21)
    for _ in range(3):
        no = make_edit("reject", "ann", (Change(other, replace(other, status="rejected")),))
        learned.follow(no, TEACHING)
    assert not doubts.of(LISBON).doubtful
    assert doubts.look([ANA, LISBON]) == [(0, 3), (35, 41)]
    assert doubts.of(LISBON).doubtful
    assert doubts.look([ANA, LISBON]) == []
    assert "you rejected these words 3 times" in doubts.reasons(LISBON)


@pytest.mark.usefixtures("spot_checks")
def test_one_in_twenty_of_the_undoubted_is_a_stop_and_always_the_same_ones() -> None:
    spans = [suggestion(start, start + 2, "GPE") for start in range(2000)]
    checks = [span for span in spans if is_spot_check("d", span)]
    assert 0.5 < len(checks) * SPOT_CHECKS / len(spans) < 1.5
    assert checks == [span for span in spans if is_spot_check("d", span)]
    document = Document("Lisbon is big. " * 400)
    spans = [
        Span(15 * n, 15 * n + 6, "GPE", sources=sources_named("model 1"), score=0.99) for n in range(400)
    ]
    doubts = Doubts(document, Teaching(document, "ann", LabelScheme(())), Learned())
    doubts.look(spans)
    stops = [span for span in spans if doubts.of(span).spot_check]
    assert stops
    assert all(doubts.stops_at(span) for span in stops)


def test_weights_follow_from_the_lessons_alone() -> None:
    learned = Learned()
    first = learned.weights
    for number in range(40):
        wrong = number % 2 == 0
        span = GLUED if wrong else ANA
        status = "rejected" if wrong else "accepted"
        change = Change(span, replace(span, status=status))
        learned.follow(make_edit("reject" if wrong else "accept", "ann", (change,)), TEACHING)
    fitted = fitted_to(learned.lessons())
    assert fitted == fitted_to(list(learned.lessons()))
    assert fitted.suggestions != first.values
    learned.use(fitted)
    doubts = Doubts(DOCUMENT, TEACHING, learned)
    assert doubts.of(GLUED).wrong > Doubts(DOCUMENT, TEACHING, Learned()).of(GLUED).wrong
