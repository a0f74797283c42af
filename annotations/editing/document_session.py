"""One document of one annotator: its state, and the only way to change it.

Every change is an `Edit`. The session completes it (values of dates, effects of a decision on
suggestions), applies it and notifies its listeners, one of which saves it. It has no cursor:
an edit keeps the position it is given. Offsets are code points, 0-based, end exclusive.
"""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import is_date
from annotations.dates.document_language import UNDECIDED, LanguageChoice
from annotations.editing import commands as edits
from annotations.editing.carry_on import CarryingOn
from annotations.editing.date_values import Shown, following, with_values
from annotations.editing.dating import Dating
from annotations.editing.done import LateSuggestions
from annotations.editing.effort import Effort
from annotations.editing.found_places import FoundPlaces
from annotations.editing.held_suggestions import forgetting, hold_back, with_consequences
from annotations.editing.history import describe, describe_conflicts
from annotations.editing.label_mapping import ShownSuggestions, as_dates
from annotations.editing.outcome import Outcome, no_label
from annotations.editing.undo import Direction, OwnSteps
from annotations.learn.doubts import Doubts
from annotations.learn.learned import Learned
from annotations.learn.places import NamePlaces
from annotations.learn.record import Teaching
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_facts import DocumentFacts, FactChange, fact_changes
from annotations.model.edit import Change, Edit, EditKind, Run, make_edit
from annotations.model.label_scheme import LabelScheme
from annotations.model.source import CARRIED, DATE_RULES, Source
from annotations.model.span import Span
from annotations.model.value import Timex
from annotations.text import segmentation as words
from annotations.text.plural import counted
from annotations.text.text_range import Range
from annotations.text.token_edges import TokenEdges


