"""What one person decided so far: about words, and about what a suggester says under a label.

Only decisions about single spans, which the person looked at, are ever told to it: what was accepted in
bulk teaches nothing, or soon nothing would be doubted any more.
"""

from collections import Counter, defaultdict
from typing import Literal

from msgspec import Struct

from annotations.model.source import CARRIED
from annotations.model.span import Span

SuggesterKind = Literal["pipeline", "rules", "carried", "person"]
"""What kind of suggester a suggestion comes from, as far as rates go."""
PRECISION = {
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
PRIOR_DECISIONS = 5.0
"""How many decisions that expectation weighs as much as."""


class Rate(Struct):
    """How often something was right."""

    right: int = 0
    all: int = 0


class Memory:
    """The decisions of one person in the order in which they were made."""

    def __init__(self) -> None:
        self._yes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._no: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._rates: defaultdict[tuple[str, SuggesterKind], Rate] = defaultdict(Rate)
        self._here: defaultdict[tuple[str, str], Rate] = defaultdict(Rate)

    def decided(
        self, document: str, words: str, suggestion: Span, final: str, *, right: bool, edge: bool
    ) -> None:
        """A suggestion on these words was right, or not; `final` is the label given to it in its place.

        With `edge` only its extent was wrong: that says nothing about the same words elsewhere.
        """
        label, key = suggestion.label, compared_words(words)
        for rate in (self._rates[label, suggester_kind(suggestion)], self._here[document, label]):
            rate.right += right
            rate.all += 1
        if right:
            self._yes[key][label] += 1
        elif not edge:
            self._no[key][label] += 1
            if final:
                self._yes[key][final] += 1

    def labelled(self, words: str, label: str) -> None:
        """The person labelled these words without a suggestion."""
        self._yes[compared_words(words)][label] += 1

    def said(self, words: str, label: str) -> tuple[int, int]:
        """How often the same words were decided to be this, and how often to be something else or nothing."""
        key = compared_words(words)
        yes, no = self._yes.get(key), self._no.get(key)
        so = yes[label] if yes else 0
        otherwise = (yes.total() - so if yes else 0) + (no[label] if no else 0)
        return so, otherwise

    def known_as(self, words: str) -> tuple[str, int, int]:
        """The label that the words got most often, how often, and how often they got none; or `("", 0, n)`."""
        key = compared_words(words)
        yes, no = self._yes.get(key), self._no.get(key)
        against = no.total() if no else 0
        if not yes:
            return "", 0, against
        # Of two that are as frequent, the same one every time.
        label = max(sorted(yes), key=lambda name: yes[name])
        return label, yes[label], against

    def rate(self, label: str, origin: SuggesterKind) -> Rate:
        """How often what such a suggester said under this label was right so far."""
        return self._rates.get((label, origin), Rate())

    def expected(self, label: str, origin: SuggesterKind) -> float:
        """How likely it is right: from what is expected of every pipeline to what was decided here."""
        rate, before = self.rate(label, origin), PRECISION.get(label, UNKNOWN_PRECISION)
        return (rate.right + before * PRIOR_DECISIONS) / (rate.all + PRIOR_DECISIONS)

    def expected_here(self, document: str, label: str, origin: SuggesterKind) -> float:
        """How likely it is right in this document, in which some were decided already."""
        here = self._here.get((document, label), Rate())
        return (here.right + 3 * self.expected(label, origin)) / (here.all + 3)


def compared_words(words: str) -> str:
    """Words as they are compared: in any case, with any blanks between them."""
    return " ".join(words.split()).lower()


def suggester_kind(span: Span) -> SuggesterKind:
    """What kind of suggester a suggestion comes from."""
    if CARRIED in span.sources:
        return "carried"
    if span.score is not None:
        return "pipeline"
    return "person" if span.sources and span.sources[0].kind == "person" else "rules"
