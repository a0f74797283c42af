"""The initial weights: fitted to the decisions of a person who decides each suggestion of some corpora."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from annotations.editing.document_session import DocumentSession
from annotations.learn.doubt import THRESHOLD_AT_FIRST, Weights
from annotations.learn.learned import Learned
from annotations.learn.lesson import Signals, SuggestionDecided
from annotations.learn.memory import Memory
from annotations.learn.place_signals import PLACE_SIGNALS, all_signals
from annotations.learn.regression import fitted_weights
from annotations.learn.signals import SIGNALS
from annotations.model.label_scheme import LabelScheme
from benchmarks.review.person import review
from benchmarks.review.suggested import Suggested

BASE_RATE = 0.16
"""How often a suggestion of en_core_web_sm 3.8.0 is wrong, as its own `meta.json` says (`ents_p`)."""
STRENGTH = 2.0
STRENGTH_OF_PLACES = 1.0
NOTHING = Weights((0.0,) * len(SIGNALS), (0.0,) * len(SIGNALS))


@dataclass
class Rows:
    """The signals of all suggestions of a corpus, and of all places that may be names."""

    suggestions: list[Signals] = field(default_factory=list)
    wrong: list[bool] = field(default_factory=list)
    places: list[Signals] = field(default_factory=list)
    named: list[bool] = field(default_factory=list)


def rows_of(articles: list[Suggested], scheme: LabelScheme) -> Rows:
    """The signals and the decisions when a person decides each suggestion of a stream of articles."""
    rows, memory, learned = Rows(), Memory(), Learned()
    learned.weights = NOTHING

    def at_start(session: DocumentSession, suggested: Suggested) -> None:
        spans = session.annotations.spans
        missed = [extent for extent in suggested.article.gold if not spans.overlapping(*extent)]
        for name in session.name_places.possible(0, len(session.text)):
            words = session.text[name.start : name.end]
            rows.places.append(all_signals(words, name.fixed, learned.memory))
            rows.named.append(any(start < name.end and name.start < end for start, end in missed))

    review(articles, scheme, "one by one", learned, refit=False, at_start=at_start)
    for lesson in learned.lessons():
        if isinstance(lesson, SuggestionDecided):
            rows.suggestions.append(memory.signals(lesson.suggestion))
            rows.wrong.append(not lesson.right)
            # All suggestions are decided here, not mostly the doubtful ones, so all have the same weight.
            lesson = replace(lesson, suggestion=replace(lesson.suggestion, telling=100))
        memory.learn(lesson)
    return rows


def first_weights(corpora: Iterable[Rows]) -> Weights:
    """Weights of suggestions, fitted to corpora but with the rate of wrong suggestions that the pipeline states."""
    corpora = list(corpora)
    rows = [row for one in corpora for row in one.suggestions]
    wrong = [is_wrong for one in corpora for is_wrong in one.wrong]
    fitted = list(
        fitted_weights(rows, wrong, NOTHING.values, strength=STRENGTH, free=0.001, most=len(rows))
    )
    share = sum(wrong) / len(wrong)
    fitted[0] += math.log(BASE_RATE / (1 - BASE_RATE)) - math.log(share / (1 - share))
    weights = Weights(tuple(fitted), NOTHING.typical)
    undoubted = [row for row in rows if weights.wrong(row) < THRESHOLD_AT_FIRST]
    typical = [sum(column) / len(undoubted) for column in zip(*undoubted, strict=True)]
    return Weights(tuple(round(weight, 4) for weight in fitted), tuple(round(t, 4) for t in typical))


def place_weights(corpora: Iterable[Rows]) -> tuple[float, ...]:
    """Weights of places, fitted to corpora."""
    corpora = list(corpora)
    rows = [row for one in corpora for row in one.places]
    named = [is_named for one in corpora for is_named in one.named]
    nothing = (0.0,) * len(PLACE_SIGNALS)
    strength = STRENGTH_OF_PLACES
    fitted = fitted_weights(rows, named, nothing, strength=strength, free=0.001, most=len(rows))
    return tuple(round(weight, 4) for weight in fitted)
