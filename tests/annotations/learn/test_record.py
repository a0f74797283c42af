"""What edits teach: single decisions that stand, and nothing else."""

from annotations.learn.learned import Learned
from annotations.learn.lesson import LabelledByHand, Lesson, SuggestionDecided, meaning_of
from annotations.learn.record import Teaching
from annotations.model.document import Document
from annotations.model.edit import Change, Edit, EditKind, make_edit
from annotations.model.label_scheme import Label, LabelScheme
from annotations.model.span import Span, replace
from tests.spans import said_by

SUGGESTED = Span(3, 9, "GPE", sources=said_by("model 1"), score=0.9)
ACCEPTED = replace(SUGGESTED, status="accepted")


def edit(kind: EditKind, *changes: Change, single: int | None = None) -> Edit:
    return replace(make_edit(kind, "ann", changes), single=single)


SCHEME = LabelScheme((Label("GPE"), Label("ORG")))
TEXT = "to Lisbon Harbour, and Porto"
TEACHING = Teaching(Document(TEXT), "ann", SCHEME)
LISBON = TEACHING.judged(SUGGESTED)


def taught(*edits: Edit) -> list[Lesson]:
    learned = Learned()
    for one in edits:
        learned.follow(one, TEACHING)
    return list(learned.lessons())


def test_accepting_rejecting_relabelling_and_correcting_an_edge_are_told_apart() -> None:
    relabelled = replace(ACCEPTED, label="ORG")
    longer = replace(ACCEPTED, end=17)
    assert taught(
        edit("accept", Change(SUGGESTED, ACCEPTED)),
        edit("reject", Change(SUGGESTED, replace(SUGGESTED, status="rejected"))),
        edit("relabel", Change(SUGGESTED, relabelled)),
        edit("resize", Change(SUGGESTED, longer)),
        edit("create", Change(None, Span(23, 28, "ORG", "accepted", said_by("ann")))),
    ) == [
        SuggestionDecided(LISBON, right=True),
        SuggestionDecided(LISBON, right=False),
        SuggestionDecided(LISBON, right=False, final="ORG"),
        SuggestionDecided(LISBON, right=False, final="GPE", edge=True),
        LabelledByHand("porto", "ORG"),
    ]


def test_what_makes_way_for_a_span_of_its_extent_and_label_was_not_wrong() -> None:
    there = replace(SUGGESTED, label="ORG")
    changes = (Change(there, None), Change(SUGGESTED, replace(ACCEPTED, label="ORG")))
    assert taught(edit("relabel", *changes)) == [SuggestionDecided(LISBON, right=False, final="ORG")]


def test_what_is_decided_in_bulk_teaches_nothing() -> None:
    other = replace(SUGGESTED, start=23, end=28)
    both = (Change(SUGGESTED, ACCEPTED), Change(other, replace(other, status="accepted")))
    assert taught(edit("accept", *both, single=0)) == []
    assert taught(edit("accept", *both, single=1)) == [SuggestionDecided(LISBON, right=True)]
    assert taught(edit("propagate", *both), edit("import", *both)) == []


def test_a_second_decision_about_a_span_and_one_about_an_own_span_teach_nothing() -> None:
    own = Span(3, 9, "GPE", "accepted", said_by("ann"))
    assert (
        taught(
            edit("relabel", Change(ACCEPTED, replace(ACCEPTED, label="ORG"))),
            edit("remove", Change(own, None)),
        )
        == []
    )


def test_undo_unteaches_and_redo_teaches_again() -> None:
    accept = edit("accept", Change(SUGGESTED, ACCEPTED))
    undo = make_edit("undo", "ann", (Change(ACCEPTED, SUGGESTED),), of=accept.id)
    redo = make_edit("redo", "ann", (Change(SUGGESTED, ACCEPTED),), of=accept.id)
    assert taught(accept, undo) == []
    assert taught(accept, undo, undo) == []
    assert taught(accept, undo, redo) == [SuggestionDecided(LISBON, right=True)]


def test_others_teach_nothing() -> None:
    assert taught(make_edit("accept", "bo", (Change(SUGGESTED, ACCEPTED),))) == []


def test_a_suggestion_counts_under_the_label_of_the_project() -> None:
    place = Label("place", sources=("LOC", "GPE"))
    scheme = LabelScheme((place,), own=True)
    suggestion = Teaching(Document(TEXT), "ann", scheme).judged(SUGGESTED)
    assert (suggestion.label, suggestion.meaning) == ("place", "LOC")
    assert meaning_of(scheme, "GPE") == "GPE"


def test_more_is_left_undoubted_once_enough_was_decided() -> None:
    learned = Learned(later=0.3)
    for _ in range(150):
        assert learned.threshold == 0.15
        learned.follow(edit("accept", Change(SUGGESTED, ACCEPTED)), TEACHING)
    assert learned.threshold == 0.3


def test_spot_checks_say_how_often_the_undoubted_are_wrong() -> None:
    learned = Learned()
    assert learned.spot_checks.words == ""
    no = Change(SUGGESTED, replace(SUGGESTED, status="rejected"))
    yes = Change(SUGGESTED, ACCEPTED)
    edits = [edit("reject", no), *(edit("accept", yes) for _ in range(18))]
    for one in edits:
        learned.follow(replace(one, spot_check=True), TEACHING)
    learned.follow(edit("reject", no), TEACHING)
    assert learned.spot_checks.words == "spot checks 1 of 19 wrong"
    second = replace(edit("reject", no), spot_check=True)
    learned.follow(second, TEACHING)
    assert learned.spot_checks.words == "doubt is unreliable: spot checks 2 of 20 wrong"
    learned.follow(make_edit("undo", "ann", of=second.id), TEACHING)
    assert learned.spot_checks.words == "spot checks 1 of 19 wrong"
