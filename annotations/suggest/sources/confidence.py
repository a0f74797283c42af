"""How sure spaCy's entity recogniser was of each entity it found, and other names that it considered.

The recogniser makes one transition per token. The score of an entity is the smallest probability of the
most likely transition over its tokens, by the softmax of all transitions' scores. It distinguishes right entities
from wrong ones better than the probabilities of a beam search, and needs no second pass.
"""

from typing import Any

import numpy as np
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc
from thinc.api import NumpyOps

from annotations.suggest.sources.second_reading import Forks, SecondReading

Scores = dict[tuple[int, int, str], tuple[float, float]]
"""By first token, end token and label: how sure it was of the entity, and of the tokens next to it."""


def can_score(component: Any) -> bool:
    """Whether a component is spaCy's standard recogniser: greedy transitions, on the CPU."""
    return (
        type(component) is EntityRecognizer
        and component.cfg["beam_width"] == 1
        and isinstance(component.model.ops, NumpyOps)
    )


def score_entities(component: EntityRecognizer, doc: Doc) -> tuple[Scores, list[SecondReading]]:
    """Let the recogniser set the entities of a document, like a normal call.

    Returns their scores, and the names that it considered where it found none.
    """
    if not len(doc):
        return {}, []
    before = {(entity.start, entity.end, entity.label_) for entity in doc.ents}
    state, probabilities, readings = _parse(component, doc)
    component.set_annotations([doc], [state])
    found = {(entity.start, entity.end, entity.label_) for entity in doc.ents}
    scores = {
        (start, end, label): (
            min(probabilities[start:end]),
            min([1.0, *probabilities[max(start - 1, 0) : start], *probabilities[end : end + 1]]),
        )
        for start, end, label in found - before
    }
    return scores, readings


def _parse(component: EntityRecognizer, doc: Doc) -> tuple[Any, list[float], list[SecondReading]]:
    """The final state of a greedy parse, the probability of the most likely transition for each token,
    and other readings.
    """
    step = component.model.predict([doc])
    (state,) = component.moves.init_batch([doc])
    certain = [1.0] * len(doc)
    forks = Forks(component, doc)
    live = [] if state.is_final() else [state]
    while live:
        token = state.B(0)
        scores = step.predict(live)
        shares = np.exp(scores[0] - scores[0].max())
        probabilities = shares / shares.sum()
        certain[token] = float(probabilities.max())
        forks.look_at(token, state, probabilities)
        live = component.transition_states(live, scores)
    return state, certain, forks.readings(step)
