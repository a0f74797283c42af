"""Fitting the weights to a person's lessons. The same lessons in the same order give the same weights.

Each decision counts with the signals that its suggestion or place had before it. Places count if the
program stopped at them. Names labelled where it did not stop count a little. Other places do not count:
if a place was not shown, it means nothing that nobody labelled it.
"""

from collections.abc import Iterable, Sequence

from annotations.learn.doubt import FittedWeights
from annotations.learn.first_weights import FIRST_WEIGHTS, PLACE_WEIGHTS
from annotations.learn.lesson import Lesson, PlaceDecided, Signals, SuggestionDecided
from annotations.learn.memory import Memory
from annotations.learn.place_signals import WITHOUT_CAPITALS, all_signals
from annotations.learn.regression import fitted_weights

NOT_SHOWN_COUNTS = 0.2
"""The weight of a name labelled where the program did not stop: such names are not a fair sample."""


class Fitting:
    """Collects lessons and fits the weights to them."""

    def __init__(
        self,
        suggestions: Sequence[float] = FIRST_WEIGHTS.values,
        places: Sequence[float] = PLACE_WEIGHTS,
    ) -> None:
        """`suggestions` and `places` are the weights at the start; fitted weights are drawn towards them."""
        self._first = (tuple(suggestions), tuple(places))
        self._begin()

    def take(self, lessons: Iterable[Lesson], keep: int | None = None) -> None:
        """Add more lessons after the first `keep` of the earlier ones, or after all of them if it is `None`."""
        if keep is not None and keep < len(self._lessons):
            kept = self._lessons[:keep]
            self._begin()
            self.take(kept)
        for lesson in lessons:
            self._add(lesson)

    def fitted(self) -> FittedWeights:
        """The weights fitted to the lessons so far."""
        suggestions, places = self._first
        return FittedWeights(
            fitted_weights(self._rows, self._wrong, suggestions),
            fitted_weights(self._place_rows, self._named, places, counts=self._counts),
        )

    def _begin(self) -> None:
        self._memory = Memory()
        self._lessons: list[Lesson] = []
        self._rows: list[Signals] = []
        self._wrong: list[bool] = []
        self._place_rows: list[Signals] = []
        self._named: list[bool] = []
        self._counts: list[float] = []

    def _add(self, lesson: Lesson) -> None:
        match lesson:
            case SuggestionDecided(suggestion=suggestion, right=right):
                self._rows.append(self._memory.signals(suggestion))
                self._wrong.append(not right)
            case PlaceDecided(words=words, fixed=fixed, named=named, shown=shown):
                known = self._memory.known_as(words)[0]
                # Words without capitals are possible names only once they are known.
                if shown or known or not fixed[WITHOUT_CAPITALS]:
                    self._place_rows.append(all_signals(words, fixed, self._memory))
                    self._named.append(named)
                    self._counts.append(1.0 if shown else NOT_SHOWN_COUNTS)
            case _:
                pass
        self._memory.learn(lesson)
        self._lessons.append(lesson)


def fitted_to(lessons: Iterable[Lesson]) -> FittedWeights:
    """The weights fitted to these lessons, in their order."""
    fitting = Fitting()
    fitting.take(lessons)
    return fitting.fitted()
