"""Filters and sorts the list of documents without holding up a key, however many documents there are."""

from collections.abc import Callable, Generator

from annotations.corpus.listing import ListedDocument, Listing, SortOrder
from annotations.entities.steps import finish, run_for, run_steps
from tui.background.pauses import Pauses
from tui.background.sliced_work import PAUSE

AT_ONCE = 12
"""How many steps are done before a key is answered; each takes about half a millisecond."""
SLICE = 0.003
"""Seconds of a slice of work that takes more steps, or that nobody waits for."""
WAIT = 0.01
"""Seconds until the next check whether there is time."""


class ListingInSlices:
    """Updates a listing to the last request: at once if that is fast enough for a key, else in slices."""

    def __init__(
        self,
        listing: Listing,
        later: Callable[[float, Callable[[], None]], object],
        pauses: Pauses,
        brought: Callable[[ListedDocument | None], None],
        show: Callable[[], None],
    ) -> None:
        """`later` calls a function after some seconds, as long as the list is open.

        `brought` is called when the listing is up to date, with the document to stay at, if any. Then
        `show` is called, unless this was done while a key was handled, which shows the list anyway.
        """
        self._listing = listing
        self._later = later
        self._pauses = pauses
        self._on_brought = brought
        self._show = show
        self._under_way: Generator[None, None, bool] | None = None
        self._stay_at: ListedDocument | None = None

    def bring(self, typed: str, order: SortOrder, stay_at: ListedDocument | None) -> None:
        """Ask for the documents that match what is typed, in an order; an earlier request is given up."""
        self._under_way, self._stay_at = self._listing.bring(typed, order), stay_at
        if run_steps(AT_ONCE, self._under_way):
            self._brought()
        else:
            self._go_on(self._under_way)

    def finish(self) -> None:
        """Do the rest at once, because a key is about to act on the result."""
        if self._under_way is not None:
            finish(self._under_way)
            self._brought()

    def prepare(self) -> None:
        """Prepare in pauses what would take longest later."""
        self._go_on_preparing(self._listing.prepare())

    def _go_on(self, steps: Generator[None, None, bool]) -> None:
        self._later(PAUSE, lambda: self._between_keys(steps))

    def _between_keys(self, steps: Generator[None, None, bool]) -> None:
        if steps is not self._under_way:
            return
        if run_for(SLICE, steps):
            self._brought()
            self._show()
        else:
            self._go_on(steps)

    def _brought(self) -> None:
        self._under_way = None
        self._on_brought(self._stay_at)

    def _go_on_preparing(self, steps: Generator[None, None, bool]) -> None:
        if not self._pauses.have_time:
            self._later(WAIT, lambda: self._go_on_preparing(steps))
        elif run_for(SLICE, steps) is None:
            self._later(PAUSE, lambda: self._go_on_preparing(steps))
