"""Works out, in pauses between keys, dates around the cursor and what is doubtful on the next screen."""

from collections.abc import Callable

from annotations.editing.open_document import OpenDocument
from tui.background.dates_ahead import DatesAhead
from tui.background.doubt_ahead import DoubtAhead
from tui.background.pauses import Pauses


class ReadingAhead:
    """Works out both in every document that is drawn."""

    def __init__(self, pauses: Pauses, later: Callable[[float, Callable[[], None]], object]) -> None:
        """`later` calls a function after a number of seconds."""
        self._dates = DatesAhead(pauses, later)
        self._doubt = DoubtAhead(pauses, later)

    def look(self, opened: OpenDocument) -> None:
        """A frame of this document is about to be drawn. This call takes almost no time."""
        session = opened.session
        self._dates.look(session.text, opened.selection.cursor, session.dating.language)
        self._doubt.look(opened.sweep)
