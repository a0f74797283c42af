import math
import random
from collections.abc import Generator
from typing import TypeVar

import msgspec
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotations.editing.history import describe
from annotations.editing.open_document import OpenDocument
from annotations.entities.alias_proposals import propose_aliases
from annotations.entities.identity import Proposal, parse_entity, refusal, written
from annotations.entities.steps import run_for
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_facts import DocumentFacts
from annotations.model.edit import Edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.span import Span, Status
from annotations.model.value import Entity
from tests.spans import sources_named

T = TypeVar("T")


def run_through(steps: Generator[None, None, T]) -> T:
    found = run_for(math.inf, steps)
    assert found is not None
    return found


def mentions(
    *names: str, label: str = "PERSON", status: Status = "suggested", between: str = ". "
) -> tuple[str, list[Span]]:
    """A text that consists only of these names, and their spans."""
    text, spans = "", []
    for name in names:
        spans.append(Span(len(text), len(text) + len(name), label, status, sources_named("model 1")))
        text += name + between
    return text, spans


def proposed(text: str, spans: list[Span], **how: frozenset[tuple[str, str, str]]) -> dict[str, object]:
    """The proposals: for each entity its likely other names, with the reasons."""
    return {
        written(proposal.entity): {alias.words: alias.reason for alias in proposal.aliases}
        for proposal in run_through(propose_aliases(text, spans, **how))
    }


@pytest.mark.parametrize(
    ("long", "short", "reason"),
    [
        ("Inês Duarte", "Duarte", "its last word"),
        ("Inês Duarte", "Inês", "its first word"),
        ("Inês Duarte", "Dr. Duarte", "its last word"),
        ("Duarte", "Dr. Duarte", "written differently"),
        ("Inês Duarte", "Prime Minister Inês Duarte", "written differently"),
        ("Inês Duarte", "Ines Duarte", "written differently"),
        ("Inês Duarte", "INÊS DUARTE", "written differently"),
        ("Inês Duarte", "Inês Duarte’s", "written differently"),
        ("Zoë Kraus", "Zoe\u0308 Kraus", "written differently"),
        ("Anthony Blake", "Antony Blake", "similar spelling"),
        ("Mohammed Ali", "Muhammad Ali", "similar spelling"),
        ("John Smith", "J. Smith", "an initial of it"),
        ("Hussain", "Hussein", "similar spelling"),
        ("Siobhan O'Neill", "O'Neill", "its last word"),
        ("Ana de la Cruz", "Cruz", "its last word"),
        ("Omar al-Bashir", "Bashir", "its last word"),
        ("Jean-Luc Moreau", "Moreau", "its last word"),
    ],
)
def test_other_names_of_a_person(long: str, short: str, reason: str) -> None:
    assert proposed(*mentions(long, short, long)) == {long: {short: reason}}


@pytest.mark.parametrize(
    ("one", "other", "label"),
    [
        ("New York", "York", "GPE"),
        ("World Bank", "Bank", "ORG"),
        ("Austria", "Australia", "GPE"),
        ("Niger", "Nigeria", "GPE"),
        ("Iran", "Iraq", "GPE"),
        ("Apollo 11", "Apollo 12", "PRODUCT"),
        ("Ana Soto", "Ana Ruiz", "PERSON"),
        ("Ana Soto", "Luis Soto", "PERSON"),
        ("12", "13", "CARDINAL"),
        ("March 2021", "March", "DATE"),
        ("👍🏽", "👍🏿", "PERSON"),
        ("А", "Б", "PERSON"),
        ("东京", "京都", "GPE"),
        ("القاهرة", "القدس", "GPE"),
    ],
)
def test_what_is_another_entity_is_not_proposed(one: str, other: str, label: str) -> None:
    assert proposed(*mentions(one, other, label=label)) == {}


def test_a_surname_of_two_people_is_nobodys() -> None:
    assert proposed(*mentions("Ana Soto", "Luis Soto", "Soto")) == {}
    both = mentions("Ana Soto", "Anna Soto", "Soto")
    assert proposed(*both) == {"Ana Soto": {"Anna Soto": "similar spelling", "Soto": "its last word"}}


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("African Development Bank", "AfDB"),
        ("the World Health Organization", "WHO"),
        ("Bundesamt für Statistik", "BfS"),
    ],
)
def test_an_acronym_that_is_introduced_in_brackets(long: str, short: str) -> None:
    text = f"{long} ({short}) met. Later {short} left; the IMF stayed."
    spans = [
        Span(match.start(), match.end(), "ORG") for match in regex.finditer(rf"{long}|{short}|IMF", text)
    ]
    name = long.removeprefix("the ")
    assert proposed(text, spans) == {name: {short: "in brackets after it"}}
    assert proposed(text.replace("(", ", "), spans) == {}


