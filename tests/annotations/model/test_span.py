"""What a span says of itself."""

import pytest

from annotations.model.span import Span, Status


@pytest.mark.parametrize(
    ("status", "score", "doubtful"),
    [
        ("suggested", 0.49, True),
        ("suggested", 0.0, True),
        ("suggested", 0.5, False),
        ("suggested", None, False),
        ("accepted", 0.1, False),
        ("rejected", 0.1, False),
    ],
)
def test_a_suggestion_with_a_low_score_is_doubtful_until_it_is_decided(
    status: Status, score: float | None, doubtful: bool
) -> None:
    assert Span(0, 4, "GPE", status, score=score).doubtful is doubtful
