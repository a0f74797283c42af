"""Facts about a document have types; their form in files and databases does not change."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document_facts import (
    FACTS,
    NO_FACTS,
    DocumentFacts,
    FactChange,
    fact_changes,
)
from annotations.model.edit import Edit, make_edit

WHOLE = DocumentFacts.of(
    creation_time="2021-04-08",
    comment="ask Bo",
    flagged=True,
    done=True,
    refused=[("ORG", "Brook Ltd", "Brook"), ("GPE", "Zürich", "Züri")],
    drawn="seed 1",
    language="de",
)
STORED = {
    "created": "2021-04-08",
    "comment": "ask Bo",
    "flag": "yes",
    "done": "yes",
    "apart": '[["GPE","Zürich","Züri"],["ORG","Brook Ltd","Brook"]]',
    "drawn": "seed 1",
    "language": "de",
}
facts = st.builds(
    DocumentFacts.of,
    creation_time=st.sampled_from(["", "1999-12-31"]),
    comment=st.text(max_size=3),
    flagged=st.booleans(),
    done=st.booleans(),
    refused=st.lists(
        st.tuples(st.text(max_size=2), st.text(max_size=2), st.text(max_size=2)), max_size=2
    ),
    drawn=st.sampled_from(["", "seed 2"]),
    language=st.sampled_from(["", "fr"]),
)


def test_facts_are_stored_as_they_always_were() -> None:
    row = AnnotationRow("d", "ann", facts=WHOLE)
    assert msgspec.to_builtins(row)["facts"] == STORED
    assert msgspec.convert(STORED, DocumentFacts) == WHOLE


def test_where_nothing_is_said_a_row_holds_nothing_of_it() -> None:
    annotations = AnnotationSet("d", "ann")
    for after in (WHOLE, NO_FACTS):
        stated = fact_changes(annotations.facts, after)
        annotations.apply(make_edit("document", "ann", (), stated))
    assert "facts" not in msgspec.to_builtins(AnnotationRow("d", "ann", facts=annotations.facts))


def test_an_edit_of_a_journal_is_read_and_written_as_it_always_was() -> None:
    line = (
        b'{"kind":"document","by":"ann","at":"2026-01-02T03:04:05.678Z","id":"0123456789ab",'
        b'"facts":[{"fact":"done","before":"","after":"yes"},{"fact":"created","before":"2020-01-01","after":""}]}'
    )
    edit = msgspec.json.decode(line, type=Edit)
    assert [change.after.done for change in edit.facts] == [True, False]
    assert edit.facts[1].before == DocumentFacts.of(creation_time="2020-01-01")
    assert msgspec.json.encode(edit) == line


@pytest.mark.parametrize("stored", [{"mood": "good"}, {"done": True}, {"comment": None}])
def test_what_is_no_fact_is_no_row(stored: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(stored, DocumentFacts)


@given(before=facts, after=facts)
def test_changes_lead_from_some_facts_to_others_and_back(
    before: DocumentFacts, after: DocumentFacts
) -> None:
    changes = fact_changes(before, after)
    there = before
    for change in changes:
        assert change.before == before.only(change.fact) != change.after == after.only(change.fact)
        there = change.applied_to(there)
    assert there == after
    for change in changes:
        there = change.inverse().applied_to(there)
    assert there == before
    assert {change.fact for change in changes} == {
        fact for fact in FACTS if before.only(fact) != after.only(fact)
    }


@given(facts)
def test_what_is_said_is_what_was_given(said: DocumentFacts) -> None:
    assert said == DocumentFacts.of(
        creation_time=said.creation_time,
        comment=said.comment,
        flagged=said.flagged,
        done=said.done,
        refused=said.refused,
        drawn=said.drawn,
        language=said.language,
    )
    assert bool(said) == (said != NO_FACTS) == bool(said.said)


def test_what_another_program_wrote_stays_while_it_means_the_same() -> None:
    theirs = msgspec.convert({"done": "x", "flag": "1"}, DocumentFacts)
    assert (theirs.done, theirs.flagged) == (True, True)
    assert theirs.with_done(True) is theirs.with_flag(True) is theirs
    assert fact_changes(theirs, theirs.with_done(False)) == (FactChange("done", "x", ""),)
