"""The orders of a corpus: each member once, the same order on every machine, and an unbiased sample with `doubt`."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus import order as order_module
from annotations.corpus.member import FilePlace, Member
from annotations.corpus.order import (
    DRAWN_EVERY,
    Ordering,
    drawing_order,
    rearranged,
)
from annotations.corpus.order_names import ORDERS, Order
from annotations.model.document_summary import Progress

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def member(name: str, size: int = 0) -> Member:
    return Member(name, FilePlace(f"/{name}"), size)


def members(number: int) -> list[Member]:
    return [member(f"{number}.txt") for number in range(number)]


def ordered(
    order: Order,
    listed: list[Member],
    seed: int = 1,
    known: dict[int, Progress] | None = None,
    passed: Sequence[int] = (),
) -> list[int]:
    """The order in which a person who begins now reaches the members."""
    ordering = Ordering(order, listed, seed)
    ordering.begin(known or {})
    return list(ordering.sequence(passed))


def drawn_at_random(listed: list[Member], seed: int) -> frozenset[int]:
    return Ordering("doubt", listed, seed).drawn


progress = st.builds(
    Progress,
    done=st.booleans(),
    undecided=st.integers(0, 3),
    doubtful=st.integers(0, 3),
    marked_done=st.sampled_from(["", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"]),
    disputed=st.integers(0, 3),
)
corpora = st.integers(0, 60).flatmap(
    lambda number: st.tuples(
        st.just(members(number)),
        st.dictionaries(st.integers(0, max(number - 1, 0)), progress),
        st.integers(),
    )
)


@given(corpora, st.sampled_from(ORDERS))
def test_every_order_has_each_member_once(
    corpus: tuple[list[Member], dict[int, Progress], int], order: Order
) -> None:
    listed, known, seed = corpus
    found = ordered(order, listed, seed, known)
    assert sorted(found) == list(range(len(listed)))
    assert found == ordered(order, listed, seed, known)


def test_chance_is_the_same_on_every_machine() -> None:
    listed = [member(letter) for letter in LETTERS]
    shown = "".join(LETTERS[number] for number in ordered("random", listed, 1))
    assert shown == "dxmwbtshvepgyiczoalkjunqrf"
    assert shown != "".join(LETTERS[number] for number in ordered("random", listed, 2))


def test_what_comes_or_goes_leaves_the_others_in_their_order_by_chance() -> None:
    all_ = [member(letter) for letter in LETTERS]
    before = [all_[number].name for number in drawing_order(all_, 3)]
    some = all_[1::2]
    after = [some[number].name for number in drawing_order(some, 3)]
    assert after == [name for name in before if LETTERS.index(name) % 2]


def test_the_shortest_come_first_and_equals_as_they_were_listed() -> None:
    listed = [member("a", 5), member("b", 0), member("c", 5), member("d", 3)]
    assert ordered("shortest", listed) == [1, 3, 0, 2]


def test_the_most_disputed_come_first() -> None:
    assert ordered("disputed", members(4), 1, {1: Progress(disputed=2), 3: Progress(disputed=5)}) == [
        3,
        1,
        0,
        2,
    ]
    assert ordered("disputed", members(3)) == ordered("file", members(3)) == [0, 1, 2]


def test_the_most_doubtful_come_first_and_each_fifth_is_drawn() -> None:
    listed = members(20)
    doubts = {number: Progress(undecided=30, doubtful=number) for number in range(0, 20, 2)}
    doubts[1] = Progress(accepted=9)
    found = ordered("doubt", listed, 1, doubts)
    drawn = drawn_at_random(listed, 1)
    assert len(drawn) == 4
    assert [place for place, number in enumerate(found) if number in drawn] == [4, 9, 14, 19]
    others = [number for number in found if number not in drawn]
    doubtful = [number for number in range(18, -1, -2) if number not in drawn]
    without = [number for number in range(1, 20, 2) if number not in drawn]
    assert others == [*doubtful, *without]


def test_what_is_done_is_behind_the_person_and_one_that_is_drawn_comes_at_once_after_many() -> None:
    listed = members(30)
    drawn = drawn_at_random(listed, 7)
    done = [number for number in range(30) if number not in drawn][:9]
    found = ordered(
        "doubt", listed, 7, {number: Progress(done=True, undecided=9, doubtful=9) for number in done}
    )
    assert found[:9] == done
    assert [place for place, number in enumerate(found[9:]) if number in drawn][:3] == [0, 5, 10]


@given(st.integers(5, 60), st.integers(), st.sets(st.integers(1, 59)), st.data())
def test_every_fifth_that_a_person_comes_to_is_drawn_however_often_the_order_changes(
    number: int, seed: int, restarts: set[int], data: st.DataObject
) -> None:
    listed = members(number)
    drawn = drawn_at_random(listed, seed)
    known: dict[int, Progress] = {}
    sequence, visited = ordered("doubt", listed, seed, known), list[int]()
    for place in range(number):
        if place in restarts:
            sequence = ordered("doubt", listed, seed, known)
        current = sequence[place]
        for ahead in data.draw(st.lists(st.sampled_from(sequence[place:]), max_size=3)):
            known[ahead] = Progress(undecided=9, doubtful=data.draw(st.integers(0, 9)))
            passed = sequence[: place + 1]
            sequence = rearranged(sequence, place + 1, ordered("doubt", listed, seed, known, passed))
        known[current] = Progress(done=True, marked_done=f"2026-01-01T00:{place:02}:00Z")
        visited.append(current)
    fifth = visited[DRAWN_EVERY - 1 :: DRAWN_EVERY]
    assert fifth == [one for one in drawing_order(listed, seed) if one in drawn]


@given(corpora)
def test_doubts_have_no_influence_on_what_is_drawn(
    corpus: tuple[list[Member], dict[int, Progress], int],
) -> None:
    listed, known, seed = corpus
    drawn = drawn_at_random(listed, seed)
    assert len(drawn) == len(listed) // DRAWN_EVERY
    undone = {
        number: Progress(undecided=one.undecided, doubtful=one.doubtful) for number, one in known.items()
    }
    found = ordered("doubt", listed, seed, undone)
    fifth = found[DRAWN_EVERY - 1 :: DRAWN_EVERY]
    assert fifth == [number for number in drawing_order(listed, seed) if number in drawn]


@given(corpora, st.integers(0, 60))
def test_a_new_order_changes_only_what_is_not_at_hand_yet(
    corpus: tuple[list[Member], dict[int, Progress], int], kept: int
) -> None:
    listed, known, seed = corpus
    sequence, better = ordered("random", listed, seed), ordered("doubt", listed, seed, known)
    found = rearranged(sequence, kept, better)
    assert found[:kept] == sequence[:kept]
    assert sorted(found) == sorted(sequence)
    assert [number for number in better if number in found[kept:]] == found[kept:]


@given(corpora, st.sampled_from(ORDERS), st.lists(st.tuples(st.integers(0, 59), st.none() | progress)))
def test_a_member_that_moves_leads_to_the_order_of_one_who_begins_now(
    corpus: tuple[list[Member], dict[int, Progress], int],
    order: Order,
    notes: list[tuple[int, Progress | None]],
) -> None:
    listed, known, seed = corpus
    ordering = Ordering(order, listed, seed)
    ordering.begin(known)
    for number, now in notes:
        if number < len(listed):
            ordering.note(number, now)
            known = {key: one for key, one in known.items() if key != number}
            known |= {} if now is None else {number: now}
            assert list(ordering.sequence()) == ordered(order, listed, seed, known)


def test_lots_are_drawn_once_and_what_did_not_move_is_not_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []
    lot = order_module._random_key

    def count(key: str, seed: int) -> bytes:
        drawn.append(key)
        return lot(key, seed)

    monkeypatch.setattr(order_module, "_random_key", count)
    ordering = Ordering("doubt", members(50))
    ordering.begin({})
    for number in range(50):
        ordering.note(number, Progress(undecided=50, doubtful=number))
        ordering.sequence()
    assert len(drawn) == 50
