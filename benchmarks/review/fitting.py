"""The weights at the start: fitted to what a person decides who decides each suggestion of some corpora."""

import math
from collections.abc import Iterable

from annotations.learn.doubt import THRESHOLD_AT_FIRST, Weights
from annotations.learn.learned import Learned
from annotations.learn.lesson import Signals, SuggestionDecided
from annotations.learn.memory import Memory
from annotations.learn.regression import fitted_weights
from annotations.learn.signals import SIGNALS
from annotations.model.label_scheme import LabelScheme
from benchmarks.review.person import review
from benchmarks.review.suggested import Suggested

BASE_RATE = 0.16
"""How often a suggestion of en_core_web_sm 3.8.0 is wrong, as its own `meta.json` says (`ents_p`)."""
STRENGTH = 2.0
NOTHING = Weights((0.0,) * len(SIGNALS), (0.0,) * len(SIGNALS))


def first_weights(streams: Iterable[tuple[list[Suggested], LabelScheme]]) -> Weights:
    """Weights fitted to streams of articles, with the pipeline's own rate of wrong suggestions."""
    rows: list[Signals] = []
    wrong: list[bool] = []
    for articles, scheme in streams:
        memory, learned = Memory(), Learned()
        learned.weights = NOTHING
        review(articles, scheme, "one by one", learned, refit=False)
        for lesson in learned.lessons():
            if isinstance(lesson, SuggestionDecided):
                rows.append(memory.signals(lesson.suggestion))
                wrong.append(not lesson.right)
            memory.learn(lesson)
    fitted = list(
        fitted_weights(rows, wrong, NOTHING.values, strength=STRENGTH, free=0.001, most=len(rows))
    )
    share = sum(wrong) / len(wrong)
    fitted[0] += math.log(BASE_RATE / (1 - BASE_RATE)) - math.log(share / (1 - share))
    weights = Weights(tuple(fitted), NOTHING.typical)
    undoubted = [row for row in rows if weights.wrong(row) < THRESHOLD_AT_FIRST]
    typical = [sum(column) / len(undoubted) for column in zip(*undoubted, strict=True)]
    return Weights(tuple(round(weight, 4) for weight in fitted), tuple(round(t, 4) for t in typical))
