"""Properties beyond the label: comment, flag and value of a span; date, language and done of the document."""

from annotations.dates.creation_time import parse_creation_time
from annotations.dates.document_language import check_language
from annotations.editing import commands as edits
from annotations.editing.document_session import DocumentSession
from annotations.editing.done import marks_done
from annotations.editing.outcome import Outcome
from annotations.editing.selection import Focus, Selection
from annotations.model.document_facts import DocumentFacts
from annotations.model.edit import Change, EditKind
from annotations.model.value import Timex


class Properties:
    """Sets properties of the span that the keys act on, or of the document."""

    def __init__(self, session: DocumentSession, selection: Selection) -> None:
        self._session = session
        self._selection = selection
        self.drawn = ""
        """How the document was drawn at random from its corpus, such as `seed 1`; empty if it was not."""

    def comment(self, words: str) -> Outcome:
        """Write a comment on the span, or on the document when there is no span."""
        span = self._selection.focused_span
        if span is None:
            return self._set(self._session.annotations.facts.with_comment(words))
        return self._apply("comment", edits.set_comment(span, words))

    def toggle_flag(self) -> Outcome:
        """Flag the span, or the document when there is no span, for a second look; or unflag it."""
        span = self._selection.focused_span
        if span is None:
            facts = self._session.annotations.facts
            return self._set(facts.with_flag(not facts.flagged))
        return self._apply("flag", edits.set_flag(span, not span.flagged))

    def set_timex(self, value: str) -> Outcome:
        """Set the TIMEX3 value that the person gives to the date in focus; this accepts the date."""
        from annotations.dates.timex_value import type_of

        span = self._selection.focused_span
        if span is None:
            return Outcome(message="There is no date here.")
        return self._apply("value", edits.set_value(span, Timex(type_of(value), value, origin="person")))

    def set_creation_time(self, written: str) -> Outcome:
        """Set the article's own date; all relative dates change with it. An empty one removes it.

        Accepted dates change in the same edit, which states how many. Raises `AnnotateError`
        for an invalid date.
        """
        given = parse_creation_time(written).value if written.strip() else ""
        return self._set(self._session.annotations.facts.with_creation_time(given))

    def set_language(self, code: str) -> Outcome:
        """Set the language of the document; an empty code removes it.

        From then on its dates, words and sentences are read in that language, and undecided suggestions
        are removed. Raises `AnnotateError` for an unknown language code.
        """
        check_language(code)
        return self._set(self._session.annotations.facts.with_language(code))

    def mark_done(self) -> Outcome:
        """Mark the document as done, even with undecided suggestions; the message says if it already is.

        The same edit records whether the document was drawn at random from its corpus.
        """
        annotations = self._session.annotations
        if annotations.facts.done:
            last = annotations.undo[-1] if annotations.undo else None
            at_hand = last is not None and any(fact.fact == "done" for fact in last.facts)
            takes_back = "undo" if at_hand else "`annotate done --undo`"
            return Outcome(message=f"The document is already done; {takes_back} takes that back.")
        outcome = self._set(annotations.facts.with_done(True).with_drawn(self.drawn))
        self._selection.focus = Focus.nothing_at(self._selection.cursor)
        return Outcome(outcome.touched, edit=outcome.edit)

    def mark_not_done(self) -> Outcome:
        """Remove the mark as done, whatever came after it."""
        annotations = self._session.annotations
        last = annotations.undo[-1] if annotations.undo else None
        if self._selection.focus.hidden:
            self._selection.let_go()
        if last is not None and marks_done(last):
            return self._session.undo()
        if not annotations.facts.done:
            return Outcome(message="The document is not done.")
        outcome = self._set(annotations.facts.with_done(False))
        return Outcome(outcome.touched, "No longer done.", outcome.edit)

    def _set(self, facts: DocumentFacts) -> Outcome:
        return self._session.set_facts(facts, cursor=self._selection.cursor)

    def _apply(self, kind: EditKind, changes: tuple[Change, ...]) -> Outcome:
        return self._session.apply(kind, changes, cursor=self._selection.cursor)
