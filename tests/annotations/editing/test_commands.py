from hypothesis import given
from hypothesis import strategies as st

from annotations.editing import commands as edits
from annotations.model.annotation_set import AnnotationRow, AnnotationSet, has_read, merge_runs
from annotations.model.document_facts import DocumentFacts, FactChange
from annotations.model.edit import Change, Edit, Run, make_edit
from annotations.model.span import Span, replace
from annotations.model.span_index import SpanIndex
from annotations.model.value import Entity, Timex
from tests.spans import sources_named

SUGGESTED = Span(4, 9, "ORG", sources=sources_named("model 1"))


def test_an_accepted_suggestion_keeps_saying_where_it_came_from() -> None:
    (change,) = edits.accept(SUGGESTED)
    assert change.after == replace(SUGGESTED, status="accepted")
    assert change.after.sources == sources_named("model 1")


def test_a_corrected_suggestion_names_both() -> None:
    (change,) = edits.relabel(SpanIndex([SUGGESTED]), SUGGESTED, "GPE", "ann")
    assert change.after == Span(4, 9, "GPE", "accepted", sources_named("model 1", "ann"))


def test_relabelling_onto_a_span_that_is_there_leaves_one() -> None:
    there = Span(4, 9, "GPE", "accepted", sources_named("ann"))
    annotations = AnnotationSet("d", "ann")
    annotations.spans = SpanIndex([SUGGESTED, there])
    changes = edits.relabel(annotations.spans, SUGGESTED, "GPE", "ann")
    annotations.apply(make_edit("relabel", "ann", changes))
    assert [span.label for span in annotations.spans] == ["GPE"]
    annotations.apply(make_edit("undo", "ann", edits.inverse(changes)))
    assert list(annotations.spans) == sorted([SUGGESTED, there], key=lambda s: s.label)


def test_a_rejected_suggestion_stays_known_and_an_own_span_goes() -> None:
    assert edits.reject(SUGGESTED, "ann")[0].after == replace(SUGGESTED, status="rejected")
    assert edits.reject(Span(0, 3, "X", "accepted", sources_named("ann")), "ann")[0].after is None


def test_a_resized_date_loses_the_value_a_rule_gave_but_not_a_person() -> None:
    for origin, kept in (("rule", False), ("person", True)):
        date = Span(0, 4, "DATE", value=Timex("DATE", "2021", origin=origin))  # type: ignore[arg-type]
        (change,) = edits.resize(SpanIndex([date]), date, 0, 9, "ann")
        assert change.after is not None
        assert (change.after.value is not None) == kept


def test_a_suggestion_never_stands_against_a_decision() -> None:
    decided = SpanIndex(
        [
            Span(0, 10, "ORG", "accepted", sources_named("ann")),
            Span(20, 30, "GPE", "rejected", sources_named("model 1")),
        ]
    )
    against = [
        Span(0, 10, "ORG"),
        Span(0, 10, "GPE"),
        Span(5, 15, "LOC"),
        Span(2, 6, "ORG"),
        Span(20, 30, "GPE"),
    ]
    beside = [Span(2, 6, "GPE"), Span(20, 30, "LOC"), Span(22, 26, "GPE"), Span(40, 44, "ORG")]
    changes = edits.suggest(decided, against + beside)
    assert [change.after for change in changes] == beside


def test_two_suggesters_that_agree_are_one_suggestion_of_two_sources() -> None:
    spans = SpanIndex([SUGGESTED])
    (change,) = edits.suggest(spans, [replace(SUGGESTED, sources=sources_named("model 2"))])
    assert change == Change(SUGGESTED, replace(SUGGESTED, sources=sources_named("model 1", "model 2")))
    spans.add(replace(SUGGESTED, sources=sources_named("model 1", "model 2")))
    assert edits.suggest(spans, [replace(SUGGESTED, sources=sources_named("model 2"))]) == ()


def test_the_same_suggestion_twice_in_one_batch_is_one() -> None:
    changes = edits.suggest(SpanIndex(), [SUGGESTED, SUGGESTED])
    assert [change.after for change in changes] == [SUGGESTED]


