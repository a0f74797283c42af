"""Going through the text by screens and from doubt to doubt: what is accepted, and what is never accepted."""

from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.commands import reject
from annotations.editing.filters import Filter
from annotations.editing.open_document import OpenDocument
from annotations.editing.sight import sight_of, taken
from annotations.learn.doubt import is_spot_check
from annotations.learn.name_place import NamePlace
from annotations.learn.place_signals import PossibleNames
from annotations.learn.record import Teaching
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span, SpanKey
from annotations.model.span_index import SpanIndex
from tests.spans import sources_named

MODEL = Source.parse("model 1")
TEXT = "Ana met Rui. Porto(Photo is old. Eva sang.\nLia saw Tom in Faro there.\nZoe left Braga Airport."
FIRST, SECOND, THIRD = (0, 43), (43, 70), (70, len(TEXT))


def suggestion(words: str, label: str = "PERSON", score: float = 0.99) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), label, sources=sources_named("model 1"), score=score)


SURE = [suggestion(name) for name in ("Ana", "Rui", "Eva", "Lia", "Tom", "Zoe")]
ODD = suggestion("Porto(Photo", "GPE", 0.6)
UNSURE = suggestion("Faro", "GPE", 0.3)


class Desk:
    """An open document, of which tests say what is on the screen."""

    def __init__(self, *spans: Span) -> None:
        self.edits: list[Edit] = []
        document = Document(TEXT, "a.txt")
        annotations = AnnotationSet("d", "ann")
        self.opened = OpenDocument(document, annotations, ONTONOTES, self.edits.append)
        self.suggest(*spans)

    def suggest(self, *spans: Span) -> None:
        self.opened.session.suggest(MODEL, spans, None)

    def find(self, *words: str, label: str = "ORG") -> None:
        starts = [TEXT.index(found) for found in words]
        self.opened.session.places.take_in(
            NamePlace(start, start + len(found), label, 0.5, "a capital")
            for start, found in zip(starts, words, strict=True)
        )

    def paint(self, rows: tuple[int, int], first_row_end: int = 0) -> None:
        self.opened.sweep.paint(rows, first_row_end or rows[1])

    def screen(self, rows: tuple[int, int]) -> tuple[str, int | None]:
        outcome = self.opened.sweep.take_screen()
        self.paint(rows)
        return outcome.message, outcome.further

    def on(self, rows: tuple[int, int]) -> tuple[str, int | None]:
        outcome = self.opened.sweep.accept_to_next_stop()
        self.paint(rows)
        return outcome.message, outcome.further

    @property
    def accepted(self) -> list[str]:
        return [TEXT[s.start : s.end] for s in self.opened.session.annotations.spans if s.accepted]

    @property
    def here(self) -> str:
        focus = self.opened.selection.focus
        return TEXT[focus.start : focus.end]


def test_a_screen_is_accepted_but_for_what_is_doubtful_and_that_is_stopped_at() -> None:
    desk = Desk(*SURE, ODD, UNSURE)
    desk.paint(FIRST)
    assert desk.screen(FIRST) == ("3 accepted, 1 doubtful left.", None)
    assert desk.accepted == ["Ana", "Rui", "Eva"]
    assert desk.here == "Porto(Photo"
    assert [edit.single for edit in desk.edits if edit.kind == "accept"] == [0]


def test_what_was_stopped_at_is_passed_over_by_the_next_key_which_pages_on() -> None:
    desk = Desk(*SURE, ODD, UNSURE)
    desk.paint(FIRST)
    desk.screen(FIRST)
    assert desk.screen(SECOND) == ("1 skipped.", FIRST[1])
    assert desk.here == "Lia"
    assert desk.screen(SECOND) == ("2 accepted, 1 doubtful left.", None)
    assert desk.screen(THIRD) == ("1 skipped.", SECOND[1])
    assert desk.screen(THIRD) == ("1 accepted, the end of the text: 2 left to decide.", None)


