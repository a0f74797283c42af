import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotations.corpus import listing
from annotations.corpus.listing import (
    CONDITIONS,
    GLANCES,
    SORT_ORDERS,
    STEP,
    ListedDocument,
    Listing,
    SortOrder,
    narrows,
)
from annotations.corpus.name_filter import fold, matched, words_of
from annotations.entities.steps import finish
from annotations.text.natural_order import natural
from tests.annotations.corpus.summaries import RowsInMemory


def rows_of(*names: str) -> list[ListedDocument]:
    return [ListedDocument(number, f"k{number}", name) for number, name in enumerate(names, 1)]


def names(found: Listing) -> list[str]:
    return [found[place].name for place in range(len(found))]


HARBOUR = [
    ListedDocument(
        1, "k1", "Harbour fire.txt", "done", undecided=0, minutes=6.0, changed_at="2026-03-01"
    ),
    ListedDocument(2, "k2", "grid failure.txt", "begun", True, undecided=19, doubtful=4),
    ListedDocument(
        3, "k3", "open letter.txt", "done", undecided=3, file="gone", changed_at="2026-03-02"
    ),
    ListedDocument(4, "k4", "dam10.txt", "new", undecided=94, doubtful=12, at_random=True),
    ListedDocument(
        5, "k5", "dam9.txt", "new", file="moved", file_detail="old/dam9.txt", language="German"
    ),
]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", [1, 2, 3, 4, 5]),
        (" ", [1, 2, 3, 4, 5]),
        ("F", [1, 2]),
        ("fire", [1]),
        ("re fi", [1]),
        ("DAM", [4, 5]),
        ("done", [1, 3]),
        ("done gone", [3]),
        ("Open", [2, 3, 4, 5]),
        ("opena", []),
        ("German", [5]),
        ("german dam10", []),
        ("french", []),
        ("begun", [2]),
        ("new dam", [4, 5]),
        ("flagged", [2]),
        ("random", [4]),
        ("undecided done", [3]),
        ("moved", [5]),
        ("zebra", []),
    ],
)
def test_what_fits_what_is_typed(typed: str, wanted: list[int]) -> None:
    found = Listing(RowsInMemory(HARBOUR))
    found.narrow_to(typed)
    assert [found[place].number for place in range(len(found))] == wanted


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("given", [1, 2, 3, 4, 5]),
        ("name", [5, 4, 2, 1, 3]),
        ("most left", [4, 2, 3, 1, 5]),
        ("most doubtful", [4, 2, 1, 3, 5]),
        ("minutes", [1, 2, 3, 4, 5]),
        ("last changed", [3, 1, 2, 4, 5]),
    ],
)
def test_each_order(order: SortOrder, wanted: list[int]) -> None:
    found = Listing(RowsInMemory(HARBOUR))
    found.sort(order)
    assert [found[place].number for place in range(len(found))] == wanted
    assert found.order == order


def test_the_filter_stays_when_the_order_changes() -> None:
    found = Listing(RowsInMemory(HARBOUR))
    found.narrow_to("dam")
    found.sort("name")
    assert names(found) == ["dam9.txt", "dam10.txt"]
    found.narrow_to("")
    assert names(found)[0] == "dam9.txt"


