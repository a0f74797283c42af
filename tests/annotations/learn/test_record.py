"""What is learned from edits: single decisions that were not undone, and nothing else."""

from annotations.learn.fitting import fitted_to
from annotations.learn.learned import Learned
from annotations.learn.lesson import (
    LabelledWithoutSuggestion,
    Lesson,
    PlaceDecided,
    SuggestionDecided,
    meaning_of,
)
from annotations.learn.record import Teaching
from annotations.model.document import Document
from annotations.model.edit import Change, Edit, EditKind, make_edit
from annotations.model.label_scheme import Label, LabelScheme
from annotations.model.span import Span, replace
from tests.spans import sources_named

SUGGESTED = Span(3, 9, "GPE", sources=sources_named("model 1"), score=0.9)
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
    porto = TEACHING.possible_names.at((23, 28)).fixed
    assert taught(
        edit("accept", Change(SUGGESTED, ACCEPTED)),
        edit("reject", Change(SUGGESTED, replace(SUGGESTED, status="rejected"))),
        edit("relabel", Change(SUGGESTED, relabelled)),
        edit("resize", Change(SUGGESTED, longer)),
        edit("create", Change(None, Span(23, 28, "ORG", "accepted", sources_named("ann")))),
    ) == [
        SuggestionDecided(LISBON, right=True),
        SuggestionDecided(LISBON, right=False),
        SuggestionDecided(LISBON, right=False, final="ORG"),
        SuggestionDecided(LISBON, right=False, final="GPE", edge=True, corrected="lisbon harbour"),
        LabelledWithoutSuggestion("porto", "ORG"),
        PlaceDecided("porto", porto, named=True, shown=False),
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
    kinds: list[EditKind] = ["propagate", "import", "external", "restore", "suggest"]
    assert taught(*(edit(kind, *both) for kind in kinds)) == []
    alone = (Change(None, replace(ACCEPTED, start=23, end=28)),)
    assert taught(*(edit(kind, *alone) for kind in kinds)) == []


def test_what_bulk_accepted_changes_neither_words_nor_rates_nor_weights() -> None:
    learned = Learned()
    learned.follow(edit("accept", Change(SUGGESTED, ACCEPTED), single=0), TEACHING)
    assert learned.memory.said("Lisbon", "GPE") == (0, 0)
    assert learned.memory.rate("GPE", "pipeline").all == 0
    assert fitted_to(learned.lessons()) == fitted_to([])


def test_places_teach_whether_a_name_was_there() -> None:
    there = Span(23, 28, "ORG", "accepted", sources_named("ann"))
    labelled = replace(edit("create", Change(None, there)), places=((23, 28), (0, 2)))
    assert taught(labelled) == [
        LabelledWithoutSuggestion("porto", "ORG"),
        PlaceDecided("porto", TEACHING.possible_names.at((23, 28)).fixed, named=True, shown=True),
        PlaceDecided("to", TEACHING.possible_names.at((0, 2)).fixed, named=False, shown=True),
    ]
    passed = replace(edit("place"), places=((23, 28),))
    learned = Learned()
    learned.follow(passed, TEACHING)
    assert learned.memory.passed_over("Porto") == 1
    assert learned.memory.known_as("Porto") == ("", 0, 0)
    learned.follow(make_edit("undo", "ann", of=passed.id), TEACHING)
    assert learned.memory.passed_over("Porto") == 0


def test_lessons_are_in_the_order_of_their_edits_whatever_document_was_read_first() -> None:
    early = replace(edit("accept", Change(SUGGESTED, ACCEPTED)), at="2026-01-01T10:00:00.000Z")
    late = replace(
        edit("reject", Change(SUGGESTED, replace(SUGGESTED, status="rejected"))),
        at="2026-01-01T10:00:00.001Z",
    )
    assert taught(late, early) == taught(early, late)
    assert [lesson.right for lesson in taught(late, early) if isinstance(lesson, SuggestionDecided)] == [
        True,
        False,
    ]


def test_a_second_decision_says_nothing_of_the_suggester_but_what_the_words_are() -> None:
    own = Span(3, 9, "GPE", "accepted", sources_named("ann"))
    by_hand = taught(
        edit("accept", Change(ACCEPTED, ACCEPTED)),
        edit("relabel", Change(ACCEPTED, replace(ACCEPTED, label="ORG"))),
        edit("resize", Change(own, replace(own, end=17))),
        edit("remove", Change(own, None)),
        edit("reject", Change(own, replace(own, status="rejected"))),
    )
    assert by_hand == [
        LabelledWithoutSuggestion("lisbon", "ORG"),
        LabelledWithoutSuggestion("lisbon harbour", "GPE"),
    ]


def test_a_corrected_edge_is_no_no_to_its_words_and_a_yes_to_those_it_was_corrected_to() -> None:
    learned = Learned()
    learned.follow(edit("resize", Change(SUGGESTED, replace(ACCEPTED, end=17))), TEACHING)
    assert learned.memory.said("Lisbon", "GPE") == (0, 0)
    assert learned.memory.known_as("Lisbon Harbour") == ("GPE", 1, 0)


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
    assert learned.spot_checks.words == "1 of 19 spot checks wrong"
    second = replace(edit("reject", no), spot_check=True)
    learned.follow(second, TEACHING)
    assert learned.spot_checks.words == "doubt is unreliable: 2 of 20 spot checks wrong"
    learned.follow(make_edit("undo", "ann", of=second.id), TEACHING)
    assert learned.spot_checks.words == "1 of 19 spot checks wrong"
