"""Undo goes back to another document only if the last step of all was marking it as done."""

from annotations.corpus.last_steps import LastSteps
from annotations.model.document_facts import NO_FACTS, fact_changes
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.span import Span


def marking() -> Edit:
    facts = fact_changes(NO_FACTS, NO_FACTS.with_done(True))
    return make_edit("document", "ann", (), facts)


def labelling() -> Edit:
    return make_edit("create", "ann", [Change(None, Span(0, 2, "A", "accepted"))])


def undoing(edit: Edit) -> Edit:
    return make_edit("undo", "ann", of=edit.id)


def test_it_is_the_document_marked_last_until_something_else_is_done() -> None:
    steps = LastSteps()
    first, second, label = marking(), marking(), labelling()
    done = [
        ("a", first, "a"),
        ("b", second, "b"),
        ("c", label, None),
        ("c", undoing(label), "b"),
        ("b", undoing(second), "a"),
        ("b", make_edit("redo", "ann", (), second.facts, of=second.id), "b"),
        ("a", undoing(first), "b"),
        ("b", undoing(second), None),
    ]
    for document, edit, marked in done:
        steps.note(document, edit)
        assert steps.marked_last == marked


def test_before_anything_was_done_there_is_none() -> None:
    assert LastSteps().marked_last is None


def test_suggestions_and_places_are_nothing_that_was_done() -> None:
    steps = LastSteps()
    steps.note("a", marking())
    steps.note("b", make_edit("suggest", "m 1", [Change(None, Span(0, 2, "A"))]))
    steps.note("b", make_edit("place", "ann", cursor=3))
    assert steps.marked_last == "a"
