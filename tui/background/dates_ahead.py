"""Reads the dates of a long text around the cursor, in the pauses between keys, before they are asked for.

To work out the first date in a part of a text, all of that part must be read, which takes some 10
milliseconds. Without this, a key that moves to that date would wait.
"""

from collections import deque
from collections.abc import Callable

from annotations.dates.document_dates import PART, WHOLE, prepare
from tui.background.pauses import Pauses

PAUSE = 0.012
"""Seconds after which to check whether there is time."""


class DatesAhead:
    """Reads the part with the cursor, the one after it and the one before it."""

    def __init__(
        self,
        pauses: Pauses,
        later: Callable[[float, Callable[[], None]], object],
        read: Callable[[str, int, str], None] = prepare,
    ) -> None:
        """`later` calls a function after a number of seconds; `read` reads the part of a text around an
        offset, in a language.
        """
        self._pauses = pauses
        self._later = later
        self._read = read
        self._text = self._language = ""
        self._part = -1
        self._unread: deque[int] = deque()
        """The parts to read, by number."""
        self._is_due = False

    def look(self, text: str, cursor: int, language: str) -> None:
        """The cursor is at this place now. This call takes almost no time."""
        part = cursor // PART
        same = text is self._text and language == self._language
        if len(text) <= WHOLE or (same and part == self._part):
            return
        self._text, self._language, self._part = text, language, part
        last = (len(text) - 1) // PART
        self._unread = deque(one for one in (part, part + 1, part - 1) if 0 <= one <= last)
        if not self._is_due:
            self._is_due = True
            self._later(PAUSE, self._read_one)

    def _read_one(self) -> None:
        if self._pauses.have_time:
            self._read(self._text, self._unread.popleft() * PART, self._language)
        self._is_due = bool(self._unread)
        if self._is_due:
            self._later(PAUSE, self._read_one)