def test_an_edit_that_changes_nothing_is_empty() -> None:
    accepted = replace(SUGGESTED, status="accepted")
    spans = SpanIndex([accepted])
    assert edits.accept(accepted) == ()
    assert edits.relabel(spans, accepted, "ORG", "ann") == ()
    assert edits.resize(spans, accepted, 4, 9, "ann") == ()
    assert edits.set_comment(accepted, "") == edits.set_flag(accepted, False) == ()


def test_setting_a_value_decides() -> None:
    value = Entity("Rotterdam", "Q34370")
    assert edits.set_value(SUGGESTED, value)[0].after == replace(
        SUGGESTED, value=value, status="accepted"
    )


def test_readings_that_touch_become_one() -> None:
    m, n = sources_named("m", "n")
    runs = [Run(m, 20, 30), Run(m, 0, 10), Run(m, 10, 20), Run(n, 0, 5), Run(m, 40, 50)]
    assert merge_runs(runs) == [Run(m, 0, 30), Run(m, 40, 50), Run(n, 0, 5)]
    annotations = AnnotationSet("d", "ann")
    annotations.runs = merge_runs(runs)
    assert has_read(annotations.runs, m, 5, 25)
    assert not has_read(annotations.runs, m, 25, 45)


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, int]]:
    kinds = ["label", "relabel", "resize", "accept", "reject", "undo", "redo", "suggest"]
    return draw(st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 40)), max_size=30))


@given(steps())
def test_replaying_a_history_and_undoing_it_all_leads_back(script: list[tuple[str, int]]) -> None:
    live, replayed = AnnotationSet("d", "ann"), AnnotationSet("d", "ann")
    for kind, number in script:
        for edit in _edit(live, kind, number):
            live.apply(edit)
            replayed.apply(edit)
    assert replayed.to_row() == live.to_row()
    assert AnnotationSet.from_row(live.to_row()).to_row() == live.to_row()
    while live.undo:
        step = live.undo[-1]
        live.apply(make_edit("undo", "ann", edits.inverse(step.changes), of=step.id))
    assert all(span.status == "suggested" for span in live.spans)
    while live.redo:
        step = live.redo[-1]
        live.apply(make_edit("redo", "ann", step.changes, of=step.id))
    redone = AnnotationRow("d", "ann", tuple(live.spans))
    while replayed.redo:
        step = replayed.redo[-1]
        replayed.apply(make_edit("redo", "ann", step.changes, of=step.id))
    assert redone.spans == tuple(replayed.spans)


def _edit(annotations: AnnotationSet, kind: str, number: int) -> list[Edit]:
    spans = annotations.spans
    some = [span for span in spans if span.start < 1000]
    span = some[number % len(some)] if some else None
    if kind == "suggest":
        # Suggestions far from all other spans: undo of a decision must not depend on later suggestions.
        new = Span(1000 + number, 1001 + number, "S")
        return [make_edit("suggest", "model", edits.suggest(spans, [new]))]
    if kind == "undo" and annotations.undo:
        step = annotations.undo[-1]
        return [make_edit("undo", "ann", edits.inverse(step.changes), of=step.id)]
    if kind == "redo" and annotations.redo:
        step = annotations.redo[-1]
        return [make_edit("redo", "ann", step.changes, of=step.id)]
    if kind == "label" or span is None:
        changes = edits.label_range(spans, number, number + 3, "AB"[number % 2], "ann")
    elif kind == "relabel":
        changes = edits.relabel(spans, span, "AB"[number % 2], "ann")
    elif kind == "resize":
        changes = edits.resize(spans, span, number, number + 2, "ann")
    elif kind == "accept":
        changes = edits.accept(span)
    else:
        changes = edits.reject(span, "ann")
    return [make_edit("create", "ann", changes)] if changes else []


