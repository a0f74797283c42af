"""A document that is done: marking it, undoing that, and suggestions that come afterwards."""

import pytest

from annotations.corpus.statistics import statistics
from annotations.editing.done import Marking, marked, marked_words, marking, progress_words
from annotations.editing.history import describe
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet, has_read
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS, DocumentFacts, fact_changes
from annotations.model.edit import Edit, Run, make_edit
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span
from tests.spans import sources_named

TEXT = "Ada met Kenya in Oslo."
SUGGESTED = [
    Span(0, 3, "PERSON", sources=sources_named("m 1")),
    Span(8, 13, "GPE", sources=sources_named("m 1")),
]
LATE = [Span(17, 21, "GPE", sources=sources_named("m 2"))]


def is_done(opened: OpenDocument) -> bool:
    return opened.session.annotations.facts.done


def is_hidden(opened: OpenDocument) -> bool:
    return opened.selection.focus.hidden


def session_with(*spans: Span) -> tuple[OpenDocument, list[Edit]]:
    document = Document(TEXT, "a.txt")
    edits: list[Edit] = []
    opened = OpenDocument(document, AnnotationSet(document.id, "ann"), ONTONOTES, edits.append)
    opened.session.suggest(Source.parse("m 1"), spans, Run(Source.parse("m 1"), 0, len(TEXT)))
    return opened, edits


def test_done_is_one_edit_that_undo_takes_back() -> None:
    opened, edits = session_with(*SUGGESTED)
    opened.review.next_undecided()
    opened.review.accept()
    outcome = opened.properties.mark_done()
    assert marked_words(opened.session.annotations) == (
        "Done; 1 undecided suggestion counts as no entity."
    )
    assert is_done(opened)
    assert is_hidden(opened)
    assert [fact.fact for fact in edits[-1].facts] == ["done"]
    assert "already done; undo takes" in opened.properties.mark_done().message
    assert edits[-1] is outcome.edit
    assert opened.review.undo().message == "Undone: marked the document as done."
    assert not is_done(opened)
    assert not is_hidden(opened)
    assert opened.session.annotations.spans.count(status="accepted") == 1
    opened.review.redo()
    assert is_done(opened)
    assert is_hidden(opened)


def test_a_decision_in_a_done_document_keeps_it_done() -> None:
    opened, _ = session_with(*SUGGESTED)
    opened.properties.mark_done()
    opened.review.next_undecided()
    opened.review.accept()
    assert is_done(opened)
    assert "annotate done --undo" in opened.properties.mark_done().message


def test_suggestions_for_a_done_document_wait_until_it_is_done_no_more() -> None:
    opened, edits = session_with(*SUGGESTED)
    opened.properties.mark_done()
    before = len(edits)
    said = [
        opened.session.suggest(Source.parse("m 2"), LATE, Run(Source.parse("m 2"), 0, 10)),
        opened.session.suggest(Source.parse("m 2"), LATE, None),
    ]
    assert [outcome.message for outcome in said] == [
        "The document is done: what m 2 suggests now is not added.",
        "",
    ]
    assert len(edits) == before
    assert not has_read(opened.session.annotations.runs, Source.parse("m 2"), 0, 10)
    outcome = opened.review.undo()
    assert (17, 21) in outcome.touched
    assert opened.session.annotations.spans.count(status="suggested") == 3
    assert has_read(opened.session.annotations.runs, Source.parse("m 2"), 0, 10)
    opened.properties.mark_done()
    assert opened.session.suggest(
        Source.parse("m 3"), [Span(4, 7, "ORG", sources=sources_named("m 3"))], None
    ).message


def test_what_another_program_takes_back_lets_suggestions_in_as_well() -> None:
    opened, _ = session_with(*SUGGESTED)
    opened.properties.mark_done()
    opened.session.suggest(Source.parse("m 2"), LATE, None)
    edit = make_edit("document", "ann", (), fact_changes(DocumentFacts.of(done=True), NO_FACTS))
    assert (17, 21) in opened.session.take_over([edit]).touched