def test_a_document_that_changed_stands_where_it_belongs_now() -> None:
    found = Listing(RowsInMemory(HARBOUR))
    found.narrow_to("open")
    found.sort("most left")
    found.replace([replace(HARBOUR[3], undecided=1)])
    assert names(found) == ["grid failure.txt", "open letter.txt", "dam10.txt", "dam9.txt"]
    found.replace([replace(HARBOUR[1], state="done")])
    assert found.place_of("k2") is None
    assert found.place_of("k4") == 1
    found.narrow_to("")
    found.sort("name")
    found.replace([replace(HARBOUR[0], name="a.txt")])
    assert names(found)[0] == "a.txt"
    with pytest.raises(KeyError):
        found.replace([replace(HARBOUR[0], key="elsewhere")])


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Records how many documents each step of filtering checks."""
    counts: list[int] = []
    really = Listing._fitting_of

    def counting(self: Listing, places: list[int], words: tuple[str, ...]) -> list[int]:
        counts.append(len(places))
        return really(self, places, words)

    monkeypatch.setattr(Listing, "_fitting_of", counting)
    return counts


def test_a_filter_that_grows_looks_only_at_what_fitted_before(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Listing(RowsInMemory(rows_of(*(f"report-{number}.txt" for number in range(1000)))))
    seen, counts = looked_at(monkeypatch), []
    for typed in ("9", "99", "99 ", "99 9", "99 99", "99", "done"):
        seen.clear()
        found.narrow_to(typed)
        counts.append(sum(seen))
    assert counts == [1000, 271, 0, 19, 0, 0, 1000]


def test_names_are_made_ready_for_comparing_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folded = []

    def noting(text: str) -> str:
        folded.append(text)
        return fold(text)

    monkeypatch.setattr(listing, "fold", noting)
    found = Listing(RowsInMemory(rows_of("a", "b", "c")))
    for typed in ("a", "ab", "", "b"):
        found.narrow_to(typed)
    found.sort("name")
    assert folded == ["a", "b", "c"]


def test_a_document_that_changes_moves_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sorted or filtered again, and only a few other rows are compared to find its place."""
    rows = [
        replace(row, undecided=row.number % 90, changed_at=f"2026-01-{row.number % 28 + 1:02}")
        for row in rows_of(*(f"report-{number}.txt" for number in range(1000)))
    ]
    source = RowsInMemory(rows)
    found = Listing(source)
    finish(found.prepare())
    found.narrow_to("open")
    compared = []

    def noting(name: str) -> tuple[str, str]:
        compared.append(name)
        return natural(name)

    monkeypatch.setattr(listing, "natural", noting)
    seen = looked_at(monkeypatch)
    for number, order in enumerate(SORT_ORDERS, 1):
        found.sort(order)
        seen.clear()
        changed = replace(rows[500], undecided=number, flagged=bool(number % 2))
        found.replace([changed])
        assert not seen
        assert found.place_of(changed.key) == [row.key for row in found].index(changed.key)
    # Finding a place takes about ten comparisons; two places in the order by name are found, and one in
    # the shown list.
    assert len(compared) < 200
    assert sorted(source.asked) == list(range(1000))


@pytest.mark.parametrize(
    ("typed", "order"),
    [("9", "given"), ("report 9 txt", "given"), ("", "name"), ("undecided", "minutes")],
)
def test_no_step_goes_through_more_documents_than_a_key_has_time_for(
    monkeypatch: pytest.MonkeyPatch, typed: str, order: SortOrder
) -> None:
    source = RowsInMemory(rows_of(*(f"report-{number}.txt" for number in range(9000))))
    found = Listing(source)
    seen, rows_made, before = looked_at(monkeypatch), [], 0
    for _ in found.bring(typed, order):
        assert [row.number for row in itertools.islice(found, 1)] == [1]
        rows_made.append(len(source.asked) - before)
        before = len(source.asked)
    assert max(seen, default=0) <= GLANCES
    assert max(rows_made) <= STEP
    assert found.order == order


def test_what_changes_between_steps_is_seen() -> None:
    rows = rows_of(*(f"report-{number}.txt" for number in range(5000)))
    found = Listing(RowsInMemory(rows))
    steps = found.bring("done", "most left")
    next(steps)
    found.replace([replace(rows[0], state="done", undecided=1)])
    next(steps)
    found.replace([replace(rows[4990], state="done", undecided=2)])
    for _ in steps:
        pass
    assert [row.number for row in found] == [4991, 1]
    assert found.done == 2


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("", "a", True),
        ("a", "ab", True),
        ("b", "ab", True),
        ("ab", "a", False),
        ("a b", "a", False),
        ("a", "a b", True),
        ("don", "done", False),
        ("done", "done", True),
        ("done", "donec", True),
        ("done", "", False),
    ],
)
def test_when_a_filter_narrows(before: str, after: str, wanted: bool) -> None:
    assert narrows(words_of(before), words_of(after)) == wanted


@pytest.mark.parametrize(
    ("name", "typed", "wanted"),
    [
        ("treaty-signed.txt", "re", [(1, 3)]),
        ("treaty-signed.txt", "t re", [(0, 3)]),
        ("treaty-signed.txt", "signed tre", [(0, 3), (7, 13)]),
        ("Straße 7", "ASSE", [(3, 6)]),
        ("Straße 7", "s 7", [(0, 1), (7, 8)]),
        ("ﬃ.txt", "f i", [(0, 1)]),
        ("cafe\u0301.txt", "CAFÉ", [(0, 5)]),
        ("café.txt", "cafe\u0301", [(0, 4)]),
        ("İzmir", "zm", [(1, 3)]),
        ("done.txt", "open", []),
    ],
)
def test_what_is_underlined(name: str, typed: str, wanted: list[tuple[int, int]]) -> None:
    assert matched(name, words_of(typed)) == wanted


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (HARBOUR[0], ""),
        (HARBOUR[2], "the file is gone"),
        (HARBOUR[4], "moved from old/dam9.txt; in German"),
        (replace(HARBOUR[0], file="changed"), "the text has changed"),
        (replace(HARBOUR[0], file="changed", at_random=True), "the text has changed; drawn at random"),
        (replace(HARBOUR[0], file="unreadable", file_detail="no text"), "skipped: no text"),
        (HARBOUR[3], "drawn at random"),
    ],
)
def test_what_is_noted(row: ListedDocument, wanted: str) -> None:
    assert row.note == wanted


