"""Making a span or a selection longer or shorter by a word or a character."""

from annotations.editing import commands as edits
from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.document_session import DocumentSession
from annotations.editing.outcome import ONLY_WHITE_SPACE, Outcome, no_label
from annotations.editing.selection import Focus, Selection
from annotations.model.span import SpanKey
from annotations.text import segmentation as words
from annotations.text.name_extent import end_of_name, start_of_name
from annotations.text.word_parts import parts, parts_of_word


class Resizing:
    """Moves of the two edges: one unit at a time, or to the beginning or end of the name.

    A unit is a word, a part of a joined word, or a grapheme.
    """

    def __init__(self, session: DocumentSession, selection: Selection, state: AnnotatorState) -> None:
        self._session = session
        self._selection = selection
        self._state = state

    def grow_right(self) -> Outcome:
        """Add one unit at the right of the span or selection."""
        text, start, end = self._extent()
        if self._state.by_character:
            return self._resize(start, words.next_grapheme(text, end))
        here = words.word_at(text, max(end - 1, 0), self._language)
        if here is None or here[1] <= end:
            here = words.next_word(text, max(end - 1, 0), self._language)
        ends = (part[1] for part in parts_of_word(text, here) if part[1] > end) if here else iter(())
        return self._resize(start, next(ends, end))

    def shrink_right(self) -> Outcome:
        """Remove one unit at the right of the span or selection."""
        text, start, end = self._extent()
        if self._state.by_character:
            shorter = words.previous_grapheme(text, end)
        else:
            shorter = max(
                (part[1] for part in parts(text, start, end, self._language) if part[1] < end),
                default=end,
            )
        return self._resize(start, shorter if shorter > start else end)

    def grow_left(self) -> Outcome:
        """Add one unit at the left of the span or selection."""
        text, start, end = self._extent()
        if self._state.by_character:
            return self._resize(words.previous_grapheme(text, start), end)
        here = words.word_at(text, start, self._language)
        if here is None or here[0] >= start:
            here = words.previous_word(text, start, self._language)
        starts = [part[0] for part in parts_of_word(text, here) if part[0] < start] if here else []
        return self._resize(max(starts, default=start), end)

    def shrink_left(self) -> Outcome:
        """Remove one unit at the left of the span or selection."""
        text, start, end = self._extent()
        if self._state.by_character:
            later = words.next_grapheme(text, start)
        else:
            later = next(
                (part[0] for part in parts(text, start, end, self._language) if part[0] > start), start
            )
        return self._resize(later if later < end else start, end)

    def to_end_of_name(self) -> Outcome:
        """Extend to the end of the name, judged by its letters."""
        text, start, end = self._extent()
        more = self._session.scheme.name_words
        longer = end_of_name(text, end, more, self._language) if start < end else end
        if longer == end:
            return Outcome(message="The name does not extend further to the right.")
        return self._resize(start, longer)

    def to_start_of_name(self) -> Outcome:
        """Extend to the beginning of the name, judged by its letters."""
        text, start, end = self._extent()
        more = self._session.scheme.name_words
        earlier = start_of_name(text, start, more, self._language) if start < end else start
        if earlier == start:
            return Outcome(message="The name does not extend further to the left.")
        return self._resize(earlier, end)

    @property
    def _language(self) -> str:
        return self._session.dating.language

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