def test_nothing_is_said_of_suggestions_that_would_add_nothing() -> None:
    opened, _ = session_with(*SUGGESTED)
    opened.properties.mark_done()
    assert (
        opened.session.suggest(Source.parse("m 1"), SUGGESTED, Run(Source.parse("m 1"), 0, 5)).message
        == ""
    )


def test_a_changed_text_is_not_done() -> None:
    opened, _ = session_with()
    carried = opened.session.carry_over(
        [Span(0, 3, "PERSON", "accepted")], DocumentFacts.of(done=True, flagged=True), cursor=0
    )
    assert opened.session.annotations.facts == DocumentFacts.of(flagged=True)
    assert carried.message == "No longer done: the text has changed."
    assert opened.session.carry_over([], DocumentFacts.of(comment="hm"), cursor=0).message == ""


def test_several_documents_are_marked_or_none() -> None:
    begun, whole = (
        session_with(*SUGGESTED)[0].session.annotations,
        session_with()[0].session.annotations,
    )
    both = [Marking("a.txt", begun), Marking("b.txt", whole)]
    with pytest.raises(AnnotateError, match=r"Nothing was marked.*a.txt: 2\).*--yes"):
        marked(both, "ann", done=True, despite_undecided=False)
    found = marked(both, "ann", done=True, despite_undecided=True)
    assert [one.name for one, _ in found] == ["a.txt", "b.txt"]
    for one, edit in found:
        one.annotations.apply(edit)
    assert begun.facts.done
    assert marked(both, "ann", done=True, despite_undecided=True) == []
    assert [one.left(done=True) for one in both] == ["; 2 undecided count as no entity.", "."]
    back = marked(both, "ann", done=False, despite_undecided=False)
    assert len(back) == 2


def test_not_done_takes_the_step_itself_back_whatever_came_after_it() -> None:
    opened, _ = session_with(*SUGGESTED)
    opened.properties.mark_done()
    opened.review.next_undecided()
    opened.review.accept()
    edit = marking(opened.session.annotations, "ann", done=False)
    assert edit is not None
    opened.session.take_over([edit])
    assert not is_done(opened)
    opened.review.undo()
    assert not is_done(opened)
    assert opened.session.annotations.spans.count(status="accepted") == 0
    assert opened.review.undo().message == "There is nothing to undo."


def test_not_done_works_without_the_step_too() -> None:
    annotations = AnnotationSet("x", "ann")
    annotations.facts = DocumentFacts.of(done=True)
    edit = marking(annotations, "ann", done=False)
    assert edit is not None
    assert edit.kind == "document"
    annotations.apply(edit)
    assert not annotations.facts.done


def test_how_far_a_document_is_in_words() -> None:
    opened, _ = session_with(*SUGGESTED)
    opened.review.next_undecided()
    opened.review.accept()
    assert progress_words(opened.session.annotations) == "1 of 2 decided, 1 undecided; not done"
    opened.review.accept()
    opened.properties.mark_done()
    assert progress_words(opened.session.annotations) == "2 of 2 decided; done"
    assert statistics(opened.session.annotations).decided == 2


def test_that_a_document_was_drawn_at_random_is_said_with_done_and_taken_back_with_it() -> None:
    opened, edits = session_with(*SUGGESTED)
    opened.properties.drawn = "seed 3"
    opened.properties.mark_done()
    assert opened.session.annotations.facts == DocumentFacts.of(done=True, drawn="seed 3")
    assert describe(edits[-1], TEXT) == (
        "marked the document as done; noted that it was drawn at random"
    )
    opened.review.undo()
    assert not opened.session.annotations.facts
    opened.properties.mark_done()
    edit = marking(opened.session.annotations, "ann", done=False)
    assert edit is not None
    assert (edit.kind, [fact.fact for fact in edit.facts]) == ("undo", ["done"])
    opened.session.take_over([edit])
    opened.properties.drawn = "seed 4"
    opened.properties.mark_done()
    assert opened.session.annotations.facts == DocumentFacts.of(done=True, drawn="seed 3")
