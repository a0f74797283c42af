"""Logistic regression with a Gaussian prior, by Newton's method; the only module here that needs numpy.

It finds the maximum a posteriori weights: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.3
and 4.5. A step is never longer than `LONGEST_STEP` in any weight: otherwise, a few rows that can be
separated perfectly would make the weights infinite.
"""

from collections.abc import Sequence

import numpy as np

LONGEST_STEP = 2.0
ROUNDS = 25
SHORTEST_STEP = 1e-4
"""A step that is this short in all weights is the last one."""
MOST_ROWS = 3000
"""How many of the last decisions count."""


def fitted_weights(
    rows: Sequence[Sequence[float]],
    targets: Sequence[bool],
    prior: Sequence[float],
    *,
    strength: float = 3.0,
    free: float = 0.3,
    most: int = MOST_ROWS,
    counts: Sequence[float] = (),
) -> tuple[float, ...]:
    """The weights that separate the true rows (`targets`) from the others, drawn towards `prior`.

    Each row has the shape of `prior`; its first number is 1. `strength` is the precision of the prior,
    `free` that of the first weight, which follows the overall share of true rows. Only the last rows
    count, at most `most`, each as much as `counts` says: once, if that is empty.
    """
    before = np.asarray(prior, dtype=float)
    if not rows:
        return tuple(prior)
    features = np.asarray(rows[-most:], dtype=float)
    wanted = np.asarray(targets[-most:], dtype=float)
    weighing = np.asarray(counts[-most:], dtype=float) if counts else np.ones(len(wanted))
    precision = np.full(len(before), strength)
    precision[0] = free
    weights = before.copy()
    for _ in range(ROUNDS):
        likely = _sigmoid(features @ weights)
        gradient = features.T @ (weighing * (likely - wanted)) + precision * (weights - before)
        curvature = (features * (weighing * likely * (1 - likely))[:, None]).T @ features + np.diag(
            precision
        )
        step = np.linalg.solve(curvature, gradient)
        longest = float(np.abs(step).max())
        weights -= step * min(1.0, LONGEST_STEP / max(longest, 1e-9))
        if longest < SHORTEST_STEP:
            break
    return tuple(float(weight) for weight in weights)


def _sigmoid(
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))
