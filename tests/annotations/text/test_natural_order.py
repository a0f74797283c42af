"""The natural order of names is a total order."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.natural_order import natural

names = st.text(st.sampled_from("aAbZ0123 -_./é\udcff²٣"), max_size=8) | st.text(max_size=5)


def in_order(*given: str) -> bool:
    shuffled = given[::-1]
    return sorted(shuffled, key=natural) == list(given)


def test_numbers_go_by_their_value() -> None:
    assert in_order("part 2.txt", "part 10.txt", "part 100.txt")
    assert in_order("v1.9", "v1.10", "v2.0")
    assert in_order("a1b2", "a1b10", "a01b11")
    assert in_order("a.txt", "a2.txt", "A10.txt", "a10b2", "a10b11", "c٣", "c10")
    assert in_order("7", "007a", "08", "9" * 80, "1" + "0" * 80)


def test_case_does_not_separate_names() -> None:
    assert in_order("Alpha", "beta", "Gamma")
    assert in_order("A1", "a1")


def test_what_lies_in_a_folder_stays_together() -> None:
    assert in_order("a/1.txt", "a/2.txt", "a-b.txt", "a.txt")
    assert in_order("2/x.txt", "10/a.txt")


@given(names, names)
def test_no_two_names_are_equal(one: str, other: str) -> None:
    assert (natural(one) == natural(other)) == (one == other)


@given(
    st.lists(names, unique=True).flatmap(lambda given: st.tuples(st.just(given), st.permutations(given)))
)
def test_the_order_does_not_depend_on_where_names_stood(given: tuple[list[str], list[str]]) -> None:
    one, other = (sorted(several, key=natural) for several in given)
    assert one == other


@given(st.text("ab", max_size=3), st.integers(0, 10**30), st.integers(0, 10**30))
def test_two_numbers_behind_the_same_beginning_are_in_their_order(
    start: str, one: int, other: int
) -> None:
    before = natural(f"{start}{one}") < natural(f"{start}{other}")
    assert before == (one < other)
