"""Where there may be a name that nobody suggested: how likely, under which label, and why.

A place without a label changes the weights only if the person was shown it: otherwise, perhaps nobody saw
it (see `annotations.learn.fitting`). Offsets are code points, 0-based, end exclusive.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from annotations.learn.learned import Learned
from annotations.learn.name_place import NamePlace
from annotations.learn.place_signals import (
    PLACE_SIGNALS,
    PlaceSignal,
    PossibleName,
    PossibleNames,
    all_signals,
)
from annotations.model.label_scheme import LabelScheme
from annotations.model.span_index import SpanIndex

PREPARED_AT_ONCE = 500
"""How many code points are prepared in one step: about a millisecond."""
LEAST_SHARE = 0.2
"""How much a signal must add, as log odds, to be the reason."""
_PLAIN: Mapping[PlaceSignal, str] = {
    "in mid-sentence": "a capital inside a sentence",
    "several words": "several words with capitals",
    "capitals only": "capitals only",
    "capital inside": "a capital or a digit inside the word",
}
"""The reasons that have the same words for every place."""


def chance(signals: Sequence[float], weights: Sequence[float]) -> float:
    """How likely it is that there is a name, from 0 to 1."""
    odds = sum(weight * signal for weight, signal in zip(weights, signals, strict=True))
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


class NamePlaces:
    """Finds the places of one document."""

    def __init__(
        self,
        text: str,
        possible: PossibleNames,
        spans: SpanIndex,
        scheme: LabelScheme,
        learned: Learned,
        language: Callable[[], str] = lambda: "",
    ) -> None:
        """`language` says in which language the words of the document are read."""
        self._text = text
        self._possible = possible
        self._spans = spans
        self._scheme = scheme
        self._learned = learned
        self._language = language
        self._found: list[NamePlace] = []
        self._depends_on: object = None
        self._prepared: int | None = None
        """The offset up to which the names are known."""

    def possible(self, start: int, end: int) -> list[PossibleName]:
        """The stretches that begin in a range, may be names and have no span."""
        found = self._possible.within(start, end, self._learned.memory, self._language())
        return [name for name in found if not self._spans.overlapping(name.start, name.end)]

    def within(self, start: int, end: int) -> list[NamePlace]:
        """The places that begin in a range, however unlikely, in reading order."""
        learned = self._learned
        # A screen is painted at every key, and usually nothing has changed then.
        language, number_read = self._language(), self._possible.number_read
        depends_on = (start, end, learned.changes, learned.place_weights, number_read, language)
        if depends_on != self._depends_on:
            names = self._possible.within(start, end, learned.memory, language)
            self._depends_on, self._found = depends_on, [self._place(name) for name in names]
        return [one for one in self._found if not self._spans.overlapping(one.start, one.end)]

    def prepare(self, start: int, end: int) -> bool:
        """Prepare what does not depend on decisions, for a few of a range; returns whether there may be more."""
        if self._prepared is None or not start <= self._prepared <= end:
            self._prepared = start
        following = min(end, self._prepared + PREPARED_AT_ONCE)
        for _ in self._possible.within(self._prepared, following, self._learned.memory):
            pass
        self._prepared = following
        return following < end

    def _place(self, name: PossibleName) -> NamePlace:
        memory, weights = self._learned.memory, self._learned.place_weights
        words = self._text[name.start : name.end]
        signals = all_signals(words, name.fixed, memory)
        known = memory.known_as(words)[0]
        known = known if self._scheme.accepts(known) else ""
        why = _reason(signals, name, known, weights)
        return NamePlace(name.start, name.end, known or name.read_as, chance(signals, weights), why)


def _reason(signals: Sequence[float], name: PossibleName, known: str, weights: Sequence[float]) -> str:
    """What adds most to the chance, in plain words."""
    shares = {
        signal: weight * value
        for signal, weight, value in zip(PLACE_SIGNALS, weights, signals, strict=True)
    }
    if known and shares["known"] > LEAST_SHARE:
        return f"you said {known} for these words elsewhere"
    if name.read_as and shares["second reading"] + shares["beginning"] > -LEAST_SHARE:
        return f"{name.read_as} is possible ({name.beginning:.2f})"
    plain = max(_PLAIN, key=lambda signal: shares[signal])
    return _PLAIN[plain] if shares[plain] > LEAST_SHARE else "it may be a name"
