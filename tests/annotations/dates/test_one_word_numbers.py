"""Numbers that are written as one word, with the words of the German table."""

import pytest

from annotations.dates.language import load_language
from annotations.dates.numbers import OneWordNumbers


def numbers() -> OneWordNumbers:
    found = load_language("de").one_word_numbers
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("acht", 8),
        ("siebenundzwanzig", 27),
        ("hundert", 100),
        ("zweihundert", 200),
        ("hundertundeins", 101),
        ("dreihundertfünfundsechzig", 365),
        ("tausend", 1000),
        ("dreitausendzweihundert", 3200),
        ("neunzehnhundertneunundachtzig", 1989),
    ],
)
def test_numbers(word: str, value: int) -> None:
    assert numbers().value(word) == value


@pytest.mark.parametrize(
    ("word", "value"), [("fünfzehnte", 15), ("dreizehnten", 13), ("einundzwanzigster", 21)]
)
def test_ordinals(word: str, value: int) -> None:
    assert numbers().meaning(word) == {"ordinal": value}


def test_what_is_said_as_a_year_can_be_one() -> None:
    year = {"number": 1848, "year": 1848, "modernyear": 1848}
    assert numbers().meaning("achtzehnhundertachtundvierzig") == year
    assert numbers().meaning("fünfzehnhundert") == {"number": 1500}


@pytest.mark.parametrize(
    "word",
    ["und", "zweidrei", "undzwei", "zwanzigundzwei", "hunderthundert", "zweiundelf", "drei" * 400],
)
def test_other_words_are_no_numbers(word: str) -> None:
    assert numbers().meaning(word) is None
