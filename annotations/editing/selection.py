"""The person's place in a text, and what the keys act on: the cursor, the focus, and their moves.

Nothing here changes annotations. Offsets are code points, 0-based, end exclusive.
"""

from collections.abc import Callable

from msgspec import Struct

from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.outcome import Outcome
from annotations.model.span import Span, SpanKey, reading_order
from annotations.model.span_index import SpanIndex
from annotations.text import segmentation as words
from annotations.text.text_range import Range

_BEFORE_ALL = (-1, 0, "")
"""A place in reading order before every span."""


class Focus(Struct, frozen=True):
    """What the keys act on: a span, or a selection of words without a span."""

    start: int
    end: int
    span: SpanKey | None = None
    chosen: bool = False
    """Whether the person chose this extent; otherwise it is only the word or the span at the cursor."""
    bare: bool = False
    """Whether a covering span must stay unchanged, so that a label key adds a nested one."""

    @classmethod
    def nothing_at(cls, cursor: int) -> "Focus":
        """No focus until the next move: a document that is done shows no cursor."""
        return cls(cursor, cursor, chosen=True)

    @property
    def hidden(self) -> bool:
        """Whether there is intentionally no focus, not because there is no word."""
        return self.chosen and self.end <= self.start


class Selection:
    """The cursor and the focus in one text.

    `cursor` is the start of the person's present unit (word or grapheme).
    """

    def __init__(
        self,
        text: str,
        spans: SpanIndex,
        state: AnnotatorState,
        language: Callable[[], str] = lambda: "",
    ) -> None:
        """`language` gives the code of the language whose words and sentences these are."""
        self._text = text
        self._language = language
        self._spans = spans
        self._state = state
        self.cursor = 0
        self.focus = Focus(0, 0)

    @property
    def focused_span(self) -> Span | None:
        """The span that the keys act on, if there is one."""
        return self._spans.get(self.focus.span) if self.focus.span else None

    @property
    def span_here(self) -> Span | None:
        """The span that the keys act on, otherwise one with exactly the selected extent that is not rejected."""
        span = self.focused_span
        if span is not None or self.focus.bare:
            return span
        same = self._spans.same_extent(self.focus.start, self.focus.end)
        return next((span for span in same if not span.rejected), None)

    @property
    def unit_here(self) -> Range:
        """The word, or grapheme, at the cursor; empty between words."""
        return self._unit_at(self.cursor) or (self.cursor, self.cursor)

    @property
    def in_order(self) -> tuple[int, int, str]:
        """The place in reading order (see `reading_order`) after which the next span is searched."""
        span = self.focused_span
        # It is sorted before every span that begins at the cursor, so these spans still follow.
        return reading_order(span) if span else (self.cursor, -len(self._text) - 1, "")

    # Moving

    def place(self, offset: int, *, backwards: bool = False) -> Outcome:
        """Move to the word (or grapheme) at an offset, otherwise to the next word, otherwise to the previous one.

        With `backwards` the previous one comes first, so that a move up never ends where it began.
        """
        offset = min(max(offset, 0), max(len(self._text) - 1, 0))
        if self._state.by_character:
            return self._move(words.grapheme_start(self._text, offset))
        word = words.nearest_word(self._text, offset, self._language(), backwards=backwards)
        return self._move(word[0] if word else 0)

    def next_word(self) -> Outcome:
        """Move to the next word or grapheme; not at all from the last one. This leaves a selected span."""
        span = self.focused_span
        if self.focus.chosen and span is not None:
            following = words.next_word(self._text, span.end - 1, self._language())
            if following is not None and following[0] < span.end:
                # The span ends inside a word: the next one begins after that.
                following = words.next_word(self._text, following[0], self._language())
            return self._move(following[0]) if following else Outcome()
        if self._state.by_character:
            after = words.next_grapheme(self._text, self.cursor)
            return self._move(after if after < len(self._text) else self.cursor)
        word = words.next_word(self._text, self.cursor, self._language())
        return self._move(word[0] if word else self.cursor)

    def previous_word(self) -> Outcome:
        """Move to the previous word or grapheme; not at all from the first one."""
        if self._state.by_character:
            return self._move(words.previous_grapheme(self._text, self.cursor))
        word = words.previous_word(self._text, self.cursor, self._language())
        return self._move(word[0] if word else self.cursor)

    def next_sentence(self) -> Outcome:
        """Move to the first word of the next sentence."""
        return self.place(words.next_sentence(self._text, self.cursor, self._language()))

    def previous_sentence(self) -> Outcome:
        """Move to the first word of this sentence; from there, to that of the sentence before."""
        return self.place(words.previous_sentence(self._text, self.cursor, self._language()))

    def to_start(self) -> Outcome:
        """Move to the first word."""
        return self.place(0)

    def to_end(self) -> Outcome:
        """Move to the last word."""
        return self.place(len(self._text))

    def next_span(self) -> Outcome:
        """Select the next span in reading order, whatever its status; after the last, the first."""
        found = self._spans.after(self.in_order, _any)
        wrapped = "Continued from the start of the text." if found is None else ""
        return self._select_found(found or self._spans.after(_BEFORE_ALL, _any), wrapped)

    def previous_span(self) -> Outcome:
        """Select the previous span in reading order; before the first, the last."""
        found = self._spans.before(self.in_order, _any)
        last = self._spans.before((len(self._text), 0, ""), _any)
        return self._select_found(
            found or last, "Continued from the end of the text." if found is None else ""
        )

    # Selecting

    def select(self, start: int, end: int) -> None:
        """Select a range like a drag of the mouse: whole words, or whole graphemes."""
        start, end = sorted((start, end))
        start = min(max(start, 0), len(self._text))
        end = min(max(end, start), len(self._text))
        first = self._unit_at(start)
        last = self._unit_at(max(end - 1, start))
        start = first[0] if first else start
        end = max(last[1] if last else end, start)
        if end > start:
            self.cursor = start
            self.focus = Focus(start, end, chosen=True)

    def select_span(self, key: SpanKey) -> None:
        """Select a span, like a click on it or in a list."""
        self.cursor = key.start
        self.focus = Focus(key.start, key.end, key, chosen=True)

    def select_range(self, start: int, end: int) -> None:
        """Select exactly this range, and the span with exactly this extent if there is one."""
        here = [s for s in self._spans.same_extent(start, end) if not s.rejected]
        self.cursor = start
        self.focus = Focus(start, end, here[0].key if here else None, chosen=True)

    def narrow(self) -> Outcome:
        """Drop a selection; the next time, also the span around the word, so that it can contain another."""
        if self.focus.chosen:
            return self.let_go()
        if self.focus.span is not None:
            start, end = self.unit_here
            self.focus = Focus(start, end, chosen=True, bare=True)
            return Outcome(message="Only this word is selected; a label key adds a span inside.")
        return Outcome()

    def toggle_characters(self) -> Outcome:
        """Move by characters instead of words, or back."""
        self._state.by_character = not self._state.by_character
        if not self.focus.chosen:
            self.place(self.cursor)
        unit = "character" if self._state.by_character else "word"
        return Outcome(message=f"Moving by {unit}.")

    def let_go(self) -> Outcome:
        """Focus what is at the cursor: the innermost span around it, otherwise its word or grapheme."""
        return self._move(self.cursor)

    def refresh(self) -> None:
        """Update the focus after spans have changed; a choice of the person stays."""
        if not self.focus.chosen or (self.focus.span is not None and self.focused_span is None):
            self.let_go()

    def _move(self, offset: int) -> Outcome:
        self.cursor = offset
        start, end = self.unit_here
        around = [span for span in self._spans.at(offset) if not span.rejected]
        if around and end > start:
            inner = min(around, key=lambda span: (span.end - span.start, -span.start))
            self.focus = Focus(inner.start, inner.end, inner.key)
        else:
            self.focus = Focus(start, end)
        return Outcome()

    def _unit_at(self, offset: int) -> Range | None:
        if not self._state.by_character:
            return words.word_at(self._text, offset, self._language())
        start = words.grapheme_start(self._text, offset)
        return (start, words.next_grapheme(self._text, start)) if start < len(self._text) else None

    def _select_found(self, span: Span | None, message: str) -> Outcome:
        if span is None:
            return Outcome(message="There is no span yet.")
        self.select_span(span.key)
        return Outcome(message=message)


def _any(span: Span) -> bool:
    return True