class DocumentSession:
    """The annotations of one document by one annotator, and the way to change them.

    `on_edit` is called with each edit made here, so that it can be stored; `on_change` with each change of
    the annotations, by anybody.
    """

    def __init__(
        self,
        document: Document,
        annotations: AnnotationSet,
        scheme: LabelScheme,
        effort: Effort | None = None,
        learned: Learned | None = None,
        languages: LanguageChoice = UNDECIDED,
    ) -> None:
        """`learned` is what was learned from the person's decisions so far, also in other documents; `languages`
        is what was stated about the language of all of them."""
        self.document = document
        self.annotations = annotations
        self.scheme = scheme.including(annotations.spans.labels())
        self.on_edit: list[Callable[[Edit], None]] = []
        self.on_change: list[Callable[[], None]] = []
        self.dating = Dating(document, annotations, languages)
        """The language and the own date of the document."""
        self.tokens: TokenEdges | None = None
        """The tokens of the pipeline, once they are known."""
        self._effort = effort or Effort()
        self._shown = ShownSuggestions(annotations, scheme)
        self._steps = OwnSteps(annotations)
        self._date_shown: Shown | None = None
        """The last requested date and its value, as long as nothing has changed since."""
        self._late = LateSuggestions()
        self._carrying = CarryingOn(document.text, annotations, lambda: self.dating.language)
        self._learned = learned or Learned()
        second = annotations.second_readings
        self._teaching = Teaching(document, annotations.annotator, scheme, second)
        self.doubts = Doubts(document, self._teaching, self._learned)
        """Which suggestions are doubtful."""
        self.name_places = NamePlaces(
            document.text,
            self._teaching.possible_names,
            annotations.spans,
            scheme,
            self._learned,
            lambda: self.dating.language,
        )
        self.places = FoundPlaces(document.text, annotations.spans, lambda: self.hidden)
        """Places where there may be names that nobody suggested."""
        for edit in annotations.undo:
            # Decisions of earlier runs that were not undone also count for learning.
            self._learned.recall(edit, self._teaching)
            self.places.follow(edit)

    @property
    def text(self) -> str:
        """The exact text of the document."""
        return self.document.text

    @property
    def annotator(self) -> str:
        """The annotator who decides."""
        return self.annotations.annotator

    @property
    def creation_time(self) -> CreationTime | None:
        """The article's own date: the one that the person set, otherwise the one that was found, if it is trusted."""
        return self.dating.creation_time

    @property
    def labels_shown(self) -> LabelScheme:
        """The labels of the project, followed by other labels that spans have, without keys."""
        return self.scheme.showing(self.annotations.spans.labels())

    @property
    def not_offered(self) -> list[Span]:
        """The suggestions that are not offered: their label is not in the project, or they are hidden dates."""
        return self._shown.not_offered

    @property
    def hidden(self) -> tuple[Span, ...]:
        """The suggestions that are hidden because the same words were rejected, in reading order."""
        return self._carrying.hidden

    @property
    def decided(self) -> int:
        """How many spans are accepted or rejected."""
        spans = self.annotations.spans
        return spans.count(status="accepted") + spans.count(status="rejected")

    @property
    def undone(self) -> tuple[Edit, ...]:
        """The edits that can be redone, the next one last."""
        return self._steps.undone

    def timex(self, span: Span) -> Timex | None:
        """The TIMEX3 value of a date, as set or computed; `None` for a span that is not a date."""
        if not is_date(span):
            return None
        timex = self.dating.timex(span)
        self._date_shown = (span, timex)
        return timex

    def cuts_token(self, span: Span) -> bool:
        """Whether an edge of the span is inside a token of the pipeline, so that its `doc.ents` cannot keep it."""
        return self.tokens is not None and self.tokens.cut_by(span.start, span.end)

    def show_hidden(self) -> Outcome:
        """Suggest again what is hidden because the same words were rejected."""
        hidden = self.hidden
        changes = edits.suggest(self.annotations.spans, hidden, self.scheme.nested)
        if not changes:
            return Outcome()
        edit = make_edit("suggest", str(CARRIED), changes, cursor=self.annotations.cursor)
        return self._carry_out(replace(edit, held=tuple(Change(span, None) for span in hidden)))

    def show_all(self, shown: bool) -> tuple[Range, ...]:
        """Show or hide the suggestions whose label is not in the project; returns the ranges that look different."""
        touched = tuple(self._shown.show_all(shown))
        self._tell_of_change()
        return touched

    # Actions of the person

    def apply(
        self,
        kind: EditKind,
        changes: tuple[Change, ...] = (),
        facts: tuple[FactChange, ...] = (),
        *,
        cursor: int,
        single: int | None = None,
    ) -> Outcome:
        """Make one edit of these changes and apply it; `cursor` is where the person was.

        `single` is how many of the changes, counted from the first, were decided one by one; `None` means all.
        Accepted dates get their values, and decisions remove suggestions or bring them back.
        """
        if not changes and not facts and kind != "place":
            return Outcome()
        # A span that was accepted in another text or tool stays accepted, whatever its label is.
        if kind != "import" and (unknown := self._unknown_label(changes)) is not None:
            return no_label(unknown)
        changes = as_dates(self.scheme, changes)
        spans, when, language = self.annotations.spans, self.creation_time, self.dating.language
        changes = with_values(self.text, spans, changes, when, self._date_shown, language)
        edit = replace(make_edit(kind, self.annotator, changes, facts, cursor=cursor), single=single)
        decided = (change.before for change in edit.single_decisions)
        edit = replace(edit, spot_check=any(s and self.doubts.is_spot_check(s) for s in decided))
        edit = with_consequences(self.annotations, edit, self.scheme.nested)
        edit = self._carrying.carried_on(edit)
        edit = replace(edit, places=self.places.take_stops())
        self._steps.did(edit)
        return self._carry_out(edit)

    def set_facts(self, facts: DocumentFacts, *, cursor: int) -> Outcome:
        """Replace the facts of the whole document by these.

        If the date or the language of the article changes, the same edit changes accepted dates; the
        message says how many.
        """
        before, dating = self.annotations.facts, self.dating
        changes: tuple[Change, ...] = ()
        changed = 0
        if (facts.creation_time, facts.language) != (before.creation_time, before.language):
            when, language = dating.creation_time_by(facts), dating.language_by(facts)
            changes, changed = following(self.text, self.annotations.spans, when, language)
        outcome = self.apply("document", changes, fact_changes(before, facts), cursor=cursor)
        said = f"{counted(changed, 'accepted date')} changed." if changed else ""
        return Outcome(outcome.touched, said, outcome.edit)

    def undo(self) -> Outcome:
        """Undo the last action of a person, in one step, however many spans it changed."""
        return self._step_back("undo")

    def redo(self) -> Outcome:
        """Redo what was undone last."""
        return self._step_back("redo")

    # Changes from elsewhere

    def suggest(
        self,
        source: Source,
        suggestions: Iterable[Span],
        run: Run | None,
        second_readings: Iterable[Span] = (),
    ) -> Outcome:
        """Add suggestions, as one edit; `run` states what the suggester has read.

        `second_readings` are names that it considered and does not suggest: kept, but not shown as spans.
        Suggestions that contradict a decision are held back until the decision is undone. Those for a document
        that is done wait until it is no longer done.
        """
        suggestions = [s for s in suggestions if not words.only_white_space(self.text, s.start, s.end)]
        placed, others = self._shown.arriving(edits.not_by(self.annotator, suggestions))
        spans = self.annotations.spans
        placed, hidden = self._carrying.arriving(placed)
        added, held_back = edits.add_or_hold_back(spans, placed, self.scheme.nested)
        changes = (*added, *others)
        held = hold_back(self.annotations, (*held_back, *hidden))
        if not changes and not held and run is None:
            return Outcome()
        if self.annotations.facts.done:
            return Outcome(message=self._late.add(source, suggestions, run, new=bool(added)))
        edit = make_edit("suggest", str(source), changes, run=run, cursor=self.annotations.cursor)
        edit = replace(edit, held=held, second_readings=tuple(second_readings))
        self.scheme = self.scheme.including(
            sorted({change.after.label for change in changes if change.after})
        )
        return self._carry_out(edit)

    def carry_over(self, spans: Iterable[Span], facts: DocumentFacts, *, cursor: int) -> Outcome:
        """Adopt the decisions about an earlier text of this article, as one edit.

        The mark as done is not adopted, because nobody has looked at the present text.
        """
        changes = edits.carry_over(self.annotations.spans, spans)
        before = after = self.annotations.facts
        for fact in facts.with_done(False).said:
            after = after.taking(fact, facts)
        self.scheme = self.scheme.including(sorted({c.after.label for c in changes if c.after}))
        outcome = self.apply("import", changes, fact_changes(before, after), cursor=cursor)
        said = "No longer done: the text has changed." if facts.done else ""
        return Outcome(outcome.touched, said, outcome.edit)

    def take_over(self, foreign: Iterable[Edit]) -> Outcome:
        """Show edits that another process made to the same annotations; they are already stored."""
        touched: list[Range] = []
        for edit in foreign:
            self._shown.before_applying(edit.all_changes)
            self._steps.take_over(edit)
            self._shown.after_applying(edit.all_changes)
            self._carrying.follow(edit.all_changes)
            self._learned.follow(edit, self._teaching)
            touched += _ranges(edit.all_changes)
        self._date_shown = None
        self.dating.forget_values()
        touched += self._admit_late()
        self.scheme = self.scheme.including(self.annotations.spans.labels())
        self._tell_of_change()
        return Outcome(tuple(touched), "Changed by another program.")

    # How it is done

    def _step_back(self, direction: Direction) -> Outcome:
        with self._shown.as_they_are_stored():
            found = self._steps.step(direction, self.scheme.nested)
        if found is None:
            return Outcome(message=f"There is nothing to {direction}.")
        step, over = found
        outcome = self._carry_out(over.edit)
        self._steps.stepped(step)
        done = "Undone" if direction == "undo" else "Redone"
        stays = describe_conflicts(over.conflicts, over.facts, self.text)
        if stays:
            said = f"Not {done.lower()}: {stays}." if over.does_nothing else f"{done}, but {stays}."
        else:
            said = f"{done}: {describe(step, self.text)}."
        return Outcome(outcome.touched, said, outcome.edit)

    def _carry_out(self, edit: Edit) -> Outcome:
        if edit.kind != "suggest":
            keys, seconds = self._effort.take()
            edit = replace(edit, keys=keys, seconds=seconds)
        changes, aside = self._shown.as_stored(edit.changes, edit.aside)
        edit = replace(edit, changes=changes, aside=aside)
        self._shown.before_applying(edit.all_changes)
        readers = {run.source for run in self.annotations.runs}
        self.annotations.apply(edit)
        self._shown.after_applying(edit.all_changes)
        self._carrying.follow(edit.all_changes)
        self._date_shown = None
        self.dating.forget_values()
        self._learned.follow(edit, self._teaching)
        for listener in self.on_edit:
            listener(edit)
        touched = (*_ranges(edit.all_changes), *self._admit_late())
        if any(fact.fact == "language" for fact in edit.facts):
            touched += self._forget_suggestions({*readers, DATE_RULES})
        self._tell_of_change()
        return Outcome(touched, edit=edit)

    def _forget_suggestions(self, sources: Iterable[Source]) -> tuple[Range, ...]:
        """Remove the undecided suggestions of these suggesters: they read in another language."""
        with self._shown.as_they_are_stored():
            changes, held = forgetting(self.annotations, sources)
        if not changes and not held:
            return ()
        edit = make_edit("suggest", str(DATE_RULES), changes, cursor=self.annotations.cursor)
        return self._carry_out(replace(edit, held=held)).touched

    def _tell_of_change(self) -> None:
        for listener in self.on_change:
            listener()

    def _admit_late(self) -> list[Range]:
        """Add the suggestions that waited while the document was done, if it is no longer done."""
        if not self._late or self.annotations.facts.done:
            return []
        return [touched for late in self._late.take() for touched in self.suggest(*late).touched]

    def _unknown_label(self, changes: Iterable[Change]) -> str | None:
        """The label of a span to be accepted if the project does not have that label."""
        for change in changes:
            after = change.after
            if after is None or not after.accepted or self.scheme.accepts(after.label):
                continue
            if change.before is None or (change.before.status, change.before.label) != (
                "accepted",
                after.label,
            ):
                return after.label
        return None


def _ranges(changes: Iterable[Change]) -> list[Range]:
    spans = (span for change in changes for span in (change.before, change.after) if span)
    return [(span.start, span.end) for span in spans]
