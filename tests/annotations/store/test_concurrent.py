"""Two programs that change the same annotations: both end with the annotations of the journal."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.model.annotation_set import AnnotationSet
from annotations.model.document_facts import NO_FACTS, DocumentFacts, fact_changes
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.span import Span, replace
from annotations.model.span_index import SpanIndex
from annotations.store.concurrent import ForeignChanges, OwnEdits, underneath
from tests.spans import sources_named

SPANS = st.builds(
    lambda start, label, status: Span(start, start + 2, label, status),
    st.integers(0, 2),
    st.sampled_from("AB"),
    st.sampled_from(["suggested", "accepted", "rejected"]),
)


def start(spans: list[Span]) -> AnnotationSet:
    annotations = AnnotationSet("d", "ann")
    annotations.spans = SpanIndex(spans)
    return annotations


def apply(spans: list[Span], edits: list[Edit]) -> list[Span]:
    annotations = start(spans)
    for edit in edits:
        annotations.apply(edit)
    return list(annotations.spans)


def edits_on(spans: list[Span], wishes: list[tuple[int, Span | None]]) -> list[Edit]:
    """One edit per wish, made on the result of the edits before it: add, change or remove a span."""
    annotations = start(spans)
    made = []
    for place, after in wishes:
        here = list(annotations.spans)
        before = here[place % len(here)] if here and place % 3 else None
        if before is None and after is not None:
            before = annotations.spans.get(after.key)
        changes = [Change(before, after)] if before or after else []
        if after is not None and (there := annotations.spans.get(after.key)) not in (None, before):
            changes.insert(0, Change(there, None))
        made.append(make_edit("value", "ann", changes))
        annotations.apply(made[-1])
    return made


WISHES = st.lists(st.tuples(st.integers(0, 8), st.none() | SPANS), max_size=4)


@settings(max_examples=400)
@given(st.lists(SPANS, max_size=4, unique_by=lambda span: span.key), WISHES, WISHES)
def test_theirs_under_ours_shows_what_the_journal_has(
    spans: list[Span], their_wishes: list[tuple[int, Span | None]], wishes: list[tuple[int, Span | None]]
) -> None:
    theirs, ours = edits_on(spans, their_wishes), edits_on(spans, wishes)
    in_the_journal = apply(spans, [*theirs, *ours])
    on_the_screen = apply(spans, [*ours, *(underneath(edit, ours) for edit in theirs)])
    assert on_the_screen == in_the_journal


def test_only_who_did_not_know_is_contested() -> None:
    span = Span(0, 2, "A")
    sure = Span(0, 2, "A", "accepted")
    view = ForeignChanges()
    view.theirs(make_edit("accept", "ann", [Change(span, sure)]))
    assert view.ours(make_edit("remove", "ann", [Change(sure, None)])) == []
    view.theirs(make_edit("accept", "ann", [Change(span, sure)]))
    assert view.ours(make_edit("remove", "ann", [Change(span, None)])) == [span]
    assert view.ours(make_edit("accept", "ann", [Change(Span(5, 6, "B"), None)])) == []


def test_suggestions_that_another_program_took_away_are_gone_under_ours() -> None:
    long, inside = Span(0, 9, "A"), Span(2, 4, "B")
    sure = Span(0, 9, "A", "accepted")
    theirs = replace(make_edit("accept", "ann", [Change(long, sure)]), aside=(Change(inside, None),))
    assert apply([long, inside], [underneath(theirs, [])]) == [sure]
    decided = Span(2, 4, "B", "accepted")
    ours = make_edit("accept", "ann", [Change(inside, decided)])
    assert apply([long, inside], [ours, underneath(theirs, [ours])]) == [sure, decided]


def test_an_undo_that_did_not_know_of_another_programs_edit_is_written_on_top_of_it() -> None:
    suggested, sure = Span(0, 2, "A"), Span(0, 2, "A", "accepted")
    view = ForeignChanges()
    view.theirs(make_edit("comment", "ann", [Change(sure, replace(sure, comment="hm"))]))
    undo = make_edit("undo", "ann", [Change(sure, suggested)])
    written, staying = view.rebased(undo)
    assert staying == []
    assert written.changes == (Change(replace(sure, comment="hm"), replace(suggested, comment="hm")),)
    assert written.id == undo.id
    corrected = view.correction(undo, written)
    assert corrected is not None
    assert apply([suggested], [corrected]) == [replace(suggested, comment="hm")]
    assert view.correction(undo, undo) is None
    removing = make_edit("undo", "ann", [Change(sure, None)])
    written, staying = view.rebased(removing)
    assert (written.changes, staying) == ((), [replace(sure, comment="hm")])
    # Only undo and redo are rebased: any other edit states what its spans are afterwards.
    accept = make_edit("accept", "ann", [Change(suggested, sure)])
    assert view.rebased(accept) == (accept, [])


def test_what_another_program_did_first_is_not_done_again_and_stays() -> None:
    """Both add the same span by undo or redo: the second one writes nothing."""
    span = Span(0, 2, "A", "accepted")
    view = ForeignChanges()
    theirs, ours = (make_edit("redo", "ann", [Change(None, span)]) for _ in range(2))
    view.theirs(theirs)
    written, _ = view.rebased(ours)
    corrected = view.correction(ours, written)
    shown = [ours, underneath(theirs, [ours]), *([corrected] if corrected else [])]
    assert apply([], shown) == apply([], [theirs, written]) == [span]


def saying(before: DocumentFacts, after: DocumentFacts) -> Edit:
    return make_edit("document", "ann", (), fact_changes(before, after))


def commenting(before: str, after: str) -> Edit:
    return saying(DocumentFacts.of(comment=before), DocumentFacts.of(comment=after))


def test_of_a_fact_the_later_word_counts_and_that_is_said() -> None:
    theirs, ours = commenting("", "who?"), commenting("", "Ann")
    assert underneath(theirs, [ours]).facts == ()
    assert underneath(theirs, [saying(NO_FACTS, DocumentFacts.of(flagged=True))]).facts == theirs.facts
    view = ForeignChanges()
    view.theirs(theirs)
    assert view.ours(ours) == ["comment"]
    view.theirs(theirs)
    assert view.ours(commenting("who?", "Ann")) == []


def test_undoing_a_fact_keeps_what_another_program_said_a_moment_before() -> None:
    view = ForeignChanges()
    view.theirs(commenting("mine", "theirs"))
    undo = make_edit("undo", "ann", (), fact_changes(DocumentFacts.of(comment="mine"), NO_FACTS))
    written, staying = view.rebased(undo)
    assert (written.facts, staying) == ((), ["comment"])
    corrected = view.correction(undo, written)
    assert corrected is not None
    assert corrected.facts == fact_changes(NO_FACTS, DocumentFacts.of(comment="theirs"))


def test_of_a_suggestion_held_back_by_both_ours_is_what_is_held_here() -> None:
    held = Span(0, 2, "A", sources=sources_named("m 1"))
    both = replace(held, sources=sources_named("m 1", "m 2"))
    theirs = replace(make_edit("suggest", "m 1"), held=(Change(None, held),))
    ours = replace(make_edit("suggest", "m 2"), held=(Change(None, both),))
    assert underneath(theirs, [ours]).held == ()
    assert underneath(theirs, []).held == theirs.held


def test_what_was_made_while_another_programs_edit_waited_is_above_it() -> None:
    span = Span(0, 2, "A")
    sure, noted = replace(span, status="accepted"), replace(span, comment="hm")
    theirs = make_edit("comment", "ann", [Change(span, noted)])
    before, meanwhile = (
        saying(NO_FACTS, DocumentFacts.of(flagged=True)),
        make_edit("accept", "ann", [Change(span, sure)]),
    )
    made = OwnEdits()
    made.add(before)
    handed_over = made.number
    assert made.over([theirs], handed_over) == [theirs]
    made.add(meanwhile)
    assert apply([span], [meanwhile, *made.over([theirs], handed_over)]) == [sure]


def test_suggestions_stored_late_overwrite_nothing_that_another_program_decided() -> None:
    """Here the suggestions were not stored before the first decision; meanwhile another program stored
    and decided them.
    """
    first, second, third = (
        Span(start, start + 2, "A", sources=sources_named("m 1")) for start in (0, 5, 9)
    )
    sure = replace(first, status="accepted")
    view = ForeignChanges()
    suggested = [Change(None, replace(span, sources=sources_named("m 0"))) for span in (first, second)]
    theirs = [
        make_edit("suggest", "m 0", suggested),
        make_edit("accept", "ann", [Change(suggested[0].after, sure)]),
    ]
    for edit in theirs:
        view.theirs(edit)
    ours = make_edit("suggest", "m 1", [Change(None, span) for span in (first, second, third)])
    written, staying = view.rebased(ours)
    assert staying == []
    both = replace(second, sources=sources_named("m 0", "m 1"))
    in_the_journal = apply([], [*theirs, written])
    assert in_the_journal == [sure, both, third]
    corrected = view.correction(ours, written)
    assert corrected is not None
    assert apply([], [ours, *theirs, corrected]) == in_the_journal


def test_a_suggestion_that_another_program_took_away_does_not_come_back_late() -> None:
    span = Span(0, 2, "A", sources=sources_named("m 1"))
    other = Span(0, 2, "B", "accepted", sources_named("ann"))
    view = ForeignChanges()
    taking = replace(make_edit("create", "ann", [Change(None, other)]), aside=(Change(span, None),))
    view.theirs(taking)
    written, _ = view.rebased(make_edit("suggest", "m 1", [Change(None, span)]))
    assert written.changes == ()
