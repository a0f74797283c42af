"""Suggestions with a project's own labels, in an open document as a person uses it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.dates.creation_time import CreationTime
from annotations.editing.filters import Filter
from annotations.editing.label_mapping import ShownSuggestions, mapped, outside
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS
from annotations.model.edit import Edit, Run, make_edit
from annotations.model.label_scheme import Label, LabelScheme, with_keys
from annotations.model.source import Source
from annotations.model.span import Span, SpanKey, Status, replace
from annotations.model.value import Timex
from tests.annotations.editing.keys import press
from tests.spans import sources_named

TEXT = "Ana flew to Oslo on 3 May for $30. Bo saw Oslo again."
OWN = LabelScheme(
    with_keys(
        [
            Label("PLACE", sources=("GPE", "LOC")),
            Label("PERSON", sources=("PER",)),
            Label("WHEN", sources=("DATE", "TIME")),
        ]
    ).labels,
    own=True,
)
FOUND = [("Ana", "PER"), ("Oslo", "GPE"), ("3 May", "DATE"), ("$30", "MONEY"), ("Bo", "PERSON")]


def span(words: str, label: str, status: Status = "suggested", source: str = "m 1") -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), label, status, sources_named(source), score=0.9999)


class Desk:
    """An open document with own labels, and a second copy of its annotations as the store has them."""

    def __init__(self, *stored: Span, scheme: LabelScheme = OWN) -> None:
        self.document = Document(TEXT, "a")
        self.stored = AnnotationSet(self.document.id, "ann")
        for one in stored:
            self.stored.spans.add(one)
        live = AnnotationSet.from_row(self.stored.to_row())
        self.edits: list[Edit] = []
        self.opened = OpenDocument(self.document, live, scheme, self.commit)

    def commit(self, edit: Edit) -> None:
        self.edits.append(edit)
        self.stored.apply(edit)

    @staticmethod
    def listed(annotations: AnnotationSet) -> list[tuple[str, str, str]]:
        return [(TEXT[s.start : s.end], s.label, s.status) for s in annotations.spans]

    @property
    def seen(self) -> list[tuple[str, str, str]]:
        return self.listed(self.opened.session.annotations)

    @property
    def kept(self) -> list[tuple[str, str, str]]:
        return self.listed(self.stored)

    def walk(self) -> list[str]:
        """The spans to which Space goes, once through the text, in the order of the text."""
        found: list[str] = []
        for _ in range(20):
            self.opened.review.next_undecided()
            here = self.opened.selection.focused_span
            if here is None or TEXT[here.start : here.end] in found:
                break
            found.append(TEXT[here.start : here.end])
        return sorted(found, key=TEXT.index)


SEEN = [
    ("Ana", "PERSON", "suggested"),
    ("Oslo", "PLACE", "suggested"),
    ("3 May", "WHEN", "suggested"),
    ("Bo", "PERSON", "suggested"),
]


def coming_in() -> Desk:
    desk = Desk()
    desk.opened.session.suggest(
        Source.parse("m 1"), [span(*one) for one in FOUND], Run(Source.parse("m 1"), 0, len(TEXT))
    )
    return desk


def stored_before() -> Desk:
    return Desk(*(span(*one) for one in FOUND))


@pytest.mark.parametrize("made", [coming_in, stored_before], ids=["coming in", "stored before"])
def test_only_the_projects_labels_are_in_sight(made: object) -> None:
    desk = made()  # type: ignore[operator]
    assert desk.seen == SEEN
    assert [label.name for label in desk.opened.session.scheme] == ["PLACE", "PERSON", "WHEN"]
    assert [label.name for label in desk.opened.session.labels_shown] == [
        "PLACE",
        "PERSON",
        "WHEN",
    ]
    assert desk.walk() == ["Ana", "Oslo", "3 May", "Bo"]
    assert [one.label for one in desk.opened.session.not_offered] == ["MONEY"]
    assert ("$30", "MONEY", "suggested") in desk.kept


def test_what_comes_in_is_stored_under_the_projects_label_and_what_has_no_place_as_it_is() -> None:
    kept = coming_in().kept
    assert kept == sorted([*SEEN, ("$30", "MONEY", "suggested")], key=lambda one: TEXT.index(one[0]))


def test_opening_alone_stores_nothing() -> None:
    desk = stored_before()
    desk.opened.remember_place()
    assert desk.edits == []
    assert desk.kept == [(*one, "suggested") for one in FOUND]


@pytest.mark.parametrize("made", [coming_in, stored_before], ids=["coming in", "stored before"])
def test_accepting_all_accepts_only_labels_of_the_project_and_is_undone_in_one_step(
    made: object,
) -> None:
    desk = made()  # type: ignore[operator]
    before = desk.kept
    assert desk.opened.review.accept_document().message == "4 accepted."
    assert desk.seen == [(words, label, "accepted") for words, label, _ in SEEN]
    undecided = [one for one in desk.kept if one[2] == "suggested"]
    assert undecided == [("$30", "MONEY", "suggested")]
    desk.opened.review.undo()
    assert desk.kept == before
    assert desk.seen == SEEN
    desk.opened.review.redo()
    assert desk.seen == [(words, label, "accepted") for words, label, _ in SEEN]
    assert len(desk.kept) == 5


def test_enter_and_the_paragraph_never_accept_what_has_no_place() -> None:
    desk = stored_before()
    desk.opened.review.choose(Filter(beside=frozenset(label.name for label in OWN)))
    assert desk.opened.selection.focused_span == span("$30", "MONEY")
    for act in (
        desk.opened.review.accept,
        desk.opened.review.accept_paragraph,
        desk.opened.resizing.grow_right,
    ):
        act()
        assert desk.edits == []
    said = desk.opened.review.accept().message
    assert said == "MONEY is not a label of this project; press the key of another label."
    assert desk.opened.properties.set_timex("2021").message == said
    assert desk.opened.entity_linking.name_entity("Q1").message == said
    assert desk.opened.review.label("MONEY").message == said
    desk.opened.selection.select_span(span("$30", "MONEY").key)
    assert desk.opened.propagation.propagate().message == said
    assert desk.edits == []


def test_what_has_no_place_is_in_sight_while_it_is_asked_for() -> None:
    desk = coming_in()
    which = Filter(beside=frozenset(label.name for label in OWN))
    outcome = desk.opened.review.choose(which)
    assert outcome.touched == ((30, 33),)
    assert desk.walk() == ["$30"]
    assert [label.name for label in desk.opened.session.labels_shown][-1] == "MONEY"
    desk.opened.session.suggest(Source.parse("m 2"), [span("3 May", "PERCENT", source="m 2")], None)
    assert desk.walk() == ["3 May", "$30"]
    desk.opened.review.choose(Filter())
    assert desk.seen == SEEN
    assert len(desk.opened.session.not_offered) == 2


def test_a_label_of_the_project_decides_what_had_none() -> None:
    desk = coming_in()
    desk.opened.review.choose(Filter(beside=frozenset(label.name for label in OWN)))
    desk.opened.review.label("PLACE")
    assert ("$30", "PLACE", "accepted") in desk.seen
    assert [one for one in desk.kept if one[0] == "$30"] == [("$30", "PLACE", "accepted")]
    desk.opened.review.undo()
    assert [one for one in desk.kept if one[0] == "$30"] == [("$30", "MONEY", "suggested")]
    assert ("$30", "MONEY", "suggested") in desk.seen
    desk.opened.review.choose(Filter(beside=frozenset(label.name for label in OWN)))
    desk.opened.review.reject()
    desk.opened.review.choose(Filter())
    assert desk.opened.session.not_offered == []
    desk.opened.session.suggest(Source.parse("m 2"), [span("$30", "MONEY", source="m 2")], None)
    assert desk.opened.session.not_offered == []


def test_two_labels_that_become_one_are_one_suggestion() -> None:
    both = [span("Oslo", "GPE"), span("Oslo", "LOC", source="m 2")]
    desk = Desk(*both)
    assert desk.seen == [("Oslo", "PLACE", "suggested")]
    (one,) = desk.opened.session.annotations.spans
    assert one.sources == sources_named("m 1", "m 2")
    desk.walk()
    desk.opened.review.accept()
    carried = ("Oslo", "PLACE", "suggested")
    assert desk.kept == desk.seen == [("Oslo", "PLACE", "accepted"), carried]
    desk.opened.review.undo()
    assert desk.kept == [("Oslo", "GPE", "suggested"), ("Oslo", "LOC", "suggested")]
    assert desk.seen == [("Oslo", "PLACE", "suggested")]
    desk.opened.selection.select_span(one.key)
    desk.opened.review.reject()
    assert desk.kept == [("Oslo", "PLACE", "rejected")]


def test_a_decision_stands_against_a_suggestion_of_another_label_as_ever() -> None:
    rejected = replace(span("Oslo", "GPE"), status="rejected")
    assert Desk(rejected, span("Oslo", "LOC")).seen == [("Oslo", "GPE", "rejected")]
    accepted = span("Oslo", "PERSON", "accepted", "ann")
    desk = Desk(accepted, span("Oslo", "LOC"))
    assert desk.seen == [("Oslo", "PERSON", "accepted")]
    desk.opened.selection.select_span(accepted.key)
    desk.opened.review.reject()
    assert desk.seen == [("Oslo", "PLACE", "suggested")]
    desk = Desk(rejected)
    desk.opened.session.suggest(Source.parse("m 2"), [span("Oslo", "GPE", source="m 2")], None)
    assert desk.seen == [("Oslo", "GPE", "rejected")]


def test_accepted_spans_of_a_label_of_before_stay_and_can_change() -> None:
    desk = Desk(span("Oslo", "CITY", "accepted", "ann"), span("Ana", "CITY", "accepted", "ann"))
    assert desk.seen == [("Ana", "CITY", "accepted"), ("Oslo", "CITY", "accepted")]
    assert [label.name for label in desk.opened.session.scheme] == ["PLACE", "PERSON", "WHEN"]
    assert [label.name for label in desk.opened.session.labels_shown][-1] == "CITY"
    assert outside(desk.opened.session.annotations.spans, OWN) == {"CITY": 2}
    desk.opened.selection.select_span(span("Oslo", "CITY").key)
    desk.opened.resizing.grow_right()
    desk.opened.properties.toggle_flag()
    assert ("Oslo on", "CITY", "accepted") in desk.kept
    desk.opened.review.label("PLACE")
    desk.opened.review.undo()
    desk.opened.review.undo()
    desk.opened.review.undo()
    assert ("Oslo", "CITY", "accepted") in desk.kept
    assert desk.kept == desk.seen


def test_accepted_spans_of_an_earlier_text_come_along_whatever_their_label() -> None:
    desk = Desk()
    desk.opened.session.carry_over(
        [span("Oslo", "CITY", "accepted"), span("$30", "MONEY")], NO_FACTS, cursor=0
    )
    assert desk.seen == [("Oslo", "CITY", "accepted")]
    assert len(desk.kept) == 2


def test_propagation_sees_only_what_is_in_sight() -> None:
    hidden = Span(TEXT.rindex("Oslo"), len(TEXT) - 1, "MISC", sources=sources_named("m 1"))
    desk = Desk(span("Oslo", "GPE"), hidden)
    desk.walk()
    desk.opened.propagation.propagate()
    assert desk.opened.propagation.preview is not None
    assert desk.opened.propagation.preview.mentions == ((42, 46),)
    desk.opened.propagation.apply()
    assert [one for one in desk.kept if one[2] == "accepted"] == [("Oslo", "PLACE", "accepted")] * 2


def test_a_comment_on_a_suggestion_of_before_is_kept_with_its_label() -> None:
    desk = stored_before()
    desk.walk()
    desk.opened.properties.comment("who?")
    here = desk.opened.selection.focused_span
    assert here is not None
    assert here.comment == "who?"
    assert desk.kept.count((TEXT[here.start : here.end], here.label, "suggested")) == 1
    assert len(desk.kept) == len(FOUND)


def test_what_another_program_does_is_seen_under_the_projects_labels() -> None:
    desk = stored_before()
    other = OpenDocument(desk.document, AnnotationSet.from_row(desk.stored.to_row()), OWN)
    other.selection.select_span(SpanKey(12, 16, "PLACE"))
    edit = other.review.accept().edit
    assert edit is not None
    brought = make_edit("suggest", "m 2", edit.changes[:0])
    desk.opened.session.take_over([edit, brought])
    assert ("Oslo", "PLACE", "accepted") in desk.seen
    # The decision of the other program also applies to the same words elsewhere.
    assert len(desk.seen) == len(SEEN) + 1
    desk.opened.selection.select_span(SpanKey(12, 16, "PLACE"))
    desk.opened.review.reject()
    assert not [one for one in desk.seen if one[0] == "Oslo" and one[2] == "suggested"]


def test_what_was_a_date_by_its_label_stays_one() -> None:
    desk = coming_in()
    created = CreationTime("2021-04-08", "given")
    desk.opened.session.dating.look_for_creation_time(lambda language: created)
    desk.opened.selection.select_span(SpanKey(20, 25, "WHEN"))
    here = desk.opened.selection.focused_span
    assert here is not None
    timex = desk.opened.session.timex(here)
    assert timex is not None
    assert timex.value == "2021-05-03"
    desk.opened.selection.select(TEXT.index("again"), TEXT.index("again") + 5)
    desk.opened.review.label("WHEN")
    here = desk.opened.selection.focused_span
    assert here is not None
    assert here.value == Timex("DATE", "")
    desk.opened.review.label("PLACE")
    here = desk.opened.selection.focused_span
    assert here is not None
    assert here.value is None


def test_without_own_labels_all_is_as_before() -> None:
    scheme = LabelScheme((Label("GPE", "g"),))
    desk = Desk(*(span(*one) for one in FOUND), scheme=scheme)
    assert desk.seen == [(*one, "suggested") for one in FOUND]
    assert len(desk.opened.session.scheme) == 5
    assert desk.opened.session.not_offered == []
    assert mapped(scheme, span("Oslo", "LOC")) == span("Oslo", "LOC")


LABELS = ["GPE", "LOC", "PER", "PERSON", "PLACE", "MONEY", "CITY"]
ACTIONS = [
    "accept",
    "reject",
    "undo",
    "redo",
    "accept_document",
    "PLACE",
    "PERSON",
    "next_span",
    "grow_right",
]


@st.composite
def stored_spans(draw: st.DrawFn) -> list[Span]:
    found: dict[SpanKey, Span] = {}
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, 3)) * 4
        label = draw(st.sampled_from(LABELS))
        status: Status = draw(st.sampled_from(["suggested", "suggested", "accepted", "rejected"]))
        one = Span(start, start + draw(st.sampled_from([4, 8])), label, status, sources_named("m 1"))
        found[one.key] = one
    return list(found.values())


@given(stored_spans(), st.lists(st.one_of(st.sampled_from(ACTIONS), stored_spans()), max_size=12))
def test_what_is_in_sight_is_what_opening_it_again_would_show(
    stored: list[Span], actions: list[str | list[Span]]
) -> None:
    desk = Desk(*stored)
    former = sum(outside(stored, OWN).values())
    for action in actions:
        if isinstance(action, list):
            desk.opened.session.suggest(
                Source.parse("m 2"),
                [replace(s, status="suggested", sources=sources_named("m 2")) for s in action],
                None,
            )
        elif action in ("PLACE", "PERSON"):
            desk.opened.review.label(action)
        else:
            press(desk.opened, action)
        again = AnnotationSet.from_row(desk.stored.to_row())
        ShownSuggestions(again, OWN)
        assert set(again.spans) == set(desk.opened.session.annotations.spans)
        # No more spans are accepted with a label that the project does not have.
        assert sum(outside(desk.stored.spans, OWN).values()) <= former
        for one in desk.opened.session.annotations.spans:
            assert one.decided or OWN.accepts(one.label)
