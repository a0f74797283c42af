import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.editing.filters import Filter
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS, DocumentFacts
from annotations.model.edit import Edit, Run
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span, SpanKey
from annotations.text.search import find
from annotations.text.token_edges import TokenEdges
from tests.annotations.editing.keys import press
from tests.spans import sources_named
from tests.texts import ARTICLE, texts


class Desk:
    """An open document, its edits to be stored, and methods to find places by their words."""

    def __init__(self, text: str = ARTICLE, suggested: list[tuple[str, str]] | None = None) -> None:
        self.text = text
        self.edits: list[Edit] = []
        annotations = AnnotationSet(Document(text, "a").sha256, "ann")
        self.opened = OpenDocument(Document(text, "a"), annotations, ONTONOTES, self.edits.append)
        spans = [self.span(words, label) for words, label in suggested or []]
        if spans:
            self.opened.session.suggest(
                Source.parse("model 1"), spans, Run(Source.parse("model 1"), 0, len(text))
            )
            self.edits.clear()

    def span(self, words: str, label: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words), label, sources=sources_named("model 1"))

    def at(self, words: str) -> "Desk":
        self.opened.selection.place(self.text.index(words))
        return self

    @property
    def focus(self) -> str:
        return self.text[self.opened.selection.focus.start : self.opened.selection.focus.end]

    @property
    def spans(self) -> list[tuple[str, str, str]]:
        return [
            (self.text[span.start : span.end], span.label, span.status)
            for span in self.opened.session.annotations.spans
        ]


SUGGESTED = [("Lisbon", "GPE"), ("Rotterdam", "GPE"), ("Jan", "PERSON"), ("$30", "MONEY")]


def test_a_missed_name_of_two_words_takes_two_keys() -> None:
    desk = Desk().at("Jan de Wit")
    desk.opened.resizing.grow_right()
    desk.opened.review.label("PERSON")
    assert desk.spans == [("Jan de", "PERSON", "accepted")]
    desk.opened.resizing.grow_right()
    assert desk.spans == [("Jan de Wit", "PERSON", "accepted")]
    assert [edit.kind for edit in desk.edits] == ["create", "resize"]


BLANKS = "Rui \u3000\n Ana Reis"


@pytest.mark.parametrize(("start", "end"), [(3, 4), (3, 7), (4, 5), (5, 6)])
def test_white_space_alone_cannot_be_labelled(start: int, end: int) -> None:
    desk = Desk(BLANKS)
    desk.opened.selection.toggle_characters()
    desk.opened.selection.select(start, end)
    outcome = desk.opened.review.label("PERSON")
    assert outcome.message == "A span cannot be white space only; there is no word in it."
    assert (desk.spans, desk.edits, outcome.edit) == ([], [], None)


def test_a_drag_over_white_space_alone_cannot_be_labelled() -> None:
    desk = Desk(BLANKS)
    desk.opened.selection.select(4, 6)
    assert "white space only" in desk.opened.review.label("PERSON").message
    assert desk.spans == []


def test_a_span_does_not_shrink_to_white_space() -> None:
    desk = Desk("Rui Ana")
    desk.opened.selection.toggle_characters()
    desk.opened.selection.select(3, 5)
    desk.opened.review.label("PERSON")
    assert desk.spans == [(" A", "PERSON", "accepted")]
    assert "white space only" in desk.opened.resizing.shrink_right().message
    assert desk.spans == [(" A", "PERSON", "accepted")]
    desk.opened.resizing.shrink_left()
    assert desk.spans == [("A", "PERSON", "accepted")]


