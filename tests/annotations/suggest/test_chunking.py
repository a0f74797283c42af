from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.suggest import chunking
from annotations.suggest.chunking import LIMIT, chunks, in_order

SMALL = 60

words = st.text("aé中ы", min_size=1, max_size=9)
sentences = st.lists(words, min_size=1, max_size=30).map(" ".join).map(lambda line: line + ". ")
paragraphs = st.lists(sentences, min_size=1, max_size=3).map("".join)
articles = st.builds(
    lambda parts, end: end.join(parts),
    st.lists(paragraphs, max_size=6),
    st.sampled_from(["\n\n", "\r\n\r\n", "\r\r", "\n \n", "\n", "\r\n"]),
)


@pytest.fixture(scope="class")
def small_limit() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunking, "LIMIT", SMALL)
        yield


def cuts(text: str) -> list[int]:
    return [end for _, end in chunks(text)][:-1]


@pytest.mark.usefixtures("small_limit")
class TestAnyText:
    @given(st.one_of(articles, st.text(max_size=500), st.text("a \r\n\u0301👩\u200d", max_size=500)))
    def test_is_covered_without_gap_or_overlap(self, text: str) -> None:
        place = 0
        for start, end in chunks(text):
            assert start == place
            assert start < end <= start + SMALL
            place = end
        assert place == len(text)

    @given(articles)
    def test_is_never_cut_inside_a_word_or_a_line_end(self, text: str) -> None:
        for cut in cuts(text):
            assert (
                not (text[cut - 1].isalpha() and text[cut].isalpha()) or "中" in text[cut - 1 : cut + 1]
            )
            assert text[cut - 1 : cut + 1] != "\r\n"

    @given(articles)
    def test_is_cut_at_the_last_paragraph_that_fits(self, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" \n", "\n")
        for start, end in chunks(text)[:-1]:
            begins = [
                place
                for place in range(start + 2, start + SMALL + 1)
                if text[place - 2 : place] == "\n\n" and text[place : place + 1] not in ("\n", "")
            ]
            assert not begins or end == begins[-1]

    @given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9)), unique=True), st.integers(0, 99))
    def test_of_ranges_the_visible_one_comes_first_and_none_is_lost(
        self, parts: list[tuple[int, int]], visible: int
    ) -> None:
        ranges = [(start * 10, start * 10 + length) for start, length in parts]
        ordered = in_order(ranges, visible)
        assert sorted(ordered) == sorted(ranges)
        ahead = [bounds for bounds in ordered if bounds[1] > visible]
        assert ordered[: len(ahead)] == sorted(ahead)


def test_an_article_is_one_unit() -> None:
    text = "A paragraph of an article.\n\n" * (LIMIT // 28)
    assert chunks(text) == [(0, len(text))]


def test_there_is_nothing_to_read_in_an_empty_text() -> None:
    assert chunks("") == []


def test_the_reader_comes_before_the_beginning() -> None:
    ranges = [(0, 10), (10, 20), (20, 30)]
    assert in_order(ranges, 12) == [(10, 20), (20, 30), (0, 10)]
    assert in_order(ranges, 30) == ranges


@pytest.mark.parametrize(
    ("piece", "behind"),
    [
        ("one more word and ", " "),
        ("A sentence of one line. ", " "),
        ("文字没有空格。", "。"),
        ("no-space,at-all;", "-,;"),
        ("سطر بعد سطر ", " "),
    ],
)
def test_a_megabyte_in_one_line_is_cut_between_words(piece: str, behind: str) -> None:
    text = piece * (1_000_000 // len(piece))
    ranges = chunks(text)
    assert "".join(text[start:end] for start, end in ranges) == text
    assert all(text[end - 1] in behind for _, end in ranges)
    assert all(LIMIT * 0.99 < end - start <= LIMIT for start, end in ranges[:-1])


@pytest.mark.parametrize("piece", ["a", "e\u0301\u0302", "👩\u200d🚀", "\u0301", "\n", "\r\n"])
def test_a_megabyte_without_a_word_end_is_cut_between_graphemes(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    ranges = chunks(text)
    assert ranges[-1][1] == len(text)
    assert len(ranges) < 80
    if piece != "\u0301":  # one grapheme of a million marks must be cut
        assert all(start % len(piece) == 0 for start, _ in ranges)


def test_a_line_is_not_cut_when_lines_are_all_there_is() -> None:
    text = "a line of a list without any full stop\r\n" * 2000
    assert all(text[:end].endswith("\r\n") for _, end in chunks(text))


@pytest.mark.usefixtures("small_limit")
def test_a_sentence_ends_where_the_language_ends_one() -> None:
    text = "Es regnete den ganzen Tag. Das Haus Nr. 5 blieb bis gegen Abend geschlossen."
    assert text[: chunks(text, "de")[0][1]] == "Es regnete den ganzen Tag. "
