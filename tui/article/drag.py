"""A drag of the mouse over the article, from where the button went down to where the pointer is."""


class Drag:
    """What a drag selects and when it scrolls. Offsets are code points, ends exclusive."""

    def __init__(self) -> None:
        self._start: int | None = None
        self._moved = False

    @property
    def active(self) -> bool:
        """Whether the button is down."""
        return self._start is not None

    def begin(self, offset: int) -> None:
        """The button went down over an offset."""
        self._start = offset
        self._moved = False

    def to(self, offset: int) -> tuple[int, int] | None:
        """The range to select when the pointer is over an offset; `None` until it has left the first offset.

        The range includes both offsets, whichever comes first.
        """
        if self._start is None or (offset == self._start and not self._moved):
            return None
        self._moved = True
        first, last = sorted((self._start, offset))
        return first, last + 1

    def end(self) -> None:
        """The button is up, or another part of the screen has the mouse."""
        self._start = None


def rows_beyond(line: int, height: int) -> int:
    """By how many rows to scroll while a drag is held at a line, in a view of `height` lines.

    -1 above the view, 1 below it, 0 inside.
    """
    return -1 if line < 0 else int(line >= height)
