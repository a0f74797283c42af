import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations import words
from tests.texts import ARTICLE, texts


def all_words(text: str) -> list[str]:
    return [text[start:end] for start, end in words.words(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fuad Hussein, of Iraq", ["Fuad", "Hussein", "of", "Iraq"]),
        ("the U.S.-Iraq talks", ["the", "U.S.", "Iraq", "talks"]),
        ("Iraq’s and don't", ["Iraq", "’s", "and", "don't"]),
        ("$30 million, 12%", ["$", "30", "million", "12", "%"]),
        ("1,000.5 at 10:30 in the 90s", ["1,000.5", "at", "10:30", "in", "the", "90s"]),
        ("東京 2020", ["東", "京", "2020"]),
        ("e\u0301te\u0301 दिल्ली", ["e\u0301te\u0301", "दिल्ली"]),
        ("hi 👩\u200d👩\u200d👧 🇩🇪", ["hi", "👩\u200d👩\u200d👧", "🇩🇪"]),
        ("", []),
        (" .,… \n", []),
    ],
)
def test_words_are_what_a_person_selects_in_one_step(text: str, expected: list[str]) -> None:
    assert all_words(text) == expected


@given(texts())
def test_walking_right_and_left_visits_the_same_words(text: str) -> None:
    rightwards = []
    word = words.word_at(text, 0) if text else None
    word = word or words.next_word(text, 0)
    while word:
        rightwards.append(word)
        word = words.next_word(text, word[0])
    leftwards = []
    word = words.previous_word(text, len(text))
    while word:
        leftwards.append(word)
        word = words.previous_word(text, word[0])
    assert rightwards == leftwards[::-1]
    assert rightwards == list(words.words(text, 0, len(text)))


@given(texts(), st.data())
def test_the_word_at_an_offset_holds_it(text: str, data: st.DataObject) -> None:
    if not text:
        return
    offset = data.draw(st.integers(0, len(text) - 1))
    word = words.word_at(text, offset)
    assert word is None or word[0] <= offset < word[1]
    assert (word is not None) == any(
        start <= offset < end for start, end in words.words(text, 0, len(text))
    )


@given(texts())
def test_graphemes_cover_the_text_both_ways(text: str) -> None:
    forwards, at = [0], 0
    while at < len(text):
        at = words.next_grapheme(text, at)
        forwards.append(at)
    backwards = [len(text)]
    while backwards[-1] > 0:
        backwards.append(words.previous_grapheme(text, backwards[-1]))
    assert forwards == backwards[::-1]


def test_a_family_a_flag_and_a_line_end_are_one_grapheme_each() -> None:
    text = "a👩\u200d👩\u200d👧🇩🇪\r\nb"
    stops, at = [], 0
    while at < len(text):
        at = words.next_grapheme(text, at)
        stops.append(at)
    assert stops == [1, 6, 8, 10, 11]
    assert words.grapheme_start(text, 9) == 8


def test_sentences_begin_after_stops_but_not_after_titles() -> None:
    text = "Ms. Duarte met Dr. Reis. They talked! “Why?” he asked.\nNext line."
    begins, at = [], 0
    while at < len(text):
        at = words.next_sentence(text, at)
        begins.append(text[at : at + 5])
    assert begins == ["They ", "“Why?", "Next ", ""]


def test_walking_sentences_back_visits_where_walking_on_did() -> None:
    forwards, at = [0], 0
    while at < len(ARTICLE):
        at = words.next_sentence(ARTICLE, at)
        forwards.append(at)
    backwards, at = [], len(ARTICLE)
    while at > 0:
        at = words.previous_sentence(ARTICLE, at)
        backwards.append(at)
    assert [stop for stop in forwards if stop < len(ARTICLE)] == backwards[::-1]


def test_a_paragraph_ends_at_an_empty_line() -> None:
    text = "one\ntwo\r\n\r\nthree\n \nfour"
    assert [text[slice(*words.paragraph_at(text, at))] for at in (0, 5, 12, len(text) - 1)] == [
        "one\ntwo",
        "one\ntwo",
        "three",
        "four",
    ]


@given(texts())
def test_no_sentence_or_paragraph_begins_inside_a_line_end(text: str) -> None:
    for offset in (words.grapheme_start(text, at) for at in range(len(text))):
        for place in (words.previous_sentence(text, offset), *words.paragraph_at(text, offset)):
            assert text[max(place - 1, 0) : place + 1] != "\r\n"


def test_a_step_in_one_huge_line_does_not_read_it_all() -> None:
    huge = "word " * 400_000
    middle = len(huge) // 2
    assert words.next_word(huge, middle) == (middle + 5, middle + 9)
    assert words.previous_word(huge, middle) == (middle - 5, middle - 1)
    chinese = "東" * 100_000
    assert words.previous_word(chinese, 50_000) == (49_999, 50_000)
