"""What edits teach: single decisions that stand, and nothing else."""

from annotations.learn.record import LabelledByHand, SuggestionDecided, lessons
from annotations.model.edit import Change, Edit, EditKind, make_edit
from annotations.model.span import Span, replace
from tests.spans import said_by

SUGGESTED = Span(4, 10, "GPE", sources=said_by("model 1"), score=0.9)
ACCEPTED = replace(SUGGESTED, status="accepted")


def edit(kind: EditKind, *changes: Change, single: int | None = None) -> Edit:
    return replace(make_edit(kind, "ann", changes), single=single)


def taught(*edits: Edit) -> list[object]:
    return list(lessons(edits, "ann"))


def test_accepting_rejecting_relabelling_and_correcting_an_edge_are_told_apart() -> None:
    relabelled = replace(ACCEPTED, label="ORG")
    longer = replace(ACCEPTED, end=15)
    assert taught(
        edit("accept", Change(SUGGESTED, ACCEPTED)),
        edit("reject", Change(SUGGESTED, replace(SUGGESTED, status="rejected"))),
        edit("relabel", Change(SUGGESTED, relabelled)),
        edit("resize", Change(SUGGESTED, longer)),
        edit("create", Change(None, Span(20, 24, "ORG", "accepted", said_by("ann")))),
    ) == [
        SuggestionDecided(SUGGESTED, right=True),
        SuggestionDecided(SUGGESTED, right=False),
        SuggestionDecided(SUGGESTED, right=False, final="ORG"),
        SuggestionDecided(SUGGESTED, right=False, final="GPE", edge=True),
        LabelledByHand(Span(20, 24, "ORG", "accepted", said_by("ann"))),
    ]


def test_what_is_decided_in_bulk_teaches_nothing() -> None:
    other = replace(SUGGESTED, start=20, end=26)
    both = (Change(SUGGESTED, ACCEPTED), Change(other, replace(other, status="accepted")))
    assert taught(edit("accept", *both, single=0)) == []
    assert taught(edit("accept", *both, single=1)) == [SuggestionDecided(SUGGESTED, right=True)]
    assert taught(edit("propagate", *both), edit("import", *both)) == []


def test_a_second_decision_about_a_span_and_one_about_an_own_span_teach_nothing() -> None:
    own = Span(4, 10, "GPE", "accepted", said_by("ann"))
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
    assert taught(accept, undo, redo) == [SuggestionDecided(SUGGESTED, right=True)]


def test_others_teach_nothing() -> None:
    assert list(lessons([make_edit("accept", "bo", (Change(SUGGESTED, ACCEPTED),))], "ann")) == []
