"""The number of disputed suggestions is the same as when each suggestion is checked."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.editing.filters import is_disputed
from annotations.model.disagreement import disputed
from annotations.model.span import STATUSES, Span
from annotations.model.span_index import SpanIndex
from tests.spans import sources_named

SPANS = st.builds(
    lambda start, length, label, status, sources: Span(start, start + length, label, status, sources),
    st.integers(0, 12),
    st.integers(1, 6),
    st.sampled_from(["ORG", "GPE"]),
    st.sampled_from(STATUSES),
    st.lists(st.sampled_from(["a 1", "b 1", "c 1"]), max_size=2, unique=True).map(
        lambda names: sources_named(*names)
    ),
)


@given(st.lists(SPANS, max_size=8, unique_by=lambda span: span.key))
def test_the_number_is_that_of_the_suggestions_that_are_disputed(spans: list[Span]) -> None:
    index = SpanIndex(spans)
    wanted = [span for span in index if not span.decided and is_disputed(span, index)]
    assert disputed(spans) == len(wanted)


def test_others_with_the_same_extent_and_those_around_count_and_neighbours_do_not() -> None:
    spans = [
        Span(0, 3, "ORG", sources=sources_named("a 1")),
        Span(0, 3, "GPE", sources=sources_named("b 1")),
        Span(3, 6, "ORG", sources=sources_named("a 1")),
        Span(5, 9, "ORG", "accepted", sources_named("b 1", "ann")),
        Span(9, 12, "ORG", sources=sources_named("a 1")),
        Span(10, 11, "GPE", sources=sources_named("a 1")),
        Span(10, 12, "GPE", "rejected", sources_named("b 1")),
    ]
    assert disputed(spans) == 3
