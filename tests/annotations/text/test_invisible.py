import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.display import displayable
from annotations.text.invisible import INVISIBLE
from tests.texts import texts

EVERY = "".join(map(chr, range(0x110000)))
UNSEEN = regex.findall(
    r"[[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u2800"
    r"\ufff9-\ufffb\U0001d159\U00013430-\U0001343f]--\p{Cn}]",
    EVERY,
    flags=regex.VERSION1,
)
PIECES = [
    *("a", " ", "1", "#", "東", "क", "\u094d", "ي", "\u064e", "ᠠ", "∩", "ᄀ", "ᅡ", "ᆨ", "\n"),
    *("❤", "⌚", "👩", "👧", "🏽", "🏴", "🇩", "\u20e3", "\u0301", "\u0600"),
    *("\ufe0f", "\ufe0e", "\ufe00", "\U000e0100", "\u180b", "\u200d", "\u200c", "\u115f", "\u1160"),
    *("\U000e0067", "\U000e0062", "\U000e007f", "\u200b", "\u034f", "\u180e", "\u2066"),
]
awkward = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def test_nothing_that_is_invisible_by_itself_is_left_between_letters_or_blanks() -> None:
    assert len(UNSEEN) > 2500
    for before, after in (("a", "b"), (" ", " "), ("", "")):
        left = [
            hex(ord(char)) for char in UNSEEN if displayable(before + char + after)[len(before)] == char
        ]
        assert left == []


@pytest.mark.parametrize(
    "text",
    [
        *("❤\ufe0f", "⌚\ufe0e", "1\ufe0f\u20e3", "👩\u200d👧", "❤\ufe0f\u200d🔥", "👍🏽\u200d❤"),
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        *("می\u200cرود", "ह\u094d\u200d", "क\u094d\u200dष", "葛\U000e0100", "∩\ufe00", "ᠠ\u180b"),
        *("ᄀ\u1160", "\u115fᅡ"),
    ],
)
def test_what_does_visible_work_in_its_place_is_kept(text: str) -> None:
    assert displayable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ana\ufe0f \ufe0e.", "Ana· ·."),
        ("3\ufe0f", "3·"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f·"),
        ("An\u200dna\u200c", "An·na·"),
        ("می\u200c \u200c", "می· ·"),
        ("👩\u200d", "👩·"),
        # Text can be hidden in tags after any emoji.
        ("😀\U000e0048\U000e0069", "😀··"),
        ("🏴\U000e0067\U000e0062", "🏴··"),
        ("1\U000e0067\U000e0062\U000e0073\U000e007f", "1····"),
        ("葛\U000e0100\U000e0101", "葛\U000e0100·"),
        ("\u3164ㅏ\uffa0", "·ㅏ·"),
        ("a\u115fb \u1160", "a·b ·"),
        ("a\u180bᠠ\u180e", "a·ᠠ·"),
        # A selector in a wrong place is not a letter, so a joiner after it joins nothing.
        ("\u180b\u200d", "··"),
    ],
)
def test_elsewhere_a_symbol_stands_for_it(text: str, shown: str) -> None:
    assert displayable(text) == shown


@given(st.one_of(awkward, texts()))
def test_one_code_point_becomes_one_and_symbols_stay(text: str) -> None:
    shown = displayable(text)
    assert len(shown) == len(text)
    assert displayable(shown) == shown


@given(awkward)
def test_a_cluster_is_shown_alone_as_it_is_in_its_text(text: str) -> None:
    shown = displayable(text)
    for match in regex.finditer(r"\X", text):
        start, end = match.span()
        assert displayable(text[start : end + 1])[: end - start] == shown[start:end]


@given(awkward)
def test_no_two_texts_that_differ_in_what_is_invisible_are_shown_alike(text: str) -> None:
    assert displayable(text + "\u2062" + text).count(INVISIBLE) > 2 * displayable(text).count(INVISIBLE)
