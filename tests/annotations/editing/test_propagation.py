import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.editing.open_document import OpenDocument
from annotations.editing.propagation_preview import Preview, changes, preview
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.span import Span, SpanKey, Status
from annotations.model.span_index import SpanIndex
from annotations.text import segmentation as words
from annotations.text.phrase import same_words
from tests.annotations.editing.keys import press
from tests.spans import sources_named
from tests.texts import texts

TEXT = """\
Ford said Ford would not build in Fordham. The Ford Foundation denied it; FORD did too.
"Ford," he said. Oxford's Ford's, pre-Ford and New
York: New York, New\u00a0York, New

York. Zoë met Zoe\u0308 and Zoe.
"""


def span(
    place: int | str, label: str, status: Status = "suggested", text: str = TEXT, of: str = ""
) -> Span:
    start = text.index(place) if isinstance(place, str) else place
    return Span(start, start + len(of or str(place)), label, status, sources_named("model 1"))


def proposed(
    words_: str,
    *spans: Span,
    label: str = "ORG",
    text: str = TEXT,
    removing: bool = False,
    any_case: bool = False,
    decided_too: bool = False,
) -> tuple[list[str], Preview]:
    start = text.index(words_)
    of = SpanKey(start, start + len(words_), label)
    wanted = Preview(of, label, removing, any_case, decided_too)
    found = preview(text, SpanIndex(spans), wanted)
    shown = [f"{text[max(s - 4, 0) : s]}[{text[s:e]}]" for s, e in found.mentions]
    return shown, found


def test_whole_words_only_and_case_matters() -> None:
    shown, _ = proposed("Ford")
    assert shown == ["aid [Ford]", "The [Ford]", 'o.\n"[Ford]', "d's [Ford]", "pre-[Ford]"]


def test_case_can_be_left_aside() -> None:
    shown, _ = proposed("Ford", any_case=True)
    assert "it; [FORD]" in shown
    assert len(shown) == 6


def test_a_name_over_a_line_break_is_the_same_but_not_over_a_paragraph() -> None:
    shown, _ = proposed("New York", label="GPE")
    assert shown == ["and [New\nYork]", "rk, [New\u00a0York]"]


def test_letters_read_the_same_composed_or_not() -> None:
    shown, _ = proposed("Zoë", label="PERSON")
    assert shown == ["met [Zoe\u0308]"]
    shown, _ = proposed("Zoe.", label="PERSON")
    assert shown == []


@pytest.mark.parametrize("status", ["suggested", "accepted"])
def test_not_inside_a_longer_name(status: Status) -> None:
    shown, found = proposed("Ford", span("Ford Foundation", "ORG", status))
    assert "The [Ford]" not in shown
    assert found.passed_over == ("inside",)
    shown, _ = proposed("Ford", span("Ford Foundation", "ORG", "rejected"))
    assert "The [Ford]" in shown


def test_not_across_the_edge_of_an_accepted_name_but_around_a_shorter_one() -> None:
    start = TEXT.index("York: New")
    crossing = Span(start, start + len("York: New"), "ORG", "accepted")
    shown, found = proposed("New York", crossing, label="GPE")
    assert shown == ["rk, [New\u00a0York]"]
    assert found.passed_over == ("inside",)
    inner = span("York: New", "ORG", "accepted", of="York")
    assert proposed("New York", inner, label="GPE")[0][0] == "and [New\nYork]"


@pytest.mark.parametrize(
    ("label", "status"), [("ORG", "rejected"), ("PERSON", "accepted"), ("PERSON", "rejected")]
)
def test_not_where_a_person_decided_otherwise_unless_asked(label: str, status: Status) -> None:
    decided = span(TEXT.index("Ford would"), label, status, of="Ford")
    shown, found = proposed("Ford", decided)
    assert "aid [Ford]" not in shown
    assert found.passed_over == ("decided",)
    shown, found = proposed("Ford", decided, decided_too=True)
    assert "aid [Ford]" in shown
    assert found.passed_over == ()