def test_white_space_is_no_suggestion_and_nothing_to_propagate() -> None:
    desk = Desk(BLANKS, [("Rui", "PERSON"), (" \u3000", "ORG")])
    assert desk.spans == [("Rui", "PERSON", "suggested")]
    # As an earlier version of the program stored it.
    desk.opened.session.annotations.spans.add(Span(6, 7, "ORG", "accepted"))
    desk.opened.selection.select_span(SpanKey(6, 7, "ORG"))
    assert "white space only" in desk.opened.propagation.propagate().message
    assert desk.opened.propagation.preview is None
    assert "white space only" in desk.opened.review.label("GPE").message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("第7舰队在横滨。于1999年4月会见", "横滨"),
        ("彼女は8月9日に名古屋で会った。", "名古屋"),
        ("วันที่3สมชายไปเชียงใหม่กับIBM", "เชียงใหม่"),
    ],
)
def test_a_name_without_spaces_around_it_is_reached_by_arrow_click_and_search(
    text: str, name: str
) -> None:
    start, end = text.index(name), text.index(name) + len(name)
    for reach in ("arrow", "click", "search"):
        desk = Desk(text)
        if reach == "arrow":
            while desk.opened.selection.cursor < start:
                desk.opened.selection.next_word()
        elif reach == "click":
            desk.opened.selection.place(start)
        else:
            desk.opened.search_cursor.show_match(find(text, name), 0)
            desk.opened.search_cursor.take_match()
        while desk.opened.selection.focus.end < end:
            desk.opened.resizing.grow_right()
        desk.opened.review.label("GPE")
        assert desk.spans == [(name, "GPE", "accepted")], reach


@pytest.mark.parametrize("key", ["accept", "reject", "relabel"])
def test_one_key_decides_and_the_next_suggestion_is_selected(key: str) -> None:
    desk = Desk(suggested=SUGGESTED)
    desk.opened.review.next_undecided()
    assert desk.focus == "Lisbon"
    if key == "relabel":
        desk.opened.review.label("LOC")
    else:
        press(desk.opened, key)
    assert desk.focus == "Rotterdam"
    label, status = (
        ("LOC" if key == "relabel" else "GPE"),
        ("rejected" if key == "reject" else "accepted"),
    )
    assert desk.spans[0] == ("Lisbon", label, status)
    assert len(desk.edits) == 1


def test_space_goes_on_without_deciding_and_round_the_end() -> None:
    desk = Desk(suggested=SUGGESTED)
    visited = []
    for _ in range(5):
        desk.opened.review.next_undecided()
        visited.append(desk.focus)
    assert visited == ["Lisbon", "Rotterdam", "Jan", "$30", "Lisbon"]
    assert desk.edits == []


def test_tab_walks_all_spans_both_ways_nested_ones_outside_in() -> None:
    desk = Desk(suggested=[("port authority of Rotterdam", "ORG"), *SUGGESTED])
    visited = []
    for _ in range(6):
        desk.opened.selection.next_span()
        visited.append(desk.focus)
    assert visited == [
        "Lisbon",
        "port authority of Rotterdam",
        "Rotterdam",
        "Jan",
        "$30",
        "Lisbon",
    ]
    desk.opened.selection.previous_span()
    assert desk.focus == "$30"


def test_standing_in_a_span_acts_on_it_and_esc_lets_it_go_for_a_nested_one() -> None:
    desk = Desk(suggested=[("port authority of Rotterdam", "ORG")]).at("Rotterdam")
    assert desk.focus == "port authority of Rotterdam"
    desk.opened.selection.narrow()
    assert desk.focus == "Rotterdam"
    desk.opened.review.label("GPE")
    assert desk.spans == [
        ("port authority of Rotterdam", "ORG", "suggested"),
        ("Rotterdam", "GPE", "accepted"),
        ("Rotterdam", "GPE", "suggested"),
    ]


def test_a_word_too_many_or_too_few_is_one_key_at_either_edge() -> None:
    desk = Desk(suggested=[("authority of Rotterdam", "ORG")])
    desk.opened.review.next_undecided()
    desk.opened.resizing.grow_left()
    assert desk.spans == [("port authority of Rotterdam", "ORG", "accepted")]
    desk.opened.resizing.shrink_left()
    desk.opened.resizing.shrink_right()
    desk.opened.resizing.shrink_right()
    assert desk.spans == [("authority", "ORG", "accepted")]
    desk.opened.resizing.shrink_right()
    assert desk.spans == [("authority", "ORG", "accepted")]


