"""Names that spaCy's recogniser considered where it found no name.

The recogniser makes one transition per token. If it decided that a token is outside of names although a
beginning was likely enough, the most likely beginning is forced on a copy of its state, and it
continues greedily from there until the name ends.
"""

from typing import Any, NamedTuple

import numpy as np
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

LEAST_BEGINNING = 0.02
"""How likely a beginning must be."""
LONGEST = 12
"""The most tokens of such a name."""


class Fork(NamedTuple):
    """A token at which another reading begins."""

    token: int
    beginning: float
    """How likely it was that a name begins there."""
    action: int
    """The number of the transition that begins it."""
    state: Any
    """A copy of the recogniser's state before that transition."""


class SecondReading(NamedTuple):
    """A possible name: first token and end token, label, and how likely it was that it begins there."""

    start: int
    end: int
    label: str
    beginning: float


class Forks:
    """Collects the beginnings of other readings while a recogniser parses a document."""

    def __init__(self, component: EntityRecognizer, doc: Doc) -> None:
        moves: Any = component.moves
        self._component, self._doc = component, doc
        self._actions = [moves.get_class_name(number) for number in range(moves.n_moves)]
        self._begins = np.array([name[:2] in ("B-", "U-") for name in self._actions])
        self._found: list[Fork] = []

    def look_at(self, token: int, state: Any, probabilities: Any) -> None:
        """Note the token if a name might begin there although none was found; `state` is that before it."""
        if self._actions[int(probabilities.argmax())][0] != "O" or self._doc[token].is_space:
            return
        beginning = float(probabilities[self._begins].sum())
        if beginning >= LEAST_BEGINNING:
            action = int(np.where(self._begins, probabilities, -1.0).argmax())
            self._found.append(Fork(token, beginning, action, state.copy()))

    def readings(self, step: Any) -> list[SecondReading]:
        """The result of each fork; `step` is the recogniser's model for this document."""
        followed = (self._follow(step, fork) for fork in self._found)
        return [reading for reading in followed if reading is not None]

    def _follow(self, step: Any, fork: Fork) -> SecondReading | None:
        """The name that begins at the fork; `None` if the recogniser does not end it within `LONGEST` tokens."""
        begun = self._actions[fork.action]
        label = begun[2:]
        if begun[0] == "U":
            return SecondReading(fork.token, fork.token + 1, label, fork.beginning)
        forced = np.full((1, len(self._actions)), -1e9, dtype="f4")
        forced[0, fork.action] = 1
        live = self._component.transition_states([fork.state], forced)
        for _ in range(LONGEST):
            if not live:
                return None
            token = live[0].B(0)
            scores = step.predict(live)
            action = self._actions[int(scores[0].argmax())]
            if action[0] == "L":
                return SecondReading(fork.token, token + 1, label, fork.beginning)
            if action[0] != "I":
                return None
            live = self._component.transition_states(live, scores)
        return None