def test_what_is_labelled_so_already_is_no_mention_to_change() -> None:
    shown, found = proposed("Ford", span(TEXT.index("Ford would"), "ORG", "accepted", of="Ford"))
    assert "aid [Ford]" not in shown
    assert found.passed_over == ()


def test_removing_takes_suggestions_of_the_label_wherever_they_are() -> None:
    spans = [
        span(TEXT.index("Ford would"), "ORG", of="Ford"),
        span(TEXT.index("Ford Foundation"), "PERSON", of="Ford"),
        span(TEXT.index("Fordham"), "ORG", of="Ford"),
        span(TEXT.index("Ford,"), "ORG", "accepted", of="Ford"),
        span("Ford Foundation", "ORG", "accepted"),
    ]
    shown, found = proposed("Ford", *spans, removing=True)
    assert shown == ["aid [Ford]", " in [Ford]"]
    assert found.passed_over == ("decided",)
    shown, _ = proposed("Ford", *spans, removing=True, decided_too=True)
    assert shown == ["aid [Ford]", " in [Ford]", 'o.\n"[Ford]']


def test_chinese_mentions_stand_without_blanks() -> None:
    text = "东京都知事说，东京将主办。在东京，东京"
    shown, _ = proposed("东京", label="GPE", text=text)
    assert len(shown) == 3


class Desk:
    def __init__(self, text: str, *spans: Span) -> None:
        self.edits: list[Edit] = []
        document = Document(text, "a")
        annotations = AnnotationSet(document.sha256, "ann")
        annotations.apply(make_edit("suggest", "model 1"))
        for one in spans:
            annotations.spans.add(one)
        self.opened = OpenDocument(document, annotations, ONTONOTES, self.edits.append)

    @property
    def spans(self) -> list[tuple[int, str, str]]:
        return [(s.start, s.label, s.status) for s in self.opened.session.annotations.spans]


FOUR = "Lima grew. In Lima, Lima's mayor spoke of Lima."
LIMAS = [0, 14, 20, 42]


def test_four_mentions_take_three_keys_and_one_to_undo() -> None:
    desk = Desk(FOUR)
    desk.opened.review.label("GPE")
    desk.opened.propagation.propagate()
    outcome = desk.opened.propagation.apply()
    assert outcome.message == "3 labelled GPE."
    assert desk.spans == [(start, "GPE", "accepted") for start in LIMAS]
    assert [edit.kind for edit in desk.edits] == ["create", "propagate"]
    desk.opened.review.undo()
    assert [status for _, _, status in desk.spans] == ["accepted", *["suggested"] * 3]
    desk.opened.review.redo()
    assert {status for _, _, status in desk.spans} == {"accepted"}


def test_nothing_happens_before_it_is_applied_and_letting_go_changes_nothing() -> None:
    desk = Desk(FOUR)
    desk.opened.review.label("GPE")
    desk.opened.propagation.propagate()
    desk.opened.propagation.next_mention()
    assert desk.opened.selection.focus.start == LIMAS[1]
    before = desk.spans
    desk.opened.propagation.drop()
    assert desk.opened.selection.focus.start == 0
    assert (desk.opened.propagation.preview, desk.spans, len(desk.edits)) == (None, before, 1)


def test_mentions_can_be_left_out_and_included_again() -> None:
    desk = Desk(FOUR)
    desk.opened.review.label("GPE")
    desk.opened.propagation.propagate()
    assert "only the others can be left out" in desk.opened.propagation.leave_out().message
    desk.opened.propagation.next_mention()
    desk.opened.propagation.leave_out()
    desk.opened.propagation.leave_out()
    assert desk.opened.selection.focus.start == LIMAS[3]
    desk.opened.propagation.next_mention()
    desk.opened.propagation.leave_out()
    desk.opened.propagation.apply()
    assert desk.spans == [(start, "GPE", "suggested" if start == 20 else "accepted") for start in LIMAS]


