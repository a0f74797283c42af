"""What one person decided so far: about words, and about what a suggester says under a label.

Only decisions about single spans, which the person looked at, are lessons. What was accepted in bulk
teaches nothing; otherwise, soon nothing would be doubted.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import assert_never

from msgspec import Struct

from annotations.learn.lesson import (
    JudgedSuggestion,
    LabelledWithoutSuggestion,
    Lesson,
    PlaceDecided,
    Signals,
    SuggesterKind,
    SuggestionDecided,
    compared_words,
)

PRECISION: Mapping[str, float] = {
    "CARDINAL": 0.81,
    "DATE": 0.85,
    "EVENT": 0.63,
    "FAC": 0.39,
    "GPE": 0.91,
    "LANGUAGE": 0.77,
    "LAW": 0.45,
    "LOC": 0.74,
    "MONEY": 0.92,
    "NORP": 0.90,
    "ORDINAL": 0.77,
    "ORG": 0.79,
    "PERCENT": 0.92,
    "PERSON": 0.86,
    "PRODUCT": 0.53,
    "QUANTITY": 0.82,
    "TIME": 0.75,
    "WORK_OF_ART": 0.47,
}
"""How often en_core_web_sm 3.8.0 is right under each label, as its own `meta.json` says
(`performance.ents_per_type`): what is expected before anything is decided."""
UNKNOWN_PRECISION = 0.7
CARRIED_PRECISION = 0.9
"""The same for suggestions from the person's own decisions, whatever the label: no pipeline gives a rate."""
PRIOR_DECISIONS = 5.0
"""That expectation has the weight of this many decisions."""
PRIOR_DECISIONS_HERE = 3.0
"""For one document, the expectation for all documents has the weight of this many decisions."""

BEGINNING = 4
"""How many code points of words are looked up first: usually, no known words begin like that."""


class Rate(Struct):
    """How often something was right."""

    right: int = 0
    all: int = 0
    telling_right: int = 0
    """The same, but each decision counts as many percent as its `JudgedSuggestion.telling` says."""
    telling: int = 0

    def expected(self, before: float, decisions: float) -> float:
        """How often it is expected to be right; `before` is the earlier expectation, worth this many decisions."""
        return (self.telling_right + before * decisions * 100) / (self.telling + decisions * 100)


class Memory:
    """The lessons of one person. Their order makes no difference, and each can be taken back."""

    def __init__(self) -> None:
        self._yes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._beginnings: set[str] = set()
        """The beginnings of all words that were ever known; a few more do no harm."""
        self._no: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._passed: Counter[str] = Counter()
        self._rates: defaultdict[tuple[str, SuggesterKind], Rate] = defaultdict(Rate)
        self._here: defaultdict[tuple[str, str], Rate] = defaultdict(Rate)

    def learn(self, lesson: Lesson) -> None:
        """Add a lesson."""
        self._count(lesson, 1)

    def unlearn(self, lesson: Lesson) -> None:
        """Remove a lesson that was added."""
        self._count(lesson, -1)

    def said(self, words: str, label: str) -> tuple[int, int]:
        """How often the same words were decided to be this, and how often to be something else or nothing."""
        key = compared_words(words)
        yes, no = self._yes.get(key), self._no.get(key)
        so = yes[label] if yes else 0
        otherwise = (yes.total() - so if yes else 0) + (no[label] if no else 0)
        return so, otherwise

    def known_as(self, words: str) -> tuple[str, int, int]:
        """The most frequent label of the words, how often they got it, and how often none; or `("", 0, n)`."""
        key = compared_words(words)
        yes, no = self._yes.get(key), self._no.get(key)
        against = no.total() if no else 0
        if not yes or not yes.total():
            return "", 0, against
        # If two are equally frequent, the same one every time.
        label = max(sorted(yes), key=lambda name: yes[name])
        return label, yes[label], against

    def may_know(self, text: str) -> bool:
        """Whether there may be known words that begin with this, which is `BEGINNING` code points long."""
        beginning = text.replace("\n", " ").lower()
        return any(beginning[:length] in self._beginnings for length in range(BEGINNING, 0, -1))

    def passed_over(self, words: str) -> int:
        """How often the program stopped at these words as at a possible name, and the person labelled none."""
        return self._passed[compared_words(words)]

    def rate(self, label: str, kind: SuggesterKind) -> Rate:
        """How often the suggestions of such a suggester under this label were right so far."""
        return self._rates.get((label, kind), Rate())

    def rate_here(self, document: str, label: str) -> Rate:
        """How often a suggestion under this label was right so far in one document, by its id."""
        return self._here.get((document, label), Rate())

    def signals(self, suggestion: JudgedSuggestion) -> Signals:
        """All signals of a suggestion, in the order of `SIGNALS`: its own, then what was decided so far."""
        so, otherwise = self.said(suggestion.words, suggestion.label)
        rate = self.rate(suggestion.label, suggestion.kind)
        carried = suggestion.kind == "carried"
        before = CARRIED_PRECISION if carried else PRECISION.get(suggestion.meaning, UNKNOWN_PRECISION)
        expected = rate.expected(before, PRIOR_DECISIONS)
        here = self.rate_here(suggestion.document, suggestion.label)
        return (
            *suggestion.fixed,
            math.log1p(so),
            math.log1p(otherwise),
            logit(expected, 0.02) / 2,
            logit(here.expected(expected, PRIOR_DECISIONS_HERE), 0.02) / 2,
        )

    def _count(self, lesson: Lesson, by: int) -> None:
        match lesson:
            case LabelledWithoutSuggestion(words=words, label=label):
                self._count_yes(words, label, by)
            case SuggestionDecided(suggestion=suggestion):
                self._count_decided(suggestion, lesson, by)
            case PlaceDecided(words=words, named=named):
                # A label given there is a separate lesson.
                self._passed[words] += by * (not named)
            case _:
                assert_never(lesson)

    def _count_decided(self, suggestion: JudgedSuggestion, decided: SuggestionDecided, by: int) -> None:
        label = suggestion.label
        rates = (
            self._rates[label, suggestion.kind],
            self._here[suggestion.document, label],
        )
        for rate in rates:
            rate.right += by * decided.right
            rate.all += by
            rate.telling_right += by * suggestion.telling * decided.right
            rate.telling += by * suggestion.telling
        if decided.right:
            self._count_yes(suggestion.words, label, by)
        elif not decided.edge:
            self._no[suggestion.words][label] += by
            if decided.final:
                self._count_yes(suggestion.words, decided.final, by)
        elif decided.corrected:
            self._count_yes(decided.corrected, decided.final, by)

    def _count_yes(self, words: str, label: str, by: int) -> None:
        self._yes[words][label] += by
        self._beginnings.add(words[:BEGINNING])


def logit(share: float, least: float = 1e-3) -> float:
    """The log odds of a share, limited to between `least` and one minus `least`."""
    share = min(max(share, least), 1 - least)
    return math.log(share / (1 - share))
