import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model.span import Span, Status, reading_order, replace
from annotations.model.span_index import SpanIndex
from tests.steps import steps

STATUSES: list[Status] = ["suggested", "accepted", "rejected"]


def spans(longest: int = 5000) -> st.SearchStrategy[Span]:
    return st.builds(
        lambda start, length, label, status: Span(start, start + length, label, status),
        st.integers(0, 5000),
        st.integers(1, longest),
        st.sampled_from(["A", "B"]),
        st.sampled_from(STATUSES),
    )


@given(st.lists(spans()), st.integers(0, 6000), st.integers(0, 3000))
def test_it_finds_what_a_search_through_all_finds(added: list[Span], start: int, length: int) -> None:
    index = SpanIndex(added)
    last = {span.key: span for span in added}
    wanted = [s for s in last.values() if s.start < start + length and start < s.end and length]
    assert index.overlapping(start, start + length) == sorted(wanted, key=reading_order)
    assert list(index) == sorted(last.values(), key=reading_order)


@given(st.lists(spans()), st.data())
def test_neighbours_and_counts_stay_right_while_spans_come_and_go(
    added: list[Span], data: st.DataObject
) -> None:
    index = SpanIndex(added)
    here = {span.key: span for span in added}
    for key in data.draw(st.lists(st.sampled_from(sorted(here)), unique=True) if here else st.just([])):
        index.discard(key)
        del here[key]
    ordered = sorted(here.values(), key=reading_order)
    place = data.draw(st.tuples(st.integers(-1, 6000), st.integers(-9000, 0), st.just("")))
    later = [span for span in ordered if reading_order(span) > place]
    earlier = [span for span in ordered if reading_order(span) < place]
    assert index.after(place, lambda span: True) == (later[0] if later else None)
    assert index.before(place, lambda span: True) == (earlier[-1] if earlier else None)
    undecided = [s for s in later + ordered if s.status == "suggested"]
    assert index.next_undecided(place) == (undecided[0] if undecided else None)
    assert index.count() == len(index) == len(ordered)
    assert index.count("A", "accepted") == sum(
        (span.label, span.status) == ("A", "accepted") for span in ordered
    )
    assert index.labels() == sorted({span.label for span in ordered})


def test_one_extent_and_label_is_one_span() -> None:
    span = Span(3, 8, "ORG")
    index = SpanIndex([span])
    index.add(replace(span, status="accepted"))
    assert list(index) == [Span(3, 8, "ORG", "accepted")]
    assert index.count("ORG", "suggested") == 0


@pytest.mark.parametrize(("start", "end", "label"), [(3, 3, "X"), (-1, 2, "X"), (5, 2, "X"), (0, 1, "")])
def test_a_span_that_cannot_be_is_refused(start: int, end: int, label: str) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(start, end, label)


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_a_score_is_a_number(score: float) -> None:
    with pytest.raises(ValueError, match="score"):
        Span(0, 1, "X", score=score)


def test_the_first_spans_come_without_sorting_the_others() -> None:
    def until_the_tenth(number: int) -> int:
        index = SpanIndex(Span(at, at + 4, "A") for at in range(0, 100 * number, 100))
        return steps(lambda: [span for span, _ in zip(index, range(10), strict=False)])

    assert until_the_tenth(4000) == until_the_tenth(100)


def test_spans_may_go_and_come_while_they_are_gone_through() -> None:
    index = SpanIndex(Span(at, at + 4, "A") for at in range(0, 9000, 1000))
    seen = []
    for span in index:
        seen.append(span.start)
        index.discard(Span(5000, 5004, "A").key)
        index.add(Span(8100, 8104, "A"))
    assert seen == [0, 1000, 2000, 3000, 4000, 6000, 7000, 8000, 8100]
