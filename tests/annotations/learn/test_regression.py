import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.learn.regression import MOST_ROWS, fitted_weights

PRIOR = (0.5, -1.0, 0.25)
numbers = st.floats(-3, 3, allow_nan=False)


def test_nothing_decided_leaves_the_weights_as_they_are() -> None:
    assert fitted_weights([], [], PRIOR) == PRIOR


def test_weights_go_where_the_rows_say() -> None:
    rows = [(1.0, float(place % 2), 0.0) for place in range(40)]
    up = fitted_weights(rows, [bool(place % 2) for place in range(40)], PRIOR)
    down = fitted_weights(rows, [not place % 2 for place in range(40)], PRIOR)
    assert up[1] > PRIOR[1] > down[1]
    assert up[2] == pytest.approx(PRIOR[2])


def test_what_is_found_is_where_the_slope_is_nothing() -> None:
    rows = [(1.0, place / 7 - 1, float(place % 3)) for place in range(30)]
    wrong = [place % 4 == 0 for place in range(30)]
    weights = fitted_weights(rows, wrong, PRIOR, strength=3.0, free=0.3)
    for number in range(3):
        slope = (0.3 if number == 0 else 3.0) * (weights[number] - PRIOR[number])
        for row, target in zip(rows, wrong, strict=True):
            odds = sum(w * x for w, x in zip(weights, row, strict=True))
            slope += row[number] * (1 / (1 + math.exp(-odds)) - target)
        assert slope == pytest.approx(0, abs=1e-3)


@given(st.lists(st.tuples(numbers, numbers, st.booleans()), max_size=60))
def test_weights_stay_small_whatever_the_rows(rows: list[tuple[float, float, bool]]) -> None:
    weights = fitted_weights([(1.0, a, b) for a, b, _ in rows], [wrong for _, _, wrong in rows], PRIOR)
    assert all(math.isfinite(weight) and abs(weight) < 30 for weight in weights)


def test_rows_told_apart_perfectly_do_not_send_the_weights_off() -> None:
    rows = [(1.0, 50.0 * (place % 2), 0.0) for place in range(200)]
    weights = fitted_weights(rows, [bool(place % 2) for place in range(200)], PRIOR)
    assert max(map(abs, weights)) < 10


def test_only_the_last_rows_count() -> None:
    old = [(1.0, 1.0, 0.0)] * 50
    new = [(1.0, float(place % 2), 1.0) for place in range(MOST_ROWS)]
    wrong = [place % 3 == 0 for place in range(MOST_ROWS)]
    assert fitted_weights(old + new, [True] * 50 + wrong, PRIOR) == fitted_weights(new, wrong, PRIOR)
