"""Renaming a label in one annotator's annotations of one document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.editing.commands import inverse
from annotations.editing.history import describe
from annotations.editing.relabelling import number_relabelled, relabelling
from annotations.model.annotation_set import AnnotationSet
from annotations.model.edit import make_edit
from annotations.model.span import Span, Status
from annotations.model.value import Entity, Timex
from tests.spans import sources_named

TEXT = "Ana flew to Oslo on 3 May."


def annotations_of(*spans: Span) -> AnnotationSet:
    annotations = AnnotationSet("x", "ann")
    for span in spans:
        annotations.spans.add(span)
    return annotations


def relabelled(*spans: Span, old: str = "GPE", new: str = "PLACE") -> list[Span]:
    annotations = annotations_of(*spans)
    edit = relabelling(annotations, old, new, "ann")
    if edit is not None:
        assert (edit.kind, edit.undoable) == ("relabel", True)
        annotations.apply(edit)
    return list(annotations.spans)


def test_accepted_and_undecided_spans_change_and_rejected_ones_stay() -> None:
    accepted = Span(
        12, 16, "GPE", "accepted", sources_named("m 1", "ann"), 0.5, Entity("Oslo"), "sure?", True
    )
    undecided, rejected = (
        Span(0, 3, "GPE", sources=sources_named("m 1")),
        Span(20, 25, "GPE", "rejected", sources_named("m 1")),
    )
    other = Span(4, 8, "ORG", "accepted", sources_named("ann"))
    assert relabelled(accepted, undecided, rejected, other) == [
        Span(0, 3, "PLACE", sources=sources_named("m 1")),
        other,
        Span(
            12, 16, "PLACE", "accepted", sources_named("m 1", "ann"), 0.5, Entity("Oslo"), "sure?", True
        ),
        rejected,
    ]


@pytest.mark.parametrize(
    ("there", "coming", "both"),
    [
        ("accepted", "accepted", "accepted"),
        ("accepted", "suggested", "accepted"),
        ("suggested", "accepted", "accepted"),
        ("suggested", "suggested", "suggested"),
        ("rejected", "accepted", "accepted"),
        ("rejected", "suggested", "rejected"),
    ],
)
def test_two_on_one_extent_become_one(there: Status, coming: Status, both: Status) -> None:
    new = Span(12, 16, "PLACE", there, sources_named("m 1"), None, Entity("Oslo"), "first")
    old = Span(12, 16, "GPE", coming, sources_named("m 2"), 0.7, None, "second", True)
    (span,) = relabelled(new, old)
    assert (span.label, span.status, set(span.sources)) == (
        "PLACE",
        both,
        {*sources_named("m 1", "m 2")},
    )
    assert (span.value, span.comment, span.flagged, span.score) == (
        Entity("Oslo"),
        "first\nsecond",
        True,
        0.7,
    )


def test_a_date_by_its_label_stays_a_date() -> None:
    (span,) = relabelled(Span(20, 25, "DATE", "accepted"), old="DATE", new="WHEN")
    assert span.value == Timex("DATE", "")
    (span,) = relabelled(Span(20, 25, "DATE", "accepted"), old="DATE", new="TIME")
    assert span.value is None


def test_nothing_to_change_is_no_edit() -> None:
    span = Span(12, 16, "GPE", "accepted")
    assert relabelling(annotations_of(span), "ORG", "PLACE", "ann") is None
    assert relabelling(annotations_of(span), "GPE", "GPE", "ann") is None
    assert relabelling(annotations_of(Span(0, 3, "GPE", "rejected")), "GPE", "PLACE", "ann") is None


def test_the_history_says_it_in_plain_words() -> None:
    spans = [Span(0, 3, "GPE", "accepted"), Span(12, 16, "GPE"), Span(12, 16, "PLACE")]
    edit = relabelling(annotations_of(*spans), "GPE", "PLACE", "ann")
    assert edit is not None
    assert number_relabelled(edit, "GPE") == 2
    assert describe(edit, TEXT) == "changed “Ana” PLACE, “Oslo” PLACE from GPE to PLACE"
    edit = relabelling(annotations_of(*spans[1:]), "GPE", "PLACE", "ann")
    assert edit is not None
    assert describe(edit, TEXT) == "changed “Oslo” from GPE to PLACE"


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(4, 6), st.sampled_from(["GPE", "PLACE", "ORG"])),
        st.sampled_from(["suggested", "accepted", "rejected"]),
        max_size=8,
    )
)
def test_it_can_be_taken_back_whole(made: dict[tuple[int, int, str], Status]) -> None:
    spans = [Span(*key, status) for key, status in made.items()]
    annotations = annotations_of(*spans)
    edit = relabelling(annotations, "GPE", "PLACE", "ann")
    if edit is None:
        return
    annotations.apply(edit)
    assert not [s for s in annotations.spans if s.label == "GPE" and s.status != "rejected"]
    annotations.apply(make_edit("undo", "ann", inverse(edit.changes), of=edit.id))
    assert set(annotations.spans) == set(spans)
