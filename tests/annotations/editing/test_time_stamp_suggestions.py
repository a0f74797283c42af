"""The time stamps of a document: one question, one edit, one step of undo."""

import pytest

from annotations.editing.open_document import OpenDocument
from annotations.editing.time_stamp_suggestions import suggest_time_stamps, unsuggested_stamps
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme

TEXT = "".join(f"[00:12:{second:02}] She said something.\n" for second in range(40))
SAID = "40 time stamps such as 00:12:00 are not suggested"


def opened(text: str = TEXT, scheme: LabelScheme = ONTONOTES) -> OpenDocument:
    document = Document(text, "a.txt")
    return OpenDocument(document, AnnotationSet(document.id, "ann"), scheme)


def suggested(at_hand: OpenDocument) -> list[str]:
    spans = at_hand.session.annotations.spans
    return [f"{TEXT[s.start : s.end]} {s.label} {s.sources[0]}" for s in spans if not s.decided]


def test_they_come_as_one_edit_and_go_with_one_undo() -> None:
    at_hand = opened()
    session = at_hand.session
    assert unsuggested_stamps(session) == SAID
    outcome = suggest_time_stamps(session, cursor=3)
    assert outcome.message == "40 time stamps suggested."
    assert suggested(at_hand) == [f"00:12:{second:02} TIME dates" for second in range(40)]
    assert outcome.edit is not None
    assert (outcome.edit.single_decisions, outcome.edit.cursor) == ((), 3)
    assert unsuggested_stamps(session) == ""
    assert suggest_time_stamps(session, cursor=3).message == "There are no time stamps to suggest."
    assert session.undo().message.startswith("Undone: suggested “00:12:00” TIME, ")
    assert suggested(at_hand) == []
    assert unsuggested_stamps(session) == SAID
    session.redo()
    assert len(suggested(at_hand)) == 40


def test_a_decision_stands_against_one() -> None:
    at_hand = opened()
    at_hand.selection.select_range(1, 9)
    at_hand.review.label("CARDINAL")
    assert unsuggested_stamps(at_hand.session).startswith("39 time stamps ")
    suggest_time_stamps(at_hand.session, cursor=0)
    assert len(suggested(at_hand)) == 39


def test_nothing_is_asked_where_the_project_marks_no_times() -> None:
    assert unsuggested_stamps(opened().session, marks_times=False) == ""


def test_nothing_in_a_document_that_is_done() -> None:
    at_hand = opened()
    at_hand.properties.mark_done()
    assert unsuggested_stamps(at_hand.session) == ""
    assert "is done" in suggest_time_stamps(at_hand.session, cursor=0).message
    assert suggested(at_hand) == []


@pytest.mark.parametrize(
    ("label", "stands"),
    [(Label("WHEN", key="w", sources=("TIME",)), 40), (Label("PLACE", key="p"), 0)],
)
def test_under_the_project_s_label_for_times(label: Label, stands: int) -> None:
    at_hand = opened(scheme=LabelScheme((label,), own=True))
    assert bool(unsuggested_stamps(at_hand.session)) == bool(stands)
    suggest_time_stamps(at_hand.session, cursor=0)
    assert [span.label for span in at_hand.session.annotations.spans] == [label.name] * stands
