"""Which rows to show, so that the cursor stays in sight. Rows are counted from 0."""

from msgspec import Struct


class VisibleRows(Struct, frozen=True):
    """The rows on the screen: the first one and how many fit."""

    top: int
    height: int

    def shows(self, row: int) -> bool:
        """Whether a row is among them."""
        return self.top <= row < self.top + self.height

    def top_for(self, first: int, last: int, total: int | None, *, jump: bool = False) -> int | None:
        """The row to have at the top so that a range of rows is in the middle third; `None` to stay.

        The first row of the range is kept between one third and two thirds of the height, if the text is
        long enough, by scrolling a third at a time. If the range does not fit, its beginning is shown.
        `total` is the number of rows of the text, if it is known. After a far move, and after any with
        `jump`, the range begins at one third of the height.
        """
        third = self.height // 3
        lowest, highest = self.top + third, self.top + self.height - 1 - third
        end = min(last, first + self.height - 1)
        bottom = self.top + self.height - 1
        if lowest <= first <= highest and end <= bottom and not jump:
            return None
        wanted = first - third
        if first < lowest:
            wanted = first - (self.height - 1 - third)
        if jump or abs(wanted - self.top) >= self.height:
            wanted = first - third
        wanted = max(wanted, end - self.height + 1)
        if total is not None:
            wanted = min(wanted, total - self.height)
        wanted = max(wanted, 0)
        return None if wanted == self.top else wanted
