from annotations.editing.filters import Filter, is_disputed
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.model.span_index import SpanIndex
from tests.spans import sources_named

ORG = Span(0, 9, "ORG", sources=sources_named("a"), score=0.9)
GPE = Span(0, 9, "GPE", sources=sources_named("b"))
INSIDE = Span(0, 4, "GPE", sources=sources_named("a"), score=0.4)
ALONE = Span(20, 24, "GPE", sources=sources_named("a", "b"))
SPANS = SpanIndex([ORG, GPE, INSIDE, ALONE])


def wanted(which: Filter) -> list[Span]:
    return [span for span in SPANS if which.wants(span, SPANS)]


def test_each_part_narrows() -> None:
    assert wanted(Filter()) == [GPE, ORG, INSIDE, ALONE]
    assert wanted(Filter(label="GPE", source=Source.parse("a"))) == [INSIDE, ALONE]
    assert wanted(Filter(below=0.5)) == [GPE, INSIDE, ALONE]


def test_suggesters_disagree_about_edges_or_labels_but_not_with_themselves() -> None:
    assert wanted(Filter(disputed=True)) == [GPE, ORG, INSIDE]
    only_one = SpanIndex([ORG, INSIDE])
    assert not is_disputed(ORG, only_one)


def test_it_says_what_it_is() -> None:
    assert Filter().words == ""
    assert Filter("ORG", Source.parse("a"), 0.5, True).words == "ORG, from a, below 0.50, disputed"
