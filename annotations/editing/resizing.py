"""Making a span, or a selection that is none yet, a word or a character longer or shorter."""

from annotations.editing import commands as edits
from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.document_session import DocumentSession
from annotations.editing.outcome import ONLY_WHITE_SPACE, Outcome, no_label
from annotations.editing.selection import Focus, Selection
from annotations.model.span import SpanKey
from annotations.text import segmentation as words


class Resizing:
    """The four edges' moves: one unit (word or grapheme) at a time."""

    def __init__(self, session: DocumentSession, selection: Selection, state: AnnotatorState) -> None:
        self._session = session
        self._selection = selection
        self._state = state

    def grow_right(self) -> Outcome:
        """One unit more at the right of the span, or of the selection."""
        text, start, end = self._extent()
        if self._state.by_character:
            return self._resize(start, words.next_grapheme(text, end))
        here = words.word_at(text, max(end - 1, 0))
        if here and here[1] > end:
            return self._resize(start, here[1])
        word = words.next_word(text, max(end - 1, 0))
        return self._resize(start, word[1] if word else end)

    def shrink_right(self) -> Outcome:
        """One unit less at the right of the span, or of the selection."""
        text, start, end = self._extent()
        if self._state.by_character:
            shorter = words.previous_grapheme(text, end)
        else:
            inside = [word for word in words.words(text, start, end) if word[1] < end]
            shorter = inside[-1][1] if inside else end
        return self._resize(start, shorter if shorter > start else end)

    def grow_left(self) -> Outcome:
        """One unit more at the left of the span, or of the selection."""
        text, start, end = self._extent()
        if self._state.by_character:
            return self._resize(words.previous_grapheme(text, start), end)
        here = words.word_at(text, start)
        if here and here[0] < start:
            return self._resize(here[0], end)
        word = words.previous_word(text, start)
        return self._resize(word[0] if word else start, end)

    def shrink_left(self) -> Outcome:
        """One unit less at the left of the span, or of the selection."""
        text, start, end = self._extent()
        if self._state.by_character:
            later = words.next_grapheme(text, start)
        else:
            inside = words.words(text, start, end)
            later = next((word[0] for word in inside if word[0] > start), start)
        return self._resize(later if later < end else start, end)

    def _extent(self) -> tuple[str, int, int]:
        focus = self._selection.focus
        return self._session.text, focus.start, focus.end

    def _resize(self, start: int, end: int) -> Outcome:
        session, selection = self._session, self._selection
        span = selection.focused_span
        if (start, end) == (selection.focus.start, selection.focus.end):
            return Outcome()
        if span is None:
            selection.cursor = min(max(selection.cursor, start), max(end - 1, start))
            selection.focus = Focus(start, end, chosen=True, bare=selection.focus.bare)
            return Outcome()
        if not span.decided and not session.scheme.accepts(span.label):
            return no_label(span.label)
        if words.only_white_space(session.text, start, end):
            return Outcome(message=ONLY_WHITE_SPACE)
        changes = edits.resize(session.annotations.spans, span, start, end, session.annotator)
        outcome = session.apply("resize", changes, cursor=selection.cursor)
        selection.select_span(SpanKey(start, end, span.label))
        return outcome
