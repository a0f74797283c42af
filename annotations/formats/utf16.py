"""Offsets in UTF-16 code units, as browsers and Java count, and in code points, as we do."""

from bisect import bisect_left
from itertools import accumulate


class Utf16:
    """Maps between the two units for one text. Free for texts without characters beyond U+FFFF."""

    def __init__(self, text: str) -> None:
        wide = [number for number, char in enumerate(text) if char > "\uffff"]
        self._units = [0, *accumulate(1 + (char > "\uffff") for char in text)] if wide else None

    def units(self, offset: int) -> int:
        """The offset in UTF-16 units of one in code points."""
        return self._units[offset] if self._units else offset

    def code_points(self, units: int) -> int | None:
        """The offset in code points of one in UTF-16 units, `None` inside a surrogate pair.

        Beyond the text on either side it comes back beyond the text.
        """
        if self._units is None or units < 0:
            return units
        offset = bisect_left(self._units, units)
        if offset == len(self._units):
            return offset
        return offset if self._units[offset] == units else None