def test_characters_cut_glued_words() -> None:
    desk = Desk().at("DuarteMinister")
    desk.opened.selection.toggle_characters()
    for _ in range(len("Duarte") - 1):
        desk.opened.resizing.grow_right()
    desk.opened.review.label("PERSON")
    assert ("Duarte", "PERSON", "accepted") in desk.spans


def test_steps_by_character_never_enter_a_grapheme() -> None:
    desk = Desk("a👩\u200d👩\u200d👧e\u0301 z")
    desk.opened.selection.toggle_characters()
    stops = [desk.opened.selection.cursor]
    for _ in range(4):
        desk.opened.selection.next_word()
        stops.append(desk.opened.selection.cursor)
    assert stops == [0, 1, 6, 8, 9]


def test_undo_and_redo_step_over_what_a_person_did() -> None:
    desk = Desk(suggested=SUGGESTED)
    before = desk.spans
    desk.opened.review.next_undecided()
    desk.opened.review.accept()
    desk.opened.review.label("LOC")
    desk.opened.review.reject()
    after = desk.spans
    for _ in range(3):
        desk.opened.review.undo()
    assert desk.spans == before
    assert desk.focus == "Lisbon"
    assert "nothing" in desk.opened.review.undo().message
    for _ in range(3):
        desk.opened.review.redo()
    assert desk.spans == after
    desk.opened.review.undo()
    desk.at("Reuters").opened.review.label("ORG")
    assert "nothing" in desk.opened.review.redo().message


def test_accepting_all_is_one_step() -> None:
    desk = Desk(suggested=SUGGESTED)
    desk.opened.review.accept_all(0, len(ARTICLE))
    assert {status for _, _, status in desk.spans} == {"accepted"}
    desk.opened.review.undo()
    assert {status for _, _, status in desk.spans} == {"suggested"}
    assert len(desk.edits) == 2


def test_an_own_span_is_removed_and_can_be_labelled_again() -> None:
    desk = Desk().at("Reuters")
    desk.opened.review.label("ORG")
    desk.opened.review.reject()
    assert desk.spans == []
    assert desk.focus == "Reuters"
    desk.opened.review.label("GPE")
    assert desk.spans == [("Reuters", "GPE", "accepted")]


def test_labelling_a_selection_of_the_same_extent_relabels() -> None:
    desk = Desk(suggested=[("African Development Bank", "LOC")])
    start = ARTICLE.index("African")
    desk.opened.selection.select(start, start + len("African Development Ba"))
    desk.opened.review.label("ORG")
    assert desk.spans == [("African Development Bank", "ORG", "accepted")]


def test_a_label_nobody_named_gets_a_key() -> None:
    desk = Desk(suggested=[("Reuters", "NEWS_AGENCY")])
    label = desk.opened.session.scheme.named("NEWS_AGENCY")
    assert label is not None
    assert desk.opened.session.scheme.with_key(label.key) == label


def test_what_the_last_sitting_left_is_there_again() -> None:
    desk = Desk().at("Reuters")
    desk.opened.review.label("ORG")
    desk.at("Sines")
    desk.opened.remember_place()
    annotations = AnnotationSet(desk.opened.session.document.sha256, "ann")
    for edit in desk.edits:
        annotations.apply(edit)
    again = OpenDocument(desk.opened.session.document, annotations, ONTONOTES)
    assert again.selection.cursor == ARTICLE.index("Sines")
    again.review.undo()
    assert len(annotations.spans) == 0


