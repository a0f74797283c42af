import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.label_scheme import ONTONOTES
from annotations.model.span import Span
from annotations.text.search import Search, find, has_capital
from tests.spans import sources_named
from tests.texts import ARTICLE, texts


def found(typed: str, text: str = ARTICLE) -> list[str]:
    search = find(text, typed)
    return [text[slice(*search[number])] for number in range(len(search))]


def test_case_matters_once_a_capital_is_typed() -> None:
    assert found("lisbon") == ["Lisbon", "LISBON"]
    assert found("Lisbon") == ["Lisbon"]
    assert found("LISBON") == ["LISBON"]
    assert found("lisboN") == []
    assert found(r"\\blisbon") == ["Lisbon", "LISBON"]
    assert found(r"\L\w+n") == ["Lisbon"]


def test_special_characters_stand_for_themselves() -> None:
    assert found("u.s.") == ["U.S."]
    assert found("(afdb)") == ["(AfDB)"]
    assert found("$30") == ["$30"]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "port",
            "1,000",
            "東京",
            "ß",
            "ſ",
            "ǆ",
            "",
            "\\",
            r"\\B\W\S\D\Aport\Z",
            r"\\p{Lu}\P{Ll}\pL\N{DASH}",
        ),
        *(
            r"\\x4A\u004A\U0000004A",
            r"\(?P<Name>a)(?P=Name)(?P>Name)\g<Name>",
            r"\(?<Name>a)(?(Name)b|c)(?&Name)",
        ),
        *(r"\(?V1)(?R)", r"\(?#A Comment)a", r"\[[:Upper:]]", r"\(*FAIL)", r"\a\\b"),
    ],
)
def test_no_capital_is_typed(typed: str) -> None:
    assert not has_capital(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "Port",
            "porT",
            "É",
            "E\u0301",
            "İ",
            "Σ",
            "ǅ",
            "Я",
            "\\Port",
            r"\\bPort",
            r"\[A-Z]",
            r"\(?<=A)b",
        ),
        *(
            r"\(?<!A)b",
            r"\(?P<n>A)",
            r"\(?(?=A)b|c)",
            r"\\\Port",
            r"\(?:A)",
            r"\(?!A)",
            r"\\x4AZ",
            r"\(?#a)A",
        ),
    ],
)
def test_a_capital_is_typed(typed: str) -> None:
    assert has_capital(typed)


@pytest.mark.parametrize(
    ("typed", "text", "places"),
    [
        # German: the sharp s is two letters in capitals; a match never begins or ends between them.
        ("straße", "Die Straße, STRASSE, strasse", [(4, 10), (12, 19), (21, 28)]),
        ("strasse", "Die Straße, STRAẞE", [(4, 10), (12, 18)]),
        ("s", "ßs", [(1, 2)]),
        ("as", "aß as", [(3, 5)]),
        # Turkish: after a letter with another length in lower case, matches are still at the right places.
        ("istanbul", "İİ İstanbul, ISTANBUL", [(3, 11), (13, 21)]),
        ("i\u0307zmir", "İzmir I\u0307zmir", [(0, 5), (6, 12)]),
        ("ısparta", "İ Isparta ısparta", [(2, 9), (10, 17)]),
        ("ı", "i", []),
        ("İ", "i İ I\u0307", [(2, 3), (4, 6)]),
        # Greek: three forms of one letter.
        ("οδοσ", "οδος ΟΔΟΣ", [(0, 4), (5, 9)]),
        ("οδος", "ΟΔΟΣ οδοσ", [(0, 4), (5, 9)]),
        ("Οδος", "Οδος ΟΔΟΣ", [(0, 4)]),
        # Ligatures, composed and decomposed letters.
        ("fi", "ﬁn FIN", [(0, 1), (3, 5)]),
        ("ﬁn", "fin FIN", [(0, 3), (4, 7)]),
        ("f", "ﬁ", []),
        ("é", "É E\u0301 e", [(0, 1), (2, 4)]),
        ("e", "e\u0301 e", [(3, 4)]),
        ("ǰ", "J\u030c", [(0, 2)]),
        # Scripts without upper and lower case.
        ("東京", "東京 東", [(0, 2)]),
        ("ﾊ", "ハ ﾊ", [(2, 3)]),
    ],
)
def test_what_is_the_same_in_any_case_and_where_it_is(
    typed: str, text: str, places: list[tuple[int, int]]
) -> None:
    search = find(text, typed)
    assert [search[number] for number in range(len(search))] == places


@pytest.mark.parametrize("typed", ["straße", "istanbul", "ısparta", "οδος", "ﬁn"])
def test_case_is_the_same_for_a_regular_expression(typed: str) -> None:
    text = "Straße, STRASSE, İstanbul, Isparta, ΟΔΟΣ, FIN"
    assert found("\\" + typed, text) == found(typed, text) != []


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
    assert find(ARTICLE, typed).wrong.startswith("Not a regular expression yet")


def test_a_pattern_without_end_is_stopped_and_what_was_found_is_kept() -> None:
    search = find("b" + "a" * 5000 + "c", r"\(?:a|aa)+$|b", patience=0.2)
    assert [search[0], len(search), search.stop] == [(0, 1), 1, "time"]


