"""Which rows to show, so that the cursor stays in sight. Rows are counted from 0."""

from msgspec import Struct

CONTEXT = 3
"""How many rows to keep in sight around the cursor."""


class RowsInSight(Struct, frozen=True):
    """The rows on the screen: the first one and how many fit."""

    top: int
    height: int

    def shows(self, row: int) -> bool:
        """Whether a row is among them."""
        return self.top <= row < self.top + self.height

    def top_for(self, first: int, last: int, total: int | None, *, jump: bool = False) -> int | None:
        """The row to have at the top so that a range of rows is in sight; `None` to stay.

        Some rows around the range are kept in sight as well; of a range that does not fit, its beginning
        is shown. `total` is the number of rows of the text, if it is known. A far move, and any with
        `jump`, brings the range to the upper third of the screen.
        """
        around = min(CONTEXT, (self.height - 1) // 2)
        last = max(min(last, first + self.height - 1 - 2 * around), first)
        bottom = self.top + self.height - 1
        if self.top + around <= first and last <= bottom - around and not jump:
            return None
        wanted = first - around if first < self.top + around else last - self.height + 1 + around
        if jump or abs(wanted - self.top) >= self.height:
            wanted = first - max(self.height // 3, around)
        wanted = max(wanted, 0)
        if self.shows(first) and self.shows(last) and self._at_limit(wanted, total):
            return None
        return wanted

    def _at_limit(self, wanted: int, total: int | None) -> bool:
        """Whether the text ends before the view could scroll down to `wanted`."""
        return wanted > self.top and total is not None and self.top + self.height >= total