def test_what_a_screen_begins_with_is_stopped_at_like_any_other() -> None:
    first, second = suggestion("Ana", score=0.1), suggestion("Lia", score=0.1)
    desk = Desk(first, *SURE[1:3], second, *SURE[4:5])
    desk.paint(FIRST)
    desk.paint(FIRST)
    assert desk.here == "Ana"
    assert desk.screen(FIRST) == ("2 accepted, 1 doubtful left.", None)
    assert desk.here == "Ana"
    assert desk.screen(SECOND) == ("1 skipped.", FIRST[1])
    assert desk.here == "Lia"
    desk.paint(SECOND)
    assert desk.screen(SECOND) == ("1 accepted, 1 doubtful left.", None)
    assert desk.here == "Lia"
    desk.opened.review.accept()
    assert desk.accepted == ["Rui", "Eva", "Lia", "Tom"]


def test_the_next_screen_is_judged_ahead_so_that_painting_it_works_nothing_out_of_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(*SURE, ODD, UNSURE)
    desk.opened.sweep.finds_places = True
    assert not desk.opened.sweep.look_ahead()
    desk.paint(FIRST)
    monkeypatch.setattr("annotations.learn.doubts.PREPARED_AT_ONCE", 1)
    monkeypatch.setattr("annotations.learn.places.PREPARED_AT_ONCE", 10)
    steps = 1
    while desk.opened.sweep.look_ahead():
        steps += 1
    assert steps > 5
    judged = Mock(side_effect=AssertionError("it was known"))
    monkeypatch.setattr(Teaching, "judged", judged)
    monkeypatch.setattr(PossibleNames, "_name_at", judged)
    desk.paint(SECOND)
    sight = desk.opened.sweep.sight
    assert sight is not None
    assert [TEXT[s.start : s.end] for s in sight.stops] == ["Faro"]
    assert not judged.called


@pytest.mark.usefixtures("spot_checks")
def test_an_edit_says_that_it_decided_a_spot_check() -> None:
    spans = [
        Span(start, start + 3, label, sources=sources_named("model 1"), score=0.999)
        for start in (0, 8, 33, 43, 51, 70)
        for label in ("PERSON", "GPE", "ORG", "LOC", "NORP")
    ]
    id_ = Document(TEXT, "a.txt").id
    checked = next(span for span in spans if is_spot_check(id_, span))
    other = next(span for span in spans if not is_spot_check(id_, span))
    for span, expected in ((checked, True), (other, False)):
        desk = Desk(span)
        desk.paint((0, len(TEXT)))
        desk.opened.selection.select_span(span.key)
        desk.opened.review.accept()
        assert desk.edits[-1].spot_check is expected


def test_what_was_passed_over_is_passed_over_on_a_screen_that_overlaps() -> None:
    desk = Desk(*SURE, ODD, UNSURE)
    desk.paint(FIRST)
    desk.screen(FIRST)
    overlapping = (ODD.start, SECOND[1])
    desk.screen(overlapping)
    desk.screen(overlapping)
    assert desk.here == "Faro"
    desk.paint(SECOND)
    desk.paint(FIRST)
    desk.screen(FIRST)
    assert desk.here == "Porto(Photo", "it was out of sight meanwhile"


def test_deciding_a_doubtful_one_leads_to_the_next_one_and_behind_the_last_to_the_next_screen() -> None:
    other = suggestion("Rui", "GPE", 0.2)
    desk = Desk(SURE[0], other, ODD, *SURE[2:])
    desk.paint(FIRST)
    desk.screen(FIRST)
    assert desk.here == "Rui"
    desk.opened.review.reject()
    assert desk.here == "Porto(Photo"
    assert desk.opened.review.accept().further == FIRST[1]
    assert desk.here == "Lia"
    desk.paint(SECOND)
    desk.opened.selection.select_span(SURE[3].key)
    desk.opened.review.accept()
    assert desk.here == "Tom"


