from collections.abc import Callable

from annotations.corpus.listing import GLANCES, ListedDocument, Listing
from tests.annotations.corpus.summaries import RowsInMemory
from tui.background.pauses import Pauses
from tui.document_list.listing_in_slices import AT_ONCE, ListingInSlices

MANY = GLANCES * AT_ONCE


class Slices:
    """A list of many documents, the work that waits for a moment between keys, and what was shown."""

    def __init__(self, documents: int) -> None:
        rows = [ListedDocument(n, f"k{n}", f"report-{n}.txt") for n in range(1, documents + 1)]
        self.listing = Listing(RowsInMemory(rows))
        self.now = 100.0
        self.pauses = Pauses(lambda: self.now)
        self.later: list[Callable[[], None]] = []
        self.brought: list[str] = []
        self.shown = 0
        self.work = ListingInSlices(
            self.listing,
            lambda seconds, do: self.later.append(do),
            self.pauses,
            lambda row: self.brought.append(row.name if row is not None else ""),
            self._show,
        )

    def _show(self) -> None:
        self.shown += 1

    def go_on(self) -> None:
        """Do all the work that waits, until none is left."""
        while self.later:
            self.later.pop(0)()


def test_ten_thousand_are_filtered_before_the_key_is_answered() -> None:
    at = Slices(10_000)
    at.work.bring("99 report", "given", at.listing[5])
    assert (at.brought, at.later, at.shown) == (["report-6.txt"], [], 0)
    assert len(at.listing) == 280


def test_more_are_brought_between_keys_and_stay_as_they_were_until_then() -> None:
    at = Slices(MANY)
    at.work.bring("99", "given", None)
    assert (at.brought, len(at.listing)) == ([], MANY)
    at.go_on()
    assert (at.brought, at.shown) == ([""], 1)
    assert len(at.listing) == sum("99" in str(number) for number in range(1, MANY + 1))


def test_what_was_asked_for_before_is_given_up_and_a_key_that_acts_waits() -> None:
    at = Slices(MANY)
    at.work.bring("99", "given", None)
    at.work.bring("999", "given", None)
    at.work.finish()
    assert (at.brought, at.shown) == ([""], 0)
    at.go_on()
    at.work.finish()
    assert (at.brought, at.shown) == ([""], 0)
    assert at.listing.words == ("999",)


def test_nothing_is_prepared_while_a_key_may_come() -> None:
    at = Slices(1000)
    at.pauses.pressed(at.now)
    at.work.prepare()
    for _ in range(9):
        at.later.pop(0)()
    assert isinstance(at.listing._source, RowsInMemory)
    assert at.listing._source.asked == []
    at.now += 1
    at.go_on()
    assert len(at.listing._source.asked) == 1000
