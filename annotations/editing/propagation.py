"""One decision for all mentions: a preview, in which each can be left out, and then one step of undo."""

from msgspec.structs import replace

from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.document_session import DocumentSession
from annotations.editing.outcome import ONLY_WHITE_SPACE, Outcome, no_label
from annotations.editing.propagation_preview import Preview, changes, preview
from annotations.editing.review import Review
from annotations.editing.selection import Focus, Selection
from annotations.model.span import SpanKey
from annotations.text import segmentation as words
from annotations.text.text_range import Range


class Propagation:
    """Previews and applies one decision on all mentions of the same words in one document."""

    def __init__(
        self,
        session: DocumentSession,
        selection: Selection,
        review: Review,
        state: AnnotatorState,
    ) -> None:
        self._session = session
        self._selection = selection
        self._review = review
        self._state = state
        self.preview: Preview | None = None
        """The proposed change of all mentions; nothing changes until it is applied."""
        self._began_at = (0, Focus(0, 0))
        """Cursor and focus at the time of the proposal."""

    def propagate(self) -> Outcome:
        """Propose the same for all other mentions. If that is already proposed, switch to removing them, or back.

        It proposes the last correction, if the person came here from it and it has other mentions;
        otherwise the label of the span in focus. For a rejected span it proposes removing.
        """
        if self.preview is not None:
            return self._propose(replace(self.preview, removing=not self.preview.removing))
        session, selection = self._session, self._selection
        spans = session.annotations.spans
        corrected = self._review.forget_corrected()
        here = selection.span_here
        if here is not None and words.only_white_space(session.text, here.start, here.end):
            return Outcome(message=ONLY_WHITE_SPACE)
        before = spans.get(corrected) if corrected is not None else None
        found = None
        for span in (before, here):
            if span is None:
                continue
            if not session.scheme.accepts(span.label):
                return no_label(span.label)
            wanted = Preview(span.key, span.label, span.rejected, self._state.any_case)
            found = preview(session.text, spans, wanted, session.dating.language)
            if found.mentions or (span is here and "decided" in found.passed_over):
                self.preview = found
                self._began_at = (selection.cursor, selection.focus)
                selection.select_span(span.key)
                return Outcome()
        if found is None:
            return Outcome(message="Label it first, then its other mentions.")
        inside = found.passed_over.count("inside")
        why = f": {inside} inside longer names" if inside else ""
        return Outcome(message=f"There is no other mention to change{why}.")

    def propagate_as(self, name: str) -> Outcome:
        """Propose this label instead, also for the span it began from."""
        return self._propose(replace(self._proposed, label=name, removing=False))

    def toggle_case(self) -> Outcome:
        """Ignore or respect the difference between upper and lower case in propagation."""
        any_case = self._state.any_case = not self._state.any_case
        if self.preview is not None:
            return self._propose(replace(self.preview, any_case=any_case))
        which = "are the same" if any_case else "differ"
        return Outcome(message=f"For other mentions, upper and lower case {which}.")

    def toggle_decided_too(self) -> Outcome:
        """Include or leave out mentions with a different decision."""
        if self.preview is None:
            return Outcome(message="This key works only in the preview of all mentions.")
        return self._propose(replace(self.preview, decided_too=not self.preview.decided_too))

    def next_mention(self) -> Outcome:
        """Select the next mention that would change."""
        return self._select(self._proposed.after(self._selection.focus.start))

    def previous_mention(self) -> Outcome:
        """Select the previous mention that would change."""
        return self._select(self._proposed.before(self._selection.focus.start))

    def leave_out(self) -> Outcome:
        """Leave the mention in focus out, or include it again, and go to the next one."""
        proposed = self._proposed
        mention = (self._selection.focus.start, self._selection.focus.end)
        if mention not in proposed.mentions:
            return Outcome(
                message="The preview started from this mention; only the others can be left out."
            )
        self.preview = proposed.toggled(mention)
        self.next_mention()
        return Outcome((mention,))

    def apply(self) -> Outcome:
        """Apply the proposal, as one step of undo, and go back to where it began, or on to what follows."""
        session, proposed = self._session, self._proposed
        spans = session.annotations.spans
        # Another program may have decided in the meantime.
        now = preview(session.text, spans, proposed, session.dating.language)
        shown = set(proposed.mentions)
        now = replace(now, mentions=tuple(mention for mention in now.mentions if mention in shown))
        began = spans.get(proposed.of)
        made = changes(spans, now, session.annotator)
        outcome = session.apply("propagate", made, cursor=self._selection.cursor)
        self.preview = None
        going_on = self._began_at[1].span != proposed.of or (began is not None and not began.decided)
        label_now = SpanKey(proposed.of.start, proposed.of.end, proposed.label)
        further = self._review.continue_from(began or proposed.of, label_now, undecided=going_on)
        done = "removed" if now.removing else f"labelled {now.label}"
        number = len(outcome.edit.changes) if outcome.edit else 0
        return Outcome(outcome.touched, f"{number} {done}.", outcome.edit, further)

    def drop(self) -> Outcome:
        """Drop the proposal and go back to the earlier place."""
        self.preview = None
        self._selection.cursor, self._selection.focus = self._began_at
        self._selection.refresh()
        return Outcome()

    @property
    def _proposed(self) -> Preview:
        assert self.preview is not None
        return self.preview

    def _propose(self, wanted: Preview) -> Outcome:
        session = self._session
        self.preview = preview(session.text, session.annotations.spans, wanted, session.dating.language)
        return Outcome()

    def _select(self, mention: Range | None) -> Outcome:
        if mention is None:
            return Outcome(message="There is no other mention.")
        self._selection.select_range(*mention)
        return Outcome()
