"""Jumping: which letters are shown for which places, and where they lead."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.jump import (
    Jump,
    JumpTarget,
    go_to,
    jump_letters,
    jump_to_suggestions,
    jump_to_words,
)
from annotations.editing.selection import Selection
from annotations.model.span import Span
from annotations.model.span_index import SpanIndex
from annotations.text.segmentation import words

TEXT = "Ana met Rui in Faro."


@given(st.integers(0, 2000), st.integers(2, 26))
def test_letters_are_different_and_known_as_soon_as_they_are_typed(number: int, size: int) -> None:
    letters = jump_letters(number, ascii_lowercase[:size])
    assert len(letters) == number
    assert letters == sorted(letters, key=lambda typed: (len(typed), typed))
    beginnings = {typed[:length] for typed in letters for length in range(1, len(typed))}
    assert not beginnings & set(letters)
    assert len(set(letters)) == number


@pytest.mark.parametrize(
    ("number", "ends"),
    [
        (1, ["a"]),
        (26, ["y", "z"]),
        (27, ["y", "za", "zb"]),
        (51, ["zy", "zz"]),
        (52, ["x", "ya", "zb"]),
        (676, ["zy", "zz"]),
        (677, ["zza", "zzb"]),
    ],
)
def test_there_are_more_letters_only_where_one_each_is_not_enough(number: int, ends: list[str]) -> None:
    letters = jump_letters(number)
    assert [typed for typed in letters if typed in ends] == ends
    assert max(map(len, letters)) == len(ends[-1])


def followed(jump: Jump, typed: str) -> Jump | JumpTarget | None:
    came: Jump | JumpTarget | None = jump
    for letter in typed:
        assert isinstance(came, Jump)
        came = came.after(letter)
    return came


@given(st.integers(1, 800), st.data())
def test_the_letters_of_a_target_lead_there_and_no_others_do(number: int, data: st.DataObject) -> None:
    text = "a " * number
    jump = jump_to_words(text, SpanIndex(), 0, len(text))
    target = data.draw(st.sampled_from(jump.targets))
    came = followed(jump, target.letters)
    assert isinstance(came, JumpTarget)
    assert came.start == target.start
    if not any(other.letters.startswith("z") for other in jump.targets):
        assert jump.after("z") is None
    assert jump.after("A") is jump.after("1") is None


def test_the_undecided_suggestions_that_begin_in_sight_are_gone_to_in_reading_order() -> None:
    spans = SpanIndex(
        [
            Span(0, 3, "PERSON"),
            Span(8, 11, "PERSON", "accepted"),
            Span(8, 19, "EVENT"),
            Span(15, 19, "GPE"),
            Span(4, 7, "ORG", "rejected"),
        ]
    )
    assert [t.span and t.span.label for t in jump_to_suggestions(spans, 0, len(TEXT)).targets] == [
        "PERSON",
        "EVENT",
        "GPE",
    ]
    assert [t.start for t in jump_to_suggestions(spans, 9, len(TEXT)).targets] == [15]


def test_each_word_in_sight_is_gone_to() -> None:
    assert [t.start for t in jump_to_words(TEXT, SpanIndex(), 4, 15).targets] == [4, 8, 12]


def test_the_words_that_may_be_missed_names_have_one_letter_where_not_all_can() -> None:
    text = "go " * 30 + "Ana met Rui and @sea. " + "go " * 30
    start = text.index("Rui")
    spans = SpanIndex([Span(start, start + 3, "PERSON"), Span(0, 5, "ORG", "rejected")])
    jump = jump_to_words(text, spans, 0, len(text))
    assert [target.start for target in jump.targets] == [at for at, _ in words(text, 0, len(text))]
    letters = {text[target.start : target.start + 3]: target.letters for target in jump.targets}
    assert letters["Ana"] == "a"
    assert len(letters["Rui"]) == 2
    assert jump.targets[0].letters == "b"


def test_a_suggestion_is_selected_and_where_it_has_gone_the_cursor_is_there_all_the_same() -> None:
    spans = SpanIndex([Span(8, 19, "EVENT"), Span(8, 11, "PERSON")])
    selection = Selection(TEXT, spans, AnnotatorState())
    event, person = jump_to_suggestions(spans, 0, len(TEXT)).targets
    go_to(event, selection)
    assert (selection.focus.span, selection.focus.chosen) == (event.span, True)
    go_to(person, selection)
    assert selection.focus.span == person.span
    spans.discard(Span(8, 11, "PERSON").key)
    go_to(person, selection)
    assert (selection.cursor, selection.focus.span) == (8, event.span)
    word = jump_to_words(TEXT, spans, 0, 7).targets[1]
    go_to(word, selection)
    assert (selection.focus.start, selection.focus.end, selection.focus.chosen) == (4, 7, False)