@pytest.mark.parametrize("text", ["", "…\n", "\ufeff", "\n\n\n"])
def test_a_text_without_words_survives_every_key(text: str) -> None:
    desk = Desk(text)
    for key in KEYS:
        press(desk.opened, key)
    desk.opened.review.label("ORG")
    assert len(desk.spans) <= 1


KEYS = [
    "next_word",
    "previous_word",
    "next_sentence",
    "previous_sentence",
    "to_start",
    "to_end",
    "next_span",
    "previous_span",
    "next_undecided",
    "narrow",
    "toggle_characters",
    "grow_right",
    "shrink_right",
    "grow_left",
    "shrink_left",
    "accept",
    "reject",
    "undo",
    "redo",
]


@given(
    texts(), st.lists(st.sampled_from([*KEYS, "label A", "label B", "select"]), max_size=40), st.data()
)
def test_no_series_of_keys_breaks_the_session(text: str, keys: list[str], data: st.DataObject) -> None:
    desk = Desk(text)
    opened = desk.opened
    for key in keys:
        if key.startswith("label "):
            outcome = opened.review.label(key[-1])
        elif key == "select":
            place = st.integers(-2, len(text) + 2)
            opened.selection.select(data.draw(place), data.draw(place))
            continue
        else:
            outcome = press(opened, key)
        assert 0 <= opened.selection.focus.start <= opened.selection.focus.end <= len(text)
        assert 0 <= opened.selection.cursor <= len(text)
        if opened.selection.focus.span is not None:
            assert opened.selection.focus.span in opened.session.annotations.spans
            assert opened.selection.focus.span[:2] == (
                opened.selection.focus.start,
                opened.selection.focus.end,
            )
        if outcome.edit is not None:
            for change in outcome.edit.changes:
                for span in (change.before, change.after):
                    assert span is None or (span.start, span.end) in outcome.touched
    replayed = AnnotationSet(opened.session.document.sha256, "ann")
    for edit in desk.edits:
        replayed.apply(edit)
    assert list(replayed.spans) == list(opened.session.annotations.spans)


def test_a_selection_takes_whole_words_whichever_way_it_was_dragged() -> None:
    desk = Desk()
    first, last = ARTICLE.index("rican Dev"), ARTICLE.index("opment Bank")
    for start, end in ((first, last), (last, first)):
        desk.opened.selection.select(start, end)
        assert desk.focus == "African Development"


def test_selecting_a_span_makes_the_keys_act_on_it() -> None:
    desk = Desk(suggested=SUGGESTED)
    start = ARTICLE.index("Jan")
    desk.opened.selection.select_span(SpanKey(start, start + 3, "PERSON"))
    desk.opened.review.reject()
    assert ("Jan", "PERSON", "rejected") in desk.spans


def test_the_rest_of_a_paragraph_is_accepted_with_one_key_and_one_undo() -> None:
    desk = Desk(suggested=SUGGESTED).at("agreed")
    desk.opened.review.accept_paragraph()
    assert [span[2] for span in desk.spans] == ["suggested", "accepted", "suggested", "suggested"]
    assert desk.focus == "Jan"
    desk.opened.review.undo()
    assert {span[2] for span in desk.spans} == {"suggested"}
    desk.opened.review.accept_document()
    assert {span[2] for span in desk.spans} == {"accepted"}


def test_going_on_heeds_the_filter() -> None:
    desk = Desk(suggested=SUGGESTED)
    desk.opened.state.filter = Filter(label="PERSON")
    desk.opened.review.next_undecided()
    assert desk.focus == "Jan"
    desk.opened.review.accept()
    assert desk.focus == "Jan"
    assert "PERSON" in desk.opened.review.next_undecided().message


