"""One document in one annotator's hands: where they stand, what they select, what each key does.

The whole of what a person can do to annotations, without a screen: every method is one key. A method
that changes annotations makes one `Edit`, carries it out, hands it to `commit` (which makes it
durable) and says in its `Outcome` which ranges of the text look different now. Offsets are code
points, 0-based, end exclusive.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as replaced

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import is_date, part_around, timex_of
from annotations.editing import commands as edits
from annotations.editing.date_values import Shown, following, with_values
from annotations.editing.done import LateSuggestions, is_done
from annotations.editing.effort import Effort
from annotations.editing.filters import Filter
from annotations.editing.held_suggestions import acceptable, hold_back, with_consequences
from annotations.editing.history import describe, describe_conflicts
from annotations.editing.label_mapping import ShownSuggestions, as_dates
from annotations.editing.propagation import Propagation, changes, propose
from annotations.editing.undo import Direction, OwnSteps
from annotations.entities.identity import (
    Proposal,
    Refusal,
    called_so,
    entity_of,
    mentions_of,
    parse_entity,
    refusal,
    refusals_as_fact,
    refusals_of,
    written,
)
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Change, Edit, EditKind, Fact, FactChange, Run, make_edit
from annotations.model.label_scheme import LabelScheme
from annotations.model.source import not_by
from annotations.model.span import Span, SpanKey, reading_order, replace
from annotations.model.value import Entity, Timex
from annotations.text import segmentation as words
from annotations.text.plural import counted
from annotations.text.search import Search
from annotations.text.token_edges import TokenEdges

Range = tuple[int, int]

ONLY_WHITE_SPACE = "A span cannot be white space only; there is no word in it."
_BEFORE_ALL = (-1, 0, "")
"""A place in reading order ahead of every span."""


@dataclass(frozen=True)
class Focus:
    """What the keys act on: a span, or a selection of words that need not be one."""

    start: int
    end: int
    span: SpanKey | None = None
    chosen: bool = False
    """Whether the person chose this extent; else it is only the word or the span they stand on."""
    bare: bool = False
    """Whether a covering span is to be left alone, so that a label key adds a nested one."""


@dataclass(frozen=True)
class Outcome:
    """What a key did."""

    touched: tuple[Range, ...] = ()
    """The ranges of text whose looks changed through an edit, not through moving."""
    message: str = ""
    """A sentence for the person, empty when the screen shows enough."""
    edit: Edit | None = None


class Session:
    """The state of one sitting with one document.

    `cursor` is where the unit (word or grapheme) the person stands on begins.
    """

    def __init__(
        self,
        document: Document,
        annotations: AnnotationSet,
        scheme: LabelScheme,
        commit: Callable[[Edit], None] = lambda edit: None,
    ) -> None:
        self.document = document
        self.annotations = annotations
        self.scheme = scheme.including(annotations.spans.labels())
        self._shown = ShownSuggestions(annotations, scheme)
        self.found_creation_time: CreationTime | None = None
        """The article's own date as the text or the file's name tells it."""
        self.by_character = False
        self._commit = commit
        self._steps = OwnSteps(annotations)
        self.tokens: TokenEdges | None = None
        """The tokens of the pipeline, once they are known."""
        self.filter = Filter()
        """Which suggestions going on goes to; see `choose`."""
        self.effort = Effort()
        """The keys and seconds since the last edit."""
        self.propagation: Propagation | None = None
        """What is about to be done to all mentions; nothing is, until it is applied."""
        self._began_at = (0, Focus(0, 0))
        """Where the person stood when it was proposed."""
        self._corrected: tuple[SpanKey, Focus] | None = None
        """The suggestion corrected last, and where going on from it led."""
        self.any_case = False
        """Whether propagation takes upper and lower case as the same."""
        self.search: Search | None = None
        """What was searched for last."""
        self._match = 0
        self._date_shown: Shown | None = None
        """The date asked for last and its value, as long as nothing has changed since."""
        self._late = LateSuggestions()
        self.cursor = 0
        self.focus = Focus(0, 0)
        self.place(annotations.cursor)

    @property
    def text(self) -> str:
        """The exact text of the document."""
        return self.document.text

    @property
    def annotator(self) -> str:
        """Who decides."""
        return self.annotations.annotator

    @property
    def focused_span(self) -> Span | None:
        """The span the keys act on, if they act on one."""
        return self.annotations.spans.get(self.focus.span) if self.focus.span else None

    @property
    def creation_time(self) -> CreationTime | None:
        """The article's own date: as the person set it, else as it was found, if that is trusted."""
        return self._creation_time(self.annotations.facts.get("created", ""))

    def timex(self, span: Span) -> Timex | None:
        """The TIMEX3 value of a date, as set or as worked out; `None` for what is no date."""
        if not is_date(span):
            return None
        around = self.annotations.spans.overlapping(*part_around(self.text, span))
        timex = timex_of(self.text, span, self.creation_time, around)
        self._date_shown = (span, timex)
        return timex

    def cuts_token(self, span: Span) -> bool:
        """Whether an edge of the span would not survive in the pipeline's `doc.ents`."""
        return self.tokens is not None and self.tokens.cut_by(span.start, span.end)

    def unit_here(self) -> Range:
        """The word, or grapheme, that the person stands on; empty between words."""
        return self._unit_at(self.cursor) or (self.cursor, self.cursor)

    @property
    def labels_shown(self) -> LabelScheme:
        """The labels with those behind them, without keys, that spans have and the project has not."""
        return self.scheme.showing(self.annotations.spans.labels())

    @property
    def without_place(self) -> list[Span]:
        """The suggestions whose label has no place among the project's, in reading order."""
        return self._shown.without_place

    @property
    def decided(self) -> int:
        """How many spans are accepted or rejected."""
        spans = self.annotations.spans
        return spans.count(status="accepted") + spans.count(status="rejected")

    # Moving

    def place(self, offset: int) -> Outcome:
        """Stand on the word (or grapheme) at an offset, or the nearest word there is."""
        offset = min(max(offset, 0), max(len(self.text) - 1, 0))
        if self.by_character:
            return self._stand(words.grapheme_start(self.text, offset))
        word = words.nearest_word(self.text, offset)
        return self._stand(word[0] if word else 0)

    def next_word(self) -> Outcome:
        """Stand on the next word, or grapheme; on the last one, stay."""
        if self.by_character:
            after = words.next_grapheme(self.text, self.cursor)
            return self._stand(after if after < len(self.text) else self.cursor)
        word = words.next_word(self.text, self.cursor)
        return self._stand(word[0] if word else self.cursor)

    def previous_word(self) -> Outcome:
        """Stand on the previous word, or grapheme; on the first one, stay."""
        if self.by_character:
            return self._stand(words.previous_grapheme(self.text, self.cursor))
        word = words.previous_word(self.text, self.cursor)
        return self._stand(word[0] if word else self.cursor)

    def next_sentence(self) -> Outcome:
        """Stand on the first word of the next sentence."""
        return self.place(words.next_sentence(self.text, self.cursor))

    def previous_sentence(self) -> Outcome:
        """Stand on the first word of this sentence, or from there of the one before."""
        return self.place(words.previous_sentence(self.text, self.cursor))

    def to_start(self) -> Outcome:
        """Stand on the first word."""
        return self.place(0)

    def to_end(self) -> Outcome:
        """Stand on the last word."""
        return self.place(len(self.text))

    def next_span(self) -> Outcome:
        """Select the next span in reading order, whatever its status; behind the last, the first."""
        spans = self.annotations.spans
        here = self._place_in_order()
        found = spans.after(here, _any)
        return self._select_found(found or spans.after(_BEFORE_ALL, _any), found is None)

    def previous_span(self) -> Outcome:
        """Select the previous span in reading order; before the first, the last."""
        spans = self.annotations.spans
        found = spans.before(self._place_in_order(), _any)
        last = spans.before((len(self.text), 0, ""), _any)
        return self._select_found(found or last, found is None)

    def next_undecided(self) -> Outcome:
        """Select the next suggestion that is still to decide; behind the last, the first."""
        here = self._place_in_order()
        found = self.annotations.spans.next_undecided(here, self._passes)
        if found is None:
            which = f" ({self.filter.words})" if self.filter.words else ""
            return Outcome(message=f"Nothing is left to decide{which}.")
        return self._select_found(found, reading_order(found) <= here)

    def choose(self, which: Filter) -> Outcome:
        """Go on only to such suggestions from now on, beginning with the next one.

        Suggestions whose label has no place in the project are in sight while these are asked for.
        """
        self.filter = which
        touched = self._shown.show_all(bool(which.beside))
        if self.focus.span is not None and self.focused_span is None:
            self._stand(self.cursor)
        return replaced(self.next_undecided(), touched=tuple(touched))

    # Selecting

    def select(self, start: int, end: int) -> None:
        """Select a range as by a drag of the mouse: whole words, or whole graphemes."""
        start, end = sorted((start, end))
        start = min(max(start, 0), len(self.text))
        end = min(max(end, start), len(self.text))
        first = self._unit_at(start)
        last = self._unit_at(max(end - 1, start))
        start = first[0] if first else start
        end = max(last[1] if last else end, start)
        if end > start:
            self.cursor = start
            self.focus = Focus(start, end, chosen=True)

    def select_span(self, key: SpanKey) -> None:
        """Select a span, as by a click on it or in a list."""
        self.cursor = key.start
        self.focus = Focus(key.start, key.end, key, chosen=True)

    def narrow(self) -> Outcome:
        """Let go: of a selection; then of the span around the word, so that it can hold another."""
        if self.focus.chosen:
            return self._stand(self.cursor)
        if self.focus.span is not None:
            start, end = self.unit_here()
            self.focus = Focus(start, end, chosen=True, bare=True)
            return Outcome(message="Only this word: a label key adds a span inside.")
        return Outcome()

    def toggle_characters(self) -> Outcome:
        """Step by character instead of by word, or back."""
        self.by_character = not self.by_character
        if not self.focus.chosen:
            self.place(self.cursor)
        unit = "character" if self.by_character else "word"
        return Outcome(message=f"Stepping by {unit}.")

    def grow_right(self) -> Outcome:
        """One word more at the right of the span, or of the selection."""
        if self.by_character:
            return self._resize(self.focus.start, words.next_grapheme(self.text, self.focus.end))
        here = words.word_at(self.text, max(self.focus.end - 1, 0))
        if here and here[1] > self.focus.end:
            return self._resize(self.focus.start, here[1])
        word = words.next_word(self.text, max(self.focus.end - 1, 0))
        return self._resize(self.focus.start, word[1] if word else self.focus.end)

    def shrink_right(self) -> Outcome:
        """One word less at the right of the span, or of the selection."""
        start, end = self.focus.start, self.focus.end
        if self.by_character:
            shorter = words.previous_grapheme(self.text, end)
        else:
            inside = [word for word in words.words(self.text, start, end) if word[1] < end]
            shorter = inside[-1][1] if inside else end
        return self._resize(start, shorter if shorter > start else end)

    def grow_left(self) -> Outcome:
        """One word more at the left of the span, or of the selection."""
        start, end = self.focus.start, self.focus.end
        if self.by_character:
            return self._resize(words.previous_grapheme(self.text, start), end)
        here = words.word_at(self.text, start)
        if here and here[0] < start:
            return self._resize(here[0], end)
        word = words.previous_word(self.text, start)
        return self._resize(word[0] if word else start, end)

    def shrink_left(self) -> Outcome:
        """One word less at the left of the span, or of the selection."""
        start, end = self.focus.start, self.focus.end
        if self.by_character:
            later = words.next_grapheme(self.text, start)
        else:
            later = next(
                (word[0] for word in words.words(self.text, start, end) if word[0] > start), start
            )
        return self._resize(later if later < end else start, end)

    # Deciding

    def label(self, name: str) -> Outcome:
        """Label the selection or the word, or relabel the span; accepted at once.

        On a suggestion the person then stands on the next one to decide.
        """
        if not self.scheme.accepts(name):
            return Outcome(message=_no_label(name))
        spans = self.annotations.spans
        start, end = self.focus.start, self.focus.end
        if start < end and words.only_white_space(self.text, start, end):
            return Outcome(message=ONLY_WHITE_SPACE)
        span = self.focused_span or self._span_of_same_extent()
        if span is not None:
            changes = edits.relabel(spans, span, name, self.annotator)
            kind: EditKind = "accept" if name == span.label else "relabel"
            outcome = self._do(kind, changes)
            self._go_on(span, SpanKey(span.start, span.end, name))
            if kind == "relabel":
                self._corrected = (SpanKey(span.start, span.end, name), self.focus)
            return outcome
        if end <= start:
            return Outcome(message="There is no word here to label.")
        outcome = self._do("create", edits.label_range(spans, start, end, name, self.annotator))
        self.select_span(SpanKey(start, end, name))
        return outcome

    def accept(self) -> Outcome:
        """Accept the span and go on to the next one to decide."""
        span = self.focused_span
        if span is None or span.status == "accepted":
            return self.next_undecided()
        if not self.scheme.accepts(span.label):
            return Outcome(message=_no_label(span.label))
        outcome = self._do("accept", edits.accept(span))
        self._go_on(span, span.key)
        return outcome

    def reject(self) -> Outcome:
        """Reject a suggestion and go on to the next one; take a span away that was accepted."""
        span = self.focused_span
        if span is None:
            return Outcome(message="There is no span here to reject.")
        changes = edits.reject(span, self.annotator)
        outcome = self._do("remove" if span.decided else "reject", changes)
        if span.decided:
            self._stand(self.cursor)
        else:
            self._go_on(span, span.key)
            self._corrected = (span.key, self.focus)
        return outcome

    def accept_all(self, start: int, end: int) -> Outcome:
        """Accept every suggestion that begins in the range: one step of undo."""
        pending = [
            span
            for span in self.annotations.spans.overlapping(start, end)
            if not span.decided
            and span.start >= start
            and self._passes(span)
            and self.scheme.accepts(span.label)
        ]
        right = acceptable(pending, self.scheme.nested)
        changes = tuple(change for span in right for change in edits.accept(span))
        if not changes:
            return Outcome(message="There is nothing to accept here.")
        outcome = self._do("accept", changes)
        self._stand(self.cursor)
        return Outcome(outcome.touched, f"{len(changes)} accepted.", outcome.edit)

    def set_timex(self, value: str) -> Outcome:
        """Give the date the keys act on a TIMEX3 value of the person's own; it is accepted by that."""
        from annotations.dates.timex_value import type_of

        span = self.focused_span
        if span is None:
            return Outcome(message="There is no date here.")
        timex = Timex(type_of(value), value, origin="person")
        return self._do("value", edits.set_value(span, timex))

    def name_entity(self, text: str) -> Outcome:
        """Say who or what the mention names: a name, an id or both; nothing takes it back.

        All mentions of the entity follow; the one stood on is accepted by that, the others are not.
        """
        span = self.focused_span
        if span is None:
            return Outcome(message="There is no mention here.")
        mentions = mentions_of(self.text, self.annotations.spans, span)
        return self._do("value", edits.set_entity(mentions, parse_entity(text), span.key))

    def entity_names(self, label: str) -> list[str]:
        """The entities that mentions of a label were said to name, in the order of the text."""
        entities = (entity_of(span) for span in self.annotations.spans if span.label == label)
        return list(dict.fromkeys(written(entity) for entity in entities if entity))

    def proposal_of(self, span: Span) -> Generator[None, None, Proposal | None]:
        """What the mention is likely to be one more name of, without other names that are likely so.

        In steps of a few milliseconds; with thousands of different names they take some time together.
        """
        # What compares names is loaded with the first that are compared.
        from annotations.entities.alias_proposals import propose_aliases

        comparable = [other for other in self.annotations.spans if other.label == span.label]
        proposals = yield from propose_aliases(self.text, comparable, self.refused)
        for proposal in proposals:
            for alias in proposal.aliases:
                if span.key in alias.mentions:
                    return replaced(proposal, aliases=(replaced(alias, mentions=(span.key,)),))
        return None

    def join_or_leave(self) -> Generator[None, None, Outcome]:
        """Make the mention one of the entity it is likely to name; take it out of the one it is of.

        In steps, as `proposal_of`; nothing is done before the last one.
        """
        span = self.focused_span
        if span is None:
            return Outcome(message="There is no mention here.")
        entity = entity_of(span)
        if entity is not None:
            outcome = self._do("value", edits.set_entity((span,), None))
            return Outcome(outcome.touched, f"No mention of {written(entity)}.", outcome.edit)
        proposal = yield from self.proposal_of(span)
        if proposal is None:
            return Outcome(message="It is not likely the same as another name; a value names it.")
        return self.join(proposal, span.key)

    def join(self, proposal: Proposal, accepted: SpanKey | None = None) -> Outcome:
        """Make all that is proposed one entity. Only the mention of the key `accepted` is accepted."""
        keys = [*proposal.mentions, *(key for alias in proposal.aliases for key in alias.mentions)]
        return self.join_mentions(proposal.entity, keys, accepted)

    def join_to(self, name: str) -> Outcome:
        """Make the mention stood on one of the entity that is called so, with those called so already."""
        span, entity = self.focused_span, parse_entity(name)
        if span is None or entity is None:
            return Outcome(message="There is no mention here to join to it.")
        called = [
            other.key
            for other in self.annotations.spans
            if other.status != "rejected"
            and other.label == span.label
            and called_so(self.text, other) == name
        ]
        return self.join_mentions(entity, {*called, span.key}, span.key)

    def join_mentions(
        self, entity: Entity, keys: Iterable[SpanKey], accepted: SpanKey | None = None
    ) -> Outcome:
        """Say that mentions name an entity, as one step of undo."""
        spans = self.annotations.spans
        mentions = [span for key in sorted(keys) if (span := spans.get(key)) is not None]
        outcome = self._do("value", edits.set_entity(mentions, entity, accepted))
        number = len(outcome.edit.changes) if outcome.edit else 0
        return Outcome(outcome.touched, f"{number} joined to {written(entity)}.", outcome.edit)

    @property
    def refused(self) -> frozenset[Refusal]:
        """The names a person said are none of an entity."""
        return refusals_of(self.annotations.facts.get("apart", ""))

    def refuse(self, proposal: Proposal) -> Outcome:
        """Say that these names are none of this entity: they are not proposed again."""
        more = {refusal(proposal, alias) for alias in proposal.aliases}
        outcome = self.set_fact("apart", refusals_as_fact(self.refused | more))
        return Outcome(outcome.touched, f"Not proposed again: {written(proposal.entity)}.", outcome.edit)

    def set_creation_time(self, written: str) -> Outcome:
        """Set the article's own date; all relative dates follow. An empty one takes it back.

        Those that were accepted follow by this same edit, which says how many. Raises `AnnotateError`
        for what is no date.
        """
        from annotations.dates.creation_time import parse_creation_time

        before = self.annotations.facts.get("created", "")
        given = parse_creation_time(written).value if written.strip() else ""
        if given == before:
            return Outcome()
        changes, changed = following(self.text, self.annotations.spans, self._creation_time(given))
        outcome = self._do("document", changes, (FactChange("created", before, given),))
        said = f"{counted(changed, 'accepted date')} changed." if changed else ""
        return Outcome(outcome.touched, said, outcome.edit)

    def accept_paragraph(self) -> Outcome:
        """Accept every suggestion left in the paragraph, and go on to the next one to decide."""
        outcome = self.accept_all(*words.paragraph_at(self.text, self.cursor))
        if outcome.edit is not None:
            self.next_undecided()
        return outcome

    def accept_document(self) -> Outcome:
        """Accept every suggestion left in the document."""
        return self.accept_all(0, len(self.text))

    def comment(self, words_: str) -> Outcome:
        """Write a comment on the span, or on the document when there is no span."""
        span = self.focused_span
        if span is None:
            return self.set_fact("comment", words_)
        return self._do("comment", edits.set_comment(span, words_))

    def toggle_flag(self) -> Outcome:
        """Flag the span, or the document when there is no span, for a second look; or unflag it."""
        span = self.focused_span
        if span is None:
            return self.set_fact("flag", "" if self.annotations.facts.get("flag") else "yes")
        return self._do("flag", edits.set_flag(span, not span.flagged))

    def set_fact(self, fact: Fact, value: str) -> Outcome:
        """Say something of the whole document; an empty value takes it back."""
        before = self.annotations.facts.get(fact, "")
        if before == value:
            return Outcome()
        return self._do("document", (), (FactChange(fact, before, value),))

    # The same for all mentions

    def propagate(self) -> Outcome:
        """Propose the same for all other mentions; once proposed, to remove them instead, or back.

        The same as what was corrected just before, if going on from that led here and it has others;
        else as the span stood on. From a rejected span the proposal is to remove.
        """
        if self.propagation is not None:
            return self._propose(replaced(self.propagation, removing=not self.propagation.removing))
        spans = self.annotations.spans
        corrected, self._corrected = self._corrected, None
        here = self.focused_span or self._span_of_same_extent()
        if here is not None and words.only_white_space(self.text, here.start, here.end):
            return Outcome(message=ONLY_WHITE_SPACE)
        before = spans.get(corrected[0]) if corrected and corrected[1] == self.focus else None
        found = None
        for span in (before, here):
            if span is None:
                continue
            if not self.scheme.accepts(span.label):
                return Outcome(message=_no_label(span.label))
            wanted = Propagation(span.key, span.label, span.status == "rejected", self.any_case)
            found = propose(self.text, spans, wanted)
            if found.mentions or (span is here and "decided" in found.passed_over):
                self.propagation = found
                self._began_at = (self.cursor, self.focus)
                self.select_span(span.key)
                return Outcome()
        if found is None:
            return Outcome(message="Label it first; then its other mentions can follow.")
        return Outcome(message=f"There is no other mention to change{_why(found)}.")

    def propagate_as(self, name: str) -> Outcome:
        """Propose this label instead, for the span it began from too."""
        assert self.propagation is not None
        return self._propose(replaced(self.propagation, label=name, removing=False))

    def toggle_case(self) -> Outcome:
        """Take upper and lower case as the same in propagation, or not."""
        self.any_case = not self.any_case
        if self.propagation is not None:
            return self._propose(replaced(self.propagation, any_case=self.any_case))
        which = "are the same" if self.any_case else "differ"
        return Outcome(message=f"For other mentions, upper and lower case {which}.")

    def toggle_decided_too(self) -> Outcome:
        """Propose it also for mentions that were decided otherwise, or not for these."""
        if self.propagation is None:
            return Outcome(message="That is for the preview of all mentions.")
        return self._propose(replaced(self.propagation, decided_too=not self.propagation.decided_too))

    def next_mention(self) -> Outcome:
        """Stand on the next mention that would change."""
        assert self.propagation is not None
        return self._stand_on_range(self.propagation.after(self.focus.start))

    def previous_mention(self) -> Outcome:
        """Stand on the previous mention that would change."""
        assert self.propagation is not None
        return self._stand_on_range(self.propagation.before(self.focus.start))

    def leave_out(self) -> Outcome:
        """Leave the mention stood on out, or take it in again, and go on to the next one."""
        assert self.propagation is not None
        mention = (self.focus.start, self.focus.end)
        if mention not in self.propagation.mentions:
            return Outcome(message="This is where it began; go on to the mention to leave out.")
        self.propagation = self.propagation.toggled(mention)
        self.next_mention()
        return Outcome((mention,))

    def apply_propagation(self) -> Outcome:
        """Do what is proposed, as one step of undo, and stand where it began or go on from there."""
        proposed = self.propagation
        assert proposed is not None
        # Another program may have decided in the meantime.
        now = propose(self.text, self.annotations.spans, proposed)
        shown = set(proposed.mentions)
        now = replaced(now, mentions=tuple(mention for mention in now.mentions if mention in shown))
        spans = self.annotations.spans
        began = spans.get(proposed.of)
        outcome = self._do("propagate", changes(spans, now, self.annotator))
        self.propagation = None
        going_on = self._began_at[1].span != proposed.of or (began is not None and not began.decided)
        self._go_on_from(began or proposed.of, SpanKey(*proposed.of[:2], proposed.label), going_on)
        done = "removed" if now.removing else f"labelled {now.label}"
        number = len(outcome.edit.changes) if outcome.edit else 0
        return Outcome(outcome.touched, f"{number} {done}.", outcome.edit)

    def drop_propagation(self) -> Outcome:
        """Let the proposal go and stand where one stood before."""
        self.propagation = None
        self.cursor, self.focus = self._began_at
        if self.focus.span is not None and self.focused_span is None:
            self._stand(self.cursor)
        return Outcome()

    def _propose(self, wanted: Propagation) -> Outcome:
        self.propagation = propose(self.text, self.annotations.spans, wanted)
        return Outcome()

    # Searching

    def show_match(self, search: Search, offset: int) -> Outcome:
        """Take in what a search found and stand on the first match from an offset on."""
        self.search = search
        found = search.at_or_after(offset)
        if found is not None:
            self._match = found
            self._stand_on_range(search[found])
        return Outcome()

    def take_match(self) -> Outcome:
        """Select the match stood on, ready for the key of a label."""
        if self.search is None or not len(self.search):
            stopped = self.search.stopped if self.search is not None else ""
            return Outcome(message=stopped or "Nothing was found.")
        return self._take_match(self._match)

    def next_match(self) -> Outcome:
        """Select the next match of the last search; behind the last, the first."""
        return self._step_match(1)

    def previous_match(self) -> Outcome:
        """Select the previous match of the last search; before the first, the last."""
        return self._step_match(-1)

    @property
    def match_words(self) -> str:
        """Which match it is of how many: `3 of 17`."""
        search = self.search
        if search is None or not search.typed:
            return ""
        if not len(search):
            return search.stopped or "not found"
        return f"{self._match + 1} of {len(search)}{f'. {search.stopped}' if search.stopped else ''}"

    def _step_match(self, step: int) -> Outcome:
        search = self.search
        if search is None or not len(search):
            nothing = "searched for" if search is None or not search.typed else "found"
            return Outcome(message=f"Nothing was {nothing}.")
        if self.focus.chosen and self._selects_match(search):
            number = (self._match + step) % len(search)
        else:
            found = search.at_or_after(self.cursor + 1) if step > 0 else search.before(self.cursor)
            assert found is not None
            number = found
        return self._take_match(number)

    def _take_match(self, number: int) -> Outcome:
        assert self.search is not None
        self._match = number
        self._stand_on_range(self._extent_of_match(number))
        return Outcome(message=f"{self.search.typed}: {self.match_words}")

    def _selects_match(self, search: Search) -> bool:
        """Whether the match stood on last is inside what is selected, perhaps grown since."""
        start, end = search[self._match]
        return (self.focus.start, self.focus.end) == self._extent_of_match(self._match) or (
            self.focus.start <= start and end <= self.focus.end
        )

    def _extent_of_match(self, number: int) -> Range:
        """What to select for a match: the span that is exactly it, else its whole words."""
        assert self.search is not None
        exact = self.search[number]
        if any(span.status != "rejected" for span in self.annotations.spans.same_extent(*exact)):
            return exact
        return self.search.extent(self.text, number)

    # Undo

    def undo(self) -> Outcome:
        """Take the last thing back that a person did, in one step however many spans it touched."""
        return self._step_back("undo")

    def redo(self) -> Outcome:
        """Do again what was undone last."""
        return self._step_back("redo")

    @property
    def undone(self) -> tuple[Edit, ...]:
        """What can be redone, the next one last."""
        return self._steps.undone

    # What others bring

    def suggest(self, source: str, suggestions: Iterable[Span], run: Run | None) -> Outcome:
        """Take suggestions in, as one edit; `run` says what the suggester has read by then.

        Those that a decision stands against are held back; they come when it goes. Those for a document
        that is done wait until it is so no more.
        """
        suggestions = [s for s in suggestions if not words.only_white_space(self.text, s.start, s.end)]
        placed, others = self._shown.arriving(not_by(self.annotator, suggestions))
        spans = self.annotations.spans
        added, held_back = edits.add_or_hold_back(spans, placed, self.scheme.nested)
        changes = (*added, *others)
        held = hold_back(self.annotations, held_back)
        if not changes and not held and run is None:
            return Outcome()
        if is_done(self.annotations.facts):
            return Outcome(message=self._late.add(source, suggestions, run, new=bool(added)))
        edit = make_edit("suggest", source, changes, run=run, cursor=self.cursor)
        edit = replace(edit, held=held)
        self.scheme = self.scheme.including(
            sorted({change.after.label for change in changes if change.after})
        )
        outcome = self._carry_out(edit)
        if not self.focus.chosen:
            self._stand(self.cursor)
        return outcome

    def carry_over(self, spans: Iterable[Span], facts: Mapping[Fact, str]) -> Outcome:
        """Take in what was decided about this article when its text was another, as one edit.

        That it was done is not taken over: nobody has looked at the text as it is now.
        """
        changes = edits.carry_over(self.annotations.spans, spans)
        told = [
            FactChange(fact, self.annotations.facts.get(fact, ""), value)
            for fact, value in facts.items()
            if fact != "done" and self.annotations.facts.get(fact, "") != value
        ]
        self.scheme = self.scheme.including(sorted({c.after.label for c in changes if c.after}))
        outcome = self._do("import", changes, tuple(told))
        self._stand(self.cursor)
        said = "Not done any more: the text has changed." if facts.get("done") else ""
        return Outcome(outcome.touched, said, outcome.edit)

    def take_over(self, foreign: Iterable[Edit]) -> Outcome:
        """Show edits that another process made to the same annotations; they are stored already."""
        touched: list[Range] = []
        for edit in foreign:
            self._shown.before_applying(edit.all_changes)
            self._steps.take_over(edit)
            self._shown.after_applying(edit.all_changes)
            touched += _ranges(edit.all_changes)
        self._date_shown = None
        touched += self._let_in_late()
        self.scheme = self.scheme.including(self.annotations.spans.labels())
        if self.focus.span and self.focused_span is None:
            self._stand(self.cursor)
        return Outcome(tuple(touched), "Changed by another program.")

    def remember_place(self) -> None:
        """Keep where the person stands for the next time, if it changed."""
        if self.annotations.cursor != self.cursor:
            self._carry_out(make_edit("place", self.annotator, cursor=self.cursor))

    # How it is done

    def _stand(self, offset: int) -> Outcome:
        """Stand on the unit that begins at `offset`, and on the innermost span around it."""
        self.cursor = offset
        start, end = self.unit_here()
        around = [span for span in self.annotations.spans.at(offset) if span.status != "rejected"]
        if around and end > start:
            inner = min(around, key=lambda span: (span.end - span.start, -span.start))
            self.focus = Focus(inner.start, inner.end, inner.key)
        else:
            self.focus = Focus(start, end)
        return Outcome()

    def _stand_on_range(self, range_: Range | None) -> Outcome:
        """Select a range, and the span of just this extent if there is one."""
        if range_ is None:
            return Outcome(message="There is no other mention.")
        start, end = range_
        here = [s for s in self.annotations.spans.same_extent(start, end) if s.status != "rejected"]
        self.cursor = start
        self.focus = Focus(start, end, here[0].key if here else None, chosen=True)
        return Outcome()

    def _unit_at(self, offset: int) -> Range | None:
        if not self.by_character:
            return words.word_at(self.text, offset)
        start = words.grapheme_start(self.text, offset)
        return (start, words.next_grapheme(self.text, start)) if start < len(self.text) else None

    def _place_in_order(self) -> tuple[int, int, str]:
        span = self.focused_span
        # Shorter than any span at the cursor would be ordered: those that begin here still follow.
        return reading_order(span) if span else (self.cursor, -len(self.text) - 1, "")

    def _span_of_same_extent(self) -> Span | None:
        if self.focus.bare:
            return None
        same = self.annotations.spans.same_extent(self.focus.start, self.focus.end)
        return next((span for span in same if span.status != "rejected"), None)

    def _passes(self, span: Span) -> bool:
        return self.filter.wants(span, self.annotations.spans)

    def _select_found(self, span: Span | None, wrapped: bool) -> Outcome:
        if span is None:
            return Outcome(message="There is no span yet.")
        self.select_span(span.key)
        return Outcome(message="Round the end." if wrapped else "")

    def _go_on(self, decided: Span, now: SpanKey) -> None:
        """From a suggestion just decided to the next one; from anything else, nowhere."""
        self._go_on_from(decided, now, not decided.decided)

    def _go_on_from(self, place: Span | SpanKey, now: SpanKey, going_on: bool) -> None:
        following = None
        if going_on:
            following = self.annotations.spans.next_undecided(reading_order(place), self._passes)
        if following is not None:
            self.select_span(following.key)
        elif now in self.annotations.spans:
            self.select_span(now)
        else:
            self._stand(self.cursor)

    def _resize(self, start: int, end: int) -> Outcome:
        span = self.focused_span
        if (start, end) == (self.focus.start, self.focus.end):
            return Outcome()
        if span is None:
            self.cursor = min(max(self.cursor, start), max(end - 1, start))
            self.focus = Focus(start, end, chosen=True, bare=self.focus.bare)
            return Outcome()
        if not span.decided and not self.scheme.accepts(span.label):
            return Outcome(message=_no_label(span.label))
        if words.only_white_space(self.text, start, end):
            return Outcome(message=ONLY_WHITE_SPACE)
        changes = edits.resize(self.annotations.spans, span, start, end, self.annotator)
        outcome = self._do("resize", changes)
        self.select_span(SpanKey(start, end, span.label))
        return outcome

    def _step_back(self, direction: Direction) -> Outcome:
        with self._shown.as_they_are_stored():
            found = self._steps.step(direction, self.scheme.nested)
        if found is None:
            return Outcome(message=f"There is nothing to {direction}.")
        step, over = found
        outcome = self._carry_out(over.edit)
        self._steps.stepped(step)
        back = next((c.after or c.before for c in over.edit.changes), None)
        if back is not None and back.key in self.annotations.spans:
            self.select_span(back.key)
        else:
            self.place(over.edit.cursor)
        done = "Undone" if direction == "undo" else "Done again"
        stays = describe_conflicts(over.conflicts, over.facts, self.text)
        if stays:
            said = f"Not {done.lower()}: {stays}." if over.does_nothing else f"{done}, but {stays}."
        else:
            said = f"{done}: {describe(step, self.text)}."
        return Outcome(outcome.touched, said, outcome.edit)

    def _creation_time(self, given: str) -> CreationTime | None:
        """The article's own date, where this is what the person says of it."""
        if given:
            return CreationTime(given, "given")
        found = self.found_creation_time
        return found if found is not None and found.trusted else None

    def _do(
        self, kind: EditKind, changes: tuple[Change, ...], facts: tuple[FactChange, ...] = ()
    ) -> Outcome:
        if not changes and not facts:
            return Outcome()
        # What was accepted in another text or tool stays so, whatever its label.
        if kind != "import" and (unknown := self._unknown_label(changes)) is not None:
            return Outcome(message=_no_label(unknown))
        changes = as_dates(self.scheme, changes)
        spans, when = self.annotations.spans, self.creation_time
        changes = with_values(self.text, spans, changes, when, self._date_shown)
        edit = make_edit(kind, self.annotator, changes, facts, cursor=self.cursor)
        edit = with_consequences(self.annotations, edit, self.scheme.nested)
        self._steps.did(edit)
        return self._carry_out(edit)

    def _carry_out(self, edit: Edit) -> Outcome:
        if edit.kind != "suggest":
            keys, seconds = self.effort.take()
            edit = replace(edit, keys=keys, seconds=seconds)
        changes, aside = self._shown.as_stored(edit.changes, edit.aside)
        edit = replace(edit, changes=changes, aside=aside)
        self._shown.before_applying(edit.all_changes)
        self.annotations.apply(edit)
        self._shown.after_applying(edit.all_changes)
        self._date_shown = None
        self._commit(edit)
        return Outcome((*_ranges(edit.all_changes), *self._let_in_late()), edit=edit)

    def _let_in_late(self) -> list[Range]:
        """Take in the suggestions that waited while the document was done, if it is so no more."""
        if not self._late or is_done(self.annotations.facts):
            return []
        return [touched for late in self._late.take() for touched in self.suggest(*late).touched]

    def _unknown_label(self, changes: Iterable[Change]) -> str | None:
        """The label under which a span would be accepted though the project does not have it."""
        for change in changes:
            after = change.after
            if after is None or after.status != "accepted" or self.scheme.accepts(after.label):
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


def _no_label(name: str) -> str:
    return f"{name} is no label of this project: press the key of one that is."


def _why(propagation: Propagation) -> str:
    inside = propagation.passed_over.count("inside")
    return f": {inside} inside longer names" if inside else ""


def _any(span: Span) -> bool:
    return True
