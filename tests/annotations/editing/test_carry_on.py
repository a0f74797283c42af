"""The effect of one decision on the same words in the rest of the article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.editing.commands import accept
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import CARRIED, Source
from annotations.model.span import Span, SpanKey
from tests.spans import sources_named

MODEL = Source.parse("model 1")


class Desk:
    """An open document, whose spans are given by their words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []
        document = Document(text, "a.txt")
        annotations = AnnotationSet(document.sha256, "ann")
        self.opened = OpenDocument(document, annotations, ONTONOTES, self.edits.append)

    def places(self, words: str) -> list[int]:
        return [at for at in range(len(self.text)) if self.text.startswith(words, at)]

    def suggest(self, words: str, label: str, *, nth: int | None = None) -> None:
        places = self.places(words) if nth is None else [self.places(words)[nth]]
        spans = [Span(at, at + len(words), label, sources=sources_named("model 1")) for at in places]
        self.opened.session.suggest(MODEL, spans, None)

    def label(self, words: str, label: str, *, nth: int = 0) -> None:
        start = self.places(words)[nth]
        self.opened.selection.select_range(start, start + len(words))
        self.opened.review.label(label)

    def reject(self, words: str, label: str, *, nth: int = 0) -> None:
        start = self.places(words)[nth]
        self.opened.selection.select_span(SpanKey(start, start + len(words), label))
        self.opened.review.reject()

    @property
    def spans(self) -> list[tuple[str, str, str]]:
        return [
            (self.text[span.start : span.end], span.label, span.status)
            for span in self.opened.session.annotations.spans
        ]


def test_of_names_accepted_together_the_acronyms_are_suggested_and_nothing_else() -> None:
    desk = Desk("The Harbour Pilots Union (HPU) met Lisbon. Lisbon agreed with the HPU.")
    desk.suggest("The Harbour Pilots Union", "ORG")
    desk.suggest("Lisbon", "GPE", nth=0)
    desk.opened.review.accept_document()
    assert desk.spans == [
        ("The Harbour Pilots Union", "ORG", "accepted"),
        ("HPU", "ORG", "suggested"),
        ("Lisbon", "GPE", "accepted"),
        ("HPU", "ORG", "suggested"),
    ]
    desk.opened.review.undo()
    assert {status for _, _, status in desk.spans} == {"suggested"}
    assert len(desk.spans) == 2


def test_accepted_with_the_one_the_person_stands_on_a_name_has_its_acronym_suggested_too() -> None:
    desk = Desk("Faro met the Harbour Pilots Union (HPU). The HPU left Faro.")
    desk.suggest("Faro", "GPE", nth=0)
    desk.suggest("the Harbour Pilots Union", "ORG")
    spans = desk.opened.session.annotations.spans
    changes = tuple(change for span in spans for change in accept(span))
    desk.opened.session.apply("accept", changes, cursor=0, single=1)
    assert [words for words, _, status in desk.spans if status == "suggested"] == ["HPU", "HPU", "Faro"]


def test_a_name_labelled_once_is_suggested_in_the_rest_in_both_directions() -> None:
    desk = Desk("Lisbon slept. In Lisbon, Lisbon's lisbon and Lisbonese.")
    desk.label("Lisbon", "GPE", nth=1)
    assert desk.spans == [
        ("Lisbon", "GPE", "suggested"),
        ("Lisbon", "GPE", "accepted"),
        ("Lisbon", "GPE", "suggested"),
    ]
    assert {s.sources for s in desk.opened.session.annotations.spans if not s.decided} == {(CARRIED,)}
    desk.opened.review.undo()
    assert desk.spans == []
    desk.opened.review.redo()
    assert len(desk.spans) == 3


def test_accepting_a_suggestion_says_the_same_of_its_other_mentions() -> None:
    desk = Desk("Lisbon slept. Lisbon woke.")
    desk.suggest("Lisbon", "GPE", nth=0)
    desk.opened.review.next_undecided()
    desk.opened.review.accept()
    assert desk.spans == [("Lisbon", "GPE", "accepted"), ("Lisbon", "GPE", "suggested")]


