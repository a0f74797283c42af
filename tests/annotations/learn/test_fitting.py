"""The weights fitted to lessons depend only on the lessons and their order, not on how they are divided."""

import random

from annotations.learn.doubt import FittedWeights
from annotations.learn.fitting import Fitting, fitted_to
from annotations.learn.lesson import (
    JudgedSuggestion,
    LabelledWithoutSuggestion,
    Lesson,
    PlaceDecided,
    SuggestionDecided,
)
from annotations.learn.place_signals import PLACE_SIGNALS
from annotations.learn.regression import MOST_ROWS
from annotations.learn.signals import SIGNALS


def lessons(number: int, seed: int = 0) -> list[Lesson]:
    numbers = random.Random(seed)
    made: list[Lesson] = []
    for place in range(number):
        fixed = (1.0, *(round(numbers.gauss(0, 1), 3) for _ in range(len(SIGNALS) - 5)))
        words = f"word {numbers.randrange(200)}"
        suggestion = JudgedSuggestion("d", words, "ORG", "ORG", "pipeline", fixed)
        made.append(SuggestionDecided(suggestion, right=fixed[1] + numbers.gauss(0, 1) > 0))
        if place % 3 == 0:
            stretch = (1.0, *(float(numbers.random() < 0.3) for _ in range(len(PLACE_SIGNALS) - 3)))
            made.append(PlaceDecided(words, stretch, named=numbers.random() < 0.4, shown=place % 2 == 0))
        if place % 5 == 0:
            made.append(LabelledWithoutSuggestion(words, "ORG"))
    return made


def test_lessons_in_parts_or_with_others_taken_back_lead_to_the_same_weights() -> None:
    all_of_them = lessons(60)
    fitting = Fitting()
    fitting.take(lessons(9, seed=1))
    fitting.take(all_of_them[:20], keep=0)
    fitting.take(all_of_them[20:])
    assert fitting.fitted() == fitted_to(all_of_them)
    fitting.take([], keep=30)
    assert fitting.fitted() == fitted_to(all_of_them[:30]) != fitted_to(all_of_them)


def test_nothing_taught_leaves_the_weights_at_the_start() -> None:
    fitting = Fitting()
    by_hand = [LabelledWithoutSuggestion("lisbon", "GPE")]
    assert fitted_to(by_hand) == fitting.fitted() == FittedWeights(*fitting._first)


def test_words_without_capitals_that_nobody_knew_are_no_possible_names() -> None:
    small = tuple(float(name in ("always", "without capitals")) for name in PLACE_SIGNALS[:-2])
    unknown = PlaceDecided("the harbour", small, named=True, shown=False)
    assert fitted_to([unknown]) == fitted_to([])
    known = LabelledWithoutSuggestion("the harbour", "LOC")
    assert fitted_to([known, unknown]) != fitted_to([])


def test_what_was_passed_over_becomes_less_likely_and_what_was_named_more() -> None:
    run = tuple(float(name in ("always", "in mid-sentence")) for name in PLACE_SIGNALS[:-2])
    no = fitted_to([PlaceDecided(f"w {n}", run, named=False, shown=True) for n in range(20)])
    yes = fitted_to([PlaceDecided(f"w {n}", run, named=True, shown=True) for n in range(20)])
    start = fitted_to([])
    assert no.places[0] < start.places[0] < yes.places[0]
    assert no.suggestions == start.suggestions


def test_weights_stay_finite_and_small() -> None:
    fitted = fitted_to(lessons(MOST_ROWS // 4))
    assert all(abs(weight) < 10 for weight in (*fitted.suggestions, *fitted.places))
