import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text import segmentation as words
from tests.texts import ARTICLE, texts

UNSPACED = [
    *("2021", "5", "３", "๕", "၃", "Ana", "AfDB", "2021년", "도시"),
    *("東", "京", "〇", "さくら", "で", "ラーメン", "ﾊﾟﾘ", "ー", "ㄅㄆ", "ꀀꀁ"),
    *("เชียงใหม่", "กำ", "ວຽງຈັນ", "ភ្នំពេញ", "ရန်ကုန်", "က္က", "བོད་", "ꦗꦮ", "ᬩᬮᬶ"),
    *("\ufe0f", "\u200d", "\u200c", "\u3164", "\u034f", "\u2800", "\u115f", "\u1160", "\U000e0041"),
    *("1\ufe0f\u20e3", "❤\ufe0f", "👩\u200d👧", "🇩🇪", "\u0600", "\u0301", " ", "'s", "’", "."),
]
"""Pieces of text to be joined without spaces, many of them in scripts that do not use spaces."""
unspaced = st.lists(st.sampled_from(UNSPACED), max_size=20).map("".join)


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
        ("(@harbour_news, @a.b) x@y @ 5", ["@harbour_news", "@a.b", "x", "@", "y", "@", "5"]),
        ("", []),
        (" .,… \n", []),
    ],
)
def test_words_are_what_a_person_selects_in_one_step(text: str, expected: list[str]) -> None:
    assert all_words(text) == expected


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第7舰队在横滨。于1999年4月会见", ["横滨", "1999", "4", "舰队"]),
        ("彼女は8月9日に名古屋で会った", ["名古屋", "8月9日", "会った"]),
        ("ひろみは3人のさくらと話した", ["ひろみ", "さくら", "3"]),
        ("JALがキャノンと5年", ["JAL", "キャノン", "5"]),
        ("วันที่3สมชายไปเชียงใหม่กับIBM", ["สมชาย", "เชียงใหม่", "IBM", "3"]),
        ("ຢູ່ວຽງຈັນ2ຄົນ", ["ວຽງຈັນ", "2"]),
        ("នៅភ្នំពេញ៥នាក់", ["ភ្នំពេញ", "៥"]),
        ("မောင်မောင်သည်ရန်ကုန်၃ယောက်", ["ရန်ကုန်", "၃"]),
        ("သူမာမာနှင့်ဝါးခင်း", ["မာမာ", "ဝါး"]),
        ("ཁོང་ལྷ་ས་ལ་3ཕེབས", ["ལྷ་ས", "3"]),
        ("ㄊㄞ2ㄅㄟ", ["ㄅㄟ", "2"]),
    ],
)
def test_names_in_scripts_without_spaces_begin_and_end_with_a_word(text: str, wanted: list[str]) -> None:
    begins, ends = zip(*words.words(text, 0, len(text)), strict=True)
    for name in wanted:
        start = text.index(name)
        assert start in begins, (name, all_words(text))
        assert start + len(name) in ends, (name, all_words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021년 5월 서울", ["2021년", "5월", "서울"]),
        ("ＮＨＫ ジョン・スミス", ["ＮＨＫ", "ジョン", "スミス"]),
        ("می\u200cخواهد", ["می\u200cخواهد"]),
        ("1\ufe0f\u20e3 #\ufe0f\u20e3 x", ["1\ufe0f\u20e3", "#\ufe0f\u20e3", "x"]),
        ("in \u0662\u0660", ["in", "\u0662\u0660"]),
    ],
)
def test_letters_that_have_spaces_between_words_stay_together(text: str, expected: list[str]) -> None:
    assert all_words(text) == expected


@pytest.mark.parametrize(
    "unseen",
    [
        *("\ufe0f\ufe0e", "\u034f", "\U000e0041\U000e0042", "\u3164", "\u115f\u1160", "\uffa0"),
        *(
            "\u200b",
            "\u200d",
            "\u200c",
            "\u2800",
            "\U0001d159",
            "\u17b4",
            "\u180b",
            "\U000e0100",
            "\u0301",
        ),
    ],
)
def test_what_nobody_can_see_is_no_word(unseen: str) -> None:
    assert all_words(f"Ana {unseen} Rui") == ["Ana", "Rui"]


@example("\u115f\ub3c4\uc2dc")
@example("\u115f\u115f\u1100\u1161")
@given(unspaced)
def test_no_word_begins_or_ends_inside_a_grapheme_cluster(text: str) -> None:
    edges = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    for start, end in words.words(text, 0, len(text)):
        assert {start, end} <= edges


@given(unspaced)
def test_a_digit_is_in_no_word_with_a_letter_of_a_script_without_spaces(text: str) -> None:
    single = regex.compile(
        r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Bopomofo}\p{Yi}\p{Thai}\p{Lao}\p{Khmer}]"
    )
    for word in all_words(text):
        letters = regex.findall(r"(?!\p{gcb=Extend})\p{L}", word)
        unlike = [letter for letter in letters if not single.match(letter)]
        if any(single.match(letter) for letter in letters):
            assert not unlike
            assert not regex.search(r"\p{Nd}", word)


@given(st.one_of(texts(), unspaced))
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


@given(st.one_of(texts(), unspaced), st.data())
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


def test_only_white_space_is_white_space() -> None:
    text = "a \t\u00a0\r\nb\u200b"
    assert words.only_white_space(text, 1, 6)
    assert not words.only_white_space(text, 0, 2)
    assert not words.only_white_space(text, 7, 8)


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


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_end_of_one_line_ends_no_paragraph(line_end: str) -> None:
    text = line_end.join(["One line.", "The next.", "", "Another", "one."])
    paragraphs = {text[slice(*words.paragraph_at(text, at))] for at in (0, 12, len(text) - 1)}
    assert paragraphs == {f"One line.{line_end}The next.", f"Another{line_end}one."}


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