def test_from_doubt_to_doubt_the_one_in_focus_is_accepted_with_those_behind_it() -> None:
    desk = Desk(*SURE, ODD, UNSURE)
    desk.paint(FIRST)
    assert desk.on(FIRST) == ("2 accepted, 1 doubtful left.", None)
    assert desk.accepted == ["Ana", "Rui"]
    assert desk.here == "Porto(Photo"
    assert desk.on(SECOND) == ("2 accepted.", FIRST[1])
    assert desk.accepted == ["Ana", "Rui", "Porto(Photo", "Eva"]
    edit = next(edit for edit in reversed(desk.edits) if edit.kind == "accept")
    assert [change.after.key for change in edit.single_decisions if change.after] == [ODD.key]
    desk.opened.review.undo()
    assert desk.accepted == ["Ana", "Rui"]


def test_behind_the_last_doubtful_one_come_those_that_the_person_went_past_and_only_then_the_next_screen() -> (
    None
):
    desk = Desk(*SURE, ODD, UNSURE)
    desk.paint(SECOND)
    # After a jump, the person corrects something further down, before the doubtful one.
    desk.opened.selection.select_span(suggestion("Tom").key)
    desk.opened.sweep.paint((0, SECOND[1]), SECOND[1])
    desk.opened.selection.place(TEXT.index("there"))
    assert desk.on((0, SECOND[1])) == ("5 accepted, 2 doubtful left.", None)
    assert desk.here == "Porto(Photo"
    assert desk.on((0, SECOND[1])) == ("1 accepted, 1 doubtful left.", None)
    assert desk.here == "Faro"
    assert desk.on(THIRD) == ("1 accepted.", SECOND[1])


def test_what_came_since_the_screen_was_painted_stays_undecided() -> None:
    desk = Desk(SURE[0])
    desk.paint(FIRST)
    desk.suggest(SURE[1])
    desk.screen(FIRST)
    assert desk.accepted == ["Ana"]
    desk.paint(FIRST)
    desk.suggest(SURE[2])
    desk.opened.review.accept_paragraph(desk.opened.sweep.sight)
    assert desk.accepted == ["Ana", "Rui"]


def test_what_is_not_as_it_was_painted_any_more_stays_as_it_is() -> None:
    desk = Desk(*SURE)
    desk.paint(FIRST)
    session, by_others = desk.opened.session, Source.parse("other 1")
    session.suggest(by_others, [replace(SURE[0], sources=(by_others,))], None)
    session.apply("reject", reject(SURE[1], "ann"), cursor=0)
    assert desk.screen(FIRST) == ("1 accepted.", FIRST[1])
    assert desk.accepted == ["Eva"]


def test_before_the_next_screen_is_painted_a_key_does_nothing() -> None:
    desk = Desk(*SURE)
    desk.paint(FIRST)
    desk.opened.sweep.take_screen()
    assert desk.opened.sweep.take_screen().message == ""
    assert desk.opened.sweep.accept_to_next_stop().message == ""
    assert desk.accepted == ["Ana", "Rui", "Eva"]


def test_what_the_filter_hides_is_not_decided() -> None:
    desk = Desk(*SURE, suggestion("Braga Airport", "ORG"))
    desk.opened.review.choose(Filter(label="ORG"))
    desk.paint((0, len(TEXT)))
    desk.screen((0, len(TEXT)))
    assert desk.accepted == ["Braga Airport"]


def test_the_paragraph_leaves_what_is_doubtful_and_says_what_was_out_of_sight() -> None:
    desk = Desk(*SURE, ODD, UNSURE)
    desk.paint(FIRST)
    desk.opened.selection.place(0)
    outcome = desk.opened.review.accept_document(desk.opened.sweep.sight)
    assert outcome.message == "6 accepted, 3 of them not on the screen, 2 doubtful left."
    assert outcome.edit is not None
    assert outcome.edit.single == 0


def test_the_paragraph_is_accepted_below_the_screen_too() -> None:
    desk = Desk(*SURE, ODD)
    half = (0, TEXT.index("Porto") + 3)
    desk.paint(half)
    desk.opened.selection.place(0)
    outcome = desk.opened.review.accept_paragraph(desk.opened.sweep.sight)
    assert outcome.message == "6 accepted, 4 of them not on the screen, 1 doubtful left."
    assert len(desk.accepted) == 6
    assert desk.here == "Porto(Photo"
    desk.paint(half)
    again = desk.opened.review.accept_paragraph(desk.opened.sweep.sight)
    assert again.message == "There is nothing to accept here: 1 doubtful left."


