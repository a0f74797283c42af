"""Offsets in UTF-16 code units, as browsers and Java count, and in code points, as this program does."""

from bisect import bisect_left
from itertools import accumulate


class Utf16:
    """Converts offsets in one text between the two units. Costs nothing if no character is above U+FFFF."""

    def __init__(self, text: str) -> None:
        wide = [number for number, char in enumerate(text) if char > "\uffff"]
        self._units = [0, *accumulate(1 + (char > "\uffff") for char in text)] if wide else None

    def units(self, offset: int) -> int:
        """An offset in code points as one in UTF-16 units."""
        return self._units[offset] if self._units else offset

    def code_points(self, units: int) -> int | None:
        """An offset in UTF-16 units as one in code points; `None` inside a surrogate pair.

        The result for an offset before or after the text is also before or after the text.
        """
        if self._units is None or units < 0:
            return units
        offset = bisect_left(self._units, units)
        if offset == len(self._units):
            return offset
        return offset if self._units[offset] == units else None