def test_a_relabelled_date_loses_its_value_and_an_entity_keeps_it() -> None:
    for value, kept in (
        (Timex("DATE", "2021", origin="rule"), None),
        (Timex("DATE", "2021", origin="person"), None),
        (Entity(name="May Day"), Entity(name="May Day")),
    ):
        span = Span(0, 4, "DATE", "accepted", sources_named("ann"), value=value)
        (change,) = edits.relabel(SpanIndex([span]), span, "EVENT", "ann")
        assert change.after is not None
        assert change.after.value == kept
        (same,) = edits.relabel(SpanIndex(), replace(span, status="suggested"), "DATE", "ann")
        assert same.after is not None
        assert same.after.value == value


def imported_before(*spans: Span, facts: tuple[FactChange, ...] = ()) -> AnnotationSet:
    annotations = AnnotationSet("d", "ann")
    changes = [Change(None, span) for span in spans]
    annotations.apply(make_edit("import", "ann", changes, facts))
    return annotations


def test_spans_of_a_file_become_decisions_of_its_annotator_where_nobody_decided() -> None:
    live = imported_before(SUGGESTED, replace(SUGGESTED, label="GPE", status="rejected"))
    accepted = replace(SUGGESTED, status="accepted", sources=())
    changes = edits.decide_as_imported(
        live, [accepted, replace(accepted, label="GPE"), Span(20, 22, "ORG", "rejected")]
    )
    own = sources_named("ann")
    assert changes == (
        Change(SUGGESTED, replace(accepted, sources=own)),
        Change(None, Span(20, 22, "ORG", "rejected", own)),
    )


def test_a_suggestion_of_a_file_changes_no_suggestion_that_is_there() -> None:
    assert edits.decide_as_imported(imported_before(SUGGESTED), [SUGGESTED]) == ()


def test_a_decision_that_was_imported_and_removed_does_not_come_back() -> None:
    accepted = replace(SUGGESTED, status="accepted")
    live = imported_before(accepted)
    live.apply(make_edit("remove", "ann", [Change(accepted, None)]))
    assert edits.decide_as_imported(live, [accepted]) == ()
    never = AnnotationSet("d", "ann")
    assert edits.decide_as_imported(never, [accepted]) == (Change(None, accepted),)


def test_facts_of_a_file_are_set_where_there_are_none_and_were_none() -> None:
    live = imported_before(facts=(FactChange("comment", "", "first"),))
    live.apply(make_edit("document", "ann", (), (FactChange("comment", "first", ""),)))
    live.apply(make_edit("document", "ann", (), (FactChange("flag", "", "yes"),)))
    facts = DocumentFacts.of(comment="again", flagged=True, creation_time="2021", done=True)
    assert edits.facts_as_imported(live, facts) == (FactChange("created", "", "2021"),)


def test_an_import_marks_as_done_what_is_wanted_or_complete_and_not_anew_what_it_marked_before() -> None:
    marks = (FactChange("done", "", "yes"),)
    fresh = AnnotationSet("d", "ann")
    assert edits.done_as_imported(fresh, complete=True, wanted=None) == marks
    assert edits.done_as_imported(fresh, complete=False, wanted=None) == ()
    assert edits.done_as_imported(fresh, complete=True, wanted=False) == ()
    assert edits.done_as_imported(fresh, complete=False, wanted=True) == marks
    live = imported_before(facts=marks)
    assert edits.done_as_imported(live, complete=True, wanted=True) == ()
    assert edits.done_as_imported(live, complete=True, wanted=False) == ()
    taken_back = (FactChange("done", "yes", ""),)
    live.apply(make_edit("document", "ann", (), taken_back))
    assert edits.done_as_imported(live, complete=True, wanted=None) == ()
    assert edits.done_as_imported(live, complete=True, wanted=True) == marks
    undone = imported_before(facts=marks)
    undone.apply(make_edit("undo", "ann", (), taken_back, of=undone.undo[-1].id))
    assert undone.redo
    assert edits.done_as_imported(undone, complete=True, wanted=None) == ()
    by_hand = AnnotationSet("d", "ann")
    by_hand.apply(make_edit("document", "ann", (), marks))
    by_hand.apply(make_edit("document", "ann", (), taken_back))
    assert edits.done_as_imported(by_hand, complete=True, wanted=None) == marks
