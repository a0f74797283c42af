from hypothesis import given
from hypothesis import strategies as st

from annotations.text.natural_order import natural


def test_numbers_go_by_their_value() -> None:
    wanted = ["a.txt", "a2.txt", "A10.txt", "a10b2", "a10b11", "b007", "b7", "b008", "c٣", "c10"]
    backwards = wanted[::-1]
    assert sorted(backwards, key=natural) == wanted


@given(st.lists(st.text(alphabet="aA01٣²é-. ")))
def test_any_names_have_an_order_that_is_the_same_however_they_come(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(names, key=natural) == sorted(backwards, key=natural)
