import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.annotation_set import AnnotationSet
from annotations.document import Document
from annotations.errors import AnnotateError
from annotations.scheme import ONTONOTES
from annotations.search import Search, find
from annotations.session import Session
from annotations.span import Span
from tests.texts import ARTICLE, texts


def found(typed: str, text: str = ARTICLE) -> list[str]:
    search = find(text, typed)
    return [text[slice(*search[number])] for number in range(len(search))]


def test_case_does_not_matter_and_special_characters_stand_for_themselves() -> None:
    assert found("LISBON") == ["Lisbon", "LISBON"]
    assert found("u.s.") == ["U.S."]
    assert found("(afdb)") == ["(AfDB)"]
    assert found("$30") == ["$30"]


def test_a_line_break_is_a_blank() -> None:
    assert found("tuesday to rebuild the") == ["Tuesday to rebuild\nthe"]


def test_behind_a_backslash_it_is_a_regular_expression() -> None:
    assert found(r"\\d{4}-\d\d") == ["2023-05"]
    assert found(r"\^ms\. \w+") == ["Ms. Duarte"]
    assert found(r"\(?-i:p)ort\b") == ["port", "port"]
    assert found("\\ß*") == []
    assert found("\\") == []


@pytest.mark.parametrize("typed", ["\\(", "\\[a", "\\*", "\\a{2,1}", "\\(?P<n", "\\\\"])
def test_what_is_no_regular_expression_is_said(typed: str) -> None:
    with pytest.raises(AnnotateError, match="No regular expression yet"):
        find(ARTICLE, typed)


def test_a_pattern_without_end_is_stopped() -> None:
    begin = time.perf_counter()
    search = find("b" + "a" * 5000 + "c", r"\(a+)+$|b", patience=0.2)
    assert time.perf_counter() - begin < 5
    assert "stopped after 0.2 s" in search.stopped


def test_a_great_many_matches_are_cut_off() -> None:
    search = find("e " * 2000, "e", most=1000)
    assert len(search) == 1000
    assert "first 1,000" in search.stopped


def test_the_next_and_the_previous_match_go_round() -> None:
    search = Search("a", [(2, 3), (5, 6), (9, 10)])
    assert [search.at_or_after(offset) for offset in (0, 2, 3, 9, 10)] == [0, 0, 1, 2, 0]
    assert [search.before(offset) for offset in (0, 2, 3, 20)] == [2, 2, 0, 2]
    assert Search("a", []).at_or_after(3) is None
    assert Search("a", []).before(3) is None


@given(texts(), st.text(max_size=3), st.integers(0, 40), st.integers(0, 40))
def test_matches_in_a_range_are_those_that_touch_it(text: str, typed: str, start: int, end: int) -> None:
    search = find(text, typed.lstrip("\\"))
    everything = [search[number] for number in range(len(search))]
    assert everything == sorted(everything)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(everything))
    touching = [match for match in everything if match[0] < end and start < match[1]]
    if start < end:
        assert search.overlapping(start, end) == touching


class Desk:
    def __init__(self, *spans: Span) -> None:
        document = Document(ARTICLE, "a")
        annotations = AnnotationSet(document.sha256, "ann")
        for span in spans:
            annotations.spans.add(span)
        self.session = Session(document, annotations, ONTONOTES)

    def search(self, typed: str) -> None:
        self.session.show_match(find(ARTICLE, typed), self.session.cursor)

    @property
    def focus(self) -> str:
        return ARTICLE[self.session.focus.start : self.session.focus.end]


def test_a_match_is_taken_as_whole_words_ready_for_a_label() -> None:
    desk = Desk()
    desk.search("otterd")
    assert desk.focus == "otterd"
    desk.session.take_match()
    assert desk.focus == "Rotterdam"
    desk.session.label("GPE")
    (span,) = desk.session.annotations.spans
    assert (ARTICLE[span.start : span.end], span.label, span.status) == (
        *("Rotterdam", "GPE"),
        "accepted",
    )


def test_a_match_of_a_regular_expression_is_taken_as_it_is() -> None:
    desk = Desk()
    desk.search(r"\Duarte(?=M)")
    desk.session.take_match()
    assert (desk.focus, desk.session.focus.end) == ("Duarte", ARTICLE.index("Minister of the"))


def test_a_match_that_is_a_span_is_that_span() -> None:
    start = ARTICLE.index("Rotterdam")
    span = Span(start, start + 9, "GPE", sources=("model 1",))
    desk = Desk(span)
    desk.search("rotterdam")
    desk.session.take_match()
    assert desk.session.focused_span == span


def test_going_on_from_match_to_match() -> None:
    desk = Desk()
    desk.search("afdb")
    assert "1 of 2" in desk.session.take_match().message
    assert "2 of 2" in desk.session.next_match().message
    assert desk.session.cursor == ARTICLE.rindex("AfDB")
    assert "1 of 2" in desk.session.next_match().message
    assert "2 of 2" in desk.session.previous_match().message
    desk.session.to_start()
    desk.session.next_match()
    assert desk.session.cursor == ARTICLE.index("AfDB")
    desk.session.to_end()
    desk.session.previous_match()
    assert desk.session.cursor == ARTICLE.rindex("AfDB")


def test_without_a_search_or_a_match_it_says_so() -> None:
    desk = Desk()
    assert "Nothing was searched for" in desk.session.next_match().message
    desk.search("zebra")
    assert desk.session.match_words == "not found"
    assert "Nothing was found" in desk.session.take_match().message
    assert "Nothing was found" in desk.session.previous_match().message