def test_comments_and_flags_are_edits_of_a_span_or_of_the_document() -> None:
    desk = Desk(suggested=SUGGESTED)
    desk.opened.properties.comment("check the date line")
    desk.opened.review.next_undecided()
    desk.opened.properties.comment("or the bank?")
    desk.opened.properties.toggle_flag()
    span = desk.opened.selection.focused_span
    assert span is not None
    assert (span.comment, span.flagged, span.status) == ("or the bank?", True, "suggested")
    assert desk.opened.session.annotations.facts == DocumentFacts.of(comment="check the date line")
    for _ in range(3):
        desk.opened.review.undo()
    assert desk.opened.session.annotations.facts == NO_FACTS


def test_an_edge_inside_a_token_is_known_at_once() -> None:
    desk = Desk(suggested=[("DuarteMinister", "PERSON")]).at("DuarteMinister")
    span = desk.opened.selection.focused_span
    assert span is not None
    assert not desk.opened.session.cuts_token(span)
    edges = TokenEdges()
    edges.add((m.start(), m.end()) for m in re.finditer(r"\w+", ARTICLE))
    desk.opened.session.tokens = edges
    assert not desk.opened.session.cuts_token(span)
    desk.opened.selection.toggle_characters()
    desk.opened.resizing.shrink_right()
    span = desk.opened.selection.focused_span
    assert span is not None
    assert desk.opened.session.cuts_token(span)


def test_the_articles_date_moves_all_relative_dates_but_not_a_persons() -> None:
    desk = Desk(suggested=[("Tuesday", "DATE"), ("March 2, 2021", "DATE"), ("next spring", "DATE")])
    tuesday, march, spring = desk.opened.session.annotations.spans
    assert [
        timex and timex.value for timex in map(desk.opened.session.timex, (tuesday, march, spring))
    ] == [
        "",
        "2021-03-02",
        "",
    ]
    desk.opened.properties.set_creation_time("2023-05-17")
    values = [
        timex and timex.value for timex in map(desk.opened.session.timex, (tuesday, march, spring))
    ]
    assert values == ["2023-05-16", "2021-03-02", "2024-SP"]
    desk.opened.selection.select_span(spring.key)
    desk.opened.properties.set_timex("2025-SP")
    desk.opened.properties.set_creation_time("2022-05-17")
    tuesday, march, spring = desk.opened.session.annotations.spans
    values = [
        timex and timex.value for timex in map(desk.opened.session.timex, (tuesday, march, spring))
    ]
    assert values == ["2022-05-17", "2021-03-02", "2025-SP"]
    assert spring.status == "accepted"


def test_the_edges_of_a_span_go_to_the_ends_of_its_name_in_one_key() -> None:
    desk = Desk("Talks at the Ministry of Harbour Affairs went on.", [("Harbour", "ORG")])
    desk.at("Harbour")
    press(desk.opened, "to_end_of_name")
    assert desk.spans == [("Harbour Affairs", "ORG", "accepted")]
    press(desk.opened, "to_start_of_name")
    assert desk.spans == [("Ministry of Harbour Affairs", "ORG", "accepted")]
    assert (
        press(desk.opened, "to_end_of_name").message == "The name does not extend further to the right."
    )


def test_a_word_run_together_is_shortened_and_lengthened_part_by_part() -> None:
    desk = Desk("It was Ana LopesMinister of ports.", [("Ana LopesMinister", "PERSON")])
    desk.at("Ana")
    press(desk.opened, "shrink_right")
    assert desk.spans == [("Ana Lopes", "PERSON", "accepted")]
    press(desk.opened, "grow_right")
    press(desk.opened, "shrink_left")
    press(desk.opened, "shrink_left")
    assert desk.spans == [("Minister", "PERSON", "accepted")]
    press(desk.opened, "grow_left")
    assert desk.spans == [("LopesMinister", "PERSON", "accepted")]


def test_the_right_key_leaves_a_selected_span() -> None:
    desk = Desk("The Port of Lisbon grew.", [("Port of Lisbon", "ORG")])
    press(desk.opened, "next_undecided")
    assert desk.focus == "Port of Lisbon"
    press(desk.opened, "next_word")
    assert desk.focus == "grew"