def test_names_of_other_labels_and_rejected_ones_take_no_part() -> None:
    text, spans = mentions("Inês Duarte", "Duarte")
    assert proposed(text, [spans[0], Span(spans[1].start, spans[1].end, "ORG")]) == {}
    text, spans = mentions("Inês Duarte", "Duarte", status="rejected")
    assert proposed(text, spans) == {}


def test_what_a_person_named_keeps_its_name_and_draws_others() -> None:
    text, spans = mentions("Duarte", "Inês Duarte", "Duarte")
    named = Span(*spans[0].key, "accepted", value=Entity("Inês Maria Duarte", "Q7"))
    assert proposed(text, [named, *spans[1:]]) == {
        "Inês Maria Duarte Q7": {"Duarte": "the same words", "Inês Duarte": "its last word"}
    }


def test_two_entities_that_a_person_named_are_never_one() -> None:
    text, spans = mentions("Duarte", "Inês Duarte")
    one, two = (
        Span(*span.key, "accepted", value=Entity(id=f"Q{number}")) for number, span in enumerate(spans)
    )
    assert proposed(text, [one, two]) == {}


def test_what_was_refused_is_not_proposed_again() -> None:
    text, spans = mentions("Inês Duarte", "Duarte", "Ines Duarte")
    (proposal,) = run_through(propose_aliases(text, spans))
    refused = frozenset(
        refusal(proposal, alias) for alias in proposal.aliases if alias.words == "Duarte"
    )
    assert proposed(text, spans, refused=refused) == {
        "Inês Duarte": {"Ines Duarte": "written differently"}
    }


NAMES = ["Ana Soto", "Soto", "Dr. Soto", "Anna Soto", "A. Soto", "SOTO", "Luis Soto", "Lima", "Limma"]


@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(min_size=1, max_size=6)), max_size=14))
def test_each_mention_is_in_one_proposal_at_most_whatever_the_order(names: list[str]) -> None:
    text, spans = mentions(*names)
    proposals = run_through(propose_aliases(text, spans))
    keys = [key for p in proposals for key in p.mentions]
    keys += [key for p in proposals for alias in p.aliases for key in alias.mentions]
    assert len(keys) == len(set(keys))
    assert set(keys) <= {span.key for span in spans}
    shuffled = random.Random(1).sample(spans, len(spans))
    again = run_through(propose_aliases(text, sorted(shuffled, key=lambda span: span.key)))
    assert again == proposals


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=10))
def test_what_was_joined_is_proposed_no_more(names: list[str]) -> None:
    text, spans = mentions(*names)
    desk = Desk(text, spans)
    for proposal in run_through(propose_aliases(text, desk.opened.session.annotations.spans)):
        desk.opened.entity_linking.join(proposal)
    joined = desk.opened.session.annotations.spans
    for proposal in run_through(propose_aliases(text, joined)):
        for alias in proposal.aliases:
            assert all(joined.get(key).value is None for key in alias.mentions)  # type: ignore[union-attr]
    assert {span.status for span in desk.opened.session.annotations.spans} == {"suggested"}


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Inês Duarte", Entity("Inês Duarte")),
        (" Inês  Duarte Q42 ", Entity("Inês Duarte", "Q42")),
        ("Q42", Entity(id="Q42")),
        ("viaf:123", Entity(id="viaf:123")),
        ("Lisbon https://example.org/lisbon", Entity("Lisbon", "https://example.org/lisbon")),
        ("Route 66", Entity("Route 66")),
        ("  ", None),
    ],
)
def test_an_entity_as_it_is_written(text: str, entity: Entity | None) -> None:
    assert parse_entity(text) == entity
    if entity is not None:
        assert parse_entity(written(entity)) == entity


class Desk:
    def __init__(self, text: str, spans: list[Span]) -> None:
        self.edits: list[Edit] = []
        document = Document(text, "a")
        annotations = AnnotationSet(document.sha256, "ann")
        for span in spans:
            annotations.spans.add(span)
        self.opened = OpenDocument(document, annotations, ONTONOTES, self.edits.append)

    @property
    def entities(self) -> list[tuple[str, str, str]]:
        return [
            (
                self.opened.session.text[span.start : span.end],
                written(span.value) if isinstance(span.value, Entity) else "",
                span.status,
            )
            for span in self.opened.session.annotations.spans
        ]


