"""The sign in the gutter of a row: the first sign that applies."""

import pytest

from annotations.model.span import Span
from tui.article.gutter import gutter_sign
from tui.article.marks import Mark
from tui.colours.glyphs import ASCII, UNICODE

DOUBTFUL = Span(3, 5, "GPE")
STOPS = frozenset([DOUBTFUL.key])
FLAGGED = Span(8, 9, "ORG", "accepted", flagged=True)
NOTED = Span(8, 9, "ORG", "accepted", comment="sure?")
PLACE = Mark(6, 7, "place")
FOUND, CHANGE, OUT = Mark(1, 2, "found"), Mark(4, 5, "to change", "GPE", "+GPE"), Mark(6, 7, "left out")


@pytest.mark.parametrize(
    ("spans", "marks", "sign"),
    [
        ((), (), ""),
        ((Span(3, 5, "ORG"),), (), ""),
        ((DOUBTFUL,), (), "?"),
        ((), (PLACE,), "·"),
        ((DOUBTFUL,), (PLACE,), "?"),
        ((DOUBTFUL, FLAGGED), (), "⚑"),
        ((DOUBTFUL, NOTED), (), "⚑"),
        ((DOUBTFUL, FLAGGED), (FOUND,), "/"),
        ((DOUBTFUL,), (FOUND, OUT), "−"),
        ((DOUBTFUL,), (FOUND, OUT, CHANGE), "+"),
    ],
)
def test_the_first_sign_that_applies(
    spans: tuple[Span, ...], marks: tuple[Mark, ...], sign: str
) -> None:
    found = gutter_sign(0, 10, spans, marks, UNICODE, STOPS, here=False)
    assert (found.text if found else "") == sign
    here = gutter_sign(0, 10, spans, marks, UNICODE, STOPS, here=True)
    assert here is not None
    assert here.text == "❯"


def test_a_span_counts_where_it_begins() -> None:
    assert gutter_sign(4, 10, (DOUBTFUL,), (), UNICODE, STOPS, here=False) is None


def test_signs_of_ascii() -> None:
    found = gutter_sign(0, 10, (FLAGGED,), (), ASCII, STOPS, here=False)
    assert found is not None
    assert found.text == "!"