@pytest.mark.parametrize("passing", ["space", "+"])
def test_the_screen_is_done_once_all_that_is_left_was_passed_over(passing: str) -> None:
    others = [suggestion("met", "ORG", 0.2), suggestion("old", "ORG", 0.2), ODD]
    desk = Desk(SURE[0], *others, UNSURE)
    desk.paint(FIRST)
    desk.screen(FIRST)
    assert (desk.here, desk.accepted) == ("met", ["Ana"])
    for here in ("Porto(Photo", "old"):
        if passing == "space":
            desk.opened.review.next_undecided()
            desk.paint(FIRST)
        else:
            desk.on(FIRST)
        assert desk.here == here
    accepted = 0 if passing == "space" else 2
    assert desk.screen(SECOND) == (f"{3 - accepted} skipped.", FIRST[1])
    assert len(desk.accepted) == 1 + accepted, "one that is only stood on stays"
    # A span on which the cursor has not been comes first.
    desk = Desk(SURE[0], *others, UNSURE)
    desk.paint(FIRST)
    desk.screen(FIRST)
    desk.opened.selection.select_span(others[1].key)
    desk.paint(FIRST)
    assert desk.screen(FIRST) == ("3 doubtful left.", None)
    assert desk.here == "Porto(Photo"


def test_a_suggestion_cut_by_the_end_of_the_screen_begins_the_next_one() -> None:
    cut = suggestion("Eva sang", "PERSON", 0.999)
    desk = Desk(cut)
    desk.paint((0, cut.start + 3), 20)
    below = (cut.start, SECOND[1])
    assert desk.screen(below) == ("", cut.start)
    assert desk.screen(below)[0].startswith("1 accepted")


def test_a_suggestion_taller_than_the_screen_is_a_stop_and_decided_only_by_itself() -> None:
    tall = Span(2, 80, "ORG", sources=sources_named("model 1"), score=0.999)
    desk = Desk(tall)
    desk.paint(FIRST, 20)
    assert desk.screen(FIRST) == ("1 doubtful left.", None)
    assert desk.accepted == []
    desk.on(SECOND)
    assert desk.accepted == [TEXT[2:80]]


def test_a_place_is_a_stop_and_what_is_done_there_leads_to_the_next_one() -> None:
    desk = Desk(SURE[0], ODD)
    desk.find("Rui", "Photo is", "old", "sang")
    desk.paint(FIRST)
    assert desk.screen(FIRST) == ("1 accepted, 1 doubtful and 3 places left.", None)
    assert (desk.here, desk.accepted) == ("Rui", ["Ana"]), "a span stands on one of the places"
    desk.opened.review.label("PERSON")
    desk.paint(FIRST)
    assert (desk.here, desk.accepted) == ("Porto(Photo", ["Ana", "Rui"])
    desk.opened.review.reject()
    desk.paint(FIRST)
    assert desk.here == "old"
    edits = len(desk.edits)
    desk.opened.review.reject()
    desk.paint(FIRST)
    assert (desk.here, len(desk.edits)) == ("sang", edits), "nothing is labelled, so nothing is rejected"
    desk.opened.review.accept()
    desk.paint(FIRST)
    assert desk.accepted == ["Ana", "Rui", "sang"]
    assert [s.label for s in desk.opened.session.annotations.spans if s.accepted][-1] == "ORG"
    assert desk.here == "Lia", "the place before it was passed over"


def test_a_place_teaches_once_the_person_goes_on_from_it_and_not_when_she_only_goes_away() -> None:
    desk = Desk(SURE[0])
    desk.find("Rui", "old")
    desk.paint(FIRST)
    desk.screen(FIRST)
    desk.opened.selection.place(TEXT.index("met"))
    desk.paint(FIRST)
    desk.opened.review.label("ORG")
    desk.paint(FIRST)
    assert (desk.here, desk.edits[-1].places) == ("Rui", ())
    rui, old = TEXT.index("Rui"), TEXT.index("old")
    desk.opened.review.reject()
    desk.paint(FIRST)
    desk.opened.review.accept()
    assert desk.edits[-1].places == ((rui, rui + 3), (old, old + 3))


