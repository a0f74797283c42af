"""What a person's edits teach: the single decisions in them, in the order in which they were made.

What was undone no longer teaches anything, and what was decided in bulk never did. The same edits give
the same decisions, also after a restart: nothing else of what is learned is stored.
"""

from collections.abc import Iterator, Sequence

from annotations.learn.lesson import (
    JudgedSuggestion,
    LabelledWithoutSuggestion,
    Lesson,
    PlaceDecided,
    SuggestionDecided,
    compared_words,
    meaning_of,
)
from annotations.learn.place_signals import PossibleNames
from annotations.learn.signals import judged
from annotations.learn.spot_checks import was_right_as_shown
from annotations.model.document import Document
from annotations.model.edit import Change, Edit
from annotations.model.label_scheme import LabelScheme
from annotations.model.source import is_own
from annotations.model.span import Span, replace
from annotations.text.text_range import Range


class Teaching:
    """Makes lessons of the decisions of one annotator about one document, under the project's labels."""

    def __init__(
        self,
        document: Document,
        annotator: str,
        scheme: LabelScheme,
        second_readings: Sequence[Span] = (),
    ) -> None:
        """`second_readings` is what a pipeline thought possible and did not suggest; more may be added to it."""
        self.possible_names = PossibleNames(document.text, second_readings, scheme.label_for)
        """Where there may be names that nobody suggested."""
        self._document = document
        self._annotator = annotator
        self._scheme = scheme

    @property
    def document(self) -> str:
        """The id of the document."""
        return self._document.id

    def lessons(self, edit: Edit) -> Iterator[Lesson]:
        """What one edit teaches, until it is undone."""
        if edit.by != self._annotator:
            return
        for change in edit.single_decisions:
            lesson = self._lesson(change, spot_check=edit.spot_check)
            if lesson is not None:
                yield lesson
        yield from self._place_lessons(edit)

    def judged(self, span: Span) -> JudgedSuggestion:
        """What is needed to judge how doubtful a suggestion is."""
        label = self._scheme.label_for(span.label) or span.label
        shown = span if label == span.label else replace(span, label=label)
        meaning = meaning_of(self._scheme, label)
        return judged(self._document.id, self._document.text, shown, meaning)

    def _lesson(self, change: Change, *, spot_check: bool) -> Lesson | None:
        before, after = change.before, change.after
        if before is None:
            return self._by_hand(after) if after is not None else None
        # A span removed without being rejected made room for another one: that is not a decision about it.
        if after is None:
            return None
        if before.decided or is_own(before.sources, self._annotator):
            changed = after.accepted and (before.start, before.end, before.label) != after.key
            return self._by_hand(after) if changed else None
        suggestion = self.judged(before)
        edge = (after.start, after.end) != (before.start, before.end)
        right = was_right_as_shown(change, self._scheme)
        final = "" if right or after.rejected else after.label
        corrected = self._words(after.start, after.end) if edge and not after.rejected else ""
        return SuggestionDecided(suggestion, right, final, edge, spot_check, corrected)

    def _place_lessons(self, edit: Edit) -> Iterator[Lesson]:
        """What is taught by the places where the person stopped, and by the names labelled where there
        was no stop.
        """
        named = [
            change.after for change in edit.single_decisions if change.before is None and change.after
        ]
        for place in edit.places:
            is_named = any(span.overlaps(*place) for span in named)
            yield self._place(place, named=is_named, shown=True)
        for span in named:
            if not any(span.overlaps(*place) for place in edit.places):
                place = self.possible_names.beside((span.start, span.end))
                yield self._place(place, named=True, shown=False)

    def _place(self, place: Range, *, named: bool, shown: bool) -> PlaceDecided:
        return PlaceDecided(self._words(*place), self.possible_names.at(place).fixed, named, shown)

    def _by_hand(self, span: Span) -> LabelledWithoutSuggestion:
        return LabelledWithoutSuggestion(self._words(span.start, span.end), span.label)

    def _words(self, start: int, end: int) -> str:
        return compared_words(self._document.text[start:end])