def test_naming_an_entity_names_its_mentions_and_accepts_only_the_one_under_the_cursor() -> None:
    desk = Desk(*mentions("Duarte", "Lima", "Duarte"))
    desk.opened.entity_linking.name_entity("Inês Duarte Q7")
    assert desk.entities == [
        ("Duarte", "Inês Duarte Q7", "accepted"),
        ("Lima", "", "suggested"),
        ("Duarte", "Inês Duarte Q7", "suggested"),
    ]
    desk.opened.entity_linking.name_entity("Ana Duarte")
    assert [entity for _, entity, _ in desk.entities] == ["Ana Duarte", "", "Ana Duarte"]
    desk.opened.review.undo()
    desk.opened.entity_linking.name_entity("")
    assert [entity for _, entity, _ in desk.entities] == ["", "", ""]
    assert len(desk.edits) == 4


def test_a_mention_joins_and_leaves_with_one_key() -> None:
    desk = Desk(*mentions("Inês Duarte", "Duarte", "Lima", "Dr. Duarte"))
    desk.opened.selection.place(desk.opened.session.text.index("Duarte."))
    desk.opened.selection.next_span()
    outcome = run_through(desk.opened.entity_linking.join_or_leave())
    assert "2 mentions joined to Inês Duarte" in outcome.message
    assert desk.entities == [
        ("Inês Duarte", "Inês Duarte", "suggested"),
        ("Duarte", "Inês Duarte", "accepted"),
        ("Lima", "", "suggested"),
        ("Dr. Duarte", "", "suggested"),
    ]
    run_through(desk.opened.entity_linking.join_or_leave())
    assert desk.entities[1] == ("Duarte", "", "accepted")
    desk.opened.review.undo()
    desk.opened.review.undo()
    assert [entity for _, entity, _ in desk.entities] == [""] * 4


def test_a_whole_proposal_is_joined_in_one_step_or_refused() -> None:
    desk = Desk(*mentions("Inês Duarte", "Duarte", "Ines Duarte"))
    (proposal,) = run_through(
        propose_aliases(desk.opened.session.text, desk.opened.session.annotations.spans)
    )
    desk.opened.entity_linking.join(proposal)
    assert [entity for _, entity, _ in desk.entities] == ["Inês Duarte"] * 3
    desk.opened.review.undo()
    assert [entity for _, entity, _ in desk.entities] == [""] * 3
    desk.opened.entity_linking.refuse(proposal)
    desk.opened.selection.place(desk.opened.session.text.index("Duarte. I"))
    desk.opened.selection.next_span()
    assert "No other name is likely" in run_through(desk.opened.entity_linking.join_or_leave()).message


def test_what_was_refused_is_remembered_until_it_is_taken_back() -> None:
    desk = Desk(*mentions("Inês Duarte", "Duarte", "Ines Duarte"))

    def proposals() -> list[Proposal]:
        opened = desk.opened
        return run_through(
            propose_aliases(
                opened.session.text,
                opened.session.annotations.spans,
                opened.entity_linking.refused,
            )
        )

    (proposal,) = proposals()
    edit = desk.opened.entity_linking.refuse(proposal).edit
    assert edit is not None
    assert proposals() == []
    again = AnnotationSet.from_row(desk.opened.session.annotations.to_row())
    assert again.facts.refused == {
        ("PERSON", "Inês Duarte", "Duarte"),
        ("PERSON", "Inês Duarte", "Ines Duarte"),
    }
    said = "refused “Duarte” for Inês Duarte, “Ines Duarte” for Inês Duarte"
    assert describe(edit, desk.opened.session.text) == said
    undone = desk.opened.review.undo().edit
    assert proposals() == [proposal]
    assert undone is not None
    assert describe(undone, desk.opened.session.text, edit) == f"undid: {said}"


@pytest.mark.parametrize("fact", ["", "[]", "no JSON", "[1]", '[["a"]]', '{"a": 1}', "\ud800"])
def test_a_fact_that_is_none_refuses_nothing(fact: str) -> None:
    assert msgspec.convert({"apart": fact}, DocumentFacts).refused == frozenset()


def test_a_mention_joins_an_entity_it_does_not_resemble() -> None:
    desk = Desk(*mentions("Inês Duarte", "the minister"))
    desk.opened.selection.next_span()
    desk.opened.entity_linking.join_to("Inês Duarte")
    assert desk.entities == [
        ("Inês Duarte", "Inês Duarte", "suggested"),
        ("the minister", "Inês Duarte", "accepted"),
    ]


def test_nothing_is_merged_without_a_decision() -> None:
    desk = Desk(*mentions("Inês Duarte", "Duarte"))
    proposals: list[Proposal] = run_through(
        propose_aliases(desk.opened.session.text, desk.opened.session.annotations.spans)
    )
    assert proposals
    assert desk.edits == []
    assert [entity for _, entity, _ in desk.entities] == ["", ""]