def test_walking_the_mentions_goes_round() -> None:
    desk = Desk(FOUR)
    desk.opened.selection.place(20)
    desk.opened.review.label("GPE")
    desk.opened.propagation.propagate()
    visited = []
    for step in ("next", "next", "next", "previous", "previous"):
        press(desk.opened, f"{step}_mention")
        visited.append(desk.opened.selection.focus.start)
    assert visited == [42, 0, 14, 0, 42]


def test_from_a_suggestion_all_are_decided_and_the_next_suggestion_is_selected() -> None:
    suggested = [Span(start, start + 4, "ORG", sources=sources_named("model 1")) for start in (0, 20)]
    mayor = Span(27, 32, "PERSON", sources=sources_named("model 1"))
    desk = Desk(FOUR, *suggested, mayor)
    desk.opened.review.next_undecided()
    desk.opened.propagation.propagate()
    desk.opened.propagation.propagate_as("GPE")
    desk.opened.propagation.apply()
    limas = [spans for spans in desk.spans if spans[0] != 27]
    assert limas == [(start, "GPE", "accepted") for start in LIMAS]
    assert desk.opened.selection.focus.start == 27
    assert desk.opened.session.annotations.spans.get(SpanKey(20, 24, "GPE")).sources == sources_named(  # type: ignore[union-attr]
        "model 1", "ann"
    )


def test_pressed_twice_it_removes() -> None:
    suggested = [Span(start, start + 4, "ORG", sources=sources_named("model 1")) for start in LIMAS]
    desk = Desk(FOUR, *suggested)
    desk.opened.review.next_undecided()
    desk.opened.propagation.propagate()
    desk.opened.propagation.propagate()
    assert desk.opened.propagation.apply().message == "4 removed."
    assert desk.spans == [(start, "ORG", "rejected") for start in LIMAS]
    desk.opened.review.undo()
    assert desk.spans == [(start, "ORG", "suggested") for start in LIMAS]


def test_from_a_rejected_span_it_removes() -> None:
    accepted = [Span(start, start + 4, "ORG", "accepted", sources_named("model 1")) for start in LIMAS]
    desk = Desk(FOUR, *accepted)
    desk.opened.selection.next_span()
    desk.opened.review.reject()
    desk.opened.selection.next_span()
    desk.opened.propagation.propagate()
    desk.opened.propagation.toggle_decided_too()
    assert desk.opened.propagation.preview is not None
    assert desk.opened.propagation.preview.removing
    desk.opened.propagation.apply()
    assert {status for _, _, status in desk.spans} == {"rejected"}


def test_relabelling_reaches_accepted_mentions_only_when_asked() -> None:
    accepted = [Span(start, start + 4, "ORG", "accepted", sources_named("ann")) for start in LIMAS]
    desk = Desk(FOUR, *accepted)
    desk.opened.review.label("GPE")
    desk.opened.propagation.propagate()
    assert desk.opened.propagation.preview is not None
    assert desk.opened.propagation.preview.mentions == ()
    desk.opened.propagation.toggle_decided_too()
    desk.opened.propagation.apply()
    assert desk.spans == [(start, "GPE", "accepted") for start in LIMAS]


def suggested_limas(label: str = "ORG") -> list[Span]:
    return [Span(start, start + 4, label, sources=sources_named("model 1")) for start in LIMAS]


def test_after_a_correction_the_others_follow_and_the_person_goes_on() -> None:
    mayor = Span(27, 32, "PERSON", sources=sources_named("model 1"))
    desk = Desk(FOUR, *suggested_limas(), mayor)
    desk.opened.review.label("GPE")
    assert desk.opened.selection.focus.start == LIMAS[1]
    desk.opened.propagation.propagate()
    assert desk.opened.selection.focus.start == LIMAS[0]
    desk.opened.propagation.apply()
    limas = [span for span in desk.spans if span[0] != 27]
    assert limas == [(start, "GPE", "accepted") for start in LIMAS]
    assert desk.opened.selection.focus.start == 27


def test_after_a_rejection_the_others_are_not_shown() -> None:
    desk = Desk(FOUR, *suggested_limas())
    desk.opened.review.reject()
    assert desk.spans == [(0, "ORG", "rejected")]
    assert "no other mention" in desk.opened.propagation.propagate().message
    desk.opened.review.undo()
    assert desk.spans == [(start, "ORG", "suggested") for start in LIMAS]


