"""Weights fitted in the process of the suggesters are the same as those fitted here to the same lessons."""

from annotations.learn.fitting import fitted_to
from annotations.learn.lesson import (
    JudgedSuggestion,
    LabelledWithoutSuggestion,
    Lesson,
    PlaceDecided,
    SuggestionDecided,
)
from annotations.learn.place_signals import PLACE_SIGNALS
from annotations.learn.signals import SIGNALS
from annotations.suggest.protocol import Failed, Fit, FitDone
from annotations.suggest.refitting import AT_ONCE
from annotations.suggest.service import SuggestionService
from annotations.suggest.worker import Answering, Requests
from tests.annotations.suggest.listening import KEY, Recorder, kill, until


def lessons(number: int) -> list[Lesson]:
    made: list[Lesson] = []
    for place in range(number):
        fixed = (1.0, *(float((place * signal) % 5) / 4 for signal in range(1, len(SIGNALS) - 4)))
        judged = JudgedSuggestion("d", f"word {place % 9}", "ORG", "ORG", "pipeline", fixed)
        made.append(SuggestionDecided(judged, right=place % 3 > 0))
    stretch = (1.0, *(0.0 for _ in PLACE_SIGNALS[3:]))
    return [
        *made,
        LabelledWithoutSuggestion("lisbon", "GPE"),
        PlaceDecided("porto", stretch, named=False, shown=True),
    ]


def test_only_the_last_message_is_answered_with_weights() -> None:
    answering = Answering(Requests())
    told = lessons(9)
    assert [*answering.answer(Fit(1, 0, tuple(told[:4]), last=False))] == [FitDone(1, None)]
    assert [*answering.answer(Fit(2, 4, tuple(told[4:]), last=True))] == [FitDone(2, fitted_to(told))]
    assert [*answering.answer(Fit(3, 2, (), last=True))] == [FitDone(3, fitted_to(told[:2]))]


def test_a_lesson_of_another_version_is_said_and_the_next_ones_are_learned_from_the_start() -> None:
    answering = Answering(Requests())
    odd = SuggestionDecided(JudgedSuggestion("d", "w", "ORG", "ORG", "pipeline", (1.0,)), right=True)
    (reply,) = answering.answer(Fit(1, 0, (odd, *lessons(3)), last=True))
    assert isinstance(reply, Failed)
    told = lessons(5)
    assert [*answering.answer(Fit(2, 0, tuple(told), last=True))] == [FitDone(2, fitted_to(told))]


def test_the_process_fits_what_was_decided_also_when_it_is_a_new_one() -> None:
    recorder = Recorder()
    service = SuggestionService(["dates"], recorder)
    try:
        told = lessons(AT_ONCE + 20)
        service.fit(told)
        until(lambda: len(recorder.weights) == 1)
        assert recorder.weights[-1] == fitted_to(told)
        service.read(KEY, "On Monday.")
        assert recorder.wait().spans
        # One lesson is removed, and others are added.
        later = [*told[:30], *told[31:], *lessons(2)]
        service.fit(later)
        until(lambda: len(recorder.weights) == 2)
        assert recorder.weights[-1] == fitted_to(later)
        kill(service)
        until(lambda: service.process is None)
        service.fit(later[:50])
        until(lambda: len(recorder.weights) == 3)
        assert recorder.weights[-1] == fitted_to(later[:50])
        service.fit([])
        until(lambda: len(recorder.weights) == 4)
        assert recorder.weights[-1] == fitted_to([])
    finally:
        service.close()