def test_each_key_that_goes_on_passes_over_a_place_and_leaves_nothing() -> None:
    desk = Desk(SURE[0])
    desk.find("Rui", "old", "sang")
    desk.paint(FIRST)
    desk.screen(FIRST)
    desk.opened.review.next_undecided()
    desk.paint(FIRST)
    assert desk.here == "old"
    assert desk.on(FIRST) == ("3 places left.", None)
    assert desk.here == "sang"
    assert desk.screen(SECOND) == ("3 skipped.", FIRST[1])
    assert (desk.accepted, [edit.kind for edit in desk.edits]) == (["Ana"], ["suggest", "accept"])


def test_a_place_whose_edges_are_corrected_is_that_place_still_and_one_without_a_guess_needs_a_letter() -> (
    None
):
    desk = Desk(SURE[0])
    desk.find("met", label="")
    desk.paint(FIRST)
    desk.screen(FIRST)
    desk.opened.resizing.grow_right()
    assert desk.here == "met Rui"
    desk.opened.review.accept()
    assert (desk.accepted, desk.here) == (["Ana"], "met Rui")
    desk.opened.review.label("PERSON")
    assert desk.accepted == ["Ana", "met Rui"]


def test_a_letter_or_enter_leads_on_from_a_stop_whose_edges_were_corrected() -> None:
    for decide in ("label", "accept"):
        desk = Desk(SURE[0], suggestion("met", "ORG", 0.2), ODD)
        desk.paint(FIRST)
        desk.screen(FIRST)
        desk.opened.resizing.grow_right()
        desk.paint(FIRST)
        assert desk.here == "met Rui"
        if decide == "label":
            desk.opened.review.label("PERSON")
        else:
            desk.opened.review.accept()
        assert desk.here == "Porto(Photo"


def test_a_missed_name_that_is_labelled_on_the_way_leads_back_to_the_stop_one_went_away_from() -> None:
    desk = Desk(SURE[0], ODD, suggestion("Eva", "ORG", 0.3))
    desk.paint(FIRST)
    desk.screen(FIRST)
    desk.opened.selection.place(TEXT.index("Rui"))
    desk.paint(FIRST)
    desk.opened.review.label("PERSON")
    assert (desk.accepted, desk.here) == (["Ana", "Rui"], "Porto(Photo")
    desk.opened.review.accept()
    desk.paint(FIRST)
    assert desk.here == "Eva"
    desk.opened.review.reject()
    desk.paint(SECOND)
    desk.opened.selection.place(TEXT.index("saw"))
    desk.opened.review.label("ORG")
    assert desk.here == "saw", "on a screen that is not gone through yet"


def test_the_next_screen_waits_for_what_came_on_this_one_and_for_what_is_not_accepted_yet() -> None:
    desk = Desk(SURE[0], ODD)
    desk.paint(FIRST)
    desk.screen(FIRST)
    desk.suggest(SURE[1])
    assert desk.opened.review.accept().further is None
    assert desk.here == "Porto(Photo"
    desk = Desk(SURE[0], ODD, SURE[2])
    desk.paint(FIRST)
    desk.on(FIRST)
    desk.opened.review.reject()
    assert desk.here == "Porto(Photo"
    assert desk.on(SECOND) == ("1 accepted.", FIRST[1])


def test_words_that_a_person_selects_are_no_place_for_all_that_there_is_one_in_them() -> None:
    desk = Desk()
    desk.find("Rui")
    desk.paint(FIRST)
    desk.opened.selection.select(4, 11)
    desk.opened.review.accept()
    assert desk.accepted == []
    desk.opened.review.label("ORG")
    assert (desk.accepted, desk.here) == (["met Rui"], "met Rui")


def test_a_place_cut_by_the_end_of_the_screen_begins_the_next_one() -> None:
    desk = Desk(SURE[0])
    desk.find("Eva sang")
    below = (TEXT.index("Eva"), SECOND[1])
    desk.paint((0, below[0] + 3), 20)
    assert desk.screen(below) == ("1 accepted.", below[0])
    assert desk.screen(below) == ("1 place left.", None)
    assert desk.here == "Eva sang"


