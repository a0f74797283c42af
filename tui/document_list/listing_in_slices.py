"""Filters and sorts the list of documents without holding up a key, however many documents there are."""

from collections.abc import Callable, Generator

from annotations.corpus.listing import ListedDocument, Listing, SortOrder
from annotations.entities.steps import finish, run_for, run_steps
from tui.background.pauses import Pauses
from tui.background.sliced_work import PAUSE

AT_ONCE = 12
"""How many steps are done before a key is answered, of half a millisecond or so each."""
SLICE = 0.003
"""Seconds of a slice of what takes more steps, or of what nobody waits for."""
WAIT = 0.01
"""Seconds until it looks whether there is time now."""


class ListingInSlices:
    """Updates a listing to the last request: at once if that takes no longer than a key may."""

    def __init__(
        self,
        listing: Listing,
        later: Callable[[float, Callable[[], None]], object],
        pauses: Pauses,
        brought: Callable[[ListedDocument | None], None],
        show: Callable[[], None],
    ) -> None:
        """`later` calls a function after some seconds, as long as there is a list.

        `brought` is called when all that was asked for is there, with the document to stay at, if any; and
        then `show`, unless a key has asked for it just now, which shows it anyway.
        """
        self._listing = listing
        self._later = later
        self._pauses = pauses
        self._on_brought = brought
        self._show = show
        self._under_way: Generator[None, None, bool] | None = None
        self._stay_at: ListedDocument | None = None

    def bring(self, typed: str, order: SortOrder, stay_at: ListedDocument | None) -> None:
        """Ask for what fits what is typed, in an order; what was asked for before is given up."""
        self._under_way, self._stay_at = self._listing.bring(typed, order), stay_at
        if run_steps(AT_ONCE, self._under_way):
            self._brought()
        else:
            self._go_on(self._under_way)

    def finish(self) -> None:
        """Do at once what is left to do: a key is about to act on it."""
        if self._under_way is not None:
            finish(self._under_way)
            self._brought()

    def prepare(self) -> None:
        """Make in pauses what would take longest later."""
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