def test_names_inside_words_run_together_are_found_but_short_ones_are_not() -> None:
    desk = Desk("Ana Lopes spoke. Ana LopesMinister wrote. The IS said. In ISIS andIS.")
    desk.label("Ana Lopes", "PERSON")
    assert desk.spans[1:] == [("Ana Lopes", "PERSON", "suggested")]
    desk.label("IS", "ORG")
    assert [span for span in desk.spans if span[1] == "ORG"] == [("IS", "ORG", "accepted")]


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        (" (HPA)", ["HPA"]),
        (" (PHA)", ["PHA"]),
        ("(P.H.A.)", ["P.H.A."]),
        (" (EU)", []),
        (" (in Ghent)", []),
        (" (P)", []),
    ],
)
def test_an_acronym_in_brackets_is_suggested_where_it_has_the_initials(
    behind: str, found: list[str]
) -> None:
    name = "Harbour Police Authority" if "HP" in behind else "Port of Harbour Affairs"
    desk = Desk(f"The {name}{behind} met.")
    desk.label(name, "ORG")
    assert [words for words, _, status in desk.spans if status == "suggested"] == found


def test_other_suggestions_on_the_same_words_make_way_and_come_back() -> None:
    desk = Desk("The Port of Lisbon grew. The Port of Lisbon shrank. In Port of Lisbon Square.")
    desk.suggest("Port of Lisbon Square", "FAC")
    for nth in range(2):
        desk.suggest("Lisbon", "GPE", nth=nth)
        desk.suggest("Port of Lisbon", "LOC", nth=nth)
    before = desk.spans
    desk.label("Port of Lisbon", "ORG")
    assert desk.spans == [
        ("Port of Lisbon", "ORG", "accepted"),
        ("Port of Lisbon", "ORG", "suggested"),
        ("Port of Lisbon Square", "FAC", "suggested"),
    ]
    desk.opened.review.undo()
    assert desk.spans == before


def test_nothing_is_suggested_against_a_decision() -> None:
    desk = Desk("Lisbon. Lisbon. New Lisbon. Lisbon.")
    desk.label("New Lisbon", "ORG")
    desk.label("Lisbon", "PERSON", nth=1)
    desk.reject("Lisbon", "PERSON", nth=0)
    decided = [span for span in desk.spans if span[2] != "suggested"]
    desk.label("Lisbon", "GPE", nth=3)
    assert [span for span in desk.spans if span[2] != "suggested"] == [
        *decided,
        ("Lisbon", "GPE", "accepted"),
    ]
    assert ("Lisbon", "PERSON", "accepted") in decided
    assert ("New Lisbon", "ORG", "accepted") in decided


def test_what_is_rejected_once_is_not_shown_again_and_is_counted() -> None:
    desk = Desk("May came. May went. May stayed. Ana May left.")
    desk.suggest("May", "DATE")
    desk.suggest("Ana May", "PERSON")
    desk.reject("May", "DATE")
    assert desk.spans == [("May", "DATE", "rejected"), ("Ana May", "PERSON", "suggested")]
    assert len(desk.opened.session.hidden) == 3
    # A suggestion that arrives later is not shown either; with another label it is shown.
    desk.suggest("May", "PERSON", nth=1)
    desk.opened.session.suggest(
        Source.parse("model 2"), [Span(20, 23, "DATE", sources=sources_named("model 2"))], None
    )
    assert [span for span in desk.spans if span[2] == "suggested"] == [
        ("May", "PERSON", "suggested"),
        ("Ana May", "PERSON", "suggested"),
    ]
    desk.opened.review.undo()
    assert [label for words, label, _ in desk.spans if words == "May"].count("DATE") == 4
    assert not desk.opened.session.hidden


def test_what_is_not_shown_can_be_shown() -> None:
    desk = Desk("May came. May went.")
    desk.suggest("May", "DATE")
    desk.reject("May", "DATE")
    desk.opened.session.show_hidden()
    assert desk.spans == [("May", "DATE", "rejected"), ("May", "DATE", "suggested")]
    assert not desk.opened.session.hidden