suggestions = st.lists(
    st.builds(
        lambda start, length, label, score: Span(
            start, min(start + length, len(TEXT)), label, sources=sources_named("model 1"), score=score
        ),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 30),
        st.sampled_from(["PERSON", "GPE", "ORG"]),
        st.sampled_from([0.3, 0.9, 0.99, 0.999]),
    ),
    max_size=12,
)
places = st.integers(0, len(TEXT))
steps = st.lists(
    st.tuples(st.sampled_from(["V", "+", "accept", "reject", "space", "undo", "late"]), places, places),
    max_size=12,
)


@given(suggestions, suggestions, steps)
def test_only_what_was_painted_whole_and_undoubted_is_accepted_or_what_one_stands_on(
    first: list[Span], late: list[Span], steps: list[tuple[str, int, int]]
) -> None:
    desk = Desk(*first)
    opened = desk.opened
    desk.find("met", "Rui", "old", "Lia saw", "there", "Braga")
    painted: dict[SpanKey, bool] = {}
    rows = (0, 0)
    for key, one, other in steps:
        if opened.sweep.sight is None or one % 3 == 0:
            rows = (min(one, other), max(one, other))
            desk.paint(rows, rows[0] + 5)
            spans = opened.session.annotations.spans
            painted = {s.key: opened.session.doubts.stops_at(s) for s in spans if not s.decided}
        focused, before = opened.selection.focus.span, len(desk.edits)
        match key:
            case "V":
                opened.sweep.take_screen()
            case "+":
                opened.sweep.accept_to_next_stop()
            case "accept":
                opened.review.accept()
            case "reject":
                opened.review.reject()
            case "space":
                opened.review.next_undecided()
            case "undo":
                opened.review.undo()
            case _:
                desk.suggest(*late)
        for edit in desk.edits[before:] if key in ("V", "+") else ():
            assert len(desk.edits) == before + 1
            for change in edit.changes:
                assert change.before is not None
                whole = rows[0] <= change.before.start and change.before.end <= rows[1]
                stood_on = key == "+" and change.before.key == focused and change == edit.changes[0]
                assert stood_on or (whole and painted.get(change.before.key) is False)
            assert edit.single == sum(
                key == "+" and change.before is not None and change.before.key == focused
                for change in edit.changes
            )


@given(suggestions, places, places, places)
def test_sight_holds_each_suggestion_on_the_screen_once(
    spans: list[Span], one: int, other: int, first_row: int
) -> None:
    index = SpanIndex()
    for span in spans:
        index.add(span)
    rows = (min(one, other), max(one, other))
    sight = sight_of(
        index,
        rows,
        rows[0] + first_row,
        wants=lambda span: span.label != "ORG",
        stops_at=lambda span: span.label == "GPE",
    )
    parts = [*sight.undoubted, *sight.stops, *sight.cut, *sight.above]
    wanted = [span for span in index.overlapping(*rows) if span.label != "ORG"]
    assert sorted(parts, key=lambda s: s.key) == sorted(wanted, key=lambda s: s.key)
    assert list(taken(index, sight)) == list(sight.undoubted)
    assert rows[0] <= sight.further <= rows[1] or not sight.cut


def test_what_was_decided_in_an_earlier_run_teaches_once_and_what_was_undone_not() -> None:
    desk = Desk(*SURE)
    for span in SURE[:3]:
        desk.opened.selection.select_span(span.key)
        desk.opened.review.accept()
    desk.opened.review.undo()
    assert desk.opened.state.learned.decisions == 2
    again = AnnotationSet.from_row(desk.opened.session.annotations.to_row())
    state = AnnotatorState()
    for _ in range(2):
        OpenDocument(desk.opened.session.document, again, ONTONOTES, state=state)
        assert state.learned.decisions == 2
    assert state.learned.memory.said("Ana", "PERSON") == (1, 0)
    assert state.learned.memory.said("Eva", "PERSON") == (0, 0)