def test_after_an_acceptance_or_a_move_it_is_about_the_span_under_the_cursor() -> None:
    mayor = Span(27, 32, "PERSON", sources=sources_named("model 1"))
    for keys in (("accept",), ("reject", "next_span", "next_span")):
        desk = Desk(FOUR, *suggested_limas("GPE"), mayor)
        for key in keys:
            press(desk.opened, key)
        here = desk.opened.selection.focus.span
        desk.opened.propagation.propagate()
        if here is not None and here.start != 27:
            assert desk.opened.propagation.preview is not None
            assert desk.opened.propagation.preview.of == here


def test_let_go_after_a_correction_the_next_suggestion_is_in_focus_and_it_is_about_that() -> None:
    desk = Desk(FOUR, *suggested_limas())
    desk.opened.review.label("GPE")
    desk.opened.propagation.propagate()
    desk.opened.propagation.drop()
    assert desk.opened.selection.focus.start == LIMAS[1]
    desk.opened.propagation.propagate()
    assert desk.opened.propagation.preview is not None
    assert (desk.opened.propagation.preview.of.start, desk.opened.propagation.preview.label) == (
        LIMAS[1],
        "GPE",
    )


def test_a_correction_without_other_mentions_gives_way_to_the_span_under_the_cursor() -> None:
    mayor = Span(27, 32, "PERSON", sources=sources_named("model 1"))
    desk = Desk(FOUR, mayor, Span(42, 46, "ORG", sources=sources_named("model 1")))
    desk.opened.selection.place(27)
    desk.opened.review.label("NORP")
    desk.opened.propagation.propagate()
    assert desk.opened.propagation.preview is not None
    assert desk.opened.propagation.preview.of.start == 42


def test_where_there_is_nothing_to_do_it_says_so_and_keys_stay_as_they_are() -> None:
    desk = Desk(FOUR)
    assert "Label it first" in desk.opened.propagation.propagate().message
    desk.opened.selection.place(FOUR.index("mayor"))
    desk.opened.review.label("PERSON")
    assert "no other mention" in desk.opened.propagation.propagate().message
    assert desk.opened.propagation.preview is None


def test_another_programs_decision_in_the_meantime_stands() -> None:
    desk = Desk(FOUR)
    desk.opened.review.label("GPE")
    desk.opened.propagation.propagate()
    change = Change(None, Span(14, 18, "ORG", "accepted", sources_named("ann")))
    foreign = make_edit("create", "ann", (change,))
    desk.opened.session.take_over([foreign])
    desk.opened.propagation.apply()
    assert (14, "ORG", "accepted") in desk.spans
    assert (14, "GPE", "accepted") not in desk.spans


@given(texts(), st.data())
def test_what_is_proposed_reads_the_same_and_cuts_no_word(text: str, data: st.DataObject) -> None:
    found = list(words.words(text, 0, len(text)))
    if not found:
        return
    start, end = data.draw(st.sampled_from(found))
    any_case = data.draw(st.booleans())
    key = SpanKey(start, end, "ORG")
    proposal = preview(text, SpanIndex(), Preview(key, "ORG", any_case=any_case))

    def read(one: str) -> str:
        return unicodedata.normalize("NFC", one)

    for s, e in proposal.mentions:
        if not any_case:
            assert read(text[s:e]) == read(text[start:end])
        assert not any(words.inside_word(text, place) for place in (s, e))
        assert e <= start or end <= s
    edit = changes(SpanIndex(), proposal, "ann")
    assert len(edit) == len(proposal.mentions) + 1
    assert {change.after.status for change in edit if change.after} == {"accepted"}


@given(texts(), st.booleans())
def test_any_text_is_found_again_as_it_stands(text: str, any_case: bool) -> None:
    wanted = text.strip()
    if wanted and "\n" not in wanted and "\r" not in wanted:
        match = same_words(wanted, any_case=any_case).search(f"({wanted})")
        assert match is not None