def test_what_was_rejected_and_gets_another_label_lets_the_others_come_back() -> None:
    desk = Desk("May came. May went.")
    desk.suggest("May", "DATE")
    desk.reject("May", "DATE")
    desk.opened.selection.select_span(SpanKey(0, 3, "DATE"))
    desk.opened.review.label("PERSON")
    assert desk.spans == [("May", "PERSON", "accepted"), ("May", "PERSON", "suggested")]
    assert not desk.opened.session.hidden


def test_a_name_taken_away_takes_what_it_suggested_along() -> None:
    desk = Desk("Lisbon slept. Lisbon woke.")
    desk.label("Lisbon", "GPE")
    desk.reject("Lisbon", "GPE")
    assert desk.spans == []


def test_a_suggestion_that_comes_late_makes_way_for_what_was_carried_on() -> None:
    desk = Desk("The Port of Lisbon grew. The Port of Lisbon shrank.")
    desk.label("Port of Lisbon", "ORG")
    desk.suggest("Lisbon", "GPE", nth=1)
    desk.suggest("Port of Lisbon", "LOC", nth=1)
    assert [label for _, label, _ in desk.spans] == ["ORG", "ORG"]
    # A suggestion with the same label is merged with it, and stays when the decision is undone.
    desk.suggest("Port of Lisbon", "ORG", nth=1)
    desk.opened.review.undo()
    assert ("Port of Lisbon", "ORG", "suggested") in desk.spans


def test_what_many_decide_at_once_is_not_carried_on() -> None:
    desk = Desk("Lisbon slept.\n\nLisbon woke.")
    desk.suggest("Lisbon", "GPE", nth=0)
    desk.opened.review.accept_paragraph()
    assert desk.spans == [("Lisbon", "GPE", "accepted")]


def test_what_carries_a_comment_stays() -> None:
    desk = Desk("May came. May went.")
    desk.suggest("May", "DATE")
    desk.opened.selection.select_span(SpanKey(10, 13, "DATE"))
    desk.opened.properties.comment("a month?")
    desk.reject("May", "DATE")
    assert desk.spans[1] == ("May", "DATE", "suggested")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["label", "reject", "accept", "undo", "redo", "late"]),
        st.integers(0, 11),
        st.sampled_from(["GPE", "ORG"]),
    ),
    max_size=12,
)


@given(STEPS)
def test_all_undone_it_is_as_it_was_and_replaying_the_edits_leads_there(
    steps: list[tuple[str, int, str]],
) -> None:
    text = "Ana May (AM) met Ana May; AM and May, Ana MayPort or May."
    desk = Desk(text)
    desk.suggest("May", "GPE")
    desk.suggest("Ana May", "ORG")
    before = desk.spans
    for step, place, label in steps:
        desk.opened.selection.place(place * 5)
        match step:
            case "label":
                desk.opened.review.label(label)
            case "reject":
                desk.opened.review.reject()
            case "accept":
                desk.opened.review.accept()
            case "undo":
                desk.opened.review.undo()
            case "redo":
                desk.opened.review.redo()
            case _:
                desk.suggest("May", label)
                before = [*before, *((w, x, s) for w, x, s in [("May", label, "suggested")])]
    replayed = AnnotationSet(desk.opened.session.document.sha256, "ann")
    for edit in desk.edits:
        replayed.apply(edit)
    assert list(replayed.spans) == list(desk.opened.session.annotations.spans)
    assert list(replayed.held) == list(desk.opened.session.annotations.held)
    while desk.opened.session.annotations.undo:
        desk.opened.review.undo()
    assert {*before} <= {*desk.spans}
    assert {s.sources for s in desk.opened.session.annotations.spans if CARRIED in s.sources} == set()


def test_what_a_carried_name_stood_against_comes_back_when_it_is_undone_or_rejected() -> None:
    for way in ("undo", "reject"):
        desk = Desk("In Lisbon Bay, then in Lisbon Bay.")
        desk.label("Lisbon Bay", "LOC")
        desk.suggest("Lisbon", "GPE", nth=1)
        assert ("Lisbon", "GPE", "suggested") not in desk.spans
        if way == "undo":
            desk.opened.review.undo()
        else:
            desk.reject("Lisbon Bay", "LOC", nth=1)
        assert ("Lisbon", "GPE", "suggested") in desk.spans
