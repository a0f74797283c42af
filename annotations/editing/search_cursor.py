"""Moving through the matches of a search, and selecting them."""

from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.document_session import DocumentSession
from annotations.editing.outcome import Outcome
from annotations.editing.selection import Selection
from annotations.text.search import Search
from annotations.text.text_range import Range


class SearchCursor:
    """The last search in one document, and the current match."""

    def __init__(self, session: DocumentSession, selection: Selection, state: AnnotatorState) -> None:
        self._session = session
        self._selection = selection
        self._state = state
        self._search: Search | None = None
        self._match = 0

    @property
    def search(self) -> Search | None:
        """The last search, with its matches."""
        return self._search

    @search.setter
    def search(self, search: Search | None) -> None:
        self._search = search
        if search is not None:
            self._state.sought = search.typed

    @property
    def sought(self) -> str:
        """The last search, in any document, as it was typed; empty before the first search."""
        return self._state.sought

    @sought.setter
    def sought(self, typed: str) -> None:
        self._state.sought = typed

    @property
    def is_known(self) -> bool:
        """Whether the last search was made in this document."""
        return (self._search.typed if self._search is not None else "") == self._state.sought

    def show_match(self, search: Search, offset: int) -> Outcome:
        """Use the result of a search and go to the first match at or after an offset."""
        self.search = search
        found = search.at_or_after(offset)
        if found is not None:
            self._match = found
            self._selection.select_range(*search[found])
        return Outcome()

    def take_match(self) -> Outcome:
        """Select the current match, ready for the key of a label."""
        search = self._search
        if search is None or not len(search):
            stopped = search.stopped if search is not None else ""
            return Outcome(message=stopped or "Nothing was found.")
        return self._take_match(search, self._match)

    def next_match(self) -> Outcome:
        """Select the next match of the last search; after the last, the first."""
        return self._step(1)

    def previous_match(self) -> Outcome:
        """Select the previous match of the last search; before the first, the last."""
        return self._step(-1)

    @property
    def match_words(self) -> str:
        """The number of the match and the number of all: `3 of 17`."""
        search = self._search
        if search is None or not search.typed:
            return ""
        if not len(search):
            return search.stopped or "not found"
        return f"{self._match + 1} of {len(search)}{f'. {search.stopped}' if search.stopped else ''}"

    def _step(self, step: int) -> Outcome:
        search, selection = self._search, self._selection
        if search is None or not len(search):
            nothing = "searched for" if search is None or not search.typed else "found"
            return Outcome(message=f"Nothing was {nothing}.")
        if selection.focus.chosen and self._selects_match(search):
            number = (self._match + step) % len(search)
        else:
            cursor = selection.cursor
            found = search.at_or_after(cursor + 1) if step > 0 else search.before(cursor)
            assert found is not None
            number = found
        return self._take_match(search, number)

    def _take_match(self, search: Search, number: int) -> Outcome:
        self._match = number
        self._selection.select_range(*self._extent_of_match(search, number))
        return Outcome(message=f"{search.typed}: {self.match_words}")

    def _selects_match(self, search: Search) -> bool:
        """Whether the match is inside the selection, which may have been extended since."""
        start, end = search[self._match]
        focus = self._selection.focus
        return (focus.start, focus.end) == self._extent_of_match(search, self._match) or (
            focus.start <= start and end <= focus.end
        )

    def _extent_of_match(self, search: Search, number: int) -> Range:
        """What to select for a match: the span with exactly its extent, otherwise its whole words."""
        exact = search[number]
        same = self._session.annotations.spans.same_extent(*exact)
        if any(not span.rejected for span in same):
            return exact
        return search.extent(self._session.text, number, self._session.dating.language)
