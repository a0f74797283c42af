"""Undo and redo reverse what their edit changed, and nothing that was changed later."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.editing import commands as edits
from annotations.editing.history import describe
from annotations.editing.open_document import OpenDocument
from annotations.editing.undo import Conflict, rebase, rebase_facts
from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS, DocumentFacts, fact_changes
from annotations.model.edit import Change, Edit, EditKind, Run, make_edit
from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme
from annotations.model.source import Source
from annotations.model.span import Span, SpanKey, replace
from annotations.model.span_index import SpanIndex
from annotations.model.value import Entity, Timex
from annotations.store.encoding import encode
from annotations.store.tinydb_file.decoding import Decoder
from tests.annotations.editing.keys import press as press_key
from tests.spans import sources_named

TEXT = "The Army of the Potomac left Fairfax on Monday, wrote Ann Lee of the Fairfax Herald.\n\nMonday."
NESTED = LabelScheme((Label("ORG", "o", nested=True), Label("GPE", "g"), Label("PERSON", "p")))


def span(words: str, label: str, status: str = "suggested", *sources: str) -> Span:
    start = TEXT.index(words)
    found = Span(
        start, start + len(words), label, sources=sources_named(*(sources or ["m 1"])), score=0.99
    )
    return replace(found, status=status)


ARMY = span("Army of the Potomac", "ORG")
POTOMAC = span("Potomac", "LOC")
ACROSS = span("The Army", "GPE")
ANN = span("Ann Lee", "PERSON")


class Desk:
    """An open document, its edits to be stored, and a second program that changes the same annotations."""

    def __init__(
        self, *suggested: Span, annotator: str = "ann", scheme: LabelScheme = ONTONOTES
    ) -> None:
        self.document = Document(TEXT, "a.txt")
        self.scheme = scheme
        self.done: list[Edit] = []
        live = AnnotationSet(self.document.sha256, annotator)
        self.opened = OpenDocument(self.document, live, scheme, self.done.append)
        if suggested:
            self.opened.session.suggest(Source.parse("m 1"), suggested, None)

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(self.opened.session.annotations.spans)

    def on(self, wanted: Span) -> OpenDocument:
        self.opened.selection.select_span(wanted.key)
        return self.opened

    def get(self, wanted: Span) -> Span | None:
        return self.opened.session.annotations.spans.get(wanted.key)

    def label(self, words: str, name: str) -> None:
        self.opened.selection.select(TEXT.index(words), TEXT.index(words) + len(words))
        self.opened.review.label(name)

    def foreign(self, kind: EditKind, *changes: Change) -> None:
        edit = make_edit(kind, self.opened.session.annotator, changes)
        self.done.append(edit)
        self.opened.session.take_over([edit])

    def reopened(self) -> "Desk":
        """The same after a restart: only what was stored is left."""
        stored = AnnotationSet(self.document.sha256, self.opened.session.annotator)
        for edit in self.done:
            stored.apply(Decoder(Edit).decode(encode(edit)))
        row = encode(stored.to_row())
        again = Desk(annotator=self.opened.session.annotator, scheme=self.scheme)
        again.done = list(self.done)
        live = AnnotationSet.from_row(Decoder(AnnotationRow).decode(row))
        again.opened = OpenDocument(self.document, live, self.scheme, again.done.append)
        return again


# What another program changed


def test_a_comment_another_program_wrote_survives_undo_and_redo() -> None:
    desk = Desk(ANN)
    desk.on(ANN).review.accept()
    accepted = replace(ANN, status="accepted")
    desk.foreign("comment", Change(accepted, replace(accepted, comment="or her sister?")))
    outcome = desk.opened.review.undo()
    assert desk.spans == (replace(ANN, comment="or her sister?"),)
    assert outcome.message == "Undone: accepted “Ann Lee” PERSON."
    desk.opened.review.redo()
    assert desk.spans == (replace(accepted, comment="or her sister?"),)
    assert desk.reopened().spans == desk.spans


def test_undo_steps_over_what_another_program_did_not_into_it() -> None:
    desk = Desk(ANN, ARMY)
    accepted = replace(ARMY, status="accepted")
    desk.foreign("accept", Change(ARMY, accepted))
    assert "nothing to undo" in desk.opened.review.undo().message
    assert desk.get(ARMY) == accepted
    # After a restart there is only one history.
    again = desk.reopened()
    again.opened.review.undo()
    assert again.get(ARMY) == ARMY


def test_a_span_that_somebody_commented_on_stays_and_that_is_said() -> None:
    desk = Desk()
    desk.label("Ann Lee", "PERSON")
    (own,) = desk.spans
    desk.foreign("comment", Change(own, replace(own, comment="sure?")))
    outcome = desk.opened.review.undo()
    assert desk.spans == (replace(own, comment="sure?"),)
    assert outcome.message == "Not undone: “Ann Lee” PERSON has been changed since and is kept."
    assert outcome.edit is not None
    step = desk.opened.session.annotations.redo[-1]
    assert describe(outcome.edit, TEXT, step) == "could not undo: labelled “Ann Lee” PERSON"
    assert "nothing to undo" in desk.opened.review.undo().message
    desk.opened.review.redo()
    assert desk.spans == (replace(own, comment="sure?"),)


def test_what_somebody_removed_is_not_brought_back_by_undoing_what_was_before() -> None:
    desk = Desk(ANN)
    desk.on(ANN).review.accept()
    accepted = replace(ANN, status="accepted")
    desk.foreign("remove", Change(accepted, None))
    outcome = desk.opened.review.undo()
    assert len(desk.spans) == 0
    assert outcome.message.endswith("“Ann Lee” PERSON no longer exists.")
    assert outcome.message.startswith("Not undone")
    desk.opened.review.redo()
    assert desk.spans == ()


def test_a_later_decision_of_somebody_else_stays() -> None:
    desk = Desk(ANN)
    desk.on(ANN).review.accept()
    accepted = replace(ANN, status="accepted")
    desk.foreign("reject", Change(accepted, replace(ANN, status="rejected")))
    assert "has been changed since and is kept" in desk.opened.review.undo().message
    assert desk.spans == (replace(ANN, status="rejected"),)


def test_what_was_undone_can_be_redone_after_another_programs_edit() -> None:
    desk = Desk(ANN, ARMY)
    desk.on(ANN).review.accept()
    desk.on(ARMY).review.accept()
    desk.opened.review.undo()
    desk.opened.review.undo()
    desk.foreign("flag", Change(ANN, replace(ANN, flagged=True)))
    assert [describe(edit, TEXT) for edit in desk.opened.session.undone] == [
        "accepted “Army of the Potomac” ORG",
        "accepted “Ann Lee” PERSON",
    ]
    desk.opened.review.redo()
    assert desk.get(ANN) == replace(ANN, status="accepted", flagged=True)
    desk.opened.review.redo()
    assert desk.get(ARMY) == replace(ARMY, status="accepted")
    assert "nothing to redo" in desk.opened.review.redo().message
    again = desk.reopened()
    again.opened.review.undo()
    again.opened.review.undo()
    assert again.get(ARMY) == ARMY
    assert again.get(ANN) == replace(ANN, flagged=True)


def test_redo_does_not_do_again_what_another_program_did_and_undid() -> None:
    desk = Desk(ANN)
    desk.on(ANN).review.accept()
    desk.opened.review.undo()
    theirs = make_edit("accept", "ann", [Change(ARMY, replace(ARMY, status="accepted"))])
    undone = make_edit("undo", "ann", [Change(replace(ARMY, status="accepted"), ARMY)], of=theirs.id)
    desk.opened.session.take_over([theirs, undone])
    assert [describe(edit, TEXT) for edit in desk.opened.session.undone] == ["accepted “Ann Lee” PERSON"]
    desk.opened.review.redo()
    assert desk.spans == (ARMY, replace(ANN, status="accepted"))
    assert "nothing to redo" in desk.opened.review.redo().message


def test_a_new_decision_forgets_what_could_be_redone_also_after_a_foreign_edit() -> None:
    desk = Desk(ANN, ARMY)
    desk.on(ANN).review.accept()
    desk.opened.review.undo()
    desk.foreign("flag", Change(ARMY, replace(ARMY, flagged=True)))
    desk.label("Fairfax", "GPE")
    assert "nothing to redo" in desk.opened.review.redo().message


def test_a_label_is_not_set_back_onto_a_span_that_is_there_by_now() -> None:
    desk = Desk(ANN)
    desk.on(ANN).review.label("ORG")
    theirs = replace(ANN, status="accepted", sources=sources_named("ann"))
    desk.foreign("create", Change(None, theirs))
    outcome = desk.opened.review.undo()
    assert {s.label for s in desk.spans} == {"ORG", "PERSON"}
    assert "the earlier span is there again" in outcome.message


def test_values_aliases_and_facts_go_back_one_by_one() -> None:
    desk = Desk(span("Monday", "DATE"), ANN)
    opened = desk.on(span("Monday", "DATE"))
    opened.properties.set_timex("2020-06-08")
    monday = desk.get(span("Monday", "DATE"))
    assert monday is not None
    desk.foreign("comment", Change(monday, replace(monday, comment="which?")))
    opened.review.undo()
    assert desk.get(monday) == replace(span("Monday", "DATE"), comment="which?")
    desk.on(ANN).entity_linking.name_entity("Ann Lee, Q1")
    named = desk.get(ANN)
    assert named is not None
    other = replace(named, value=Entity("Anna Leigh", origin="person"))
    desk.foreign("value", Change(named, other))
    outcome = opened.review.undo()
    assert desk.get(ANN) == replace(other, status="suggested")
    assert (
        outcome.message
        == "Undone, but the value of “Ann Lee” PERSON has been changed since and is kept."
    )
    opened.session.set_facts(DocumentFacts.of(comment="check"), cursor=0)
    said = fact_changes(DocumentFacts.of(comment="check"), DocumentFacts.of(comment="checked"))
    desk.opened.session.take_over([make_edit("document", "ann", (), said)])
    assert (
        "Not undone: the comment on the document has been changed since" in opened.review.undo().message
    )
    assert opened.session.annotations.facts == DocumentFacts.of(comment="checked")


def test_refused_names_of_two_programs_are_undone_apart() -> None:
    lee, leigh = ("A", "Ann", "Lee"), ("A", "Ann", "Leigh")
    undone = fact_changes(DocumentFacts.of(refused=[lee]), NO_FACTS)
    changes, conflicts = rebase_facts(undone, DocumentFacts.of(refused=[leigh, lee]))
    assert conflicts == ()
    assert [change.after.refused for change in changes] == [{leigh}]


# Suggestions that were held back


def test_a_suggestion_that_came_while_a_decision_stood_is_there_after_undo() -> None:
    desk = Desk()
    desk.label("Ann Lee", "PERSON")
    later = (replace(ANN, sources=sources_named("m 2")), span("Lee", "PERSON", "suggested", "m 2"))
    desk.opened.session.suggest(Source.parse("m 2"), later, Run(Source.parse("m 2"), 0, len(TEXT)))
    assert len(desk.spans) == 1
    again = desk.reopened()
    again.opened.review.undo()
    assert again.spans == later
    again.opened.review.redo()
    assert [s.status for s in again.spans] == ["accepted"]
    again.opened.review.undo()
    assert again.spans == later


@pytest.mark.parametrize("decide", ["accept", "reject"])
def test_who_else_suggests_a_decided_span_is_known_after_undo(decide: str) -> None:
    desk = Desk(ANN)
    press_key(desk.on(ANN), decide)
    desk.opened.session.suggest(Source.parse("m 2"), [replace(ANN, sources=sources_named("m 2"))], None)
    assert [s.sources for s in desk.spans] == [sources_named("m 1")]
    desk.opened.review.undo()
    assert desk.spans == (replace(ANN, sources=sources_named("m 1", "m 2")),)


def test_shrinking_or_removing_a_span_gives_the_suggestions_back() -> None:
    lee = span("of the Fairfax Herald", "ORG")
    desk = Desk(span("Fairfax Herald", "ORG"))
    desk.label("Ann Lee", "PERSON")
    desk.opened.session.suggest(
        Source.parse("m 1"), [span("Lee of", "PERSON"), span("Lee", "ORG")], None
    )
    assert len(desk.spans) == 2
    desk.on(span("Ann Lee", "PERSON")).resizing.shrink_right()
    assert [TEXT[s.start : s.end] for s in desk.spans[:3]] == ["Ann", "Lee of", "Lee"]
    desk.opened.review.undo()
    assert len(desk.spans) == 2
    desk.on(span("Ann Lee", "PERSON")).review.reject()
    assert [TEXT[s.start : s.end] for s in desk.spans[:2]] == ["Lee of", "Lee"]
    assert lee.key not in desk.opened.session.annotations.spans


def test_a_removed_span_is_not_suggested_at_once_but_after_undoing_all() -> None:
    desk = Desk()
    desk.label("Ann Lee", "PERSON")
    desk.opened.session.suggest(Source.parse("m 1"), [ANN], None)
    desk.opened.review.reject()
    assert list(desk.spans) == []
    desk.opened.review.undo()
    desk.opened.review.undo()
    assert desk.spans == (ANN,)


def test_an_import_is_undone_with_what_it_held_back_and_what_others_suggest_stays() -> None:
    desk = Desk()
    suggestion = replace(ANN, sources=sources_named("import a.ann"))
    live = desk.opened.session.annotations
    edit = make_edit("import", "ann", edits.suggest(live.spans, [suggestion]))
    live.apply(edit)
    desk.done.append(edit)
    desk.opened.session.suggest(Source.parse("m 1"), [ANN], None)
    assert desk.spans[0].sources == sources_named("import a.ann", "m 1")
    desk.opened.review.undo()
    assert desk.spans == (ANN,)
    desk.opened.review.redo()
    assert desk.spans[0].sources == sources_named("m 1", "import a.ann")


def test_a_restored_state_is_undone_around_what_came_since() -> None:
    desk = Desk(ANN, ARMY)
    restored = make_edit("restore", "ann", [Change(ANN, None), Change(ARMY, None)])
    desk.opened.session.annotations.apply(restored)
    later = replace(ANN, sources=sources_named("m 2"), comment="new")
    desk.foreign("suggest", Change(None, later))
    outcome = desk.opened.review.undo()
    assert desk.get(ARMY) == ARMY
    back = desk.get(ANN)
    assert back is not None
    assert back.comment == "new"
    assert set(back.sources) == {*sources_named("m 1", "m 2")}
    assert outcome.message.startswith("Undone: went back to an earlier state")


# Longer spans


@pytest.mark.parametrize("way", ["enter", "letter", "create", "relabel", "resize", "A", "value"])
def test_a_longer_span_takes_suggestions_inside_and_across_away(way: str) -> None:
    inside = (POTOMAC, ACROSS)
    if way == "create":
        desk = Desk(*inside)
    elif way == "resize":
        desk = Desk(span("Army of the", "ORG"), *inside)
    else:
        desk = Desk(ARMY, *inside)
    before = desk.spans
    opened = desk.opened
    match way:
        case "enter":
            desk.on(ARMY).review.accept()
        case "letter":
            desk.on(ARMY).review.label("ORG")
        case "create":
            desk.label("Army of the Potomac", "ORG")
        case "relabel":
            desk.on(ARMY).review.label("EVENT")
        case "resize":
            desk.on(span("Army of the", "ORG")).resizing.grow_right()
        case "A":
            opened.selection.place(0)
            assert opened.review.accept_paragraph().message == "1 accepted."
        case "value":
            desk.on(ARMY).entity_linking.name_entity("Army of the Potomac")
    (one,) = desk.spans
    assert (one.start, one.end, one.status) == (ARMY.start, ARMY.end, "accepted")
    # The next run of the pipeline, or of another one, does not bring them back.
    opened.session.suggest(
        Source.parse("m 2"), [replace(s, sources=sources_named("m 2")) for s in inside], None
    )
    opened.session.suggest(Source.parse("m 1"), inside, None)
    assert desk.spans == (one,)
    again = desk.reopened()
    assert again.spans == (one,)
    again.opened.review.undo()
    assert {(s.key, s.status) for s in again.spans} == {(s.key, s.status) for s in before}
    assert {s.sources for s in again.spans if s.key in {i.key for i in inside}} == {
        sources_named("m 1", "m 2")
    }


def test_one_step_for_all_mentions_takes_what_is_inside_each_away() -> None:
    text = "The Potomac Army rests. The Potomac Army waits."
    document = Document(text, "b.txt")
    opened = OpenDocument(document, AnnotationSet(document.sha256, "ann"), ONTONOTES)
    places = [at for at in range(len(text)) if text.startswith("Potomac", at)]
    opened.session.suggest(
        Source.parse("m 1"),
        [Span(at, at + 7, "LOC", sources=sources_named("m 1")) for at in places],
        None,
    )
    opened.selection.select(places[0], places[0] + len("Potomac Army"))
    opened.review.label("ORG")
    opened.propagation.propagate()
    assert opened.propagation.apply().message == "1 labelled ORG."
    assert [s.label for s in opened.session.annotations.spans] == ["ORG", "ORG"]
    opened.review.undo()
    spans = opened.session.annotations.spans
    assert [(s.label, s.status) for s in spans] == [("ORG", "accepted"), ("ORG", "suggested")]
    opened.review.undo()
    assert [s.label for s in spans] == ["LOC", "LOC"]


def test_nested_keeps_those_inside_and_lets_new_ones_in() -> None:
    desk = Desk(ARMY, POTOMAC, ACROSS, scheme=NESTED)
    desk.on(ARMY).review.accept()
    assert [s.key for s in desk.spans] == [ARMY.key, POTOMAC.key]
    new = span("Potomac", "GPE")
    desk.opened.session.suggest(Source.parse("m 1"), [new, span("of the Potomac left", "GPE")], None)
    assert {s.key for s in desk.spans} == {ARMY.key, POTOMAC.key, new.key}
    desk = Desk(ARMY, POTOMAC, ACROSS, scheme=NESTED)
    assert desk.opened.review.accept_document().message == "2 accepted."


def test_what_was_taken_away_counts_nowhere_and_what_a_person_noted_stays() -> None:
    desk = Desk(ARMY, POTOMAC, ACROSS)
    desk.on(ACROSS).properties.comment("is it the article?")
    desk.on(ARMY).review.accept()
    assert [(s.key, s.status) for s in desk.spans] == [
        (ACROSS.key, "suggested"),
        (ARMY.key, "accepted"),
    ]
    assert desk.opened.session.annotations.spans.count() == 2
    assert desk.opened.session.annotations.spans.count(status="rejected") == 0


def test_a_longer_or_neighbouring_suggestion_stays() -> None:
    desk = Desk(ARMY, POTOMAC, ANN)
    desk.on(POTOMAC).review.accept()
    assert len(desk.spans) == 3


def test_undoing_a_span_that_stays_in_conflict_brings_nothing_back_inside_it() -> None:
    desk = Desk(POTOMAC)
    desk.label("Army of the Potomac", "ORG")
    (army,) = desk.spans
    desk.foreign("comment", Change(army, replace(army, comment="whole name")))
    desk.opened.review.undo()
    assert [s.key for s in desk.spans] == [army.key]


def test_of_two_readings_of_one_extent_the_surer_is_accepted() -> None:
    org, person = replace(ARMY, score=0.98), replace(ARMY, label="PERSON", score=0.99)
    desk = Desk(org, person)
    desk.opened.review.accept_document()
    assert desk.spans == (replace(person, status="accepted"),)


# Two annotators, and an annotator with the name of a suggester


@pytest.mark.parametrize("name", ["dates", "m 1", "import x", "en_core_web_sm 3.8.0"])
def test_an_annotator_called_like_a_suggester_decides_as_any_other(name: str) -> None:
    desk = Desk(annotator=name)
    suggestion = replace(ANN, sources=sources_named(name))
    desk.opened.effort.press(0.0)
    desk.opened.session.suggest(Source.parse(name), [suggestion], None)
    assert desk.opened.session.annotations.keys == 0
    desk.opened.selection.select_span(ANN.key)
    desk.opened.review.accept()
    desk.opened.selection.select_span(ANN.key)
    desk.opened.review.reject()
    assert [s.status for s in desk.spans] == ["rejected"]
    desk.opened.review.undo()
    desk.opened.review.undo()
    assert [s.status for s in desk.spans] == ["suggested"]
    desk.opened.selection.select_span(ANN.key)
    desk.opened.review.reject()
    assert [s.status for s in desk.spans] == ["rejected"]


# Any edits


KEYS = st.sampled_from(
    ["accept", "reject", "A", "GPE", "ORG", "grow", "shrink", "create", "flag", "comment", "name", "*"]
)


def press(desk: Desk, key: str, at: int) -> None:
    opened = desk.opened
    spans = list(opened.session.annotations.spans)
    if key == "create" or not spans:
        opened.selection.select(at % len(TEXT), min(at % len(TEXT) + at % 30, len(TEXT)))
        opened.review.label("ORG" if at % 2 else "GPE")
        return
    opened.selection.select_span(spans[at % len(spans)].key)
    match key:
        case "accept":
            opened.review.accept()
        case "reject":
            opened.review.reject()
        case "A":
            opened.review.accept_paragraph()
        case "grow":
            opened.resizing.grow_right()
        case "shrink":
            opened.resizing.shrink_left()
        case "flag":
            opened.properties.toggle_flag()
        case "comment":
            opened.properties.comment(f"note {at}")
        case "name":
            opened.entity_linking.name_entity(f"Q{at}")
        case "*":
            opened.propagation.propagate()
            if opened.propagation.preview is not None:
                opened.propagation.apply()
        case _:
            opened.review.label(key)


SUGGESTIONS = st.lists(
    st.builds(
        lambda start, length, label, source: Span(
            start, min(start + length, len(TEXT)), label, sources=sources_named(source)
        ),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 25),
        st.sampled_from(["ORG", "GPE"]),
        st.sampled_from(["m 1", "m 2"]),
    ),
    max_size=6,
)


@example(
    [], [("create", 30), ("flag", 1), ("reject", 0)], False
)  # a carried suggestion that was flagged
@given(SUGGESTIONS, st.lists(st.tuples(KEYS, st.integers(0, 200)), max_size=12), st.booleans())
def test_undo_is_the_inverse_of_an_edit_and_redo_of_undo(
    suggested: list[Span], keys: list[tuple[str, int]], nested: bool
) -> None:
    desk = Desk(*suggested, scheme=NESTED if nested else ONTONOTES)
    live = desk.opened.session.annotations

    def state() -> tuple[object, ...]:
        row = live.to_row()
        return row.spans, row.held, row.facts

    states = [state()]
    for key, at in keys:
        before = len(live.undo)
        press(desk, key, at)
        if len(live.undo) > before:
            states.append(state())
    for earlier in reversed(states[:-1]):
        assert "Not undone" not in desk.opened.review.undo().message
        assert state() == earlier
    for later in states[1:]:
        desk.opened.review.redo()
        assert state() == later
    assert desk.reopened().opened.session.annotations.to_row() == live.to_row()


def corrected(desk: Desk, how: str) -> Span:
    """Correct a suggestion, then let its suggester suggest the corrected span. Return this suggestion."""
    if how == "relabel":
        desk.on(ARMY).review.label("GPE")
    else:
        desk.on(ARMY).resizing.grow_right()
    (made,) = desk.spans
    again = Span(made.start, made.end, made.label, sources=sources_named("m 1"), score=0.5)
    desk.opened.session.suggest(Source.parse("m 1"), [again], None)
    assert desk.spans == (made,)
    return again


@pytest.mark.parametrize("how", ["relabel", "resize"])
def test_what_a_suggester_says_of_its_own_corrected_suggestion_is_there_once_all_is_undone(
    how: str,
) -> None:
    for reopen in (False, True):
        desk = Desk(ARMY)
        again = corrected(desk, how)
        desk = desk.reopened() if reopen else desk
        desk.opened.review.undo()
        assert {one.key for one in desk.spans} == {ARMY.key, again.key}
        assert {one.status for one in desk.spans} == {"suggested"}
        assert len(desk.opened.session.annotations.held) == 0
        desk.opened.review.redo()
        assert [(one.key, one.status) for one in desk.spans] == [(again.key, "accepted")]


def test_what_was_accepted_as_it_was_suggested_is_not_said_anew_by_its_suggester() -> None:
    desk = Desk(ARMY)
    desk.on(ARMY).review.accept()
    desk.opened.session.suggest(Source.parse("m 1"), [ARMY], None)
    assert len(desk.opened.session.annotations.held) == 0


@example(
    [
        [Span(4, 8, "ORG", sources=sources_named("m 1"))],
        ("GPE", 0),
        [Span(4, 8, "GPE", sources=sources_named("m 1"))],
    ]
)
@given(
    st.lists(st.one_of(SUGGESTIONS, st.tuples(KEYS, st.integers(0, 200))), max_size=12),
)
def test_undoing_all_leaves_what_was_suggested(script: list[object]) -> None:
    desk, bare = Desk(), Desk()
    for entry in script:
        if isinstance(entry, list):
            desk.opened.session.suggest(Source.parse("m"), entry, None)
            bare.opened.session.suggest(Source.parse("m"), entry, None)
        elif isinstance(entry, tuple):
            press(desk, *entry)
    while "nothing to undo" not in desk.opened.review.undo().message:
        pass
    assert [(s.key, s.status, {*s.sources}) for s in desk.spans] == [
        (s.key, s.status, {*s.sources}) for s in bare.spans
    ]
    assert len(desk.opened.session.annotations.held) == 0


@given(SUGGESTIONS, KEYS, st.integers(0, 200), st.data())
def test_other_fields_that_somebody_else_changed_survive(
    suggested: list[Span], key: str, at: int, data: st.DataObject
) -> None:
    desk = Desk(*suggested)
    press(desk, key, at)
    if not desk.opened.session.annotations.undo:
        return
    step = desk.opened.session.annotations.undo[-1]
    kept = [c.after for c in step.changes if c.before is not None and c.after is not None]
    if not kept:
        return
    touched = data.draw(st.sampled_from(kept))
    before = next(c.before for c in step.changes if c.after == touched)
    assert before is not None
    if key == "comment":
        theirs = replace(touched, flagged=not touched.flagged)
    else:
        theirs = replace(touched, comment=touched.comment + " and theirs")
    desk.foreign("comment", Change(touched, theirs))
    desk.opened.review.undo()
    back = desk.get(before)
    assert back is not None
    assert (back.status, back.value, back.sources) == (before.status, before.value, before.sources)
    if key == "comment":
        assert (back.flagged, back.comment) == (theirs.flagged, before.comment)
    else:
        assert back.comment == theirs.comment
    desk.opened.review.redo()
    again = desk.get(touched)
    assert again == theirs


def test_changes_of_one_edit_free_extents_for_each_other() -> None:
    one, other = span("Ann Lee", "ORG"), span("Ann Lee", "GPE", "accepted", "ann")
    merged = replace(one, label="GPE", status="accepted", sources=sources_named("m 1", "ann"))
    step = (Change(other, None), Change(one, merged))
    back = rebase(edits.inverse(step), SpanIndex([merged]))
    assert back.conflicts == ()
    assert {change.after for change in back.changes} == {one, other}
    # If the span that should move away stays, no other span takes its place.
    changed = replace(merged, status="rejected")
    stuck = rebase(edits.inverse(step), SpanIndex([changed]))
    assert stuck.changes == ()
    assert {conflict.clash for conflict in stuck.conflicts} == {"decision", "occupied"}


def test_a_value_is_no_reason_to_keep_what_nobody_else_touched() -> None:
    date = Span(0, 3, "DATE", "accepted", sources_named("ann"), value=Timex("DATE", "2020"))
    assert rebase([Change(date, None)], SpanIndex([date])).changes == (Change(date, None),)
    assert rebase([Change(date, None)], SpanIndex()).conflicts == ()
    gone = rebase([Change(date, replace(date, value=None))], SpanIndex())
    assert gone.conflicts == (Conflict("gone", date),)
    assert SpanKey(0, 3, "DATE") == date.key


def test_a_suggestion_that_came_where_a_relabelled_one_was_is_one_with_it_after_undo() -> None:
    first = Span(0, 3, "ORG", sources=sources_named("m 1"))
    desk = Desk(first)
    opened = desk.opened
    opened.selection.select_span(first.key)
    opened.review.label("GPE")
    opened.selection.select_span(SpanKey(0, 3, "GPE"))
    opened.review.reject()
    opened.session.suggest(Source.parse("m 2"), [Span(0, 3, "ORG", sources=sources_named("m 2"))], None)
    opened.review.undo()
    opened.review.undo()
    assert [(s.key, s.status, s.sources) for s in desk.spans] == [
        (first.key, "suggested", sources_named("m 1", "m 2"))
    ]
