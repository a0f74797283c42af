"""The paragraph of the cursor, as far as it can be on the screen. Offsets are code points, ends exclusive."""

import regex

from annotations.text.segmentation import PARAGRAPH_END

LINE_END = regex.compile(r"(?>\r\n?|\n)")
REACH = 65_536
"""How far from the cursor to look for the ends of its paragraph, in code points."""
MARGIN = 16_384
"""How near the cursor may come to where the search stopped, in code points: more than fit on a screen."""
_STEP = 2048


class CursorParagraph:
    """Finds the paragraph around the cursor; searches only when the cursor has left the last one."""

    def __init__(self, text: str, *, by_line: bool) -> None:
        """With `by_line`, each line is a paragraph: for a text that has no empty lines."""
        self._text = text
        self._end_of = LINE_END if by_line else PARAGRAPH_END
        self._range = (0, -1)
        self._known = (0, -1)
        """Where the cursor can be without another search."""

    def at(self, cursor: int) -> tuple[int, int]:
        """The paragraph around an offset; empty if there are only empty lines there."""
        if not self._known[0] <= cursor < self._known[1]:
            self._look(cursor)
        return self._range

    def _look(self, cursor: int) -> None:
        text, lowest, highest = self._text, max(cursor - REACH, 0), min(cursor + REACH, len(self._text))
        start, begin, begins = lowest, cursor, lowest == 0
        while begin > lowest:
            begin = max(begin - _STEP, lowest)
            found = self._end_of.finditer(text, begin, min(cursor + _STEP, len(text)))
            if ends := [match.end() for match in found if match.end() <= cursor]:
                start, begins = ends[-1], True
                break
        match = self._end_of.search(text, cursor, highest)
        end = max(match.start(), start) if match else highest
        self._range = (start, end)
        known = (start if begins else start + MARGIN, end)
        if match is None and highest < len(text):
            known = (known[0], highest - MARGIN)
        between = text[cursor : cursor + 1] in " \t\r\n"
        # A blank may be between two paragraphs, and either may be found: this holds only for one offset.
        self._known = (cursor, cursor + 1) if between else (known[0], max(known[1], cursor + 1))