NAMES = st.text(alphabet="aAbBsSß éİﬃ\u0301.9done", max_size=12)
ROWS = st.lists(
    st.builds(
        ListedDocument,
        number=st.just(0),
        key=st.just(""),
        name=NAMES,
        state=st.sampled_from(["new", "begun", "done"]),
        flagged=st.booleans(),
        undecided=st.none() | st.integers(0, 3),
        doubtful=st.none() | st.integers(0, 3),
        minutes=st.sampled_from([0.0, 1.0]),
        changed_at=st.sampled_from(["", "2026-01-01", "2026-01-02"]),
    ),
    max_size=12,
).map(lambda rows: [replace(row, number=n, key=f"k{n}") for n, row in enumerate(rows, 1)])
TYPED = st.lists(st.sampled_from([*"aAbsSßé9 ", "done", "open", "flagged", "new"]), max_size=6).map(
    "".join
)


@given(ROWS, st.lists(TYPED, max_size=5), st.sampled_from(SORT_ORDERS))
def test_whatever_was_typed_before_the_same_documents_fit(
    rows: list[ListedDocument], typed: list[str], order: SortOrder
) -> None:
    one = Listing(RowsInMemory(rows))
    for text in typed:
        for end in range(len(text) + 1):
            one.narrow_to(text[:end])
    one.sort(order)
    other = Listing(RowsInMemory(rows))
    other.sort(order)
    other.narrow_to(typed[-1] if typed else "")
    assert list(one) == list(other)
    assert set(one) <= set(rows)
    for row in rows:
        fitting = all(
            word in fold(row.name) or (word in CONDITIONS and CONDITIONS[word](row))
            for word in one.words
        )
        assert (row in list(one)) == fitting


@given(ROWS, st.sampled_from(SORT_ORDERS))
def test_an_order_holds_all_documents_and_is_stable(
    rows: list[ListedDocument], order: SortOrder
) -> None:
    found = Listing(RowsInMemory(rows))
    found.sort(order)
    assert sorted(found, key=lambda row: row.number) == rows
    keys: dict[SortOrder, Callable[[ListedDocument], Any]] = {
        "given": lambda row: 0,
        "name": lambda row: natural(row.name),
        "most left": lambda row: -(row.undecided or 0),
        "most doubtful": lambda row: -(row.doubtful or 0),
        "minutes": lambda row: -row.minutes,
        "last changed": lambda row: [-ord(char) for char in row.changed_at] or [1],
    }
    assert list(found) == sorted(rows, key=keys[order])


@given(NAMES, TYPED)
def test_what_is_underlined_lies_within_the_name(name: str, typed: str) -> None:
    words = words_of(typed)
    ranges = matched(name, words)
    ends = [-1]
    for start, end in ranges:
        assert ends[-1] < start < end <= len(name)
        ends.append(end)
        assert any(word in fold(name[start:end]) for word in words)
    assert bool(ranges) == any(word in fold(name) for word in words)


def test_only_rows_in_sight_are_made_until_something_else_is_wanted() -> None:
    rows = RowsInMemory(rows_of(*(f"report-{number}.txt" for number in range(1000))))
    found = Listing(rows)
    assert (found.total, found.done, found.place_of("k701")) == (1000, 0, 700)
    assert [found[place].name for place in (700, 701, 700)][-1] == "report-700.txt"
    found.narrow_to("99")
    assert len(found) == 19
    found.sort("name")
    found.narrow_to("")
    assert rows.asked == [700, 701]
    found.narrow_to("undecided")
    assert len(rows.asked) == 1000


def test_states_that_are_known_at_a_glance_need_no_rows() -> None:
    source = RowsInMemory(HARBOUR)
    found = Listing(source)
    for word in ("done", "open", "flagged"):
        found.narrow_to(word)
        assert source.asked == []
        expected = [row for row in HARBOUR if CONDITIONS[word](row) or word in row.name]
        assert [HARBOUR[place] for place in found._shown] == expected
    found.replace([replace(HARBOUR[1], state="done")])
    found.narrow_to("done")
    assert [row.number for row in found] == [1, 2, 3]
