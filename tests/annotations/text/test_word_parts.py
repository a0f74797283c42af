import pytest
from hypothesis import given

from annotations.text.segmentation import words
from annotations.text.word_parts import parts
from tests.texts import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana LopesMinister of", ["Ana", "Lopes", "Minister", "of"]),
        ("in 2021The port", ["in", "2021", "The", "port"]),
        ("on April7, 12May", ["on", "April", "7", "12", "May"]),
        ("the 5th in the 90s, the 2ND", ["the", "5th", "in", "the", "90s", "the", "2ND"]),
        ("NATOChief McKay", ["NATOChief", "Mc", "Kay"]),
        ("e\u0301E\u0301tat", ["e\u0301", "E\u0301tat"]),
        ("don't U.S. G20 東京", ["don't", "U.S.", "G20", "東", "京"]),
    ],
)
def test_a_word_run_together_is_cut_where_its_case_or_kind_changes(
    text: str, expected: list[str]
) -> None:
    assert [text[start:end] for start, end in parts(text, 0, len(text))] == expected


@given(texts())
def test_the_parts_of_a_word_are_the_word(text: str) -> None:
    together = [text[start:end] for start, end in parts(text, 0, len(text))]
    assert "".join(together) == "".join(text[start:end] for start, end in words(text, 0, len(text)))
    assert all(together)