def test_a_great_many_matches_are_cut_off() -> None:
    search = find("e " * 2000, "e", most=1000)
    assert len(search) == 1000
    assert search.stop == "most"
    assert "first 100,000" in search.stopped


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
        self.opened = OpenDocument(document, annotations, ONTONOTES)

    def search(self, typed: str) -> None:
        self.opened.search_cursor.show_match(find(ARTICLE, typed), self.opened.selection.cursor)

    @property
    def focus(self) -> str:
        return ARTICLE[self.opened.selection.focus.start : self.opened.selection.focus.end]


def test_a_match_is_taken_as_whole_words_ready_for_a_label() -> None:
    desk = Desk()
    desk.search("otterd")
    assert desk.focus == "otterd"
    desk.opened.search_cursor.take_match()
    assert desk.focus == "Rotterdam"
    desk.opened.review.label("GPE")
    (span,) = [span for span in desk.opened.session.annotations.spans if span.accepted]
    assert (ARTICLE[span.start : span.end], span.label) == ("Rotterdam", "GPE")


def test_a_match_of_a_regular_expression_is_taken_as_it_is() -> None:
    desk = Desk()
    desk.search(r"\Duarte(?=M)")
    desk.opened.search_cursor.take_match()
    assert (desk.focus, desk.opened.selection.focus.end) == ("Duarte", ARTICLE.index("Minister of the"))


def test_a_match_that_is_a_span_is_that_span() -> None:
    start = ARTICLE.index("Rotterdam")
    span = Span(start, start + 9, "GPE", sources=sources_named("model 1"))
    desk = Desk(span)
    desk.search("rotterdam")
    desk.opened.search_cursor.take_match()
    assert desk.opened.selection.focused_span == span


def test_a_match_that_is_a_span_inside_glued_words_is_that_span() -> None:
    start = ARTICLE.index("DuarteM")
    span = Span(start, start + 6, "PERSON", sources=sources_named("model 1"))
    desk = Desk(span)
    desk.opened.search_cursor.show_match(find(ARTICLE, "duarte"), start)
    desk.opened.search_cursor.take_match()
    assert desk.opened.selection.focused_span == span
    desk.opened.search_cursor.next_match()
    assert desk.opened.selection.cursor != start
    desk.opened.search_cursor.previous_match()
    assert desk.opened.selection.focused_span == span


def test_blanks_at_the_edges_of_what_is_typed_are_not_selected() -> None:
    start = ARTICLE.index("Rotterdam")
    span = Span(start, start + 9, "GPE", sources=sources_named("model 1"))
    desk = Desk(span)
    for typed in ("rotterdam ", " rotterdam"):
        desk.opened.selection.to_start()
        desk.search(typed)
        desk.opened.search_cursor.take_match()
        assert desk.opened.selection.focused_span == span


def test_going_on_from_a_selection_that_was_grown_goes_on_from_its_match() -> None:
    desk = Desk()
    desk.search("afdb")
    desk.opened.search_cursor.take_match()
    desk.opened.resizing.grow_left()
    assert "2 of 2" in desk.opened.search_cursor.next_match().message


def test_a_match_that_was_rejected_as_a_span_is_its_words() -> None:
    start = ARTICLE.index("Rotterdam")
    desk = Desk(Span(start, start + 9, "GPE", status="rejected", sources=sources_named("model 1")))
    desk.search("rotterdam")
    desk.opened.search_cursor.take_match()
    assert (desk.focus, desk.opened.selection.focused_span) == ("Rotterdam", None)


def test_a_stopped_search_says_so_when_nothing_was_found() -> None:
    desk = Desk()
    desk.opened.search_cursor.show_match(Search(r"\(a+)+$", stop="memory"), 0)
    assert desk.opened.search_cursor.match_words == "Stopped: this search needs more than 200 MB."
    assert (
        desk.opened.search_cursor.take_match().message == "Stopped: this search needs more than 200 MB."
    )


def test_going_on_from_match_to_match() -> None:
    desk = Desk()
    desk.search("afdb")
    assert "1 of 2" in desk.opened.search_cursor.take_match().message
    assert "2 of 2" in desk.opened.search_cursor.next_match().message
    assert desk.opened.selection.cursor == ARTICLE.rindex("AfDB")
    assert "1 of 2" in desk.opened.search_cursor.next_match().message
    assert "2 of 2" in desk.opened.search_cursor.previous_match().message
    desk.opened.selection.to_start()
    desk.opened.search_cursor.next_match()
    assert desk.opened.selection.cursor == ARTICLE.index("AfDB")
    desk.opened.selection.to_end()
    desk.opened.search_cursor.previous_match()
    assert desk.opened.selection.cursor == ARTICLE.rindex("AfDB")


def test_without_a_search_or_a_match_it_says_so() -> None:
    desk = Desk()
    assert "Nothing was searched for" in desk.opened.search_cursor.next_match().message
    desk.search("zebra")
    assert desk.opened.search_cursor.match_words == "not found"
    assert "Nothing was found" in desk.opened.search_cursor.take_match().message
    assert "Nothing was found" in desk.opened.search_cursor.previous_match().message


def test_what_is_selected_is_whole_words_of_the_language() -> None:
    text = "Ils sont à l’opéra ce soir."
    found = find(text, "opér")
    assert text[slice(*found.extent(text, 0, "fr"))] == "opéra"
    assert text[slice(*found.extent(text, 0, "en"))] == "l’opéra"
