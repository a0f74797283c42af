import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.name_extent import end_of_name, start_of_name
from tests.texts import texts

WHOLE = [
    "Ministry of Foreign Affairs",
    "U.S.-Iraq Harbour Talks",
    "Moura’s Shipping Company",
    "Banco de la República",
    "King of the United Isles",
    "Ana F. Lopes",
    "Port\nAuthority of\r\nNew Haven",
    "O’Brien & Sons Ltd",
    "Al-Hamra",
    "Yusuf bin Karim",
    "St. Anne",
    "World Forum II",
    "Ελληνική Δημοκρατία",
    "Érika Muñoz-Sáez",
]


@pytest.mark.parametrize("name", WHOLE)
def test_a_name_is_followed_to_its_end_and_to_its_start(name: str) -> None:
    text = f"today {name} said"
    first = text.index(name) + len(name.split()[0].split("-")[0].split("’")[0])
    assert text[6 : end_of_name(text, first)] == name
    last = text.index(name) + max(name.rfind(sign) for sign in " -\n") + 1
    assert text[start_of_name(text, last) : -5] == name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Lisbon and then", "Lisbon"),
        ("the King of hearts", "King"),
        ("Port\n\nAuthority", "Port"),
        ("went home. Lisbon", "home"),
        ("in Ghent. Rotterdam", "Ghent"),
        ("LopesMinister", "Lopes"),
        ("Lisbon, Porto", "Lisbon"),
        ("Lisbon's harbour", "Lisbon"),
        ("東京都知事", "東京"),
        ("", ""),
    ],
)
def test_a_name_ends_where_no_more_capitals_follow(text: str, word: str) -> None:
    end = text.index(word) + len(word)
    assert end_of_name(text, end) == end


@pytest.mark.parametrize(
    ("text", "word"),
    [("we saw Lisbon", "Lisbon"), ("Ghent. Lisbon", "Lisbon"), ("LopesMinister", "Minister")],
)
def test_a_name_begins_where_no_more_capitals_precede(text: str, word: str) -> None:
    assert start_of_name(text, text.index(word)) == text.index(word)


def test_a_word_that_was_cut_is_taken_whole_first() -> None:
    assert end_of_name("near Rotterdam East Quay", 9) == 24
    assert start_of_name("near Rotterdam East Quay", 17) == 5


def test_a_project_adds_small_words_of_its_own() -> None:
    text = "at Haven op Zee today"
    assert text[: end_of_name(text, 8)] == "at Haven"
    assert text[: end_of_name(text, 8, frozenset({"op"}))] == "at Haven op Zee"


@given(texts(), st.data())
def test_growing_never_shrinks_and_comes_to_an_end(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    start, end = start_of_name(text, place), end_of_name(text, place)
    assert 0 <= start <= place <= end <= len(text)
    assert end_of_name(text, end) >= end


def test_a_word_that_is_cut_is_one_of_the_language() -> None:
    text = "sur l’Étoile Rouge hier"
    assert start_of_name(text, 8, language="fr") == 6
    assert end_of_name(text, 8, language="fr") == 18
